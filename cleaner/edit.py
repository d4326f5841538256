"""Taking spans out, repairing the white space they leave, and putting everything back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from cleaner.model import Span
from cleaner.read.spans import line_starts
from cleaner.view import INVISIBLE, SPACES

_BLANK = re.compile(f"[{SPACES}{INVISIBLE}\r\n]*")
_SPACE = " \t\u00a0"
_CLOSING = ".,;:!?)]}…。，、！？"


class Lines:
    """The raw lines of a text, their terminators included."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = line_starts(text)

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The index of the line that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def span(self, first: int, last: int) -> Span:
        """The span of the lines `first` to `last`, both included."""
        return self.starts[first], self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)

    def blank(self, line: int) -> bool:
        """Whether nothing visible is on the line."""
        return _BLANK.fullmatch(self.text, *self.span(line, line)) is not None


def repairs(lines: Lines, whole: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The white space that goes with the removals.

    Between kept lines remains the longer of the runs of blank lines before and after what went, at the start of the
    text nothing of the run after it, at the end nothing of the run before.  A span inside a line takes one of the two
    spaces around it with it.

    Args:
        whole: spans of removed lines, sorted and disjoint.
        spans: other removed spans, sorted and disjoint.
    """
    found = [*_blank_lines(lines, whole), *(gap for span in spans if (gap := _space_beside(lines.text, *span)))]
    return sorted((start, end) for start, end in found if start < end)


def _blank_lines(lines: Lines, whole: Sequence[Span]) -> Iterable[Span]:
    number = 0
    while number < len(whole):
        start, end = whole[number]
        first = lines.at(start)
        before = first
        while before > 0 and lines.blank(before - 1):
            before -= 1
        inner: list[Span] = []
        while True:  # take in all removals with nothing but blank lines between them
            after = stop = lines.at(end - 1) + 1
            while stop < len(lines) and lines.blank(stop):
                stop += 1
            number += 1
            if number >= len(whole) or stop >= len(lines) or whole[number][0] != lines.starts[stop]:
                break
            if stop > after:
                inner.append(lines.span(after, stop - 1))
            end = whole[number][1]
        yield from inner
        above = lines.span(before, first - 1) if before < first else (start, start)
        below = lines.span(after, stop - 1) if after < stop else (end, end)
        if stop >= len(lines):
            yield above
            yield below
        elif before == 0 or first - before >= stop - after:
            yield below
        else:
            yield above


def _space_beside(text: str, start: int, end: int) -> Span | None:
    """The space that has become one too many where `start:end` went."""
    before = start > 0 and text[start - 1] in _SPACE
    at_line_start = start == 0 or text[start - 1] in "\r\n"
    after = end < len(text) and text[end] in _SPACE
    at_line_end = end >= len(text) or text[end] in "\r\n"
    if before and (after or at_line_end or text[end] in _CLOSING):
        return start - 1, start
    if at_line_start and after:
        return end, end + 1
    return None


def cut(text: str, cuts: Iterable[Span]) -> str:
    """`text` without the sorted, disjoint spans of `cuts`."""
    pieces: list[str] = []
    done = 0
    for start, end in cuts:
        pieces.append(text[done:start])
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def inserted(text: str, pieces: Iterable[tuple[int, str]]) -> str:
    """Undo `cut`: put pieces, given with their start in the result, back where they were.

    Pieces may overlap where one was cut around another.

    Raises:
        ValueError: a piece would start beyond the text.
    """
    result: list[str] = []
    size = taken = 0
    for start, piece in sorted(pieces, key=lambda p: (p[0], -len(p[1]))):
        if start > size:
            gap = start - size
            if taken + gap > len(text):
                raise ValueError(start)
            result.append(text[taken : taken + gap])
            taken += gap
            size = start
        fresh = piece[size - start :]
        result.append(fresh)
        size += len(fresh)
    result.append(text[taken:])
    return "".join(result)


class Origins:
    """Where the characters of an edited text stood in the input, over any number of edits."""

    def __init__(self) -> None:
        self._at: list[int] = [0]
        self._origin: list[int] = [0]

    def copy(self) -> Origins:
        """The same, to be edited on its own."""
        other = Origins()
        other._at, other._origin = self._at, self._origin
        return other

    def of(self, start: int, end: int) -> Span:
        """The span in the input of a non-empty span of the present text."""
        return self._one(start), self._one(end - 1) + 1

    def _one(self, offset: int) -> int:
        i = bisect_right(self._at, offset) - 1
        return self._origin[i] + offset - self._at[i]

    def cut(self, cuts: Sequence[Span]) -> None:
        """Note that the sorted, disjoint spans `cuts` left the present text."""
        at: list[int] = []
        origin: list[int] = []
        bounds = [*self._at, None]
        shift = number = 0
        for i, start in enumerate(self._at):
            stop = bounds[i + 1]
            here = start
            while number < len(cuts) and (stop is None or cuts[number][0] < stop):
                cut_start, cut_end = cuts[number]
                if cut_start > here:
                    at.append(here - shift)
                    origin.append(self._origin[i] + here - start)
                end = cut_end if stop is None else min(cut_end, stop)
                shift += end - max(cut_start, here)
                here = max(here, end)
                if stop is not None and cut_end > stop:
                    break  # the cut goes on in the next stretch
                number += 1
            if stop is None or here < stop:
                at.append(here - shift)
                origin.append(self._origin[i] + here - start)
        self._at, self._origin = at, origin
