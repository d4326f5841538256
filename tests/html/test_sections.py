"""Headings stay with their sections, and a page that loses much of its article's part says so."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import pytest

import cleaner
from cleaner.decide.engine_rules import BOILERPLATE, HEADLINE, HIDDEN
from cleaner.html.blocks import Page
from cleaner.html.parse import parse
from cleaner.html.sections import keep_headings, keep_subtitle, keep_titles, warn_of_gaps
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk
from cleaner.model import Rule


def left_out(step: Callable[[Judgement, Page], None], html: str, gone: list[int]) -> list[int]:
    """The blocks of a main element that are still gone after a step, of some that were to go."""
    page = walk(parse(f"<body><main>{html}</main></body>").root)
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in gone})
    step(judgement, page)
    return sorted(judgement.gone)


HEADINGS = {
    "its section stays": ("<h2>Subscribe</h2><p>Type 8.</p>", [0], []),
    "its section goes": ("<h2>Subscribe</h2><p>Type 8.</p>", [0, 1], [0, 1]),
    "in an element of its own": ("<div><h2>Subscribe</h2></div><p>Type 8.</p>", [0], []),
    "a heading below it stays": ("<h2>Share</h2><h3>Loading data</h3><p>Type 8.</p>", [0, 1], []),
    "the next section stays": ("<h2>Related</h2><h2>Types</h2><p>Type 8.</p>", [0], [0]),
    "what follows stands outside": ("<aside><h2>Related</h2><p>More.</p></aside><p>Type 8.</p>", [0, 1], [0, 1]),
    "of a box for sharing": ('<h2 class="share-title">Share</h2><p>Type 8.</p>', [0], [0]),
    "hidden": ("<h2 hidden>Menu</h2><p>Type 8.</p>", [0], [0]),
}


@pytest.mark.parametrize(("html", "gone", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings(html: str, gone: list[int], expected: list[int]) -> None:
    assert left_out(keep_headings, html, gone) == expected


TITLES = {
    "a button that unfolds it": (
        "<button aria-controls=a>Is it oiled?</button><div id=a><p>Oil it.</p></div>",
        [0],
        [],
    ),
    "what opens it and no button": (
        "<div role=button aria-expanded=false>Is it oiled?</div><div><p>Oil it.</p></div>",
        [0],
        [],
    ),
    "what opens something else": (
        "<div role=button aria-expanded=false>Is it oiled?</div><p></p><div><p>Oil it.</p></div>",
        [0],
        [0],
    ),
    "a button of one word": ("<button aria-controls=a>More</button><div id=a><p>Oil it.</p></div>", [0], [0]),
    "a button of something else": ("<button aria-controls=b>Is it oiled?</button><div id=a><p>No.</p></div>", [0], [0]),
    "of a note": ('<div class="admonition"><p class="admonition-title">Note</p><p>Oil it.</p></div>', [0], []),
    "of a note, in wrappers": (
        '<div class="callout"><div class="callout-title"><div><b>Note</b></div></div><p>Oil it.</p></div>',
        [0],
        [],
    ),
    "of details": ("<details><summary>Note</summary><p>Oil it.</p></details>", [0], []),
    "its text goes": ("<details><summary>Note</summary><p>Oil it.</p></details>", [0, 1], [0, 1]),
    "its text stands outside": ("<details><summary>Note</summary></details><p>Oil it.</p>", [0], [0]),
    "of another box": ('<div class="card"><p class="card-title">Note</p><p>Oil it.</p></div>', [0], [0]),
    "of a box for sharing": ('<div class="share-note"><p class="title">Share</p><p>Oil it.</p></div>', [0], [0]),
    "not the first": ('<div class="note"><p>Oil it.</p><p class="title">And</p><p>Rest.</p></div>', [1], [1]),
    "hidden": ('<div class="note"><p class="title" hidden>Note</p><p>Oil it.</p></div>', [0], [0]),
}


@pytest.mark.parametrize(("html", "gone", "expected"), TITLES.values(), ids=TITLES)
def test_titles_of_boxes(html: str, gone: list[int], expected: list[int]) -> None:
    assert left_out(keep_titles, html, gone) == expected


@pytest.mark.parametrize(("name", "gone"), [("subtitle", [0]), ("kicker-x", [0, 1])])
def test_a_subtitle_stays(name: str, gone: list[int]) -> None:
    html = f'<h1>The weir</h1><h3 class="{name}">Of oak and water</h3><div>By Ida Quill</div>'
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in (0, 1)}, headline=0)
    keep_subtitle(judgement, walk(parse(f"<body>{html}</body>").root))
    assert sorted(judgement.gone) == gone


WORDS = "<p>" + "word " * 50 + "</p>"


@pytest.mark.parametrize(
    ("gone", "rule", "warned"),
    [
        (range(2), BOILERPLATE, True),
        (range(1), BOILERPLATE, False),
        (range(2), HIDDEN, False),
        (range(12, 16), BOILERPLATE, False),  # outside of the article's part
    ],
)
def test_gaps(gone: range, rule: Rule, warned: bool) -> None:
    html = f"<body><main>{WORDS * 12}</main><footer>{WORDS * 4}</footer></body>"
    outside = {number: Verdict(BOILERPLATE) for number in range(12, 16)}
    judgement = Judgement(gone={**outside, **{number: Verdict(rule) for number in gone}})
    warn_of_gaps(judgement, walk(parse(html).root), [])
    assert bool(judgement.warnings) == warned


@pytest.mark.parametrize(
    ("rule", "likely", "warned"),
    [
        (HIDDEN, [1, 1, 1, 1, 0.9, 0.2], "perhaps 55 of the article's 255 words were removed; see what was removed"),
        (HIDDEN, [1, 1, 1, 1, 0.3, 0.2], None),  # a rule took what is hardly the article's
        (HIDDEN, [1, 1, 1, nan, 0.9, 0.2], "perhaps 55 of the article's 205 words were removed; see what was removed"),
        (HEADLINE, [1, 1, 1, 1, 0.9, 0.2], None),  # it is a field of its own
        (HIDDEN, [], None),
    ],
)
def test_likely_losses(rule: Rule, likely: list[float], warned: str | None) -> None:
    judgement = Judgement(gone={4: Verdict(rule), 5: Verdict(rule)})
    warn_of_gaps(judgement, walk(parse(f"<body>{WORDS * 6}</body>").root), likely)
    assert judgement.warnings == ([warned] if warned else [])


SLUGS = {
    "its words": ('<h2 id="related-posts">Related posts</h2>', True),
    "other words": ('<h2 id="related-posts">More oaks</h2>', False),
    "a class": ('<h2 class="related-posts">Related posts</h2>', False),
}


@pytest.mark.parametrize(("heading", "stays"), SLUGS.values(), ids=SLUGS)
def test_the_name_of_a_heading_may_be_no_more_than_its_words(heading: str, stays: bool) -> None:
    prose = "The tool finds what is related by its words, if it is given an index of them."
    text = cleaner.clean(
        f"<html><head><title>The tool</title></head><body><main><h1>The tool</h1><p>{prose} So it was built.</p>"
        f"{heading}<p>{prose}</p></main></body></html>",
        format="html",
    ).text
    assert text.count(prose) == 2
    assert ("\n## " in text) == stays
