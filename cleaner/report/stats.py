"""The page of `cleaner stats`: what a run over many documents removed, by category, document, site and rule.

The page stands alone (see `cleaner.report.frame`).  Without scripts it still shows everything; only sorting and search
need one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cleaner.isolation.problem import MEANING
from cleaner.report.frame import Section, filename, frame, inline, safe, top
from cleaner.report.numbers import count, share
from cleaner.report.stats_rules import fired, never
from cleaner.report.stats_sums import categories, documents, shares, sites
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


def stats_page(facts: RunFacts) -> str:
    """One self-contained HTML page about a run; it can always be encoded as UTF-8."""
    sections = list(_sections(facts))
    body = f"""\
<a class="skip" href="#main">Skip to the figures</a>
{_header(facts, sections)}
<main id="main" tabindex="-1">
{"".join(section.html() for section in sections)}</main>"""
    return frame("stats", f"{filename(facts.title)} – what cleaner did", body)


def _sections(facts: RunFacts) -> Iterator[Section]:
    tally = facts.tally
    yield categories(tally)
    if tally.top:
        yield shares(tally)
        yield documents(tally)
    if facts.failures or tally.warned or facts.notes:
        yield _aside(facts)
    if tally.sites:
        yield sites(tally)
    if tally.rules:
        yield fired(tally.rules, facts.rules)
    if tally.documents and facts.rules.keys() - tally.rules.keys():
        yield never(tally.rules, facts.rules)
    yield _next(facts)


# --- the head -----------------------------------------------------------------------------------


def _header(facts: RunFacts, sections: Iterable[Section]) -> str:
    links = " ".join(f'<a href="#{section.id}">{section.title}</a>' for section in sections)
    figures = "".join(
        f'<div><dt>{term}</dt><dd class="big">{figure}</dd><dd>{more}</dd></div>'
        for term, figure, more in _figures(facts)
    )
    return f"""\
<header>
{top()}
<h1>{filename(facts.title)}</h1>
<p class="sum">{_when(facts.started, facts.finished)}Level {inline(facts.level)}.</p>
<dl class="figures">{figures}</dl>
<nav aria-label="Sections">{links}</nav>
</header>"""


def _figures(facts: RunFacts) -> Iterator[tuple[str, str, str]]:
    tally, failed = facts.tally, sum(facts.failures.values())
    why = '<a href="#aside">see why</a>'
    yield "Documents", f"{tally.documents + failed:,}", f"{tally.documents:,} cleaned"
    yield "Changed", f"{tally.changed:,}", f"{share(tally.changed, tally.documents)} of those cleaned"
    yield (
        "Removed",
        share(tally.removed, tally.characters),
        f"{tally.removed:,} of {count(tally.characters, 'character')}",
    )
    yield "Set aside", f"{failed:,}", why if failed else "nothing went wrong"
    yield "Warned about", f"{tally.warned:,}", why if tally.warned else "nothing to know"


def _when(started: str | None, finished: str | None) -> str:
    """When it was and how long it took, as a sentence."""
    begin, end = _moment(started), _moment(finished)
    if started is None or begin is None:
        return f"Last run {inline(started)}. " if started else ""
    said = f'Last run <time datetime="{begin.isoformat()}">{f"{begin.day} {begin:%B %Y, %H:%M %Z}".strip()}</time>'
    if finished is None:
        return f"{said}, not finished: the figures so far. "
    if end is None or (end.tzinfo is None) != (begin.tzinfo is None):
        return f"{said}. "
    return f"{said}, {_duration(max(0, round((end - begin).total_seconds())))}. "


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat((text or "").replace("Z", "+00:00"))
    except ValueError:
        return None


def _duration(seconds: int) -> str:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    return " ".join(f"{value:,} {unit}" for value, unit in parts if value) or "less than a second"


# --- what went wrong, and what to do ------------------------------------------------------------


def _aside(facts: RunFacts) -> Section:
    """The documents that were set aside, by reason, and those that were warned about."""
    numbers = dict(sorted(facts.failures.items(), key=lambda each: (-each[1], each[0])))
    if facts.tally.warned:
        numbers["warning"] = facts.tally.warned
    by_code: dict[str, list[Note]] = {code: [] for code in numbers}
    for note in facts.notes:
        by_code.setdefault(note.code, []).append(note)
    groups = [_group(code, numbers.get(code, len(notes)), notes) for code, notes in by_code.items()]
    lead = "What was set aside was not changed." if facts.failures else "Nothing was set aside."
    if facts.more_notes:
        lead += f" {facts.more_notes:,} more would be too many for this page."
    return Section("aside", "Set aside, warned about", lead, "\n".join(groups))


def _group(code: str, documents: int, notes: Sequence[Note]) -> str:
    rows = "\n".join(
        f'<li><span class="name">{filename(note.name)}</span> <span class="why">{inline(note.text)}</span></li>'
        for note in notes
    )
    unnamed = documents - len(notes)
    if unnamed > 0:
        rows += f'\n<li class="why">{f"and {unnamed:,} more" if notes else "not named here"}</li>'
    head = f'<b>{safe(code)}</b> <span class="why">{_MEANING.get(code, "")}</span>'
    return f"""\
<details{" open" if len(notes) <= _OPEN else ""}>
<summary>{head} <span class="of">{count(documents, "document")}</span></summary>
<ul>
{rows}
</ul></details>"""


def _next(facts: RunFacts) -> Section:
    rows = "\n".join(f"<dt>{need}</dt><dd>{way}</dd>" for need, way in _ways(facts))
    lead = "FILE is a document of the source; the options go to the command of the run."
    return Section("next", "What to do next", lead, f'<dl class="ways">\n{rows}\n</dl>')


def _ways(facts: RunFacts) -> Iterator[tuple[str, str]]:
    if facts.failures:
        yield "Try again what was set aside", "<code>--retry-failed</code>"
    if facts.failures.get("timeout"):
        yield "Give it more time", "<code>--max-seconds SECONDS</code>"
    if facts.failures.get("memory"):
        yield "Give it more memory", "<code>--max-memory MB</code>"
    yield "See what went from a document", "<code>cleaner view FILE -o why.html</code>"
    yield "Ask why a line went, or stayed", "<code>cleaner explain FILE:LINE</code>"
    if facts.tally.removed:
        yield "Take less", "<code>--level safe</code>, or <code>--skip CATEGORY</code>"
    if facts.level != "aggressive":
        yield "Take more", "<code>--level aggressive</code>"
    yield "Teach it a site", '<code>cleaner rules new sites/NAME --example "A line to remove"</code>'
