"""Which of many spans touch a given one, without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Overlaps:
    """Spans, each with a number of its own, that are asked again and again.

    Args:
        spans: start, end (behind the last place) and number.
    """

    def __init__(self, spans: Iterable[tuple[int, int, int]]) -> None:
        ordered = sorted(spans, key=lambda span: span[0])  # of equal starts in the order given
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._numbers = [number for _, _, number in ordered]
        self._reach = list(accumulate(self._ends, max))

    def first(self, start: int, end: int) -> int | None:
        """The number of the first span that shares a place with `start:end`; None if none does."""
        at = bisect_left(self._reach, start + 1)
        return self._numbers[at] if at < len(self._starts) and self._starts[at] < end else None

    def all(self, start: int, end: int) -> list[int]:
        """The numbers of all of them, in the order of their starts."""
        stop = at = bisect_left(self._starts, end)
        while at > 0 and self._reach[at - 1] > start:
            at -= 1
        return [self._numbers[i] for i in range(at, stop) if self._ends[i] > start]
