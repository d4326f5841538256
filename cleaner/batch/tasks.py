"""What is handed to the workers, and what comes back: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.batch.items import Item, Part
from cleaner.formats.container import Piece
from cleaner.isolation.problem import Problem
from cleaner.report.tally import Tally


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file that holds one document.

    Attributes:
        item: what the state knows of it; with its `sha256` its output is there already.
        source: where it lies.
        target: where the clean one goes; None hands it back instead.
        report: where the report goes.
    """

    item: Item
    source: str
    target: str | None = None
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
    """

    item: Item
    source: str
    container: str
    target: str
    spool: str
    parts: tuple[Part, ...]


Task = FileTask | PieceTask | AssembleTask

_SPEED = 500_000  # bytes a second, at which even a slow disk takes a container that is written packed


def patience(task: Task) -> float:
    """How many seconds a task may take beyond those of a document."""
    return task.item.size / _SPEED if isinstance(task, AssembleTask) else 0.0


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
        out: size and mtime of what was written.
        same: whether the source is what it was, so that nothing was done.
        payload: of a piece, what `Container.put` gave.
        report: a line of JSON.
        notes: why it was set aside, or warnings.
    """

    sha256: bytes | None = None
    size: int = 0
    mtime: int = 0
    out: tuple[int, int] | None = None
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
