"""Coverage: the lines that strong claims cover word for word go whole."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.decide.board import Board, Step
from cleaner.decide.cover import Cover
from cleaner.decide.levels import RANK
from cleaner.match.claims import Claim
from cleaner.view import View


def whole_lines(view: View, strong: Sequence[Claim], weak: Sequence[Claim]) -> dict[int, Claim]:
    """The lines that go whole, and who takes them.  A weak claim helps to cover what strong ones leave of a line."""
    on_line: dict[int, list[Claim]] = {}
    for claim in strong:
        for line in range(claim.first, claim.last + 1):
            on_line.setdefault(line, []).append(claim)
    helpers = [
        c
        for c in weak
        if not c.whole and _helps(c, [s for n in range(c.first, c.last + 1) for s in on_line.get(n, ())])
    ]
    cover = Cover(view, [*strong, *helpers])
    lines: dict[int, Claim] = {}
    for claim in sorted((c for c in strong if c in cover.standing), key=_precedence):
        for line in range(claim.first, claim.last + 1):
            if claim.whole or line in cover.lines:
                lines.setdefault(line, claim)
    return lines


def _helps(weak: Claim, strong: Sequence[Claim]) -> bool:
    """Whether a weak claim stands beside strong ones; one that holds them would take the line on its own word."""
    return bool(strong) and not any(weak.start <= c.start and c.end <= weak.end for c in strong)


def _precedence(claim: Claim) -> tuple[bool, int, int, int, str]:
    """Whole claims first, then the widest, then the surest."""
    size = claim.last - claim.first
    return not claim.whole, -size, -RANK[claim.rule.confidence], claim.start - claim.end, claim.rule.id


def _apply(board: Board) -> None:
    board.lines.update(whole_lines(board.view, board.strong, board.weak))


STEP = Step("coverage", _apply)
