"""Level: what was fit and still got nothing was not sure enough."""

from __future__ import annotations

from bisect import bisect_right

from cleaner.decide.board import Board, Step
from cleaner.reasons import Reason


def _apply(board: Board) -> None:
    taken = board.taken()
    gone = [one.span(board.view) for one in taken]
    ends = [end for _, end in gone]
    told = {note.claim for note in board.notes} | {one.claim for one in taken}
    for claim in (*board.fit, *board.found):
        after = bisect_right(ends, claim.start)
        overlapped = after < len(gone) and gone[after][0] < claim.end
        if claim not in told and not overlapped:
            board.keep(claim, Reason.of("needs-neighbours", confidence=claim.rule.confidence))


STEP = Step("level", _apply)
