"""The budget: something must be left.

The bound is absolute, so that it says the same of the output as of the input and cleaning twice stays cleaning once.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.view import Span

LETTERS = 10
"""A text with at least so many letters keeps at least so many; a shorter one keeps at least one."""


def give_back(text: str, cuts: Sequence[Span]) -> list[int]:
    """Which cuts, by index and in the order given, must be undone so that enough of `text` is left.

    Args:
        cuts: disjoint spans, the first to be given back first.
    """
    left = sum(_letters(text, start, end, LETTERS) for start, end in _gaps(cuts, len(text)))
    if left >= LETTERS:
        return []
    sizes = [_letters(text, start, end, len(text)) for start, end in cuts]
    least = LETTERS if left + sum(sizes) >= LETTERS else 1
    back: list[int] = []
    for number, size in enumerate(sizes):
        if left >= least:
            break
        if size:
            back.append(number)
            left += size
    return back


def _gaps(cuts: Sequence[Span], size: int) -> list[Span]:
    ordered = sorted(cuts)
    return list(zip([0, *(end for _, end in ordered)], [*(start for start, _ in ordered), size], strict=True))


def _letters(text: str, start: int, end: int, enough: int) -> int:
    """How many letters and digits stand in a span; counting stops at `enough`."""
    count = 0
    for at in range(start, end):
        count += text[at].isalnum()
        if count >= enough:
            break
    return count
