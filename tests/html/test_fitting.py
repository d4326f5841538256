"""What stays of a list or a quotation when its beginning goes."""

from __future__ import annotations

import lxml.html
import pytest

from cleaner.edit import Lines, cut, repairs
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.model import Rendering

MENU = "<p>Menu</p>"
CASES = {
    "the first block of items": (
        f"<ol><li>{MENU}<p>One.</p><p>More.</p></li><li>{MENU}<p>Two.</p></li><li>Three.</li></ol>",
        "1. One.\n\n   More.\n\n2. Two.\n3. Three.",
    ),
    "a whole item": (
        "<ol><li>One.</li><li>Menu</li><li>Three.</li></ol>",
        "1. One.\n3. Three.",
    ),
    "an item's first block and all of the list in it": (
        f"<ul><li>{MENU}<ul><li>Menu</li><li>Menu</li></ul><p>One.</p></li><li>Two.</li></ul>",
        "- One.\n- Two.",
    ),
    "an item's first block, before a list": (
        f"<ul><li>Zero.</li><li>{MENU}<ul><li>One.</li><li>Two.</li></ul></li></ul>",
        "- Zero.\n- - One.\n  - Two.",
    ),
    "an item, before other text": (
        "<ul><li>Menu</li></ul><p>One.</p><ul><li>Two.</li></ul>",
        "One.\n\n- Two.",
    ),
    "the first block of a definition": (
        f"<dl><dt>Rye</dt><dd>{MENU}<p>A grain.</p></dd></dl>",
        "**Rye**\n\n: A grain.",
    ),
    "the first block of a quotation": (
        f"<p>Zero.</p><blockquote>{MENU}<p>One.</p><p>Two.</p></blockquote>",
        "Zero.\n\n> One.\n>\n> Two.",
    ),
    "the middle of a quotation": (
        f"<blockquote><p>One.</p>{MENU}<p>Two.</p></blockquote>",
        "> One.\n>\n> Two.",
    ),
    "the first block of the second quotation": (
        f"<blockquote><p>One.</p></blockquote><blockquote>{MENU}<p>Two.</p></blockquote>",
        "> One.\n\n> Two.",
    ),
    "the end of a quotation in a quotation": (
        f"<blockquote><p>One.</p><blockquote>{MENU}<p>Two.</p></blockquote><p>Three.</p></blockquote>",
        "> One.\n>\n> > Two.\n>\n> Three.",
    ),
    "numbers beside a quoted listing": (
        "<blockquote><p>One.</p><table><tr><td><pre>1\n2</pre></td><td><pre><code>a = 1\nb = 2</code></pre></td></tr>"
        "</table><p>Two.</p></blockquote>",
        "> One.\n>\n> ```\n> a = 1\n> b = 2\n> ```\n>\n> Two.",
    ),
}


def left(html: str, to: Rendering) -> str:
    """A body without its blocks that say nothing but what a menu does, or are numbers of lines."""
    blocks = walk(lxml.html.document_fromstring(f"<body>{html}</body>")).blocks
    gone = [number for number, block in enumerate(blocks) if block.text in ("Menu", "1 2")]
    rendered = render(blocks, to, gone=gone)
    whole = [(start, min(end + 1, len(rendered.text))) for start, end in (rendered.spans[number] for number in gone)]
    return cut(rendered.text, sorted([*whole, *repairs(Lines(rendered.text), whole, ())])).rstrip("\n")


@pytest.mark.parametrize("name", CASES)
def test_what_stays(name: str) -> None:
    html, expected = CASES[name]
    assert left(html, "markdown") == expected


def test_text_has_the_same_markers() -> None:
    assert left(CASES["the first block of items"][0], "text") == "1. One.\n\n   More.\n\n2. Two.\n3. Three."
    mark, back = "<sup><a href='#n1' id='r1'>1</a></sup>", "<a href='#r1'>↩</a>"
    notes = f"<ol><li id='n1'>{MENU}<p>A grain. {back}</p></li></ol>"
    assert left(f"<p>Rye{mark}.</p>{notes}", "text").startswith("Rye[1].\n\n[1] A grain.")
