"""What is known of blocks."""

from __future__ import annotations

import lxml.html
import numpy as np
import pytest

from cleaner.html.score.features import Features, features
from cleaner.html.score.lexicon import ANNOUNCED, announced
from cleaner.html.score.names import FAR, NAMES
from cleaner.html.walk import walk
from tests.shells import TITLE, article, blog
from training import alter

PAGE = """
<body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li></ul></nav>
<article>
<h1>The harbour at night</h1>
<p>On Monday, 3 May 2021, the harbour was quiet, and the boats that had come in the evening before lay at the quay.</p>
<p>Nobody knew why. <a href="/x">A ladder</a> stood there, it cost € 20, and the keeper of the light asked who had left
it in the rain for all those weeks without a word to anybody in the town?</p>
<h2>Related stories</h2>
<p>one</p><p>one</p>
</article>
<footer>© 1999 The Paper</footer>
</body>
"""


def known(html: str, *, title: str = "", kind: str | None = None) -> tuple[Features, list[str]]:
    body = lxml.html.document_fromstring(html).body
    page = walk(body)
    return features(page, title=title, kind=kind), [block.text for block in page.blocks]


def value(found: Features, texts: list[str], name: str, beginning: str) -> float:
    block = next(number for number, text in enumerate(texts) if text.startswith(beginning))
    return float(found.matrix[NAMES.index(name), block])


@pytest.mark.parametrize(
    ("name", "beginning", "expected"),
    [
        ("words", "The harbour", 4),
        ("link share", "Home", 1),
        ("years", "On Monday", 1),
        ("months", "On Monday", 1),
        ("years", "©", 1),
        ("copyright sign", "©", 1),
        ("currency", "Nobody", 1),
        ("links", "Nobody", 1),
        ("ends a sentence", "On Monday", 1),
        ("ends with a question", "Nobody", 1),
        ("starts with a digit", "On Monday", 0),
        ("heading level", "The harbour", 1),
        ("title share", "The harbour", 1),
        ("near nav", "Home", 2),
        ("near <nav>", "Home", 2),
        ("near <article>", "Nobody", 1),
        ("near <footer>", "Nobody", FAR),
        ("copies", "one", 0),
        ("copies before", "one", 0),
        ("heading above: related", "one", 1),
        ("heading above: related", "Nobody", 0),
        ("since related", "one", 1),
        ("prose 50: inside", "Nobody", 1),
        ("prose 50: inside", "©", 0),
        ("since headline", "On Monday", 1),
        ("words at -1", "On Monday", 4),
        ("words at -1", "Home", -1),
        ("page is article", "Home", 1),
        ("page is product", "Home", 0),
    ],
)
def test_values(name: str, beginning: str, expected: float) -> None:
    found, texts = known(PAGE, title="The harbour at night", kind="newsarticle")
    assert value(found, texts, name, beginning) == expected


def test_every_feature_moves_or_is_about_what_the_page_lacks() -> None:
    found, _ = known(PAGE)
    assert found.matrix.shape == (len(NAMES), len(found.words))
    assert np.isfinite(found.matrix).all()
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("html", ["<body></body>", "<body><p>one</p></body>", "<body><img src='a.png'><hr></body>"])
def test_small_pages(html: str) -> None:
    found, texts = known(html)
    assert found.matrix.shape == (len(NAMES), len(texts))
    assert np.isfinite(found.matrix).all()


def test_lone_surrogates_and_far_planes() -> None:
    body = lxml.html.document_fromstring("<body><p>x</p></body>").body
    page = walk(body)
    page.blocks[0].text = "\ud800 😀 word"
    assert np.isfinite(features(page).matrix).all()


def test_class_words_are_inherited_downwards_only() -> None:
    found, texts = known("<body><div class='sidebar'><p>in here</p></div><p>out there</p></body>")
    assert value(found, texts, "near sidebar", "in") == 1
    assert value(found, texts, "near sidebar", "out") == FAR


def test_deep_nesting_is_linear() -> None:
    html = "<body>" + "<div>" * 200 + "<p>deep</p>" + "</div>" * 200 + "<p>shallow</p></body>"
    found, texts = known(html)
    assert value(found, texts, "prose 50: climb", "deep") >= 0
    assert np.isfinite(found.matrix).all()


def test_sizes_are_bounded() -> None:
    """A page twice as long looks the same, but for shares and places."""
    one, other = (known(blog(article(count, headings=True)))[0].matrix for count in (1_000, 2_000))
    middle, end = one[:, one.shape[1] // 2], other[:, other.shape[1] // 2]
    apart = {name for name, a, b in zip(NAMES, middle, end, strict=True) if abs(a - b) > 1 and name.startswith(_SIZES)}
    assert not apart
    assert max(one.max(), other.max()) <= 2_000


_SIZES = ("page", "container", "alike", "section", "record", "blocks", "headings", "since")


@pytest.mark.parametrize("script", alter.SCRIPTS[:-1])
def test_other_letters_give_the_same_features(script: str) -> None:
    """All but those that know words, or letters with cases."""
    write = alter.letters(script)
    body = lxml.html.document_fromstring(blog(article(8, lists=True)).replace("0", "")).body
    page = walk(body)
    before = features(page, title=TITLE)
    for block in page.blocks:
        block.text = write(block.text)
    after = features(page, title=write(TITLE))
    differ = {name for name, a, b in zip(NAMES, before.matrix, after.matrix, strict=True) if (a != b).any()}
    assert all(any(word in name for word in _OF_LANGUAGE) for name in differ), differ


_OF_LANGUAGE = (
    *("function", "person", "chrome", "month", "capital", "lower", "announces", "heading above", "since"),
    "copyright sign",
)


def test_a_text_without_spaces_has_words() -> None:
    found, texts = known(
        "<body><p>その夕方、船が戻ってきたとき、港はとても静かだった。誰も理由を知らなかった。</p><p>ホーム</p></body>"
    )
    assert value(found, texts, "words", "その") >= 12
    assert value(found, texts, "ends a sentence", "その") == 1
    assert value(found, texts, "to prose after", "その") == 0
    assert value(found, texts, "words", "ホーム") == 1


@pytest.mark.parametrize("date", ["2021", "٢٠٢١", "२०२१", "２０２１", "๒๕๖๔", "۱۴۰۰"])
def test_years_of_all_scripts(date: str) -> None:
    found, texts = known(f"<body><p>x {date}, 12345 {date}1</p></body>")
    assert value(found, texts, "years", "x") == 1


def test_guillemets_quote_in_pairs_and_point_alone() -> None:
    found, texts = known("<body><p>Il dit « non ».</p><p>Weiter »</p></body>")
    assert value(found, texts, "quotes", "Il") > 0
    assert value(found, texts, "separators", "Il") == 0
    assert value(found, texts, "separators", "Weiter") > 0


def test_the_main_container_is_not_beside_itself() -> None:
    prose = (
        "<p>The harbour was quiet when the boats came in that evening, and nobody on the quay knew why it was so.</p>"
    )
    gated = known(f"<body><div class='paywall'>{prose * 9}</div><div class='paywall'>Subscribe</div></body>")
    assert value(*gated, "near paywall", "The") == FAR
    assert value(*gated, "near paywall", "Subscribe") == 0


def test_a_refrain_is_no_copy() -> None:
    line = "<p>And the ladder stood there in the rain, oh, in the rain.</p>"
    found, _ = known(f"<body><div>{line * 3}</div><aside>{line}</aside></body>")
    assert found.matrix[NAMES.index("copies")].tolist() == [1, 1, 1, 3]
    assert found.matrix[NAMES.index("copies before")].tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("related posts", "related"),
        ("12 comments", "comments"),
        ("sign up for our newsletter", "newsletter"),
        ("about the author", "author"),
        ("references", "sources"),
        ("share", "share"),
    ],
)
def test_announced(text: str, name: str) -> None:
    assert announced(text) == ANNOUNCED.index(name) + 1


@pytest.mark.parametrize("text", ["", "the harbour at night", "related " * 20, "commentary"])
def test_nothing_announced(text: str) -> None:
    assert announced(text) == 0
