"""All documents of files and folders, one by one, for whoever only reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.batch.found import Found, PassedOver
from cleaner.batch.options import BatchOptions
from cleaner.batch.walk import walk
from cleaner.errors import CleanerError
from cleaner.formats import container_of
from cleaner.formats.container import Clipping, Container, Piece
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError, Problem, explained


@dataclass(frozen=True, slots=True)
class Read:
    """A document.

    Attributes:
        name: for people: its file, and in a container its number, from 1.
        path: of its file; None for a document of a container.
    """

    name: str
    clipping: Clipping
    path: str | None


@dataclass(frozen=True, slots=True)
class Unread:
    """What cannot be read, and why."""

    name: str
    problem: Problem


def documents(sources: tuple[str, ...]) -> Iterator[Read | Unread]:
    """The documents of files and folders in the order of a run; see `cleaner.batch.walk`.

    Raises:
        DocumentError: a source is not there.
    """
    cleaning = Cleaning()
    for group in walk(BatchOptions(sources, dest=None)):
        for one in group:
            if isinstance(one, PassedOver):
                yield Unread(one.shown, one.problem)
            elif one.kind == "container":
                yield from _of_container(one, cleaning)
            elif one.kind != "other":
                yield _of_file(one)


def _of_file(one: Found) -> Read | Unread:
    try:
        with open(one.path, "rb") as stream:
            return Read(one.shown, Clipping(stream.read(), name=one.name), one.path)
    except OSError as error:
        return Unread(one.shown, explained(error))


def _of_container(one: Found, cleaning: Cleaning) -> Iterator[Read | Unread]:
    container = container_of(one.path)
    assert container is not None  # by its kind
    try:
        container.available()
        own = container.cleaning(cleaning)
        for piece in container.pieces(one.path, own):
            read = _of_piece(f"{one.shown}:{piece.number + 1}", container, piece, own)
            if read is not None:
                yield read
    except (DocumentError, OSError) as error:
        yield Unread(one.shown, explained(error))


def _of_piece(name: str, container: Container, piece: Piece, cleaning: Cleaning) -> Read | Unread | None:
    try:
        clipping = container.open(piece, cleaning)
    except (DocumentError, CleanerError) as error:
        return Unread(name, explained(error))
    return None if clipping is None else Read(name, clipping, None)
