"""Verses whose lines are elements: each becomes a line of one paragraph, and a stanza the paragraph."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from cleaner.html.tags import BLOCKS

_LINE = re.compile(r"(?:^|[\s_-])(?:line|verse|verse-?line|vers|zeile|l)(?=$|[\s_-])", re.IGNORECASE)
_LONGEST = 120
"""Characters of a line; on average they have less than half of it."""
_LEAST = 2


def make_lines(verses: Element) -> None:
    """Let the lines of verses end with line breaks, if there is nothing else.  Only the tree changes."""
    if _holds_lines(verses):
        for line in verses:
            line.tag = "span"
            if line.getnext() is not None:
                line.append(line.makeelement("br", {}))


def _holds_lines(element: Element) -> bool:
    """Whether an element holds nothing but lines, one in each of its elements."""
    lines = list(element)
    if len(lines) < _LEAST or any(text and text.strip() for text in (element.text, *(one.tail for one in lines))):
        return False
    tags = {line.tag for line in lines}
    if tags == {"div"}:
        named = True
    elif tags == {"span"} or tags == {"p"}:
        named = all(_LINE.search(line.get("class") or "") for line in lines)
    else:
        return False
    linked = all(next(line.iterdescendants("a"), None) is not None for line in lines)
    return named and not linked and all(map(_is_line, lines))


def _is_line(line: Element) -> bool:
    return next(line.iterdescendants(*BLOCKS, "br"), None) is None and len("".join(line.itertext())) <= _LONGEST
