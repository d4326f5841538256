"""Conditions: which claims stand and meet what their rules ask of the surroundings, and which keep rules hold."""

from __future__ import annotations

from cleaner.decide.board import Board, Step
from cleaner.decide.cover import Cover
from cleaner.match.conditions import Surroundings, failing, holds
from cleaner.reasons import Reason


def _apply(board: Board) -> None:
    wants = [claim for claim in board.claims if not claim.rule.keep]
    standing = Cover(board.view, wants).standing
    for claim in wants:
        if claim not in standing:
            board.lacks(claim, Reason.of("part-of-line"))
    around = Surroundings(board.document, board.view, [c for c in wants if c in standing], board.corpus)
    keepers = (c for c in board.claims if c.rule.keep and holds(c.rule.when, c, around))
    board.keepers += (c for c in keepers if not any(holds(group, c, around) for group in c.rule.unless))
    for claim in wants:
        if claim not in standing:
            continue
        unmet = failing(claim.rule.when, claim, around)
        if unmet:
            board.lacks(claim, Reason.of("condition", condition=unmet))
        elif saved := next((group for group in claim.rule.unless if holds(group, claim, around)), None):
            board.keep(claim, Reason.of("unless", conditions=" and ".join(saved)))
        else:
            board.fit.append(claim)


STEP = Step("conditions", _apply)
