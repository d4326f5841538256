"""The sizes of what charts draw: attributes of SVG elements, because the policy of the pages bars styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

Run = tuple[int, int, str]
"""Start, end, category."""

STRIP = 1000
"""Units that a strip is long."""
_LEAST = 0.4  # percent: what is there can be seen


class Stretch(NamedTuple):
    """A run on a strip."""

    category: str
    x: str
    width: str


class Bin(NamedTuple):
    """A bar of a histogram: its share in percent (empty: nothing was removed), height, and number for people."""

    bin: str
    height: str
    documents: str


def strip(runs: Iterable[Run], size: int) -> Iterator[Stretch]:
    """Where runs of a text of `size` are on a strip that is as long as the text."""
    scale = STRIP / max(1, size)
    for start, end, category in runs:
        yield Stretch(category, f"{start * scale:.2f}", f"{max(1.0, (end - start) * scale):.2f}")


def bar(value: float, whole: float) -> str:
    """The length of a bar for `value`, `whole` being the longest there is; empty: there is no bar."""
    return f"{max(_LEAST, 100 * value / whole):.4g}%" if value else ""


def histogram(counts: Sequence[int]) -> Iterator[Bin]:
    """Documents by the share that was removed, as `Tally.shares` counts them."""
    step = 100 // (len(counts) - 1)
    most = max(counts)
    for number, count in enumerate(counts):
        bin = f"{(number - 1) * step}–{number * step}" if number else ""
        yield Bin(bin, bar(count, most), _brief(count))


def _brief(count: int) -> str:
    """The number as short as it must be to stand over a bar."""
    if count < 100_000:
        return f"{count:,}"
    return f"{count / 1000:.0f} k" if count < 999_500 else f"{count / 1_000_000:,.1f} M"
