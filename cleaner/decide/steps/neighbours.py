"""Neighbours: what weak evidence needs before it counts.

A price, a bullet, a one-word button or a naked slogan says little alone.  Next to lines that go for good reasons of
their own, it falls with them:

- a weak match between two removed lines, or (medium) next to one of its own category;
- a short line without any match between two removed lines of one category;
- a box that stands in the same run of leftovers more than once, perhaps with other line breaks, each time beside
  removed lines.  A title or a summary repeated far away is no box.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from cleaner.categories import CATEGORY
from cleaner.decide.board import Board, Step
from cleaner.decide.cover import Cover
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.quotations import PARAGRAPH_WORDS, has_year
from cleaner.match.claims import Claim
from cleaner.match.conditions import letters
from cleaner.model import Evidence, Rule
from cleaner.reasons import Reason
from cleaner.view import Span, View

BETWEEN = engine_rule("company.between", "boilerplate", "line", "a short line between two removed lines of one box")
REPEATED = engine_rule(
    "company.repeated",
    "boilerplate",
    "block",
    "a box that stands more than once in the text, beside removed lines each time",
)
WEAK = "company"
"""Who speaks for a weak claim that goes."""

BETWEEN_WORDS = 8
REPEAT_LETTERS = (12, 400)
"""A box with fewer letters repeats by chance; one with more is a passage."""
_MAX_COPIES = 20
REPEAT_DISTANCE = 40
"""Lines between two copies of a box at most, none of them a paragraph of the article that stays."""


class _Neighbours:
    """Spreads removals to the weak claims and short lines beside them, until nothing more follows."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._view = board.view
        self._lines = board.lines
        self._weak: dict[int, list[Claim]] = defaultdict(list)
        weak = board.weak
        standing = Cover(board.view, weak).standing
        for claim in weak:
            if claim in standing and not claim.is_span:
                self._weak[claim.first].append(claim)
                if claim.last != claim.first:
                    self._weak[claim.last].append(claim)

    def spread(self) -> None:
        """Take what falls with the lines that go."""
        repeats = _Repeats(self._view)
        queue = sorted(self._lines)
        while queue:
            changed: list[int] = []
            for line in queue:
                for at in (line - 1, line + 1):
                    if 0 <= at < len(self._view.lines) and at not in self._lines:
                        changed += self._join(at, repeats)
            queue = changed

    def _join(self, at: int, repeats: _Repeats) -> list[int]:
        for claim in self._weak.get(at, ()):
            why = self._accompanied(claim)
            if why and not self._board.stays(claim.first, claim.last):
                return self._take(claim, why)
        category = self._between(at)
        if category and not self._board.stays(at, at):
            return self._board.take_as(at, at, _in(BETWEEN, category))
        for first, last in repeats.units(at):
            category = self._beside(first, last)
            if not category or self._board.stays(first, last):
                continue
            if any(self._same_run(first, last, copy) for copy in repeats.copies(first, last)):
                return self._board.take_as(first, last, _in(REPEATED, category))
        return []

    def _same_run(self, first: int, last: int, copy: Span) -> bool:
        """Whether a copy goes or stands beside what goes, with no paragraph that stays in between."""
        if copy[0] not in self._lines and not self._beside(*copy):
            return False
        between = range(last + 1, copy[0]) if copy[0] > last else range(copy[1] + 1, first)
        return len(between) <= REPEAT_DISTANCE and all(
            line in self._lines or self._view.words(line, line) <= PARAGRAPH_WORDS for line in between
        )

    def _take(self, claim: Claim, why: Reason) -> list[int]:
        return self._board.take(claim.first, claim.last, replace(claim, whole=True, evidence=(Evidence(WEAK, why),)))

    def _accompanied(self, claim: Claim) -> Reason | None:
        above, below = self._lines.get(claim.first - 1), self._lines.get(claim.last + 1)
        at_edge = claim.first == 0 or claim.last == len(self._view.lines) - 1
        if above and below:
            return Reason.of("between-removals", above=above.rule.id, below=below.rule.id)
        neighbour = above or below
        if neighbour is None:
            return None
        if at_edge:
            return Reason.of("at-edge", rule=neighbour.rule.id)
        if claim.rule.confidence == "medium" and neighbour.rule.category == claim.rule.category:
            return Reason.of("beside-removal", rule=neighbour.rule.id)
        return None

    def _between(self, at: int) -> str | None:
        above, below = self._lines.get(at - 1), self._lines.get(at + 1)
        if not above or not below or above.rule.category != below.rule.category:
            return None
        if not CATEGORY[above.rule.category].box or self._view.words(at, at) > BETWEEN_WORDS:
            return None
        if has_year(self._view.line_text(at)):  # the date of the article, between two bars
            return None
        return above.rule.category

    def _beside(self, first: int, last: int) -> str | None:
        neighbour = self._lines.get(first - 1) or self._lines.get(last + 1)
        return neighbour.rule.category if neighbour and CATEGORY[neighbour.rule.category].offer else None


def _in(rule: Rule, category: str) -> Rule:
    return replace(rule, category=category)


class _Repeats:
    """Finds runs of lines that stand in the text more than once, line breaks aside."""

    def __init__(self, view: View) -> None:
        self._view = view
        pieces = [letters(view.folded(start, end)) for start, end in view.lines]
        self._starts = [0, *accumulate(map(len, pieces))]
        self._text = "".join(pieces)
        self._lines_by_key: dict[str, list[int]] = defaultdict(list)
        for line, start in enumerate(self._starts[:-1]):
            self._lines_by_key[self._text[start : start + REPEAT_LETTERS[0]]].append(line)

    def units(self, line: int) -> Iterator[Span]:
        """The runs of lines around `line` that may be a box: its block, and the line itself."""
        block = self._view.blocks[self._view.block_of[line]]
        for first, last in dict.fromkeys((block, (line, line))):
            if REPEAT_LETTERS[0] <= self._starts[last + 1] - self._starts[first] <= REPEAT_LETTERS[1]:
                yield first, last

    def copies(self, first: int, last: int) -> Iterator[Span]:
        """Where else the words of the lines `first` to `last` stand from the start of a line on."""
        start, end = self._starts[first], self._starts[last + 1]
        words = self._text[start:end]
        for copy in self._lines_by_key[words[: REPEAT_LETTERS[0]]][:_MAX_COPIES]:
            at = self._starts[copy]
            if not start <= at < end and self._text.startswith(words, at):
                yield copy, bisect_left(self._starts, at + len(words)) - 1


def _apply(board: Board) -> None:
    if board.level != "safe" and board.lines:
        _Neighbours(board).spread()


STEP = Step("neighbours", _apply, (BETWEEN, REPEATED))
