"""Containers on their way: what is handed out of each, what is done, and when it can be put together.

The answers of a container lie in a spool until all are there; the state knows which.  So a run can be stopped at any
time and goes on where it was, and the output is the same bytes as if it had never been stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.batch.items import Item, Part, status_of
from cleaner.batch.options import CHUNK, CHUNK_BYTES, BatchOptions
from cleaner.batch.spool import Spool
from cleaner.batch.state import State
from cleaner.batch.tasks import AssembleTask, Done, PieceTask, Task
from cleaner.batch.work import digest_of
from cleaner.draft import remove
from cleaner.formats import container_of
from cleaner.formats.container import Container, Piece
from cleaner.isolation.problem import DocumentError, Problem, explained
from cleaner.report.tally import Tally


@dataclass(slots=True)
class _Open:
    """A container that is being worked on.

    Attributes:
        out: documents that were handed out and have no answer yet.
        read: whether all have been handed out.
        broken: why not all could be read.
        at: bytes of the file that have been read.
    """

    item: Item
    container: Container
    spool: Spool | None
    out: int = 0
    read: bool = False
    broken: Problem | None = None
    at: int = 0


class Containers:
    """All containers of a run.

    Args:
        path_of, target_of: where an item lies, and where its output goes.
    """

    def __init__(
        self,
        options: BatchOptions,
        state: State,
        path_of: Callable[[Item], str],
        target_of: Callable[[Item], str],
    ) -> None:
        self._options = options
        self._state = state
        self._path_of = path_of
        self._target_of = target_of
        self._open: dict[int, _Open] = {}

    def chunks(self, item: Item) -> Iterator[Sequence[Task]]:
        """The documents of a container that are to be done, and then, if none is, its assembly.

        Raises:
            DocumentError, OSError, MemoryError: nothing of it can be read.
        """
        path = self._path_of(item)
        container = container_of(path)
        assert container is not None  # by its kind
        container.available()
        if item.sha256 is not None and digest_of(path) == item.sha256:
            self._state.items.confirm(item.id, item.size, item.mtime)
            return
        opened = self._open[item.id] = _Open(item, container, self._spool(item))
        parts = self._state.items.parts(item.id)
        if opened.spool and not parts:
            remove(opened.spool.path)  # of an earlier content
        chunk: list[Task] = []
        size = 0
        nothing = not parts
        try:
            for piece in self._missing(opened, path, parts):
                chunk.append(PieceTask(item, container.name, piece))
                size += len(piece.data)
                opened.out += 1
                nothing = False
                if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
                    yield chunk
                    chunk, size = [], 0
        except (DocumentError, OSError, MemoryError) as error:
            if nothing:
                del self._open[item.id]
                raise
            opened.broken = explained(error)
        if chunk:
            yield chunk
        opened.read = True
        yield from self._complete(opened)

    def take(self, answers: Sequence[tuple[PieceTask, Done]]) -> Iterator[Sequence[Task]]:
        """Put answers into the spools; gives the assembly of those containers that are complete."""
        touched: dict[int, _Open] = {}
        for run in _runs(answers):
            task, _ = run[0]
            opened = touched[task.item.id] = self._open[task.item.id]
            opened.out -= len(run)
            if opened.spool is None:
                continue
            tally = Tally()
            for _, done in run:
                tally.add(done.tally or Tally())
            part = opened.spool.add(task.piece.number, [done.payload for _, done in run])
            self._state.items.add_part(task.item.id, part, tally)
        for opened in touched.values():
            yield from self._complete(opened)

    def assembled(self, task: AssembleTask, done: Done) -> Iterator[Problem]:
        """A container is whole, or never will be; gives what is wrong with it."""
        opened = self._open.pop(task.item.id)
        item, state = opened.item, self._state
        problems = [problem for problem in (opened.broken, done.failure) if problem is not None]
        if done.failure is None and (problems or state.notes.has_failures(item.id)):
            status = "failed"
        else:
            status = status_of(done.failure)
        state.items.settle(
            item.id,
            status,
            size=item.size,
            mtime=item.mtime,
            sha256=done.sha256,
            out=done.out,
            tally=state.items.tally_of(item.id),
        )
        if status != "again":
            state.items.forget_parts(item.id)
            remove(task.spool)
        yield from problems

    def position(self) -> int:
        """How many bytes have been read of the containers that are being worked on."""
        return sum(opened.at for opened in self._open.values())

    def _missing(self, opened: _Open, path: str, done: Iterable[Part]) -> Iterator[Piece]:
        """The documents that are in none of the parts that are done."""
        parts = iter(done)
        part = next(parts, None)
        for piece in opened.container.pieces(path, self._options.cleaning):
            opened.at = piece.at
            while part is not None and piece.number >= part.first + part.count:
                part = next(parts, None)
            if part is None or piece.number < part.first:
                yield piece

    def _spool(self, item: Item) -> Spool | None:
        folder = self._state.folder
        return None if folder is None else Spool(os.path.join(folder, f"{item.id}.spool"))

    def _complete(self, opened: _Open) -> Iterator[Sequence[Task]]:
        if opened.out or not opened.read:
            return
        item = opened.item
        yield [
            AssembleTask(
                item=item,
                source=self._path_of(item),
                container=opened.container.name,
                target=self._target_of(item),
                spool=opened.spool.path if opened.spool else "",
                parts=tuple(self._state.items.parts(item.id)),
            )
        ]


def _runs(answers: Sequence[tuple[PieceTask, Done]]) -> Iterator[list[tuple[PieceTask, Done]]]:
    """Documents of one container that follow each other."""
    run: list[tuple[PieceTask, Done]] = []
    for task, done in answers:
        if run and (task.item.id, task.piece.number) != (run[-1][0].item.id, run[-1][0].piece.number + 1):
            yield run
            run = []
        run.append((task, done))
    if run:
        yield run
