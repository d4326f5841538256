"""Quotations: lines that are quoted are given back, unless what goes is certain."""

from __future__ import annotations

from cleaner.decide.board import Board, Step
from cleaner.match.claims import Claim


def _apply(board: Board) -> None:
    doubtful: dict[Claim, list[int]] = {}
    for line, claim in board.lines.items():
        if claim.rule.confidence != "certain":
            doubtful.setdefault(claim, []).append(line)
    order = sorted(doubtful, key=lambda claim: doubtful[claim][0])
    size = -1
    while size != len(board.lines):  # what stays may save what stands beside it: down the text, and up again
        size = len(board.lines)
        for claim in (*order, *reversed(order)):
            lines = doubtful.get(claim)
            veto = board.quotations.veto(min(lines), max(lines), claim.rule.category) if lines else None
            if veto:
                board.give_back(claim, doubtful.pop(claim), veto)


STEP = Step("quotations", _apply, saves=True)
