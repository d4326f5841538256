"""The first of two ways over a crawl: how many documents of a site each line stands in.

Each worker counts the lines of its parts.  What was counted of a file is kept in buckets of sites, so that each bucket
can be added up for itself, on any node and in little memory, and the table be written bucket by bucket.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import ray

from cleaner.batch.items import status_of
from cleaner.batch.spool import joined, parted
from cleaner.cluster.files import Files
from cleaner.cluster.helpers import Helpers
from cleaner.cluster.job import End, Job, Part
from cleaner.cluster.memory import FOLDER, Memory, Notes
from cleaner.cluster.stages import PartWorker
from cleaner.corpus.counter import LineCounter
from cleaner.corpus.lines import SiteLines
from cleaner.corpus.table import write_table
from cleaner.formats import named
from cleaner.formats.container import Piece
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import Problem
from cleaner.report.tally import Tally

MARKER = "lines"
_BUCKETS = 64

_Task = tuple[str, Piece]
"""The kind of container, and a document of it."""


@dataclass(frozen=True, slots=True)
class _Counting:
    """Starts what gives the lines of a document."""

    cleaning: Cleaning

    def __call__(self) -> Callable[[_Task], SiteLines | None]:
        cleaner = self.cleaning.cleaner()

        def lines(task: _Task) -> SiteLines | None:
            name, piece = task
            try:
                clipping = named(name).open(piece, self.cleaning)
                if clipping is None:
                    return None
                return cleaner.lines(clipping.source, url=clipping.url, format=clipping.format, name=clipping.name)
            except Exception:  # that it cannot be read is told when it is to be cleaned
                return None

        return lines


class CountLines(PartWorker[_Task, "SiteLines | None"]):
    """Counts the lines of the documents of parts."""

    def __init__(self, job: Job) -> None:
        super().__init__(job, _Counting(job.cleaning))

    def do(self, part: Part) -> tuple[Tally, Notes]:
        source = part.source
        counter = LineCounter()
        if self.memory.may_try(source.key, str(part.first), self.job.run):
            for lines in self.isolated([(source.container, piece) for piece in part.pieces]):
                if lines is not None and not isinstance(lines, Problem):
                    counter.add(lines.site, lines.keys)
        self.memory.put_part(source.key, part.first, len(part.pieces), [counter.to_bytes()])
        return Tally(), ()


def finish_counting(end: End, job: Job) -> Notes:
    """Remember what was counted of a file all of whose parts are counted; that it cannot be read is told later."""
    if end.problem is not None and status_of(end.problem) == "again":
        return ()
    memory = Memory(Files(job.dest))
    total = LineCounter()
    for (counter,) in memory.parts(end.source.key):
        total.merge(LineCounter.from_bytes(counter))
    buckets = joined(counter.to_bytes() for counter in total.split(_BUCKETS))
    memory.put_marker(end.source.key, MARKER, buckets, end.source.stale)
    return ()


def counted(keys: list[str], job: Job) -> list[str]:
    """Those of the keys whose files have been counted; others could not be read."""
    known = Memory(Files(job.dest)).known()
    return [key for key in keys if known.of(key).marker == MARKER]


def table_name(keys: list[str]) -> str:
    """The name of the table of some files, below the destination."""
    return f"{FOLDER}/{blake2b(' '.join(keys).encode(), digest_size=10).hexdigest()}.counts"


def write_counts(keys: list[str], job: Job) -> None:
    """Add up what was counted of some files, in their order, and write the table."""
    helpers = Helpers(_BUCKETS)
    waiting = [helpers.do(_added_up, keys, bucket, job.dest) for bucket in range(_BUCKETS)]
    with Files(job.dest).made(table_name(keys)) as path:
        write_table(path, (LineCounter.from_bytes(ray.get(bucket)) for bucket in waiting))


def _added_up(keys: list[str], bucket: int, dest: str) -> bytes:
    """All that was counted of the sites in a bucket."""
    memory = Memory(Files(dest))
    total = LineCounter()
    for key in keys:
        total.merge(LineCounter.from_bytes(parted(memory.marker(key, MARKER))[bucket]))
    return total.to_bytes()
