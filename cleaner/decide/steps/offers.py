"""Offers: a box that sells something is one box, whatever its single lines say.

The cards of a subscription hold prices, slogans and names of plans beside the lines that rules know.  Where a run of
short lines holds several that go as offers, and many that rules know at least weakly, what stands between these goes
with them.  A text without paragraphs may be about what it offers: a page of prices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from cleaner.categories import CATEGORY
from cleaner.decide.board import Board, Step
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.quotations import PARAGRAPH_WORDS, has_year
from cleaner.model import Rule

WITHIN = engine_rule("offers.within", "subscription", "line", "a short line in a box that offers something")
_SURE = 2
"""Lines of a box that must go on their own account."""
_KNOWN = 4
"""Lines of a box that rules must know, at least weakly."""
_SHARE = 0.4
"""How many of its lines these must be."""
_MAX_LINES = 40
_PARAGRAPHS = 2
"""Of an article in which such boxes stand."""


def _apply(board: Board) -> None:
    if board.level == "safe":
        return
    sure = {line for line, claim in board.lines.items() if CATEGORY[claim.rule.category].offer}
    if len(sure) < _SURE:
        return
    paragraphs = [line for line in range(len(board.view.lines)) if _is_paragraph(board, line)]
    if len(paragraphs) < _PARAGRAPHS:
        return
    weak = {
        line
        for claim in board.weak
        if not claim.is_span and CATEGORY[claim.rule.category].offer
        for line in range(claim.first, claim.last + 1)
    }
    for before, after in pairwise([-1, *paragraphs, len(board.view.lines)]):
        run = range(before + 1, after)
        known = [line for line in run if line in sure or line in weak]
        going = [line for line in known if line in sure]
        if len(going) < _SURE or len(known) < _KNOWN:
            continue
        # what goes as something else, a share bar say, is no end of a box
        ends = [line for line in known if line in sure or line not in board.lines]
        box = range(ends[0], ends[-1] + 1)
        if len(box) <= _MAX_LINES and len(known) >= _SHARE * len(box):
            (category, _), *_ = Counter(board.lines[line].rule.category for line in going).most_common(1)
            rule = replace(WITHIN, category=category)
            if board.wants(rule):
                _take(board, box, rule)


def _is_paragraph(board: Board, line: int) -> bool:
    """Whether a line is a paragraph that stays."""
    return line not in board.lines and board.view.words(line, line) > PARAGRAPH_WORDS


def _take(board: Board, box: range, rule: Rule) -> None:
    """Take the lines of a box, but for dates and what is quoted or heads something; from below, since a heading heads
    nothing once what stands below it goes."""
    for line in reversed(box):
        if line not in board.lines and not has_year(board.view.line_text(line)) and not board.stays(line, line):
            board.take_as(line, line, rule)


STEP = Step("offers", _apply, (WITHIN,))
