"""What travels between the processes of a cluster: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.batch.options import MAX_MEMORY
from cleaner.formats.container import Piece
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import Problem
from cleaner.report.tally import Tally

PART_DOCUMENTS = 256
PART_BYTES = 4_000_000
"""A part of a file gets no more documents beyond either: a few seconds of work, which is what a dying node loses."""


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """The options of a run on a cluster.

    Attributes:
        source: a file or folder, or its address.
        dest: the folder that gets what is clean, or its address.
        include, exclude, hidden: as in `BatchOptions`.
        overwrite: whether files in `dest` that no run wrote are replaced.
        retry_failed: whether to try again what was set aside by an earlier run.
        address: of the Ray cluster; None: this machine alone, or what the variable RAY_ADDRESS says.
        jobs: workers at most; 0: as many as there is room for.
        max_memory: bytes that a document may need; a worker's share of its node's memory if that is less.
        count_lines: whether to count first in how many documents of its site each line stands, and to clean by that.
    """

    source: str
    dest: str
    cleaning: Cleaning = field(default_factory=Cleaning)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    overwrite: bool = False
    retry_failed: bool = False
    address: str | None = None
    jobs: int = 0
    max_memory: int = MAX_MEMORY
    count_lines: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What all processes of a run have to know.

    Attributes:
        run: its name, which no other run has.
        line_counts: the table of lines that the run has counted, below `dest`.
    """

    source: str
    dest: str
    cleaning: Cleaning
    max_memory: int
    run: str
    line_counts: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of many documents that is to be cleaned.

    Attributes:
        name: below the source; empty if that is the file itself.
        shown: its name for people.
        container: the kind of file.
        target: of the output, below the destination.
        key: names the file, its version and the way it is cleaned; what is remembered of it has this name.
        size: in bytes.
        parts: first document and number of documents of what an earlier run has cleaned.
        stale: names in the memory of the destination that have had their day once this file is clean.
    """

    name: str
    shown: str
    container: str
    target: str
    key: str
    size: int
    parts: tuple[tuple[int, int], ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents of a file, to be cleaned; `size`: bytes of the file that they take."""

    source: Source
    first: int
    pieces: tuple[Piece, ...]
    size: int


@dataclass(frozen=True, slots=True)
class End:
    """A file has been read: so many documents, or what is wrong with it behind them."""

    source: Source
    documents: int
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A part is clean and lies in the destination's memory.

    Attributes:
        notes: what there is to tell, with the documents' names.
        node: the one that did it.
    """

    source: Source
    first: int
    documents: int
    size: int
    tally: Tally
    notes: tuple[tuple[str, Problem], ...]
    node: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A part could not be cleaned or remembered, for a reason that no document is to blame for."""

    source: Source
    problem: Problem


Message = Source | Part | End | Cleaned | Lost
