"""Budget: something must be left.

The bound is absolute, so that it says the same of the output as of the input and cleaning twice stays cleaning once.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.decide.board import Board, Step
from cleaner.decide.levels import RANK
from cleaner.reasons import Reason
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


def _apply(board: Board) -> None:
    weakest_first = sorted(board.taken(), key=lambda t: (RANK[t.rule.confidence], -t.claim.start, t.rule.id))
    back = give_back(board.view.text, [taken.span(board.view) for taken in weakest_first])
    for taken in (weakest_first[number] for number in back):
        if taken.lines is None:
            board.spans.remove(taken.claim)
            board.keep(taken.claim, Reason.of("budget"))
        else:
            board.give_back(taken.claim, range(taken.lines[0], taken.lines[1] + 1), Reason.of("budget"))
    if back:
        board.warnings.append("almost nothing would be left; the weakest removals were given back, see `kept`")


STEP = Step("budget", _apply, saves=True)
