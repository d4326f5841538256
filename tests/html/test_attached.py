"""Figures with a number and the works that are cited stay with the text that refers to them."""

from __future__ import annotations

import pytest

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.attached import keep_labelled, keep_works
from cleaner.html.followers import follow
from cleaner.html.parse import parse
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk

FIRST = "<p>The boat leaves at six.</p>"
LAST = "<p>It is late on Mondays.</p>"
SENTENCES = ["The boat leaves at six.", "It is late on Mondays."]
TABLE = "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1904</td><td>3</td></tr></table>"


def left(html: str, *, pictures: bool = True) -> list[str]:
    """The texts that stay of a page of which only two sentences would."""
    page = walk(parse(f"<body>{html}</body>").root)
    stays = {number for number, block in enumerate(page.blocks) if block.text in SENTENCES}
    judgement = Judgement(gone={n: Verdict(BOILERPLATE) for n in range(len(page.blocks)) if n not in stays})
    keep_labelled(judgement, page, pictures=pictures)
    kept = [n for n in range(len(page.blocks)) if n not in judgement.gone]
    return [page.blocks[n].text or page.blocks[n].kind for n in kept if n not in stays]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (f"<section><h3>Table 1.</h3><p>Boats.</p>{TABLE}<p>By ear.</p></section>", 5),
        (f"<figure><figcaption>Tab. 2: Boats</figcaption>{TABLE}</figure>", 3),
        ("<figure><h3>Figure 1.</h3><a href=/f><img src=/f.png></a><figcaption>A boat.</figcaption></figure>", 3),
        ("<figure><figcaption>Algorithm 1</figcaption><div>1: knock</div><div>2: listen</div></figure>", 3),
        ("<div><p>図 3</p><img src=/f.png></div>", 2),
        ("<div><p>Figures of speech</p><img src=/f.png></div>", 0),
        ("<div><p>Table manners</p><p>No elbows.</p></div>", 0),
        ("<div><p>Figure 1</p><p>No picture.</p></div>", 0),
        ("<div class=related><p>Figure 1</p><img src=/f.png></div>", 0),
        (f"<div><p>Figure 1</p><img src=/f.png><p>{'word ' * 200}</p></div>", 0),
    ],
)
def test_a_figure_with_a_number_stays_in_the_text(figure: str, expected: int) -> None:
    assert len(left(f"<article>{FIRST}{figure}{LAST}</article>")) == expected
    assert left(f"<article>{FIRST}</article><div>{figure}</div><div>{LAST}</div>") == []


def test_links_to_other_views_of_a_figure_go() -> None:
    figure = "<div><p>Figure 1</p><img src=/f.png><p><a href=/f>Open in a new tab</a></p></div>"
    assert left(f"<article>{FIRST}{figure}{LAST}</article>") == ["Figure 1", "image"]


def test_what_labels_a_picture_says_nothing_without_it() -> None:
    picture, table = "<div><p>Figure 1</p><img src=/f.png></div>", f"<div><p>Table 1</p>{TABLE}</div>"
    assert left(f"<article>{FIRST}{picture}{LAST}</article>", pictures=False) == []
    assert len(left(f"<article>{FIRST}{table}{LAST}</article>", pictures=False)) == 3


WORKS = "<h2>Works</h2><ol><li id={0}1>Rask, Mills.</li><li id={0}2>Maro, Eels.</li></ol>"


def works(text: str, below: str) -> list[str]:
    page = walk(parse(f"<body><p>{text}</p>{below}</body>").root)
    judgement = Judgement(gone={n: Verdict(BOILERPLATE) for n in range(1, len(page.blocks))})
    keep_works(judgement, page)
    return [page.blocks[n].text for n in range(1, len(page.blocks)) if n not in judgement.gone]


@pytest.mark.parametrize("name", ["B", "ref-", "bib", "CR"])
def test_works_that_are_cited_stay(name: str) -> None:
    cited = f"As Rask (<a href=#{name}1>1970</a>) and Maro (<a href=#{name}2>1972</a>) say, it hums."
    assert works(cited, WORKS.format(name)) == ["Works", "Rask, Mills.", "Maro, Eels."]


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("As Rask (<a href=#B1>1970</a>) says, it hums.", WORKS.format("B")),
        ("<a href=#B1>Rask</a> <a href=#B2>Maro</a>", WORKS.format("B")),
        ("As <a href=#comments1>some</a> and <a href=#comments2>others</a> say below.", WORKS.format("comments")),
        (
            "As Rask (<a href=#B1>1970</a>) and Maro (<a href=#B2>1972</a>) say, it hums.",
            f"<h2>Works</h2><ol><li id=B1>Rask</li><li id=B2>{'word ' * 121}</li></ol>",
        ),
    ],
)
def test_what_is_no_list_of_works_goes(text: str, below: str) -> None:
    assert works(text, below) == []


@pytest.mark.parametrize(
    ("told", "stays"),
    [
        ("<blockquote>Late again.</blockquote>", True),
        (TABLE, True),
        ("<pre>a = 1</pre>", True),
        ("<img src=/f.png>", False),
        (f"{TABLE}<ul><li><figcaption>Photo: a lamp</figcaption></li></ul>", False),
        ("", False),
    ],
)
def test_what_is_said_of_a_quotation_stays_without_pictures(told: str, stays: bool) -> None:
    figure = f"<figure>{told}<figcaption>The skipper</figcaption></figure>"
    page = walk(parse(f"<body><article>{FIRST}{figure}{LAST}</article></body>").root)
    number = next(n for n, block in enumerate(page.blocks) if block.text == "The skipper")
    judgement = Judgement(gone={number: Verdict(BOILERPLATE)})
    follow(judgement, page, pictures=False)
    assert (number not in judgement.gone) is stays
