"""Counts, for each site, in how many documents a line stands: in bounded memory, and never too high.

Each site has a summary of its frequent lines: J. Misra, D. Gries, “Finding repeated elements”, 1982.  Two of them merge
without losing their bound: P. K. Agarwal et al., “Mergeable summaries”, 2013.  A document is a summary of its own, so
counting is nothing but merging.  When a summary holds too many lines, as much is taken off all of them as leaves
`LINES`.  So a count may be too low, by no more than was taken off, but it is never too high: doubt keeps.

A count-min sketch would err the other way, and take lines of articles for leftovers.  Apache DataSketches has a summary
of this kind; where each document brings all its lines at once, it takes twice as long as a dictionary.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cleaner.corpus.lines import key_of
from cleaner.errors import InputError

LINES = 2048
"""What a summary holds at least of a site's lines, and half of what it may hold for a while.  Of documents with so many
lines each, a count may lack all; of documents with a tenth of them, a tenth at most."""
_MAGIC = b"cleaner lines 1\n"
_SITE = struct.Struct("<QQQI")
_LINE = struct.Struct("<QI")
_KEYS = 1 << 64


@dataclass(slots=True)
class Summary:
    """The frequent lines of one site.

    Attributes:
        documents: how many were counted.
        missing: how many documents a count may lack.
        counts: by the keys of the lines.
    """

    documents: int = 0
    missing: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    def add(self, keys: Iterable[int]) -> None:
        """Count a document."""
        self.documents += 1
        counts = self.counts
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        self._shrink()

    def merge(self, other: Summary) -> None:
        """Add what another one has counted."""
        self.documents += other.documents
        self.missing += other.missing
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self._shrink()

    def _shrink(self) -> None:
        if len(self.counts) <= 2 * LINES:
            return
        less = sorted(self.counts.values(), reverse=True)[LINES]
        self.counts = {key: count - less for key, count in self.counts.items() if count > less}
        self.missing += less


class LineCounter:
    """The summaries of all sites.

    The order of documents and of merging may change a count within its bound; the same order gives the same bytes.
    """

    def __init__(self) -> None:
        self._sites: dict[int, Summary] = {}

    def __len__(self) -> int:
        return len(self._sites)

    def add(self, site: str, keys: Iterable[int]) -> None:
        """Count a document of a site by its lines, each once; one without a site counts nowhere."""
        if site:
            self._summary(key_of(site)).add(keys)

    def merge(self, other: LineCounter) -> None:
        """Add what another one has counted."""
        for site, summary in other._sites.items():
            self._summary(site).merge(summary)

    def sites(self) -> Iterator[tuple[int, Summary]]:
        """The sites by their keys, in order."""
        return iter(sorted(self._sites.items()))

    def split(self, parts: int) -> list[LineCounter]:
        """The same counts in parts, by site: for each site the same part whatever else was counted, in order."""
        split = [LineCounter() for _ in range(parts)]
        for site, summary in self._sites.items():
            split[site * parts // _KEYS].merge_site(site, summary)
        return split

    def merge_site(self, site: int, summary: Summary) -> None:
        """Add what was counted of one site."""
        self._summary(site).merge(summary)

    def to_bytes(self) -> bytes:
        """The counter as bytes: equal counters have equal ones."""
        pieces = [_MAGIC]
        for site, summary in self.sites():
            pieces.append(_SITE.pack(site, summary.documents, summary.missing, len(summary.counts)))
            pieces += (_LINE.pack(*line) for line in sorted(summary.counts.items()))
        return b"".join(pieces)

    @classmethod
    def from_bytes(cls, data: bytes) -> LineCounter:
        """The counter back.

        Raises:
            InputError: these are not the bytes of a counter.
        """
        counter = cls()
        at = len(_MAGIC)
        try:
            if data[:at] != _MAGIC:
                raise InputError("counted lines: not in the format of this version; count them again")
            while at < len(data):
                site, documents, missing, size = _SITE.unpack_from(data, at)
                at += _SITE.size
                counts = dict(_LINE.iter_unpack(data[at : at + size * _LINE.size]))
                at += size * _LINE.size
                counter._sites[site] = Summary(documents, missing, counts)
        except struct.error:
            at = -1
        if at != len(data):
            raise InputError("counted lines: the data is damaged; count them again")
        return counter

    def _summary(self, site: int) -> Summary:
        summary = self._sites.get(site)
        if summary is None:
            summary = self._sites[site] = Summary()
        return summary
