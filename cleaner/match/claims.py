"""Claims: what rules want of a text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, zip_longest
from operator import attrgetter

from cleaner.match.matchers import Matcher, faults_of, pattern_in
from cleaner.model import Evidence, Rule
from cleaner.view import Span, View

MAX_LINE = 2_000
"""A longer line is never taken whole: it is a paragraph, or an article without line breaks."""
MAX_BLOCK = 6_000
WINDOW_LINES = 6
PROSE_WORDS = 12
STATEMENT_WORDS = 8
_STOPS = (".", "。", "।", "۔")
_ENDS = (*_STOPS, "!", "?", "！", "？", "؟")
_TWO = re.compile(r"\w{3}[.!?] \w{2}.*\w{3}[.]$|[。！？].+。$")
_CREDIT = re.compile(r" ?[(（\[][\w/ .,-]{1,20}[)）\]]$")
"""Who wrote the last paragraph: an agency, initials."""
WINDOW_CHARS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A rule's claim on `start:end` in the view, in the lines `first` to `last`.

    `whole` says that it wants these lines as they are (block and section); a claim of scope line gets its lines
    only if all claims together cover every word of them.
    """

    rule: Rule
    start: int
    end: int
    first: int
    last: int
    whole: bool = False
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def is_span(self) -> bool:
        return self.rule.scope == "span"


def claims_in(
    view: View, woken: Iterable[tuple[Rule, array[int]]], matcher_of: Callable[[Rule], Matcher]
) -> list[Claim]:
    """The claims of rules, in the order of the text.

    Args:
        woken: rules and where their keywords were found: starts and ends in turn.
    """
    sections = _Sections(view)
    claims: list[Claim] = []
    for rule, hits in woken:
        with faults_of(rule):
            for start, end in _found(view, rule, hits, matcher_of(rule)):
                claims += _shaped(view, rule, start, end, sections)
    claims.sort(key=attrgetter("rule.id"))  # one after the other, for which no keys are made: there may be many
    claims.sort(key=attrgetter("end"), reverse=True)
    claims.sort(key=attrgetter("start"))
    return [one for one, after in zip_longest(claims, islice(claims, 1, None)) if not after or _differ(one, after)]


def _differ(one: Claim, other: Claim) -> bool:
    """Whether two claims are not made twice of the same words."""
    return (one.start, one.end, one.rule.id) != (other.start, other.end, other.rule.id)


def _found(view: View, rule: Rule, hits: array[int], matcher: Matcher) -> Iterator[Span]:
    if matcher.is_its_keywords:
        if rule.scope == "line" and view.longest > MAX_LINE:
            short = (hit for hit in _pairs(hits) if not _in_long_line(view, hit[0]))
            hits = array("q", chain.from_iterable(short))
        yield from matcher.fitting(view, hits)
        return
    done = -1
    for start, end in _windows(view, rule, hits, matcher):
        for found in matcher.find(view, start, end):
            if found[0] >= done:
                yield found
                done = found[1]


def _pairs(hits: array[int]) -> Iterator[Span]:
    return zip(hits[::2], hits[1::2], strict=True)


def _in_long_line(view: View, at: int) -> bool:
    """Whether a place is in a line that is never taken whole."""
    start, end = view.lines[view.line_at(at)]
    return end - start > MAX_LINE


def _windows(view: View, rule: Rule, hits: array[int], matcher: Matcher) -> Iterator[Span]:
    """The stretches around the hits in which the rule is tried, disjoint and in order."""
    current: Span | None = None
    for start, end in _pairs(hits):
        window = _window(view, rule, start, end, matcher)
        if window is None:
            continue
        if current and window[0] <= current[1]:
            current = current[0], max(current[1], window[1])
            continue
        if current:
            yield current
        current = window
    if current:
        yield current


def _window(view: View, rule: Rule, start: int, end: int, matcher: Matcher) -> Span | None:
    line = view.line_at(start)
    block_first, block_last = view.blocks[view.block_of[line]]
    if rule.scope == "block":
        span = view.lines[block_first][0], view.lines[block_last][1]
        return span if span[1] - span[0] <= MAX_BLOCK else None
    if matcher.stays_in_line:
        block_first = block_last = line
    first = max(block_first, line - WINDOW_LINES)
    last = min(block_last, line + WINDOW_LINES)
    if rule.scope == "span":
        return max(view.lines[first][0], start - WINDOW_CHARS), min(view.lines[last][1], end + WINDOW_CHARS)
    if view.lines[line][1] - view.lines[line][0] > MAX_LINE:
        return None
    # Long neighbours are left out, so that the work for one hit has a bound.
    while first < line and view.lines[line][0] - view.lines[first][0] > MAX_LINE:
        first += 1
    while last > line and view.lines[last][1] - view.lines[line][1] > MAX_LINE:
        last -= 1
    return view.lines[first][0], view.lines[last][1]


def _shaped(view: View, rule: Rule, start: int, end: int, sections: _Sections) -> Iterator[Claim]:
    """What the scope makes of a match."""
    start, end = _trimmed(view.text, start, end)
    if start >= end:
        return
    first = view.line_at(start)
    last = first if end <= view.lines[first][1] else view.line_at(end - 1)
    if rule.scope == "block":
        block_first, block_last = view.blocks[view.block_of[first]]
        if view.lines[block_last][1] - view.lines[block_first][0] <= MAX_BLOCK:
            yield Claim(rule, start, end, block_first, block_last, whole=True)
    elif rule.scope == "section":
        end_line = sections.end(rule, last) if covers(view, first, last, [(start, end)]) else None
        if end_line is not None:
            yield Claim(rule, start, end, first, end_line, whole=True)
    elif rule.scope == "span" or view.lines[last][1] - view.lines[first][0] <= MAX_LINE:
        yield Claim(rule, start, end, first, last)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    return start, end


def covers(view: View, first: int, last: int, spans: Iterable[Span]) -> bool:
    """Whether the sorted spans cover every letter and digit of the lines `first` to `last`."""
    at = view.lines[first][0]
    for start, end in spans:
        if start > at and _has_word(view.text, at, start):
            return False
        at = max(at, end)
    return not _has_word(view.text, at, view.lines[last][1])


def _has_word(text: str, start: int, end: int) -> bool:
    return any(c.isalnum() for c in text[start:end])


class _Marked:
    """Lines of some kind, each asked about once by questions that go down the text."""

    def __init__(self, is_marked: Callable[[int], bool]) -> None:
        self._is_marked = is_marked
        self._found: list[int] = []
        self._begun = self._done = 0

    def first(self, start: int, stop: int) -> int | None:
        """The first of these lines in `start:stop`."""
        if start < self._begun:
            self._found.clear()
            self._done = start
        self._begun = start
        at = bisect_left(self._found, start)
        if at < len(self._found):
            return self._found[at] if self._found[at] < stop else None
        for line in range(max(start, self._done), stop):
            self._done = line + 1
            if self._is_marked(line):
                self._found.append(line)
                return line
        return None


class _Sections:
    """Finds the ends of sections; what a line is to one marker it is to the next."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._prose: dict[tuple[int, bool], bool] = {}
        self._until: dict[tuple[int, str], bool] = {}
        self._of_rules: dict[Rule, tuple[_Marked, _Marked]] = {}

    def end(self, rule: Rule, marker: int) -> int | None:
        """The last line of a section whose marker ends on line `marker`; None if it would be too long."""
        view, limits = self._view, rule.section
        assert limits is not None
        if rule not in self._of_rules:
            self._of_rules[rule] = _Marked(partial(self._stops, rule)), _Marked(partial(self._is_prose, rule))
        stops, prose = self._of_rules[rule]
        below = marker + 1
        limit = min(len(view.lines), below + limits.max_lines + 1)
        stop = stops.first(below, limit)
        last = (limit if stop is None else stop) - 1
        if last > marker and self._is_prose(rule, below):
            last = marker  # the marker is the heading of a paragraph
        closing = rule.category == "related" and prose.first(below, last + 1) == last
        if closing and view.blocks[view.block_of[last]] == (last, last):
            last -= 1  # the closing sentence of the article
        size = view.lines[last][1] - view.lines[marker][0]
        if last - marker > limits.max_lines or size > limits.max_fraction * len(view.text):
            return None
        return last

    def _stops(self, rule: Rule, line: int) -> bool:
        """Whether a line stands below all sections of a rule that come down to it."""
        limits = rule.section
        assert limits is not None
        if limits.item_words is not None and self._view.words(line, line) > limits.item_words:
            return True
        return bool(limits.until and self._ends(rule, limits.until, line))

    def _ends(self, rule: Rule, until: str, line: int) -> bool:
        found = self._until.get((line, until))
        if found is None:
            found = self._until[line, until] = pattern_in(rule, until, self._view.line_text(line))
        return found

    def _is_prose(self, rule: Rule, line: int) -> bool:
        """Whether a line of a section is prose: a long sentence; in a list of other articles also a shorter one, for
        headlines may ask or exclaim, but hardly ever end with a stop."""
        related = rule.category == "related"
        found = self._prose.get((line, related))
        if found is None:
            found = self._prose[line, related] = _is_prose(self._view, line, related)
        return found


def _is_prose(view: View, line: int, related: bool) -> bool:
    text = _CREDIT.sub("", view.line_text(line))
    if not text.endswith(_ENDS):
        return False
    words = view.words(line, line)
    if words >= PROSE_WORDS:
        return True
    states = related and text.endswith(_STOPS)
    return states and (words >= STATEMENT_WORDS or bool(_TWO.search(text)))
