"""What is handed to the workers, and what comes back: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.batch.items import Item, Part
from cleaner.batch.outputs import Place, Written
from cleaner.formats.container import Piece
from cleaner.isolation.problem import Problem
from cleaner.report.tally import Tally


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file that holds one document.

    Attributes:
        item: what the state knows of it; with its `sha256` its output is there already.
        source: where it lies.
        place: where the clean one goes; None hands it back instead.
        report: where the report goes.
    """

    item: Item
    source: str
    place: Place | None = None
    report: str | None = None
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class PieceTask:
    """One document of a container."""

    item: Item
    container: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class AssembleTask:
    """A container all of whose documents are done.

    Attributes:
        spool: the file with the answers; `parts`: where they lie in it.
        refused: why nothing is to be written after all.
    """

    item: Item
    source: str
    container: str
    place: Place
    spool: str
    parts: tuple[Part, ...]
    refused: Problem | None = None


Task = FileTask | PieceTask | AssembleTask

_SPEED = 500_000  # bytes a second, at which even a slow disk takes a container that is written packed


def patience(task: Task) -> float:
    """How many seconds a task may take beyond those of a document."""
    return patience_for(task.item) if isinstance(task, AssembleTask) else 0.0


def patience_for(item: Item) -> float:
    """How many seconds it may take to get through a container, beyond those of a document."""
    return item.size / _SPEED


@dataclass(frozen=True, slots=True)
class Change:
    """A file to be replaced: its content before (packed by zlib) and after."""

    before: bytes
    after: bytes
    sha_after: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task.

    Attributes:
        sha256, size, mtime: of the source as it was read.
        out: what was written.
        same: whether the source is what it was, so that nothing was done.
        payload: of a piece, what `Container.put` gave.
        report: a line of JSON.
        notes: why it was set aside, or warnings.
    """

    sha256: bytes | None = None
    size: int = 0
    mtime: int = 0
    out: tuple[Written, ...] = ()
    same: bool = False
    payload: bytes = b""
    tally: Tally | None = None
    report: bytes | None = None
    change: Change | None = None
    notes: tuple[Problem, ...] = field(default=())

    @property
    def failure(self) -> Problem | None:
        """Why it was set aside; None if it was not."""
        return next((note for note in self.notes if note.is_failure), None)
