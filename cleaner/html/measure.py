"""What a block says, counted: its words, its links, its icons, and which hits cover it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from cleaner.html.attributes import hides as hiding
from cleaner.html.hidden import ARIA, READERS
from cleaner.html.parts import (
    BLOCK,
    BREAK,
    CELL,
    FOOTNOTE,
    HIT,
    ICON,
    IMAGE,
    ITEM,
    LINK,
    MATH,
    SCRIPT,
    UNSEEN,
    Mark,
    Part,
)

_BORDERS = (BREAK, CELL, BLOCK, -BLOCK, ITEM, -ITEM)
"""Where words on both sides are words of their own."""
_LONG = 12  # words
_SIGN = re.compile(r"\s*[+\-−–×✕✖✚➕➖^>›»▸▹►▶▷▾▿▼▽▴▲△⌄⌃˅˄∨∧]\s*")
_NAMES_SIGN = re.compile(r"icon|arrow|caret|chevron|plus|minus|toggle|indicator|sign|expand|collapse", re.IGNORECASE)
_FAR = 50
"""Marks without words that may stand behind the last ones."""


def said(mark: Mark) -> str:
    """What a mark adds to plain text by itself."""
    kind, value = mark
    if kind == FOOTNOTE:
        return str(value)
    if kind == MATH:
        return value.words  # type: ignore[union-attr]
    if kind == SCRIPT:
        return value.opening  # type: ignore[union-attr]
    return value.closing if kind == -SCRIPT else ""  # type: ignore[union-attr]


def tail(parts: Sequence[Part]) -> str:
    """The last words of the parts of a block; empty at the beginning of a line."""
    for part in islice(reversed(parts), _FAR):
        if isinstance(part, str):
            if part:
                return part
        elif part[0] == IMAGE or part[0] in _BORDERS:
            return ""
        elif part[0] in (MATH, FOOTNOTE, -SCRIPT) and (words := said(part)):
            return words
    return ""


def is_formula(parts: Sequence[Part]) -> bool:
    """Whether a block is one formula that stands alone."""
    found = False
    for part in parts:
        if isinstance(part, str):
            if not part.isspace():
                return False
        elif part[0] == MATH:
            if found or not part[1].display:  # type: ignore[union-attr]
                return False
            found = True
        elif part[0] in (IMAGE, FOOTNOTE):
            return False
    return found


def measure(parts: list[Part], *, code: bool) -> tuple[str, int, int, int]:
    """The plain text, how many of its characters are linked, the number of links, the characters of icons."""
    if len(parts) == 1 and isinstance(parts[0], str):
        return (parts[0] if code else " ".join(parts[0].split())), 0, 0, 0
    pieces: list[str] = []
    linked = links = icons = 0
    in_link = in_icon = 0
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            if in_link:
                linked += len(part)
            if in_icon:
                icons += len(part.strip())
            continue
        mark = part[0]
        if mark == LINK:
            in_link += 1
            links += 1
        elif mark == -LINK:
            in_link -= 1
        elif mark == ICON:
            in_icon += 1
        elif mark == -ICON:
            in_icon -= 1
        elif mark in _BORDERS:
            pieces.append(" ")
        else:
            pieces.append(said(part))
    text = "".join(pieces)
    return (text if code else " ".join(text.split())), linked, links, icons


def covering(parts: list[Part]) -> tuple[int, ...]:
    """The hits on inline elements that hold, together, all words of a block."""
    found: dict[int, None] = {}
    depth = 0
    for part in parts:
        if isinstance(part, str):
            if not depth and not part.isspace():
                return ()
        elif part[0] == HIT:
            found[int(str(part[1]))] = None
            depth += 1
        elif part[0] == -HIT:
            depth -= 1
    return tuple(found)


def visible(parts: Iterable[Part]) -> bool:
    """Whether there is anything to see."""
    return any(not part.isspace() if isinstance(part, str) else part[0] in (IMAGE, MATH, FOOTNOTE) for part in parts)


def aside_mark(element: Element, hides: int, mark: Mark | None) -> Mark | None:
    """The mark of an inline element that is hidden somehow; what is long is only folded up, what stands between two
    digits keeps them apart, and a number that is read out in other words is seen."""
    if (hides & READERS and _parts_digits(element)) or (hides == ARIA and _is_figure(element)):
        return mark
    if hides & READERS or len("".join(element.itertext()).split()) < _LONG:
        return (ICON, UNSEEN if hides & ~ARIA else "")
    return mark


def is_sign(element: Element) -> bool:
    """Whether an element is the sign beside a title that says that it can be unfolded."""
    if len(element) or not _SIGN.fullmatch(element.text or ""):
        return False
    return _NAMES_SIGN.search(element.get("class") or "") is not None


def _parts_digits(element: Element) -> bool:
    """Whether an element holds the sign between two numbers: the bar of a fraction, the plus of a whole and a half."""
    sign = (element.text or "").strip()
    if len(sign) != 1 or sign.isalnum() or len(element):
        return False
    before, after = element.getprevious(), element.getnext()
    ahead = element.tail or ("" if after is None else "".join(after.itertext()))
    around = element.getparent()
    if before is not None:
        behind = before.tail or "".join(before.itertext())
    else:
        behind = "" if around is None else around.text or ""
    return behind.strip()[-1:].isdigit() and ahead.strip()[:1].isdigit()


def _is_figure(element: Element) -> bool:
    """Whether an element shows a number that the words beside it say once more to screen readers: a price, a rating."""
    if not any(map(str.isdigit, "".join(element.itertext()))):
        return False
    beside = (one for one in (element.getprevious(), element.getnext()) if one is not None and type(one.tag) is str)
    return any(hiding(one) & READERS for one in beside)
