"""Arithmetic on spans: lines, masks, and lists of spans made sorted and disjoint."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

from cleaner.model import Span, Zone
from cleaner.remember import of_short_texts

FILL = "\x1a"
"""Stands for protected text in a mask: neither a word character, nor white space, nor punctuation of Markdown."""

_LINE_END = re.compile(r"\r\n?|\n")
_LINE_FEED = re.compile("\n")
_REMEMBERED = 1_000_000
"""Characters of a text whose lines are remembered."""
ZoneKind = Literal["code", "front-matter", "math", "url", "own"]
_RANKED: tuple[ZoneKind, ...] = ("front-matter", "code", "math", "url", "own")


@of_short_texts(2, most=_REMEMBERED)  # who reads, decides and cuts a text asks for its lines
def lines(text: str) -> Sequence[Span]:
    r"""The spans of the lines of `text`, each with its terminator.

    Only ``\n``, ``\r\n`` and ``\r`` end a line: `str.splitlines` would also cut at form feeds and U+2028.
    """
    starts = line_starts(text)
    return tuple(zip(starts, chain(starts[1:], (len(text),)), strict=True)) if text else ()


def line_starts(text: str) -> array[int]:
    """Where the lines of `text` begin: what is to be known of a long one, for which no objects must be made."""
    ends = map(re.Match.end, (_LINE_END if "\r" in text else _LINE_FEED).finditer(text))
    starts = array("q", chain((0,), ends))
    if starts[-1] == len(text):  # behind the last line feed
        starts.pop()
    return starts


def line_of(spans: Sequence[Span], offset: int) -> int:
    """The index (from 0) of the line that holds `offset`."""
    return bisect_right(spans, (offset, 1 << 60)) - 1


def mask(text: str, spans: Iterable[Span], fill: str = FILL) -> str:
    """`text` with every span overwritten by `fill` (one character), so that offsets stay what they were.

    The spans must be sorted and disjoint.
    """
    parts: list[str] = []
    last = 0
    for start, end in spans:
        parts += (text[last:start], fill * (end - start))
        last = end
    if not parts:
        return text
    parts.append(text[last:])
    return "".join(parts)


def union(spans: Iterable[Span]) -> list[Span]:
    """The spans sorted, empty ones dropped, touching and overlapping ones joined."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def without(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """What is left of `spans` outside `holes`; both must be sorted and disjoint, and so is the result."""
    out: list[Span] = []
    i = 0
    for start, end in spans:
        while i < len(holes) and holes[i][1] <= start:
            i += 1
        at, k = start, i
        while k < len(holes) and holes[k][0] < end:
            if holes[k][0] > at:
                out.append((at, holes[k][0]))
            at = max(at, holes[k][1])
            k += 1
        if at < end:
            out.append((at, end))
    return out


def merge_zones(zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """The zones sorted and disjoint; where two kinds overlap, front matter > code > math > url > own.

    A URL is dropped rather than cut, for half a URL is none; the other kinds keep what is left of them.
    """
    by_kind: dict[ZoneKind, list[Span]] = {}
    for zone in zones:
        by_kind.setdefault(zone.kind, []).append((zone.start, zone.end))
    taken: list[Span] = []
    out: list[Zone] = []
    for kind in _RANKED:
        spans = union(by_kind.get(kind, ()))
        left = without(spans, taken)
        if kind == "url":
            whole = set(spans)
            left = [span for span in left if span in whole]
        out += [Zone(start, end, kind) for start, end in left]
        taken = union(taken + left)
    return tuple(sorted(out, key=lambda zone: zone.start))
