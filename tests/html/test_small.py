"""Pages of a few words: what stands in their main element is what they say."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.parse import parse
from cleaner.html.small import keep
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk

PAGE = """<!doctype html><html lang="en"><head><title>Ferry manual</title></head><body><header class="top">
<a href="/" class="site-title">Ferry</a><nav><a href="/blog">Blog</a></nav></header>
<main><div class="hero"><h1>Ferry manual</h1>
<p>What the crew of a ferry has to know, from the first rope to the last lamp of the evening.</p>{}</div></main>
<footer><p>Last changed in May</p></footer></body></html>"""
LINKS = '<div class="{}"><a href="/ropes">The ropes</a> <a href="/lamps">The lamps, one by one</a></div>'


def cleaned(more: str) -> str:
    return cleaner.clean(PAGE.format(more), format="html", title=False).text


def test_links_stay() -> None:
    assert "[The ropes](/ropes) [The lamps, one by one](/lamps)" in cleaned(LINKS.format("actions"))


@pytest.mark.parametrize("names", ["share-links", "related", "newsletter", "tags"])
def test_what_serves_the_page_goes(names: str) -> None:
    assert "lamps, one by one" not in cleaned(LINKS.format(names))


def test_a_page_of_many_words_is_judged_part_by_part() -> None:
    more = "<p>" + "The skipper ties the rope to the ring and waits for the bell. " * 8 + "</p>"
    assert "lamps, one by one" not in cleaned(more + LINKS.format("actions"))


SURE = "What the crew of a ferry has to know, from the first rope to the last lamp of the evening."
BESIDE = {
    "an item": ("<ul><li>Ropes</li></ul>", 0.1, True),
    "an unlikely item": ("<ul><li>Ropes</li></ul>", 0.09, False),
    "a field of a definition": ("<dl class=field-list><dt>Rope</dt><dd>Long.</dd></dl>", 0.1, True),
    "a field of a form": ("<div class=field-list><ul><li>Ropes</li></ul></div>", 0.1, False),
    "a quotation": ("<blockquote>Never.</blockquote>", 0.2, True),
    "a row": ("<table><tr><th>a</th><th>b</th></tr></table>", 0.2, False),  # no table
    "a sentence": ("<p>Never lift it while it swings.</p>", 0.2, True),
    "unlikely": ("<p>Never lift it while it swings.</p>", 0.19, False),
    "no sentence": ("<p>Ida Quill, 3 May 2024, Oxton</p>", 0.3, False),
    "of a note": ("<div class=callout><p>Not here.</p></div>", 0.2, True),
    "few words": ("<p>Not here.</p>", 0.3, False),
    "a link": ("<p><a href=/x>Never lift it while it swings.</a></p>", 0.3, False),
    "of the page": ("<div class=byline><p>Never lift it while it swings.</p></div>", 0.3, False),
    "in a form": ("<form><p>Never lift it while it swings.</p></form>", 0.3, False),
}


def stays(html: str, likely: float, words: int = 0) -> bool:
    page = walk(parse(f"<body><div class=content><p>{SURE}{' word' * words}</p>{html}</div></body>").root)
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in range(1, len(page.blocks))})
    keep(judgement, page, [0.9, *[likely] * (len(page.blocks) - 1)])
    return not judgement.gone


def test_what_stands_above_the_text_of_a_short_page_does_not_come_back() -> None:
    html = f"<body><div class=content><ul><li>Ropes</li></ul><p>{SURE}</p><ul><li>Lamps</li></ul></div></body>"
    judgement = Judgement(gone={0: Verdict(BOILERPLATE), 2: Verdict(BOILERPLATE)})
    keep(judgement, walk(parse(html).root), [0.3, 0.9, 0.3])
    assert list(judgement.gone) == [0]


@pytest.mark.parametrize(("html", "likely", "expected"), BESIDE.values(), ids=BESIDE)
def test_what_is_not_quite_unlikely_stays_beside_the_text_of_a_short_page(
    html: str, likely: float, expected: bool
) -> None:
    assert stays(html, likely) == expected
    assert not stays(html, likely, words=300)
