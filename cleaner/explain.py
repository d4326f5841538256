"""Why each line of a clipping went or stayed, as data.

A line tells its removals with rule and evidence, and the rules that came near: those whose claim was taken by
another, lost to a veto, failed a condition or filled only a part of the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cleaner.decide.board import Fate as NoteFate
from cleaner.edit import Lines, cut
from cleaner.model import Evidence, Format, Kept, Removal, ReportFacts, Rule, SiteMatch, Span
from cleaner.outcome import Outcome
from cleaner.pipeline import Setup
from cleaner.read.spans import union
from cleaner.reasons import Reason
from cleaner.sites import applies, host_of, packs_of

if TYPE_CHECKING:
    from cleaner.api import Cleaner, Work

Fate = Literal["stayed", "went", "partly", "blank"]
Part = Literal["took", "saved", "failed", "keyword"]
_PARTS: dict[NoteFate, Part] = {"kept": "saved", "unmet": "failed"}


@dataclass(frozen=True, slots=True)
class Trace:
    """A rule's part in the fate of a line.

    Attributes:
        part: `took` text of it; would have, but the text was `saved` by a veto; `failed` a condition; or only a
            `keyword` of it is there.
        why: the rule's message, the veto, the condition.
        saw: the text it matched.
        where: file and line of the rule; empty for the engine's own rules.
        step: of the decision that found it so (`cleaner.decide.steps`), where it is the decision on the first look.
    """

    part: Part
    rule: str
    category: str
    confidence: str
    why: Reason
    saw: str
    where: str
    evidence: tuple[Evidence, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class LineStory:
    """What became of one line; `gone` are the parts that went, in characters of `text` (without line end)."""

    number: int
    text: str
    fate: Fate
    gone: tuple[Span, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a text."""

    format: Format
    site: SiteMatch | None
    lines: tuple[LineStory, ...]
    warnings: tuple[str, ...]


def explain(cleaner: Cleaner, work: Work, *, keywords: bool = False) -> Story:
    """Tell why each line of a cleaned text went or stayed.

    Args:
        cleaner: that did the work.
        keywords: also tell of rules of which no more than a keyword is there.
    """
    outcome = work.outcome
    lines = outcome.lines
    traces: dict[int, dict[Trace, None]] = defaultdict(dict)
    named = {removal.rule for removal in outcome.removals} | {spared.rule for spared in outcome.spared}
    places = {rule.id: _place(rule) for rule in cleaner.rules() if rule.id in named}
    for removal in outcome.removals:
        for number in _numbers(lines, removal.start, removal.end):
            traces[number][_taken(removal, places)] = None
    for one in outcome.spared:
        trace = _saved(one, places)
        for number in _numbers(lines, one.start, one.end):
            traces[number][trace] = None
    for number, trace in _near_misses(outcome):
        traces[number][trace] = None
    if keywords:
        _add_keywords(traces, _keywords(cleaner.setup, outcome))
    stories = _stories(outcome, lines, traces)
    return Story(work.format, outcome.known.site, tuple(stories), tuple(outcome.warnings))


def _numbers(lines: Lines, start: int, end: int) -> range:
    return range(lines.at(start), lines.at(end - 1) + 1)


def _place(rule: Rule) -> str:
    return f"{rule.path}:{rule.line}" if rule.path else ""


def _taken(removal: Removal, places: dict[str, str]) -> Trace:
    return Trace(
        "took",
        removal.rule,
        removal.category,
        removal.confidence,
        Reason.of("words", text=removal.reason),
        removal.text,
        places.get(removal.rule, ""),
        removal.evidence,
    )


def _saved(kept: Kept, places: dict[str, str]) -> Trace:
    place = places.get(kept.rule, "")
    return Trace("saved", kept.rule, kept.category, kept.confidence, kept.veto, kept.text, place)


def _near_misses(outcome: Outcome) -> Iterator[tuple[int, Trace]]:
    first = outcome.first
    for note in (*first.kept, *first.unmet):
        claim, part = note.claim, _PARTS[note.fate]
        saw = outcome.source[slice(*_origin(outcome, claim.start, claim.end))]
        trace = _trace(part, claim.rule, note.why, saw, note.step)
        for line in range(claim.first, claim.last + 1):
            start, end = first.view.lines[line]
            yield outcome.lines.at(_origin(outcome, start, end)[0]), trace


def _keywords(setup: Setup, outcome: Outcome) -> Iterator[tuple[int, Trace]]:
    for start, end, rules, _ in setup.book.hits(outcome.first.view.haystack()):
        span = _origin(outcome, start, end)
        for number in rules:
            rule = setup.book.rule(number)
            why = _aside(setup, outcome, rule)
            yield outcome.lines.at(span[0]), _trace("keyword", rule, why, outcome.source[slice(*span)])


def _aside(setup: Setup, outcome: Outcome, rule: Rule) -> Reason:
    """Why a rule of which a keyword is there says nothing."""
    site = outcome.known.site
    if not setup.wants(rule):
        return Reason.of("not-asked", category=rule.category)
    if applies(setup.book, rule, packs_of(setup.book, site)):
        return Reason.of("keyword-only")
    if site is not None and rule.id in setup.book.pack_of(site.pack).disable:
        return Reason.of("switched-off", site=site.pack)
    its = setup.book.pack_of(rule.pack).site
    here = host_of(outcome.known.url) or (site.pack if site else "no site that is known")
    return Reason.of("other-site", sites=" and ".join(its.hosts if its else ()) or rule.pack, this=here)


def told(report: ReportFacts) -> Story:
    """What a report alone tells: the lines that lost something or were in doubt, as far as it quotes them."""
    texts: dict[int, list[str]] = defaultdict(list)
    traces: dict[int, dict[Trace, None]] = defaultdict(dict)
    gone: set[int] = set()
    took = [(removal, _taken(removal, {})) for removal in report.removals]
    saved = [(kept, _saved(kept, {})) for kept in report.kept]
    both: Iterable[tuple[Removal | Kept, Trace]] = (*took, *saved)
    for span, trace in both:
        for number, text in enumerate(span.text.splitlines(), span.line):
            if text not in texts[number]:
                texts[number].append(text)
            traces[number][trace] = None
            if trace.part == "took":
                gone.add(number)
    rows = [(number, " … ".join(texts[number])) for number in sorted(texts)]
    lines = [
        LineStory(
            number,
            text,
            "went" if number in gone else "stayed",
            ((0, len(text)),) if number in gone else (),
            tuple(traces[number]),
        )
        for number, text in rows
    ]
    return Story(report.format, report.site, tuple(lines), report.warnings)


def _origin(outcome: Outcome, start: int, end: int) -> Span:
    """The span in the input of a span of the first look's view."""
    return outcome.origins.of(*outcome.first.view.origin_span(start, end))


def _add_keywords(traces: dict[int, dict[Trace, None]], found: Iterable[tuple[int, Trace]]) -> None:
    """Add them to lines that stayed and to which the rule has nothing else to say."""
    for number, trace in found:
        if not any(other.part == "took" or other.rule == trace.rule for other in traces[number]):
            traces[number][trace] = None


def _trace(part: Part, rule: Rule, why: Reason, saw: str, step: str = "") -> Trace:
    return Trace(part, rule.id, rule.category, rule.confidence, why, saw, _place(rule), step=step)


def _stories(outcome: Outcome, lines: Lines, traces: dict[int, dict[Trace, None]]) -> Iterator[LineStory]:
    gone: dict[int, list[Span]] = defaultdict(list)
    cuts = [(removal.start, removal.end) for removal in outcome.removals]
    cuts += ((repair.start, repair.end) for repair in outcome.repairs)
    for start, end in cuts:
        for number in _numbers(lines, start, end):
            first, last = lines.span(number, number)
            gone[number].append((max(start, first) - first, min(end, last) - first))
    for number in range(len(lines)):
        start, end = lines.span(number, number)
        text = lines.text[start:end].rstrip("\r\n")
        parts = tuple(union((first, min(last, len(text))) for first, last in gone[number] if first < len(text)))
        left = cut(text, parts).strip()
        fate: Fate = "stayed" if not gone[number] else "partly" if left else "went"
        if fate == "stayed" and not left:
            fate = "blank"
        yield LineStory(number + 1, text, fate, parts, tuple(traces[number]))
