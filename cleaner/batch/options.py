"""What a run is asked to do."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.formats.options import Cleaning

if TYPE_CHECKING:
    from cleaner.batch.clippings import Clippings

CHUNK = 64
"""Documents that a worker gets at once, at most."""
CHUNK_BYTES = 256_000
"""Bytes beyond which a chunk gets no more documents: with what few pages hold, a worker is busy for long enough."""
MAX_MEMORY = 4_000_000_000
"""Bytes that one document may need."""


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The options of a run.

    Attributes:
        sources: files and folders.
        dest: the folder that gets what is clean; None: the files themselves are replaced.
        include, exclude: globs; one without a slash is compared with each name, others with the path below the source.
        hidden: whether to look at names that begin with a dot.
        copy_others: whether files that hold no clipping are copied to `dest`.
        overwrite: whether files in `dest` that no run wrote are replaced.
        dry_run: whether to write nothing at all.
        jobs: worker processes; 0: as many as there are cores.
        max_memory: bytes that a document may need.
        clippings: which notes are replaced in place; None: all of them.
        all_notes: whether the other notes are, too, at level `safe`.
        retry_failed: whether to try again what was set aside by an earlier run.
        report: a folder, or a file whose name ends in ``.jsonl``.
    """

    sources: tuple[str, ...]
    dest: str | None
    cleaning: Cleaning = field(default_factory=Cleaning)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    copy_others: bool = False
    overwrite: bool = False
    dry_run: bool = False
    jobs: int = 0
    max_memory: int = MAX_MEMORY
    clippings: Clippings | None = None
    all_notes: bool = False
    retry_failed: bool = False
    report: str | None = None

    @property
    def in_place(self) -> bool:
        """Whether the files themselves are replaced."""
        return self.dest is None

    @property
    def home(self) -> str:
        """The folder that remembers the run: that of the output, or of the files to be replaced."""
        if self.dest is not None:
            return os.path.abspath(self.dest)
        places = [os.path.abspath(source) for source in self.sources]
        return os.path.commonpath([p if os.path.isdir(p) else os.path.dirname(p) for p in places])

    def report_path(self, name: str, *, container: bool) -> str | None:
        """Where the report of a file goes, if it has one of its own; of a container one line a document."""
        if self.report is None or self.reports_in_one:
            return None
        return os.path.join(os.path.abspath(self.report), f"{name}.report.{'jsonl' if container else 'json'}")

    @property
    def reports_in_one(self) -> bool:
        """Whether all reports go into one file."""
        return self.report is not None and self.report.endswith(".jsonl")
