"""The lines that are judged: where they are, what Markdown they begin with, and what of them a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.core import compiled
from cleaner.late import late
from cleaner.lines import letters
from cleaner.lines.letters import Bools, Buffer, Numbers
from cleaner.lines.reading import Reading
from cleaner.read.spans import lines
from cleaner.remember import of_short_texts

PLAIN, HEADING, ITEM, STEP, CELL, RULE, QUOTE, BOLD = range(8)
"""What a line is: a `STEP` is an item with a number, a `CELL` a row of a table, `BOLD` all bold, `RULE` a rule."""
_LEAD = late(
    r"[ \t]*(?:(?P<heading>#{1,6})(?:[ \t]|$)|(?P<item>[-*+•])[ \t]+(?=\S)|(?P<step>\d{1,3}[.)])[ \t]+(?=\S)"
    r"|(?P<cell>\|)|(?P<rule>(?:[-*_][ \t]*){3,}$)|(?P<quote>>)|(?P<bold>\*\*|__)(?=\S))?",
    re.MULTILINE,
)
_KINDS = {"heading": HEADING, "item": ITEM, "step": STEP, "cell": CELL, "rule": RULE, "quote": QUOTE, "bold": BOLD}


_STRETCH = 1 << 18  # code points
_SIZE = letters.SIZE.astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The lines of a text that are not blank, below the front matter; one number each.

    Attributes:
        start, end: offsets, the line break left out.
        line: which line of the text it is, from 0.
        kind: `PLAIN`, `HEADING` …
        level: of a heading 1 to 6, else 0.
        indent: white space in front of it.
    """

    start: Numbers
    end: Numbers
    line: Numbers
    kind: Numbers
    level: Numbers
    indent: Numbers

    def __len__(self) -> int:
        return len(self.start)

    def at(self, offsets: Numbers) -> Numbers:
        """The rows that hold these offsets; -1 for what stands above the first."""
        found: Numbers = np.searchsorted(self.start, offsets, side="right") - 1
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The code points of a stretch of a text.  Stretches end between rows, so that what is made of one fits into memory
    whatever the length of the text.

    Attributes:
        rows: which rows of the text stand in it; `start`, `end`: their offsets in it.
        offset: where in the text it begins.
        of: for each code point the row of the stretch that it stands in, -1 if in none.
        seen: for each code point whether a reader sees it: no markup, no address, no white space.
        linked: for each code point whether it is one of the words of a link.
        classes, lower: of each code point its class and its lower case.
        sizes: uint8, how much of each code point there is to read, in half letters.
    """

    rows: slice
    start: Numbers
    end: Numbers
    offset: int
    of: Numbers
    seen: Bools
    linked: Bools
    classes: Numbers
    lower: Numbers
    sizes: Numbers

    def total(self, values: Numbers) -> Numbers:
        """The sum of the values of the code points of each row, which are whole numbers or marks."""
        up_to = np.zeros(len(values) + 1, np.int64)
        np.cumsum(values, out=up_to[1:])
        found: Numbers = up_to[self.end] - up_to[self.start]
        return found

    def covered(self, spans: Numbers) -> Bools:
        """Which code points lie in one of some spans (start, end) of the text."""
        return cover(len(self.of), _within(spans, self.offset, len(self.of)))


def rows(reading: Reading) -> Rows:
    """The rows of a reading."""
    table = np.frombuffer(line_table(reading.text, reading.first), np.int64).reshape(-1, 6)
    return Rows(*table.T)


def points(reading: Reading, table: Rows) -> Iterator[Points]:
    """The code points of a text, stretch by stretch."""
    for its, offset, stop in _stretches(table, len(reading.text)):
        characters = letters.code_points(reading.text[offset:stop])
        size = len(characters)
        start, end = table.start[its] - offset, table.end[its] - offset
        of = np.empty(size, np.int32)
        seen, linked = np.empty((2, size), bool)
        classes, sizes = np.empty((2, size), np.uint8)
        lower = np.empty(size, np.uint32)
        tables = letters.CLASS_OF, letters.LOWER_OF, _SIZE
        lines = np.column_stack([start, end])
        spans = reading.hidden, reading.addresses, reading.links[:, 2:]
        hidden, addresses, linking = (_within(one, offset, size) for one in spans)
        mark_points(*(characters, *tables, lines, hidden, addresses, linking), of, seen, linked, classes, lower, sizes)
        yield Points(its, start, end, offset, of, seen, linked, classes, lower, sizes)


def _stretches(table: Rows, size: int) -> Iterator[tuple[slice, int, int]]:
    """The rows and the span of each stretch of a text."""
    first = start = 0
    while start < size:
        row = int(np.searchsorted(table.start, start + _STRETCH))
        stop = int(table.start[row]) if row < len(table) else size
        yield slice(first, row), start, stop
        first, start = row, stop


def _within(spans: Numbers, offset: int, size: int) -> Numbers:
    """What of the spans (start, end) of a text lies in a stretch, in offsets of that."""
    found: Numbers = np.clip(spans[:, :2] - offset, 0, size)
    return found


@compiled
def mark_points(
    points: Numbers,
    class_of: Numbers,
    lower_of: Numbers,
    size_of: Numbers,
    lines: Numbers,
    hidden: Numbers,
    addresses: Numbers,
    words: Numbers,
    of: Numbers,
    seen: Bools,
    linked: Bools,
    classes: Numbers,
    lower: Numbers,
    sizes: Numbers,
) -> None:
    """Fill in what is known of each code point: the last six, which are as in `Points`.

    Args:
        points: of the text; `class_of`, `lower_of`: tables of `letters`; `size_of`: of classes.
        lines: spans (start, end) of the rows, in order and disjoint; `hidden`, `addresses`: of what nobody reads;
            `words`: of the words of links.
    """
    classes[:], lower[:] = class_of[points], lower_of[points]
    of[:] = -1
    inside = cover(len(points), lines)
    of[inside] = np.repeat(np.arange(len(lines), dtype=np.int32), lines[:, 1] - lines[:, 0])
    seen[:] = (classes != letters.SPACE) & (classes != 0) & inside
    seen &= ~cover(len(points), np.concatenate([hidden, addresses]))
    linked[:] = cover(len(points), words)
    sizes[:] = size_of[classes] * seen


@compiled
def line_table(text: str, first: int) -> Buffer:
    """The first six columns of `Rows`, as memory, for lines that end below an offset; row by row."""
    found = []
    for number, (start, end) in enumerate(lines(text)):
        if end <= first:
            continue
        line = text[start:end].rstrip()
        if line:
            found.append((start, start + len(line), number, *_lead(line)))
    return np.array(found, np.int64).reshape(-1)


@of_short_texts(4096)
def _lead(line: str) -> tuple[int, int, int]:
    """Kind, level and indent of a line."""
    indent = len(line) - len(line.lstrip())
    match = _LEAD.match(line)
    name = match.lastgroup if match else None
    if not match or not name:
        return PLAIN, 0, indent
    kind = _KINDS[name]
    if kind == BOLD and not line.endswith(match[name], 4):
        return PLAIN, 0, indent
    return kind, match.end(name) - match.start(name) if kind == HEADING else 0, indent


def cover(size: int, spans: Numbers) -> Bools:
    """Which of `size` places lie in one of the spans (start, end)."""
    if not len(spans):
        return np.zeros(size, bool)
    steps = np.zeros(size + 1, np.int32)
    np.add.at(steps, spans[:, 0], 1)
    np.add.at(steps, spans[:, 1], -1)
    inside: Bools = np.cumsum(steps, out=steps)[:size] > 0
    return inside
