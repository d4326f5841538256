"""The text of a page, read without a parser: what every parser can be held against, and the last resort.

It knows tags, comments and scripts, and nothing of what may stand in what; so it cannot lose a page in an element that
is never closed.  What it says of lines is rough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from cleaner.html.prose import is_prose
from cleaner.html.tags import BLOCKS

_CODE = re.compile(r"<(script|style|title|iframe|noembed|noframes)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|br)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
LONG = 80
"""Characters of a line that may be running text."""
_FEW, _SHARE = 400, 0.25
"""Characters, and the share of all, that may be missing: what a page shows on request, or what looks like text."""


def bare_text(html: str) -> str:
    """The text of a page in lines: a block of the page is a paragraph here."""
    lines = (" ".join(unescape(line).split()) for line in _lines(html))
    return "\n\n".join(filter(None, lines)) + "\n"


def misses_prose(html: str, read: int) -> int:
    """How many characters of running text a page has more than `read`, white space aside; 0 if not a great part of it.

    A short look, which also counts what scripts hold, tells of most pages that nothing is missing.
    """
    stretches = (piece.partition(">")[2] for piece in html.split("<") if len(piece) > LONG)
    if not _misses(stretches, read):
        return 0
    return _misses(_lines(html), read)


def _misses(lines: Iterable[str], read: int) -> int:
    """The same of its lines: the longest are looked at first, until the others are too few to matter."""
    left = sorted((line for line in lines if len(line) >= LONG), key=len)
    there = sum(map(len, left))  # at the most
    while left and there - read > max(_FEW, _SHARE * there):
        line = left.pop()
        there += (sum(map(len, line.split())) if is_prose(line) else 0) - len(line)
    missing = there - read
    return missing if missing > max(_FEW, _SHARE * there) else 0


def _lines(html: str) -> Iterator[str]:
    for stretch in _texts(html):
        for line in _BLOCK.split(stretch):
            if not line.isspace():
                yield _TAG.sub("", line)


def _texts(html: str) -> Iterator[str]:
    """A page without comments and without what is no text between a start tag and an end tag."""
    first, *rest = html.split("<!--")
    text = "".join((first, *(piece[piece.find("-->") + 3 if "-->" in piece else 0 :] for piece in rest)))
    begin, name = 0, ""
    for tag in _CODE.finditer(text):
        yield _behind(name, text[begin : tag.start()])
        begin, name = tag.end(), tag[1].lower()
    yield _behind(name, text[begin:])


def _behind(name: str, piece: str) -> str:
    """What follows the end tag; all of it, unless it is code, if there is none."""
    if not name:
        return piece
    end = re.search(rf"</{name}(?=[\s/>])", piece, re.IGNORECASE)
    if end:
        return piece[end.start() :]
    return piece if is_prose(_TAG.sub(" ", piece)) else ""
