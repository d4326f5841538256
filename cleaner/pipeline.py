"""The way of the data: read, site, packs, match, decide, edit; again and again until nothing more goes.

Cleaning twice must be cleaning once.  Removals change positions and neighbours, so the whole way is gone again over
what is left, exactly as a second call would, until a round finds nothing.  A text that does not settle, or of which
something would be left that a second call would read in another way (as a page, in another encoding), is given back as
it came, with a warning.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from cleaner.decide.board import Board, Note, Spoken
from cleaner.decide.notes import is_note
from cleaner.decide.steps import STEPS
from cleaner.edit import Lines, Origins, cut, repairs
from cleaner.errors import guarded
from cleaner.match.bound import bound, too_many
from cleaner.match.claims import Claim, claims_in
from cleaner.match.matchers import Matcher, RuleFault
from cleaner.model import Document, Kept, Level, Repair, Rule, Span
from cleaner.outcome import Cut, Known, Outcome, StructuralCuts, kept
from cleaner.read.document import read
from cleaner.read.intake import Input
from cleaner.read.spans import union
from cleaner.rulebook.book import Rulebook
from cleaner.sites import Packs, applies, find_site, packs_of
from cleaner.view import View

if TYPE_CHECKING:
    from array import array

    from cleaner.corpus.table import LineCounts

MAX_ROUNDS = 10
SETTLED = 300_000
"""Characters that are looked at, over all rounds, before a text is given up; or so many rounds."""
MAX_TOLD = 5
"""Rules that were left out for having found too much, and are named."""
LONG_TEXT = 500_000  # characters


@dataclass(frozen=True, slots=True)
class Setup:
    """What stays the same from call to call."""

    book: Rulebook
    level: Level
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    counts: LineCounts | None = None

    def wants(self, rule: Rule) -> bool:
        """Whether the caller asked for the rule's category."""
        return rule.keep or ((not self.only or rule.category in self.only) and rule.category not in self.skip)


Hits = dict[int, "array[int]"]
"""Rules, by number, and where their keywords are: starts and ends in turn."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at a text takes of it.

    Attributes:
        cuts: what goes, sorted and disjoint, repairs included.
    """

    board: Board
    removals: tuple[Cut, ...] = ()
    repairs: tuple[Span, ...] = ()
    cuts: tuple[Span, ...] = ()


def run(setup: Setup, given: Input, *, structural: StructuralCuts | None = None, rules: bool = True) -> Outcome:
    """Clean one text.

    Args:
        structural: what goes before, and whether somebody judged all the rest.
        rules: whether to look at the text at all; if not, only the structural cuts take something.

    Raises:
        InputError: the format is HTML: a page must have been rendered before.
    """
    with no_collections() if len(given.text) > LONG_TEXT else nullcontext():
        structural = structural or StructuralCuts()
        if rules:
            return _rounds(setup, given, structural)
        outcome = _without(structural, given.text)
        look = partial(scan, setup, given.left(""), structural.judged)
        _look_back(outcome, look().board, look)
        return _finished(outcome)


def _rounds(setup: Setup, given: Input, structural: StructuralCuts) -> Outcome:
    outcome = _without(structural, given.text)
    origins = outcome.origins.copy()
    problem: str | None = None
    most = max(MAX_ROUNDS, SETTLED // max(1, len(given.text)))
    for number in range(most):
        look = partial(scan, setup, given.left(outcome.text), structural.judged)
        now = look()
        if number == 0:
            outcome.packs |= {claim.rule.pack for claim in now.board.claims}
            _look_back(outcome, now.board, look)
        _note(outcome, now, origins)
        if not now.cuts:
            problem = given.misread(outcome.text)
            break
        origins.cut(now.cuts)
        outcome.text = cut(outcome.text, now.cuts)
        del now  # before the next board is made
    else:
        problem = f"the text did not settle in {most} rounds"
    if problem:
        untouched = _without(structural, given.text)
        untouched.known, untouched.look = outcome.known, outcome.look
        untouched.warnings.append(f"{problem}: the rules took nothing of it")
        outcome = untouched
    return _finished(outcome)


def _look_back(outcome: Outcome, board: Board, again: Callable[[], Round]) -> None:
    """Note what the first look told; that at a long text is taken again if somebody wants to see it, for a board is
    many times as large as its text."""
    document = board.document
    outcome.known = Known(document.format, document.url, document.front_matter, board.site, board.level)
    outcome.look = (lambda: again().board) if len(document.text) > LONG_TEXT else (lambda: board)


def _finished(outcome: Outcome) -> Outcome:
    outcome.repairs.sort(key=lambda r: (r.start, r.end))
    return outcome


def _without(structural: StructuralCuts, source: str) -> Outcome:
    outcome = Outcome(source, source, Lines(source), Origins(), packs=structural.packs, spared=structural.kept)
    whole = union((cut.start, cut.end) for cut in structural.blocks)
    spans = union((cut.start, cut.end) for cut in structural.spans)
    gaps = repairs(outcome.lines, whole, spans)
    _note_cuts(outcome, [*structural.blocks, *structural.spans], gaps, outcome.origins)
    outcome.notes += structural.kept
    outcome.warnings += structural.warnings
    cuts = union([*whole, *spans, *gaps])
    outcome.origins.cut(cuts)
    outcome.text = cut(source, cuts)
    return outcome


@contextmanager
def no_collections() -> Iterator[None]:
    """Hold the garbage collector back.

    It would go over all live objects again and again, which makes the time grow faster than a long text or a page; and
    there is next to nothing for it to find, since hardly anything here refers to itself.
    """
    pause = gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


def scan(setup: Setup, given: Input, judged: bool = False) -> Round:
    """Go the way once: what would go, and why.  If there is an error which nobody foresaw, nothing goes."""
    board = Board(Document(given.text, "text", given.url), View(""), setup.level, [])
    return guarded("the pipeline for text", lambda: _decided(match(setup, given, judged)), Round(board), board.warnings)


def _decided(board: Board) -> Round:
    try:
        return edited(board.run(STEPS))
    except RuleFault as fault:
        rest = board.without(fault.rule, _left_out(fault))
    return _decided(rest)


def _left_out(fault: RuleFault) -> str:
    return f"{fault} and was left out; see `cleaner rules lint`"


def match(setup: Setup, given: Input, judged: bool = False) -> Board:
    """The first half of the way: read, site, packs, match.  Nothing is decided on the board yet; see `Board.judged`."""
    document = read(given.text, given.format, given.url)
    view = View(document.text, document.hidden)
    haystack = view.haystack()
    woken, prints = setup.book.woken(haystack, bound(len(haystack)))
    del haystack  # as long as the text
    site = find_site(setup.book, url=document.url, from_front_matter=not given.url, prints=prints)
    packs = packs_of(setup.book, site)
    active = {number: hits for number, hits in woken.items() if _is_asked(setup, number, packs)}
    warnings = _bound(setup, active, len(view.text))
    claims, faults = _claims(setup, view, active)
    corpus = setup.counts.site(document.url) if setup.counts else None
    level: Level = "safe" if is_note(document) else setup.level
    return Board(document, view, level, claims, site, corpus, setup.wants, judged, [*warnings, *faults])


def _is_asked(setup: Setup, number: int, packs: Packs) -> bool:
    pack = setup.book.pack_with(number)
    if pack.kind == "site" and pack not in packs:  # most rules of many packs: they are not even made
        return False
    rule = setup.book.rule(number)
    return setup.wants(rule) and applies(setup.book, rule, packs)


def _bound(setup: Setup, active: Hits, size: int) -> list[str]:
    """Take out the rules that hit all over the text, if that is more than the text can be worth; say which."""
    numbers = {setup.book.rule(number): number for number in active}
    out = too_many(((rule, len(active[number]) // 2) for rule, number in numbers.items()), size)
    told = [f"rule {rule.id} found {len(active[numbers[rule]]) // 2:,} places or more and was left out" for rule in out]
    for rule in out:
        del active[numbers[rule]]
    if len(told) > MAX_TOLD:
        told[MAX_TOLD:] = [f"{len(told) - MAX_TOLD} more rules found too many places and were left out"]
    return told


def _claims(setup: Setup, view: View, active: Hits) -> tuple[list[Claim], list[str]]:
    woken = [(setup.book.rule(number), hits) for number, hits in active.items()]
    try:
        return claims_in(view, woken, _matcher), []
    except RuleFault as fault:
        warning = _left_out(fault)
        rest = {number: hits for number, hits in active.items() if setup.book.rule(number) is not fault.rule}
    claims, warnings = _claims(setup, view, rest)
    return claims, [warning, *warnings]


@lru_cache(maxsize=4096)
def _matcher(rule: Rule) -> Matcher:
    return Matcher.of(rule)


def edited(board: Board) -> Round:
    """What a decision means for the text."""
    view = board.view
    lines = Lines(board.document.text)
    whole: list[Span] = []
    spans: list[Span] = []
    removals: list[Cut] = []
    for taken in board.taken():
        if taken.lines is None:
            span = board.vetoes.span(taken.claim)
            assert span is not None  # else the claim had been vetoed
            spans.append(span)
        else:
            start, end = (view.lines[n][0] for n in taken.lines)
            span = lines.span(lines.at(view.origin(start)), lines.at(view.origin(end)))
            whole.append(span)
        removals.append(Cut(taken.rule, *span, Spoken(board.speaking, taken)))
    for unseen in board.unseen:
        if unseen.whole:
            span = lines.span(lines.at(unseen.start), lines.at(unseen.end - 1))
            whole.append(span)
        else:
            span = (unseen.start, unseen.end)
            spans.append(span)
        removals.append(Cut(unseen.rule, *span, partial(tuple, unseen.evidence)))
    gaps = repairs(lines, union(whole), union(spans))
    return Round(board, tuple(removals), tuple(gaps), tuple(union([*whole, *spans, *gaps])))


def _note(outcome: Outcome, round: Round, origins: Origins) -> None:
    """Add a round to the outcome, in the offsets of the input."""
    _note_cuts(outcome, round.removals, round.repairs, origins)
    outcome.warnings += (w for w in round.board.warnings if w not in outcome.warnings)
    outcome.notes += (_kept(outcome, note, round.board, origins) for note in round.board.kept)


def _note_cuts(outcome: Outcome, cuts: Iterable[Cut], gaps: Iterable[Span], origins: Origins) -> None:
    for one in cuts:
        start, end = origins.of(one.start, one.end)
        outcome.cuts.append(Cut(one.rule, start, end, one.evidence, one.path))
    for span in gaps:
        start, end = origins.of(*span)
        outcome.repairs.append(Repair(start, end, outcome.source[start:end]))


def _kept(outcome: Outcome, note: Note, board: Board, origins: Origins) -> Kept:
    start, end = origins.of(*board.view.origin_span(note.claim.start, note.claim.end))
    return kept(note.claim.rule, start, end, note.why, outcome.source, outcome.lines)
