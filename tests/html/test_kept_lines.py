"""Text whose line breaks are those of the source: by its style, by classes, by a style sheet in the page."""

from __future__ import annotations

import pytest

from tests.html.support import markdown

VERSE = "The boat\n  is late\n\nand so am I"
KEPT = "The boat\nis late\n\nand so am I"
ONE_LINE = "The boat is late and so am I"
SHEET = "<style>/* x{} */ .verse , p.a.b, .c .d { white-space: pre-line; color: red } .verse { margin: 0 }</style>"

CASES = {
    "style": (f"<div style='color: red; white-space: pre-wrap'>{VERSE}</div>", KEPT),
    "style of a span": (f"<p><span style='white-space:break-spaces'>{VERSE}</span></p>", KEPT),
    "style of an item": ("<ul><li style='white-space:pre-line'>One\ntwo</li></ul>", "- One\n  two"),
    "style that gives them up": (
        f"<div style='white-space:pre'><p style='white-space:normal'>{VERSE}</p></div>",
        ONE_LINE,
    ),
    "what follows": (f"<div style='white-space:pre-line'>a\nb</div><p>{VERSE}</p>", f"a\nb\n\n{ONE_LINE}"),
    "blocks apart": ("<div style='white-space:pre'>\n<p>One</p>\n\n<p>Two</p>\n</div>", "One\n\nTwo"),
    "Tailwind": (f"<div class='mt-2 whitespace-pre-line'>{VERSE}</div>", KEPT),
    "another class": (f"<div class='whitespace-nowrap'>{VERSE}</div>", ONE_LINE),
    "sheet": (f"{SHEET}<p class='x verse'>{VERSE}</p>", KEPT),
    "sheet, more than a class": (
        f"{SHEET}<p class='a b'>{VERSE}</p><p class='d'>{VERSE}</p>",
        f"{ONE_LINE}\n\n{ONE_LINE}",
    ),
    "sheet, not about this": (f"<style>.verse{{white-space:nowrap}}</style><p class='verse'>{VERSE}</p>", ONE_LINE),
    "sheet that is cut off": (f"<style>.verse{{white-space:pre</style><p class='verse'>{VERSE}</p>", ONE_LINE),
}


@pytest.mark.parametrize("name", CASES)
def test_lines(name: str) -> None:
    html, expected = CASES[name]
    assert "\n".join(line.removesuffix("  ").removesuffix("\\") for line in markdown(html).split("\n")) == expected
