"""Vetoes: what no claim may have: code, what stands between quotation marks, half a link, what a keep rule saves."""

from __future__ import annotations

from cleaner.decide.board import Board, Step


def _apply(board: Board) -> None:
    met, board.fit = board.fit, []
    for claim in met:
        veto = board.vetoes.against(claim)
        if veto:
            board.keep(claim, veto)
        else:
            board.fit.append(claim)


STEP = Step("vetoes", _apply, saves=True)
