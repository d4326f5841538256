"""The page of `cleaner stats`: what a run over many documents removed, by category, document, site and rule.

The page stands alone (see `cleaner.report.frame`).  Without scripts it still shows everything; only sorting and search
need one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cleaner.isolation.problem import MEANING
from cleaner.report.frame import frame
from cleaner.report.numbers import count, share
from cleaner.report.stats_sections import Section, categories, documents, fired, never, shares, sites
from cleaner.report.tally import Tally

_MEANING: Mapping[str, str] = dict(MEANING.items())
_OPEN = 5  # more notes of one kind are folded away


@dataclass(frozen=True, slots=True)
class Note:
    """A document that was set aside or warned about.

    Attributes:
        name: its file, or file and number of the document in it.
        code: why it was set aside, a `cleaner.isolation.problem.Code`, or `warning`.
        text: for people.
    """

    name: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """All that the page tells of a run.

    Attributes:
        title: name of the folder.
        started, finished: ISO 8601; None: not known, or not yet.
        tally: of the documents that were cleaned.
        failures: by code, how many documents were set aside, which are no part of the tally.
        notes, more_notes: documents that were set aside or warned about, and how many notes are left out.
        rules: category and message of every rule that removes something, by id.
        pages: addresses of pages about documents, by their names; `index`: that of the page about all of them.
    """

    title: str
    started: str | None
    finished: str | None
    level: str
    tally: Tally
    failures: Mapping[str, int]
    notes: Sequence[Note]
    more_notes: int
    rules: Mapping[str, tuple[str, str]]
    pages: Mapping[str, str] = field(default_factory=dict)
    index: str = ""


def stats_page(facts: RunFacts) -> str:
    """One self-contained HTML page about a run; it can always be encoded as UTF-8."""
    begin, end = _moment(facts.started), _moment(facts.finished)
    return frame(
        "stats",
        facts=facts,
        figures=list(_figures(facts)),
        begin=begin,
        begin_said=f"{begin.day} {begin:%B %Y, %H:%M %Z}".strip() if begin else "",
        lasted=_lasted(begin, end, finished=facts.finished is not None),
        sections=list(_sections(facts)),
    )


def _sections(facts: RunFacts) -> Iterator[Section]:
    tally = facts.tally
    yield categories(tally)
    if tally.top:
        yield shares(tally)
        yield documents(tally, facts.pages, facts.index)
    if facts.failures or tally.warned or facts.notes:
        yield _aside(facts)
    if tally.sites:
        yield sites(tally)
    if tally.rules:
        yield fired(tally.rules, facts.rules)
    if tally.documents and facts.rules.keys() - tally.rules.keys():
        yield never(tally.rules, facts.rules)
    lead = "FILE is a document of the source; the options go to the command of the run."
    yield Section("next", "What to do next", lead, more={"facts": facts})


# --- the head -----------------------------------------------------------------------------------


def _figures(facts: RunFacts) -> Iterator[tuple[str, str, str, bool]]:
    """Term, figure, what there is to say of it, and whether that leads to what was set aside."""
    tally, failed = facts.tally, sum(facts.failures.values())
    yield "Documents", f"{tally.documents + failed:,}", f"{tally.documents:,} cleaned", False
    yield "Changed", f"{tally.changed:,}", f"{share(tally.changed, tally.documents)} of those cleaned", False
    of = f"{tally.removed:,} of {count(tally.characters, 'character')}"
    yield "Removed", share(tally.removed, tally.characters), of, False
    yield "Set aside", f"{failed:,}", "see why" if failed else "nothing went wrong", bool(failed)
    yield "Warned about", f"{tally.warned:,}", "see why" if tally.warned else "nothing to know", bool(tally.warned)


def _lasted(begin: datetime | None, end: datetime | None, *, finished: bool) -> str:
    """How long it took, to end a sentence."""
    if not finished:
        return ", not finished: the figures so far."
    if begin is None or end is None or (end.tzinfo is None) != (begin.tzinfo is None):
        return "."
    return f", {_duration(max(0, round((end - begin).total_seconds())))}."


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((text or "").replace("Z", "+00:00"))
    except ValueError:
        return None


def _duration(seconds: int) -> str:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    return " ".join(f"{value:,} {unit}" for value, unit in parts if value) or "less than a second"


# --- what went wrong ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents that were set aside, or warned about, for one reason; `unnamed`: how many have no note here."""

    code: str
    meaning: str
    documents: int
    notes: Sequence[Note]

    @property
    def open(self) -> bool:
        return len(self.notes) <= _OPEN

    @property
    def unnamed(self) -> int:
        return self.documents - len(self.notes)


def _aside(facts: RunFacts) -> Section:
    """The documents that were set aside, by reason, and those that were warned about."""
    numbers = dict(sorted(facts.failures.items(), key=lambda each: (-each[1], each[0])))
    if facts.tally.warned:
        numbers["warning"] = facts.tally.warned
    by_code: dict[str, list[Note]] = {code: [] for code in numbers}
    for note in facts.notes:
        by_code.setdefault(note.code, []).append(note)
    groups = [
        _Group(code, _MEANING.get(code, ""), numbers.get(code, len(notes)), notes) for code, notes in by_code.items()
    ]
    lead = "What was set aside was not changed." if facts.failures else "Nothing was set aside."
    if facts.more_notes:
        lead += f" {facts.more_notes:,} more would be too many for this page."
    return Section("aside", "Set aside, warned about", lead, groups)
