"""The table of counts in which cleaning looks lines up: one file, mapped into memory and shared by all processes.

    head    magic, number of lines, number of sites, digest of the rest
    lines   key and count of each line, site by site, sorted by key
    sites   key, documents, first line and number of lines of each site, sorted by key

Two binary searches find a line, whatever the size of the file; only the pages they touch are read.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from os import PathLike, fspath
from typing import Any

from cleaner.corpus.counter import LineCounter, Summary
from cleaner.corpus.lines import LEAST_LETTERS, key_of, site_of
from cleaner.draft import Draft
from cleaner.errors import OptionError

LEAST_SITE = 20
"""Documents a site must have: what fewer have in common may be their topic."""
LEAST_DOCUMENTS = 10
"""Documents a line must stand in: fewer may be copies of one, or the parts of a series."""
LEAST_SHARE = 0.1
"""Of a site's documents: what is rarer says less of the site than of an author or a topic."""
_MAGIC = b"cleaner counts 1"
_HEAD = struct.Struct("<16sQQ16s")
_LINE = struct.Struct("<QI")
_SITE = struct.Struct("<QIIQ")
_KEY = struct.Struct("<Q")


class _Rows:
    """Rows that begin with their key and are sorted by it; `bisect` sees the keys."""

    def __init__(self, data: mmap.mmap, start: int, size: int, row: struct.Struct) -> None:
        self._data = data
        self._start = start
        self._size = size
        self._row = row

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> int:
        key: int = _KEY.unpack_from(self._data, self._start + number * self._row.size)[0]
        return key

    def find(self, key: int) -> tuple[Any, ...] | None:
        """The row with that key."""
        at = bisect_left(self, key)
        if at == self._size or self[at] != key:
            return None
        return self._row.unpack_from(self._data, self._start + at * self._row.size)


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """What a corpus tells of a site: how many documents were counted, and in how many of them a line stands."""

    site: str
    documents: int
    _lines: _Rows

    def of(self, line: str) -> int:
        """In how many documents a line stands, given its `letters`; 0 if in few."""
        if len(line) < LEAST_LETTERS:
            return 0
        row = self._lines.find(key_of(line))
        return row[1] if row else 0


class LineCounts:
    """A table of counts, opened.  Safe to share between threads; another process opens it again by its path.

    Attributes:
        digest: names the content.

    Raises:
        OptionError: the file cannot be read, is damaged, or is no such table.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = fspath(path)
        try:
            with open(self.path, "rb") as file:
                head = file.read(_HEAD.size)
                if len(head) < _HEAD.size or not head.startswith(_MAGIC):
                    raise OptionError(f"{self.path}: no table of line counts of this version; see `cleaner.corpus`")
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise OptionError(f"{self.path}: line counts cannot be read: {error.strerror or error}") from None
        _, self._lines, sites, digest = _HEAD.unpack(head)
        self.digest: str = digest.hex()
        start = _HEAD.size + self._lines * _LINE.size
        if len(self._data) != start + sites * _SITE.size:
            raise self._damaged()
        self._sites = _Rows(self._data, start, sites, _SITE)

    def __reduce__(self) -> tuple[type[LineCounts], tuple[str]]:
        return type(self), (self.path,)

    def site(self, url: str | None) -> SiteCounts | None:
        """What the table tells of the site of an address; None if nothing.

        Raises:
            OptionError: the table is damaged.
        """
        site = site_of(url)
        row = self._sites.find(key_of(site)) if site else None
        if row is None:
            return None
        _, documents, size, first = row
        if first + size > self._lines:
            raise self._damaged()
        return SiteCounts(site, documents, _Rows(self._data, _HEAD.size + first * _LINE.size, size, _LINE))

    def _damaged(self) -> OptionError:
        return OptionError(f"{self.path}: the line counts are damaged; make them again")


def write_table(path: str | PathLike[str], counters: Iterable[LineCounter]) -> tuple[int, int]:
    """Write the table of what was counted, as a whole or not at all; give the numbers of its sites and lines.

    Args:
        counters: of different sites, in order, as `LineCounter.split` gives them; one is held at a time, so that the
            table may be larger than the memory.

    Raises:
        ValueError: the counters are not in order.
        OSError: the table cannot be written.
    """
    sites = bytearray()
    lines = 0
    last = -1
    digest = blake2b(digest_size=16)
    with Draft(fspath(path)) as draft:
        draft.stream.write(bytes(_HEAD.size))
        for site, summary in _ordered(counters):
            if site <= last:
                raise ValueError("the counters are not in the order of their sites")
            last = site
            frequent = _frequent(summary)
            if frequent:
                rows = b"".join(_LINE.pack(*line) for line in frequent)
                sites += _SITE.pack(site, summary.documents, len(frequent), lines)
                lines += len(frequent)
                digest.update(rows)
                draft.stream.write(rows)
        digest.update(sites)
        draft.stream.write(sites)
        draft.stream.seek(0)
        draft.stream.write(_HEAD.pack(_MAGIC, lines, len(sites) // _SITE.size, digest.digest()))
    return len(sites) // _SITE.size, lines


def _ordered(counters: Iterable[LineCounter]) -> Iterator[tuple[int, Summary]]:
    for counter in counters:
        yield from counter.sites()


def _frequent(summary: Summary) -> list[tuple[int, int]]:
    """The lines that say something of the site, sorted by key."""
    if summary.documents < LEAST_SITE:
        return []
    least = max(LEAST_DOCUMENTS, LEAST_SHARE * summary.documents)
    return sorted(line for line in summary.counts.items() if line[1] >= least)
