"""Spans: what strong claims take of lines that stay."""

from __future__ import annotations

from collections.abc import Container, Iterable

from cleaner.decide.board import Board, Step
from cleaner.match.claims import Claim


def free_spans(claims: Iterable[Claim], lines: Container[int]) -> list[Claim]:
    """The spans outside of the lines that go: where two overlap, the widest wins."""
    free = [c for c in claims if c.is_span and not any(n in lines for n in range(c.first, c.last + 1))]
    chosen: list[Claim] = []
    for claim in sorted(free, key=lambda c: (c.start, c.start - c.end, c.rule.id)):
        if chosen and claim.start < chosen[-1].end:
            if claim.end - claim.start > chosen[-1].end - chosen[-1].start:
                chosen[-1] = claim
            continue
        chosen.append(claim)
    return chosen


def _apply(board: Board) -> None:
    board.spans += free_spans(board.strong, board.lines)


STEP = Step("spans", _apply)
