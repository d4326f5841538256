"""Lines that a reader would take out, as a trained model sees them: `cleaner.lines`.

The model looks at the text as it is, with all that rules want of it, and takes boxes of lines whole.  It also saves
what rules have taken: lines of which it is all but sure that a reader keeps them, unless the rule is certain.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.decide.board import Board, Step, Unseen
from cleaner.decide.engine_rules import engine_rule
from cleaner.match.claims import Claim
from cleaner.model import Evidence
from cleaner.reasons import Reason

if TYPE_CHECKING:
    from cleaner.lines.found import Found, Lines

LINES = engine_rule("lines.box", "boilerplate", "block", "lines that a reader would take out")
LEAST = 4
"""Lines of a text that the model looks at, at least; in a shorter one nothing stands around anything."""
MOST = 50_000
"""The same, at most; a longer text is no clipping, and what is known of each line takes memory, 7 KB or so."""
_SAVED = 0.03
"""Probability below which a rule that is not certain does not get its lines."""


def _apply(board: Board) -> None:
    if board.judged or board.level == "safe" or len(board.view.lines) < LEAST:
        return
    if not (board.claims or board.document.links):
        return
    if len(board.view.lines) > MOST:
        board.warnings.append(f"of more than {MOST:,} lines only rules are asked, not the model of lines")
        return
    from cleaner.lines.found import find  # brings NumPy, which few short texts need

    claims: dict[str, list[Claim]] = {"fit": [], "unmet": [], "keeper": []}
    for fact in board.facts():
        claims[fact.standing if fact.standing in claims else "fit"].append(fact.claim)
    lines = find(
        board.document,
        board.view,
        board.level,
        fit=claims["fit"],
        passed=claims["unmet"],
        keepers=claims["keeper"],
    )
    _save(board, lines)
    saved = {line for note in board.kept for line in range(note.claim.first, note.claim.last + 1)}
    for found in lines.boxes:
        _take(board, found, saved)


def _save(board: Board, lines: Lines) -> None:
    """Give back what rules took of lines that a reader keeps; what stands all over a site is known better."""
    taken: dict[Claim, list[int]] = {}
    counted = set(board.found)
    for line, claim in board.lines.items():
        if claim.rule.confidence != "certain" and claim not in counted:
            taken.setdefault(claim, []).append(line)
    for claim, its in taken.items():
        spans = [board.view.origin_span(*board.view.lines[line]) for line in its]
        most = max(lines.probability(*span) for span in spans)
        if most < _SAVED:
            board.give_back(claim, its, Reason.of("reader-keeps", probability=f"{1 - most:.2f}"))


def _take(board: Board, found: Found, saved: Container[int]) -> None:
    """Take a box; of a text of unknown origin, unless something in it was saved from a rule, or it is quoted."""
    rule = replace(LINES, category=found.category)
    if not board.wants(rule):
        return
    view = board.view
    first, stop = view.line_at_origin(found.start), view.line_at_origin(found.end)
    saw = Reason.of("reader-removes", what=found.reason, probability=f"{found.probability:.2f}")
    evidence = (Evidence(LINES.id, saw),)
    if first == stop:  # pictures alone, which the view does not show
        board.unseen.append(Unseen(rule, found.start, found.end, evidence))
        return
    claim = Claim(rule, view.lines[first][0], view.lines[stop - 1][1], first, stop - 1, whole=True, evidence=evidence)
    veto = board.vetoes.against(claim)
    if not veto and board.document.url is None:  # what such a text shows may be what it is about
        if any(line in saved for line in range(first, stop)):
            return
        veto = board.quotations.veto(first, stop - 1, found.category)
    if veto:
        board.keep(claim, veto)
    else:
        board.take(first, stop - 1, claim)


STEP = Step("lines", _apply, (LINES,))
