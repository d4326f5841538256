"""What all kinds of files with many documents have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from cleaner.formats.options import Cleaning
from cleaner.model import Format
from cleaner.result import Result


@dataclass(frozen=True, slots=True)
class Piece:
    """One document as it lies in its file; quick to read and to send to another process.

    Attributes:
        number: its place, from 0.  The same file gives the same pieces each time it is read.
        data: whatever `Container.open` makes a clipping of.
        name: for messages: a title, an address or a line number.
        at: how far the file had been read, in bytes of the file, for the progress bar.
    """

    number: int
    data: bytes
    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Clipping:
    """What to hand to `Cleaner.clean`.

    Attributes:
        own: whether it is somebody's own writing: no extractor looks for an article in it, and its links are no menu.
    """

    source: str | bytes
    url: str | None = None
    format: Format | Literal["auto"] = "auto"
    name: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a document; its name may hold folders, never one that leads upwards or to a root."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A clean document that leaves its container: one file, or one JSON object.

    Attributes:
        title: names the file.
        front: front matter, or fields beside `text`, in this order; what is None or empty is left out.
    """

    text: str
    title: str
    front: dict[str, Any] = field(default_factory=dict)


class Container(ABC):
    """One kind of file.

    A module in `cleaner.formats.containers` gives one as `CONTAINER`; nothing else has to know of it.  `pieces` runs in
    the main process and must be quick and flat in memory; `open`, `put` and `record` run in the workers; `assemble`
    runs in one worker when all pieces are done.  All are pure: the same input gives the same bytes.

    Attributes:
        suffixes: of the names of such files, in lower case; of all that fit a name the longest wins.
    """

    suffixes: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of its module."""
        return type(self).__module__.rpartition(".")[2]

    def available(self) -> None:  # noqa: B027 (most need nothing)
        """Check that the libraries it needs are there.

        Raises:
            DocumentError: `missing`, with the command that installs them.
        """

    def target(self, name: str) -> str:
        """The file name of the output for an input called `name`, if it stays of its kind."""
        return name

    def cleaning(self, cleaning: Cleaning) -> Cleaning:
        """The options its documents need."""
        return cleaning

    @abstractmethod
    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        """The documents in `path`, one by one.

        Raises:
            DocumentError: the file is not what its name says, or ends early; what was given before counts all the same.
            OSError: it cannot be read.
        """

    @abstractmethod
    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        """What is to be cleaned of it; None: nothing, it passes on as it is.

        Raises:
            DocumentError: it is damaged.
        """

    @abstractmethod
    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        """What `assemble` needs to write the document with its clean text; for None as it is."""

    @abstractmethod
    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        """The clean document for itself."""

    def attachments(self, path: str, cleaning: Cleaning) -> Iterator[tuple[int, list[Attachment]]]:
        """The files that belong to each document, by its number, in order.

        A number may come several times, so that not all files of a document lie in memory at once.
        """
        return iter(())

    @abstractmethod
    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        """Write the whole file again, once all is done.

        Args:
            path: the input, to be read again where the answers do not hold everything.
            answers: for each piece, in order, what `put` gave.
        """
