"""Verses stay lines, whatever elements their lines are."""

from __future__ import annotations

import pytest

from tests.html.support import markdown, text

CASES = {
    "stanzas": (
        "<div class=poem><div class=stanza><div class=line>The rye is high,</div>\n<div class='line in'>the <i>eel</i>"
        " is dry.</div></div><div class=stanza><div>And so</div><div>am I.</div></div></div><p>x</p>",
        "The rye is high,  \nthe *eel* is dry.\n\nAnd so  \nam I.\n\nx",
    ),
    "lines in spans": (
        "<p class=verse><span class=line>The rye is high,</span> <span class=line>the eel is dry.</span></p>",
        "The rye is high,  \nthe eel is dry.",
    ),
    "a block for verses": (
        "<pre class=wp-block-verse>The rye\n  is <em>high</em>,\n\nthe eel</pre>",
        "The rye  \nis *high*,\n\nthe eel",
    ),
    "spans that are no lines": ("<p class=verse><span>The rye</span> <span>is high.</span></p>", "The rye is high."),
    "links to poems": (
        "<div class=poem-list><div><a href=/r>Rye</a></div><div><a href=/e>Eel</a></div></div>",
        "[Rye](/r)\n\n[Eel](/e)",
    ),
    "paragraphs about a poem": (
        f"<div class=poem-note><div>{'It is long. ' * 12}</div><div>So is this.</div></div>",
        f"{('It is long. ' * 12).strip()}\n\nSo is this.",
    ),
    "text beside a line": ("<div class=poem>Rye<div>is</div><div>high.</div></div>", "Rye\n\nis\n\nhigh."),
    "another word": ("<div class=poetics><div>a</div><div>b</div></div>", "a\n\nb"),
    "code": ("<pre class=converse>a\n  b</pre>", "```\na\n  b\n```"),
}


@pytest.mark.parametrize("name", CASES)
def test_verses(name: str) -> None:
    html, expected = CASES[name]
    assert markdown(html) == expected


def test_text_has_the_same_lines() -> None:
    assert text(CASES["stanzas"][0]) == "The rye is high,\nthe eel is dry.\n\nAnd so\nam I.\n\nx"
