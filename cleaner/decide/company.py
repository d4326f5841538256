"""Company: what weak evidence needs before it counts.

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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from cleaner.decide.cover import Cover
from cleaner.decide.engine_rules import BETWEEN, REPEATED
from cleaner.decide.quotations import PARAGRAPH_WORDS, YEAR, Quotations
from cleaner.decide.vetoes import Vetoes
from cleaner.match.claims import Claim
from cleaner.match.conditions import letters
from cleaner.model import Document, Evidence, Rule
from cleaner.view import Span, View

OFFERS = frozenset({"subscription", "newsletter", "donation", "app-promo", "cookie", "adblock"})
BOXES = OFFERS | {"share", "icon-label"}
"""Categories whose leftovers are boxes of several lines; those of offers hold slogans and may stand twice."""
BETWEEN_WORDS = 8
REPEAT_LETTERS = (12, 400)
"""A box with fewer letters repeats by chance; one with more is a passage."""
_MAX_COPIES = 20
REPEAT_DISTANCE = 40
"""Lines between two copies of a box at most, none of them a paragraph of the article that stays."""


class Company:
    """Spreads removals to the weak claims and short lines beside them, until nothing more follows."""

    def __init__(self, document: Document, view: View, weak: Sequence[Claim], quotations: Quotations) -> None:
        self._view = view
        self._vetoes = Vetoes(document, view, ())
        self._quotations = quotations
        self._weak: dict[int, list[Claim]] = defaultdict(list)
        standing = Cover(view, weak).standing
        for claim in weak:
            if claim in standing and not claim.is_span:
                self._weak[claim.first].append(claim)
                if claim.last != claim.first:
                    self._weak[claim.last].append(claim)

    def spread(self, lines: dict[int, Claim]) -> None:
        """Add to `lines` (who takes which line) what falls for the company it keeps."""
        if not lines:
            return
        repeats = _Repeats(self._view)
        queue = sorted(lines)
        while queue:
            changed: list[int] = []
            for line in queue:
                for at in (line - 1, line + 1):
                    if 0 <= at < len(self._view.lines) and at not in lines:
                        changed += self._join(at, lines, repeats)
            queue = changed

    def stays(self, first: int, last: int) -> bool:
        """Whether lines must not go for company: they are quoted, or hold code."""
        return self._vetoes.lines_protected(first, last) or self._quotations.veto(first, last) is not None

    def _join(self, at: int, lines: dict[int, Claim], repeats: _Repeats) -> list[int]:
        for claim in self._weak.get(at, ()):
            why = self._accompanied(claim, lines)
            if why and not self.stays(claim.first, claim.last):
                return self._take(lines, claim.first, claim.last, claim.rule, claim, why)
        category = self._between(at, lines)
        if category and not self.stays(at, at):
            return self._take(lines, at, at, _in(BETWEEN, category), None, self._view.line_text(at))
        for first, last in repeats.units(at):
            category = self._beside(first, last, lines)
            if not category or self.stays(first, last):
                continue
            if any(self._same_run(first, last, copy, lines) for copy in repeats.copies(first, last)):
                rule = _in(REPEATED, category)
                return self._take(lines, first, last, rule, None, self._view.line_text(first, last))
        return []

    def _same_run(self, first: int, last: int, copy: Span, lines: dict[int, Claim]) -> bool:
        """Whether a copy goes or stands beside what goes, with no paragraph that stays in between."""
        if copy[0] not in lines and not self._beside(*copy, lines):
            return False
        between = range(last + 1, copy[0]) if copy[0] > last else range(copy[1] + 1, first)
        return len(between) <= REPEAT_DISTANCE and all(
            line in lines or self._view.words(line, line) <= PARAGRAPH_WORDS for line in between
        )

    def _take(
        self, lines: dict[int, Claim], first: int, last: int, rule: Rule, claim: Claim | None, saw: str
    ) -> list[int]:
        view = self._view
        evidence = Evidence(rule.id if claim is None else "company", saw)
        start, end = (claim.start, claim.end) if claim else (view.lines[first][0], view.lines[last][1])
        taker = Claim(rule, start, end, first, last, whole=True, evidence=(evidence,))
        new = [n for n in range(first, last + 1) if n not in lines]
        lines.update(dict.fromkeys(new, taker))
        return new

    def _accompanied(self, claim: Claim, lines: dict[int, Claim]) -> str | None:
        above, below = lines.get(claim.first - 1), lines.get(claim.last + 1)
        at_edge = claim.first == 0 or claim.last == len(self._view.lines) - 1
        if above and below:
            return f"between removals of {above.rule.id} and {below.rule.id}"
        neighbour = above or below
        if neighbour is None:
            return None
        if at_edge:
            return f"between a removal of {neighbour.rule.id} and the edge of the text"
        if claim.rule.confidence == "medium" and neighbour.rule.category == claim.rule.category:
            return f"beside a removal of {neighbour.rule.id}"
        return None

    def _between(self, at: int, lines: dict[int, Claim]) -> str | None:
        above, below = lines.get(at - 1), lines.get(at + 1)
        if not above or not below or above.rule.category != below.rule.category:
            return None
        if above.rule.category not in BOXES or self._view.words(at, at) > BETWEEN_WORDS:
            return None
        if YEAR.search(self._view.line_text(at)):  # the date of the article, between two bars
            return None
        return above.rule.category

    def _beside(self, first: int, last: int, lines: dict[int, Claim]) -> str | None:
        neighbour = lines.get(first - 1) or lines.get(last + 1)
        return neighbour.rule.category if neighbour and neighbour.rule.category in OFFERS else None


def _in(rule: Rule, category: str) -> Rule:
    return replace(rule, category=category)


class _Repeats:
    """Finds runs of lines that stand in the text more than once, line breaks aside."""

    def __init__(self, view: View) -> None:
        self._view = view
        pieces = [letters(view.folded[start:end]) for start, end in view.lines]
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
