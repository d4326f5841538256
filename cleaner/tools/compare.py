"""`cleaner rules diff`: what two sets of rules do differently on a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.api import Cleaner
from cleaner.batch.documents import Read, Unread, documents
from cleaner.edit import Lines
from cleaner.errors import CleanerError
from cleaner.model import Removal
from cleaner.result import Result


@dataclass(frozen=True, slots=True)
class Change:
    """A line that only one of two sets of rules takes.

    Attributes:
        new: whether it is the new one.
        text: what of the line goes.
        rule: whose rule takes it.
    """

    line: int
    new: bool
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that comes out differently."""

    name: str
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Totals:
    """Sums over a corpus.

    Attributes:
        more, less: characters that only the new and only the old rules take.
        unread: what could not be read or cleaned, with why.
    """

    documents: int = 0
    different: int = 0
    more: int = 0
    less: int = 0
    unread: list[str] = field(default_factory=list)


def differences(old: Cleaner, new: Cleaner, corpus: str, totals: Totals) -> Iterator[Difference]:
    """The documents of a corpus that come out differently; `totals` is filled on the way.

    Raises:
        DocumentError: there is no such corpus.
    """
    for one in documents((corpus,)):
        if isinstance(one, Unread):
            totals.unread.append(f"{one.name}: {one.problem.text}")
            continue
        try:
            before, after = (_cleaned(cleaner, one) for cleaner in (old, new))
        except CleanerError as error:
            totals.unread.append(f"{one.name}: {error}")
            continue
        totals.documents += 1
        changes = tuple(sorted(_changes(before, after), key=lambda change: (change.line, change.new)))
        if changes:
            totals.different += 1
            totals.more += sum(len(change.text) for change in changes if change.new)
            totals.less += sum(len(change.text) for change in changes if not change.new)
            yield Difference(one.name, changes)


def _cleaned(cleaner: Cleaner, one: Read) -> Result:
    clipping = one.clipping
    return cleaner.clean(clipping.source, url=clipping.url, format=clipping.format, name=clipping.name)


def _changes(before: Result, after: Result) -> Iterator[Change]:
    """Line by line, what only one of them takes; both are of one document, so that offsets mean the same."""
    lines = Lines(before.source)
    old, own_new = _taken(before, lines), _taken(after, lines)
    for new, own, other in ((False, old, own_new), (True, own_new, old)):
        for number, (text, rule) in own.items():
            if number not in other or len(other[number][0]) < len(text):
                yield Change(number + 1, new, text, rule)


def _taken(result: Result, lines: Lines) -> dict[int, tuple[str, str]]:
    """What goes of each line that has words in it, and by which rule."""
    taken: dict[int, tuple[str, str]] = {}
    for removal in sorted(result.report.removals, key=_size):
        for number in range(lines.at(removal.start), lines.at(removal.end - 1) + 1):
            first, last = lines.span(number, number)
            text = result.source[max(first, removal.start) : min(last, removal.end)].strip()
            if any(map(str.isalnum, text)):
                taken[number] = text, removal.rule
    return taken


def _size(removal: Removal) -> int:
    return removal.end - removal.start
