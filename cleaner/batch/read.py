"""Reading containers, in a process of its own: one that is damaged, or made to do harm, stops no run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cleaner.batch.items import Part
from cleaner.batch.options import CHUNK, CHUNK_BYTES
from cleaner.formats import named
from cleaner.formats.bounds import bounded_pieces
from cleaner.formats.container import Piece
from cleaner.formats.options import Cleaning
from cleaner.isolation.pool import hook, silence
from cleaner.isolation.stream import Stream


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A container to be read.

    Attributes:
        container: the name of its kind.
        source: where it lies.
        done: documents that are not wanted any more, in order.
    """

    container: str
    source: str
    done: tuple[Part, ...] = ()


Reader = Stream[ReadTask, Piece]
"""Gives the documents of a container that are not done yet."""


def reader(cleaning: Cleaning, memory: int) -> Reader:
    """What reads containers; it has no process as long as there are none."""
    return Stream(
        _Start(cleaning),
        seconds=silence(cleaning.max_seconds),
        memory=memory,
        many=CHUNK,
        size=CHUNK_BYTES,
        size_of=_size,
    )


def _size(piece: Piece) -> int:
    return len(piece.data)


@dataclass(frozen=True, slots=True)
class _Start:
    cleaning: Cleaning

    def __call__(self) -> Callable[[ReadTask], Iterator[Piece | None]]:
        before = hook()

        def read(task: ReadTask) -> Iterator[Piece | None]:
            if before is not None:
                before(task)
            return self._missing(task)

        return read

    def _missing(self, task: ReadTask) -> Iterator[Piece | None]:
        """The documents that are in none of the parts that are done; None for those that are."""
        parts = iter(task.done)
        part = next(parts, None)
        for piece in bounded_pieces(named(task.container), task.source, self.cleaning):
            while part is not None and piece.number >= part.first + part.count:
                part = next(parts, None)
            yield piece if part is None or piece.number < part.first else None
