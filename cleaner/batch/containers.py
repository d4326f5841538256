"""Containers on their way: what is handed out of each, what is done, and when it can be put together.

The answers of a container lie in a spool until all are there; the state knows which.  So a run can be stopped at any
time and goes on where it was, and the output is the same bytes as if it had never been stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.batch.guarded import digest_of
from cleaner.batch.items import Item, status_of
from cleaner.batch.options import BatchOptions
from cleaner.batch.outputs import Place
from cleaner.batch.read import Reader, ReadTask
from cleaner.batch.spool import Spool
from cleaner.batch.state import State
from cleaner.batch.tasks import AssembleTask, Done, PieceTask, Task, patience_for
from cleaner.draft import remove
from cleaner.formats import container_of
from cleaner.formats.bounds import Allowance, allowance
from cleaner.formats.container import Container
from cleaner.isolation.problem import PASSING, DocumentError, Problem
from cleaner.report.tally import Tally


@dataclass(slots=True)
class _Open:
    """A container that is being worked on.

    Attributes:
        left: how much the answers may still take.
        out: documents that were handed out and have no answer yet.
        read: whether all have been handed out.
        broken: why not all could be read.
        refused: why nothing of it is to be written.
        at: bytes of the file that have been read.
    """

    item: Item
    container: Container
    spool: Spool | None
    left: Allowance
    out: int = 0
    read: bool = False
    broken: Problem | None = None
    refused: Problem | None = None
    at: int = 0


class Containers:
    """All containers of a run.

    Args:
        reader: reads them.
        path_of, place_of: where an item lies, and where its output goes.
    """

    def __init__(
        self,
        options: BatchOptions,
        state: State,
        reader: Reader,
        path_of: Callable[[Item], str],
        place_of: Callable[[Item], Place],
    ) -> None:
        self._options = options
        self._state = state
        self._reader = reader
        self._path_of = path_of
        self._place_of = place_of
        self._open: dict[int, _Open] = {}

    def chunks(self, item: Item) -> Iterator[Sequence[Task]]:
        """The documents of a container that are to be done, and then, if none is, its assembly.

        Raises:
            DocumentError, OSError: nothing of it can be read.
        """
        path = self._path_of(item)
        container = container_of(path)
        assert container is not None  # by its kind
        container.available()
        if item.sha256 is not None and digest_of(path) == item.sha256:
            self._state.items.confirm(item.id, item.size, item.mtime)
            return
        left = allowance(path, self._options.cleaning)
        opened = self._open[item.id] = _Open(item, container, self._spool(item), left)
        parts = self._state.items.parts(item.id)
        if opened.spool and not (parts and opened.spool.holds(parts)):
            remove(opened.spool.path)  # of an earlier content, or less than the state knows of
            self._state.items.forget_parts(item.id)
            parts = []
        nothing = not parts
        task = ReadTask(container.name, path, tuple(parts))
        try:
            for pieces in self._reader(task, patience_for(item)):
                opened.at = pieces[-1].at
                opened.out += len(pieces)
                nothing = False
                yield [PieceTask(item, container.name, piece) for piece in pieces]
        except DocumentError as error:
            if error.problem.code == "oversized" or (error.problem.code in PASSING and not nothing):
                opened.refused = error.problem
            elif nothing:
                del self._open[item.id]
                raise
            else:
                opened.broken = error.problem
        if self._reader.is_stopped:
            return
        opened.read = True
        yield from self._complete(opened)

    def take(self, answers: Sequence[tuple[PieceTask, Done]]) -> Iterator[Sequence[Task]]:
        """Put answers into the spools; gives the assembly of those containers that are complete."""
        touched: dict[int, _Open] = {}
        for run in _runs(answers):
            task, _ = run[0]
            opened = touched[task.item.id] = self._open[task.item.id]
            opened.out -= len(run)
            self._check(opened, run)
            if opened.spool is None or opened.refused is not None:
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
            tally=state.items.tally_of(item.id),
        )
        if status != "again":
            state.items.forget_parts(item.id)
            remove(task.spool)
        yield from problems

    def position(self) -> int:
        """How many bytes have been read of the containers that are being worked on."""
        return sum(opened.at for opened in self._open.values())

    def _check(self, opened: _Open, run: Sequence[tuple[PieceTask, Done]]) -> None:
        """See that the answers do not become too much either: a page may be packed within its container."""
        try:
            opened.left.take(sum(len(done.payload) for _, done in run))
        except DocumentError as error:
            opened.refused = opened.refused or error.problem

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
                place=self._place_of(item),
                spool=opened.spool.path if opened.spool else "",
                parts=tuple(self._state.items.parts(item.id)),
                refused=opened.refused,
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
