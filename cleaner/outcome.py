"""What came of cleaning a text: what went, what was kept, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.edit import Lines, Origins
from cleaner.errors import guarded
from cleaner.model import Evidence, Format, Kept, Level, Removal, Repair, Rule, SiteMatch
from cleaner.read.spans import union
from cleaner.reasons import Reason

if TYPE_CHECKING:
    from cleaner.decide.board import Board

Telling = Callable[[], tuple[Evidence, ...]]
"""Says what spoke for a removal."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a rule takes, in the offsets of the text it was decided on.

    Attributes:
        evidence, path: as in `Removal`; made when a report is asked for, since they cost more than the decision.
    """

    rule: Rule
    start: int
    end: int
    evidence: Telling = tuple
    path: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class StructuralCuts:
    """What goes from a page for its structure, before anything else is looked at; offsets are those of the input.

    Attributes:
        blocks: whole lines; `spans`: parts of lines.  Both in the order of the text.
        judged: whether the scorer has judged what is left; see `Board.judged`.
    """

    blocks: tuple[Cut, ...] = ()
    spans: tuple[Cut, ...] = ()
    kept: tuple[Kept, ...] = ()
    warnings: tuple[str, ...] = ()
    packs: frozenset[str] = frozenset()
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the first look told of the text as a whole."""

    format: Format
    url: str | None
    front_matter: Mapping[str, str]
    site: SiteMatch | None
    level: Level


@dataclass
class Outcome:
    """What came of all rounds; offsets are those of the input.

    Attributes:
        known: what the first look told of the text as a whole.
        look: gives the board of the first look at the text (of a page: at what its structure left), and `origins` leads
            from its offsets to those of the input.
        cuts: what rules took, as it came; `removals` says the same in the order of the text.
        notes: what was kept in any round; `kept` is what of it is part of the clean text.
        spared: what the structural cuts wanted and did not get.
    """

    source: str
    text: str
    lines: Lines
    origins: Origins
    cuts: list[Cut] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    notes: list[Kept] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    packs: frozenset[str] = frozenset()
    spared: tuple[Kept, ...] = ()
    known: Known = field(init=False)
    look: Callable[[], Board] = field(init=False)

    @cached_property
    def first(self) -> Board:
        """The board of the first look."""
        return self.look()

    @cached_property
    def removals(self) -> tuple[Removal, ...]:
        """What rules took, in the order of the text."""
        return tuple(_removals(self))

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """What was kept in some round and is part of the clean text, once each."""
        return tuple(_still_there(self.notes, self.cuts))


def kept(rule: Rule, start: int, end: int, veto: Reason, source: str, lines: Lines) -> Kept:
    """A claim on ``source[start:end]`` that lost."""
    return Kept(
        rule=rule.id,
        pack=rule.pack,
        category=rule.category,
        confidence=rule.confidence,
        start=start,
        end=end,
        line=lines.at(start) + 1,
        text=source[start:end],
        veto=veto,
    )


def _still_there(kept: Iterable[Kept], cuts: Iterable[Cut]) -> list[Kept]:
    gone = union((one.start, one.end) for one in cuts)
    ends = [end for _, end in gone]
    first: dict[tuple[int, int, str], Kept] = {}
    for one in kept:
        after = bisect_right(ends, one.start)
        if after == len(gone) or gone[after][0] >= one.end:
            first.setdefault((one.start, one.end, one.rule), one)
    return [first[key] for key in sorted(first)]


def _removals(outcome: Outcome) -> Iterator[Removal]:
    ordered = sorted(outcome.cuts, key=lambda one: (one.start, one.end, one.rule.id))
    for number, one in enumerate(ordered, 1):
        rule = one.rule
        yield Removal(
            id=f"r{number}",
            rule=rule.id,
            pack=rule.pack,
            category=rule.category,
            confidence=rule.confidence,
            start=one.start,
            end=one.end,
            line=outcome.lines.at(one.start) + 1,
            text=outcome.source[one.start : one.end],
            reason=rule.message,
            evidence=guarded("a reason", one.evidence, (), outcome.warnings),
            path=one.path(),
        )
