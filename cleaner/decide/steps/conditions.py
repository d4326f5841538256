"""Conditions: which claims stand and meet what their rules ask of the surroundings, and which keep rules hold."""

from __future__ import annotations

from cleaner.decide.board import Board, Step
from cleaner.decide.cover import Cover
from cleaner.match.claims import Claim
from cleaner.match.conditions import Surroundings, failing, saves
from cleaner.match.matchers import faults_of
from cleaner.reasons import Reason


def _apply(board: Board) -> None:
    wants = [claim for claim in board.claims if not claim.rule.keep]
    standing = Cover(board.view, wants).standing
    for claim in wants:
        if claim not in standing:
            board.lacks(claim, Reason.of("part-of-line"))
    around = Surroundings(board.document, board.view, [c for c in wants if c in standing], board.corpus)
    for claim in board.claims:
        if claim.rule.keep or claim in standing:
            with faults_of(claim.rule):
                _judge(board, claim, around)


def _judge(board: Board, claim: Claim, around: Surroundings) -> None:
    rule = claim.rule
    unmet = failing(rule.when, claim, around)
    saved = None if unmet else next((group for group in rule.unless if saves(group, claim, around)), None)
    if rule.keep:
        if not (unmet or saved):
            board.keepers.append(claim)
    elif unmet:
        board.lacks(claim, Reason.of("condition", condition=unmet))
    elif saved:
        board.keep(claim, Reason.of("unless", conditions=" and ".join(saved)))
    else:
        board.fit.append(claim)


STEP = Step("conditions", _apply, saves=True)
