"""A vault of notes as people have it, with leftovers in some of them."""

from __future__ import annotations

import random
from pathlib import Path

from tests.batch.support import fill

LEFTOVERS = (
    "You have {{numberArticlesLeft}} free articles left this month",
    "Share this article on Facebook",
    "Sign up for our newsletter",
    "Already a subscriber? Log in",
    "Accept all cookies",
)
_SENTENCES = (
    "The mill had stood idle since the spring, and the wheel was green with weed.",
    "Nobody asked the miller what he thought of it, which was perhaps for the best.",
    "In the archive lies a letter in which he says so, in a hand that slants to the left.",
    "The bridge was closed for repairs when the first snow fell upon the valley.",
    "What the engineers measured that winter is still printed in the almanac.",
)
_KEPT = (
    "> [!warning] Mind the gap\n> You have {{count}} articles left, says the template.\n",
    "```html\n<p>You have {{numberArticlesLeft}} free articles left this month</p>\n<button>Share</button>\n```\n",
    "The plan is ![[plan.png]], and more of it is on [a page](https://example.com/a).\n",
    "- [ ] ask the archive\n- [x] read the letter\n\t- of 1911\n",
    "| year | wheels |\n|---|---:|\n| 1911 | 2 |\n| 1912 | 3 |\n",
    "The sum is $a^2 + b^2$, and\n\n$$\n\\int_0^1 {{x}}\\,dx\n$$\n",
    "A footnote[^1] follows.\n\n[^1]: From the almanac.\n",
    "%% a comment of my own %%\n\n#mill #archive\n",
)
_FRONT = """\
---
title: "Note {number}: the mill"
tags: [mill, "{{{{x}}}}"]
source: https://example.org/{number}
aliases:
  - Share this article on Facebook
---
"""


def make(folder: Path, notes: int = 500) -> dict[str, bytes]:
    """Fill a vault; gives each note as it shall be after cleaning."""
    chance = random.Random(5)
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": '{"x": 1}',
        "attachments/plan.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "attachments/page.html": "<html><body><p>Share this article on Facebook</p></body></html>",
        "board.canvas": "{}",
    }
    clean: dict[str, bytes] = {name: _bytes(content) for name, content in files.items()}
    for number in range(notes):
        end = "\r\n" if number % 7 == 0 else "\n"
        blocks = [*chance.sample(_SENTENCES, 4), *chance.sample(_KEPT, 3)]
        dirty = list(blocks)
        for leftover in chance.sample(LEFTOVERS, number % 3):
            dirty.insert(chance.randrange(1, 4), leftover)  # between sentences
        front = _FRONT.format(number=number) + "\n" if number % 2 else ""
        name = f"{'Clippings/' if number % 5 == 0 else ''}{number % 11}/Note {number} – the mill.md"
        mark = b"\xef\xbb\xbf" if number % 13 == 0 else b""
        files[name], clean[name] = (
            mark + (front + "\n\n".join(block.strip("\n") for block in text) + "\n").replace("\n", end).encode()
            for text in (dirty, blocks)
        )
    fill(folder, files)
    return clean


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()
