"""Coverage: the lines that strong claims cover word for word go whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from cleaner.decide.board import Board, Step
from cleaner.decide.cover import Cover
from cleaner.decide.levels import RANK
from cleaner.decide.overlaps import Overlaps
from cleaner.match.claims import Claim
from cleaner.view import View


def whole_lines(view: View, strong: Sequence[Claim], weak: Sequence[Claim]) -> dict[int, Claim]:
    """The lines that go whole, and who takes them.  A weak claim helps to cover what strong ones leave of a line."""
    beside = _Beside(strong)
    helpers = [c for c in weak if not c.whole and beside.helps(c)]
    cover = Cover(view, [*strong, *helpers])
    lines: dict[int, Claim] = {}
    for claim in sorted((c for c in strong if c in cover.standing), key=_precedence):
        for line in range(claim.first, claim.last + 1):
            if claim.whole or line in cover.lines:
                lines.setdefault(line, claim)
    return lines


class _Beside:
    """Which weak claims help the strong ones."""

    def __init__(self, strong: Sequence[Claim]) -> None:
        self._lines = Overlaps((claim.first, claim.last + 1, 0) for claim in strong)
        spans = sorted((claim.start, claim.end) for claim in strong)
        self._starts = [start for start, _ in spans]
        self._least_ends = list(accumulate((end for _, end in reversed(spans)), min))[::-1]

    def helps(self, weak: Claim) -> bool:
        """Whether a weak claim stands beside strong ones; one that holds them would take the line on its own word."""
        if self._lines.first(weak.first, weak.last + 1) is None:
            return False
        at = bisect_left(self._starts, weak.start)
        return at == len(self._starts) or self._least_ends[at] > weak.end


def _precedence(claim: Claim) -> tuple[bool, int, int, int, str]:
    """Whole claims first, then the widest, then the surest."""
    size = claim.last - claim.first
    return not claim.whole, -size, -RANK[claim.rule.confidence], claim.start - claim.end, claim.rule.id


def _apply(board: Board) -> None:
    board.lines.update(whole_lines(board.view, board.strong, board.weak))


STEP = Step("coverage", _apply)
