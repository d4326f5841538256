"""What was removed from one document or from many: sums that can be added up, stored as JSON and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.model import ReportFacts

BINS = 20
"""Of the histogram of removed shares: documents of which nothing went, then one bin each 5 %."""
TOP = 20

Top = tuple[float, int, str]
"""Share removed (0 to 1), characters removed, name of the document."""


@dataclass(slots=True)
class Tally:
    """Sums over documents.

    Attributes:
        documents, changed, warned: how many there are, lost something, were warned about.
        characters, removed: in code points.
        own_notes: how many were taken for their owner's own, so that only what is certain could go.
        categories, rules: by name: removals and characters, as lists of two.
        sites: by name of the site pack (`""`: none): documents, characters, characters removed.
        shares: documents by the share that was removed: nothing at 0, then (0, 5 %], (5 %, 10 %] … (95 %, 100 %].
        top: the documents of which the largest share was removed, largest first.
    """

    documents: int = 0
    changed: int = 0
    warned: int = 0
    characters: int = 0
    removed: int = 0
    categories: dict[str, list[int]] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)
    sites: dict[str, list[int]] = field(default_factory=dict)
    shares: list[int] = field(default_factory=lambda: [0] * (BINS + 1))
    top: list[Top] = field(default_factory=list)
    own_notes: int = 0

    @classmethod
    def of(cls, report: ReportFacts, name: str) -> Tally:
        """The tally of one document."""
        removed, characters = report.removed_characters, report.characters
        share = removed / characters if characters else 0.0
        tally = cls(1, int(removed > 0), int(bool(report.warnings)), characters, removed)
        for removal, size in report.sizes():
            for sums, key in ((tally.categories, removal.category), (tally.rules, removal.rule)):
                _add(sums, key, (1, size))
        tally.sites[report.site.pack if report.site else ""] = [1, characters, removed]
        tally.shares[-(-removed * BINS // characters) if characters else 0] = 1
        if removed:
            tally.top.append((share, removed, name))
        tally.own_notes = int(report.note)
        return tally

    def add(self, other: Tally) -> None:
        """Add the sums of `other`."""
        self.documents += other.documents
        self.changed += other.changed
        self.warned += other.warned
        self.characters += other.characters
        self.removed += other.removed
        self.own_notes += other.own_notes
        for mine, its in (
            (self.categories, other.categories),
            (self.rules, other.rules),
            (self.sites, other.sites),
        ):
            for key, values in its.items():
                _add(mine, key, values)
        for bin, count in enumerate(other.shares):
            self.shares[bin] += count
        if other.top and (len(self.top) < TOP or other.top[0][:2] >= self.top[-1][:2]):
            self.top = sorted([*self.top, *other.top], key=lambda t: (-t[0], -t[1], t[2]))[:TOP]

    def to_dict(self) -> dict[str, Any]:
        """As plain data without what is empty."""
        found = {name: getattr(self, name) for name in self.__slots__}
        if self.documents == 1:
            found["shares"] = self.shares.index(1)
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tally:
        """Back from the plain data."""
        tally = cls(**{**data, "shares": _shares(data)})
        tally.top = [(share, removed, name) for share, removed, name in tally.top]
        return tally


def _shares(data: Mapping[str, Any]) -> list[int]:
    shares = data.get("shares", 0)
    if isinstance(shares, list):
        return list(shares)
    return [data.get("documents", 0) * (bin == shares) for bin in range(BINS + 1)]


def _add(sums: dict[str, list[int]], key: str, values: Iterable[int]) -> None:
    known = sums.get(key)
    sums[key] = [a + b for a, b in zip(known, values, strict=True)] if known else list(values)
