"""What the processes of a cluster do with a file: read it in parts, clean each part, put it together again.

Everything here may be done twice, since nodes die: reading gives the same parts, a part the same bytes, and a file is
whole or not there.
"""

from __future__ import annotations

import json
import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, Generic, TypeVar

import ray

from cleaner.batch.assemble import assemble
from cleaner.batch.items import Item, status_of
from cleaner.batch.outputs import Outputs, Place
from cleaner.batch.tasks import Done, PieceTask
from cleaner.batch.work import WorkerConfig, set_aside
from cleaner.cluster.files import Files
from cleaner.cluster.job import PART_BYTES, PART_DOCUMENTS, Cleaned, End, Job, Lost, Message, Part, Source
from cleaner.cluster.memory import Memory, Notes, notes_of, plain_notes
from cleaner.formats import named
from cleaner.formats.bounds import bounded_pieces
from cleaner.formats.container import Piece
from cleaner.isolation.isolated import IsolatedWorker
from cleaner.isolation.pool import hook
from cleaner.isolation.problem import DocumentError, Problem, explained
from cleaner.report.tally import Tally

T = TypeVar("T")
R = TypeVar("R")
Row = dict[str, bytes]
"""What Ray Data hands from stage to stage: one message, packed."""
_LEAST = 1_000_000_000  # bytes that a worker may have, however small its node


def packed(message: Message) -> Row:
    """A message as a row."""
    return {"message": pickle.dumps(message)}


def message_in(row: Row) -> Any:
    """The message back."""
    return pickle.loads(row["message"])


# --- reading --------------------------------------------------------------------------------------


class Reader:
    """Reads files; lives as long as a run, since Ray takes seconds to start a process."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._before = hook()

    def __call__(self, row: Row) -> Iterator[Row]:
        """The parts of a file that are not done yet, and its end."""
        source: Source = message_in(row)
        job = self._job
        documents = 0
        problem = None
        try:
            if not Memory(Files(job.dest)).may_try(source.key, "read", job.run):
                raise DocumentError("crash", "the process that read it died, again and again")
            if self._before is not None:
                self._before(source)
            container = named(source.container)
            container.available()
            with Files(job.source).fetched(source.name) as path:
                for part in _parts(source, bounded_pieces(container, path, job.cleaning)):
                    documents += len(part.pieces)
                    if (part.first, len(part.pieces)) not in source.parts:
                        yield packed(part)
        except Exception as error:
            problem = explained(error)
        yield packed(End(source, documents, problem))


def _parts(source: Source, pieces: Iterator[Piece]) -> Iterator[Part]:
    """All documents in parts, which are the same each time; what is read before a fault counts."""
    chunk: list[Piece] = []
    size = at = 0
    fault: Exception | None = None
    while True:
        try:
            piece = next(pieces, None)
        except Exception as error:
            fault, piece = error, None
        if piece is not None:
            chunk.append(piece)
            size += len(piece.data)
        if chunk and (piece is None or len(chunk) >= PART_DOCUMENTS or size >= PART_BYTES):
            yield Part(source, chunk[0].number, tuple(chunk), max(0, chunk[-1].at - at))
            at, chunk, size = chunk[-1].at, [], 0
        if piece is None:
            break
    if fault is not None:
        raise fault


# --- cleaning -------------------------------------------------------------------------------------


class PartWorker(ABC, Generic[T, R]):
    """What a worker of Ray does with parts; what may do harm is done in a process of its own.

    Args:
        start: gives what does a task there.
    """

    def __init__(self, job: Job, start: Callable[[], Callable[[T], R]]) -> None:
        self.job = job
        self.memory = Memory(Files(job.dest))
        self.isolated: IsolatedWorker[T, R] = IsolatedWorker(
            start, seconds=job.cleaning.max_seconds, memory=min(job.max_memory, _share())
        )

    def __call__(self, row: Row) -> Row:
        """A part that was read, done; an end passes through."""
        part = message_in(row)
        if not isinstance(part, Part):
            return row
        try:
            tally, notes = self.do(part)
        except Exception as error:  # Ray would drop it, and end everything
            return packed(Lost(part.source, explained(error)))
        node = ray.get_runtime_context().get_node_id()
        return packed(Cleaned(part.source, part.first, len(part.pieces), part.size, tally, tuple(notes), node))

    @abstractmethod
    def do(self, part: Part) -> tuple[Tally, Notes]:
        """Do a part and remember what came of it; gives what was counted, and what there is to tell."""


class CleanParts(PartWorker[PieceTask, Done]):
    """Cleans the documents of parts."""

    def __init__(self, job: Job) -> None:
        if job.line_counts is not None:
            self._here = ExitStack()  # what it holds is there as long as the worker is
            table = self._here.enter_context(Files(job.dest).fetched(job.line_counts))
            job = replace(job, cleaning=replace(job.cleaning, line_counts=table))
        super().__init__(job, WorkerConfig(job.cleaning))

    def do(self, part: Part) -> tuple[Tally, Notes]:
        source = part.source
        tasks = [PieceTask(_item(source), source.container, piece) for piece in part.pieces]
        dones = self._done(part, tasks)
        tally = Tally()
        notes: list[tuple[str, Problem]] = []
        for task, done in zip(tasks, dones, strict=True):
            tally.add(done.tally or Tally())
            notes += ((f"{source.shown}: {task.piece.name}", note) for note in done.notes)
        head = json.dumps({"tally": tally.to_dict(), "notes": plain_notes(notes)}).encode()
        self.memory.put_part(source.key, part.first, len(tasks), [head, *(done.payload for done in dones)])
        return tally, notes

    def _done(self, part: Part, tasks: Sequence[PieceTask]) -> list[Done]:
        cleaning = self.job.cleaning
        if not self.memory.may_try(part.source.key, str(part.first), self.job.run):
            lost = Problem("crash", "the worker that cleaned it and those beside it died, again and again")
            return [set_aside(task, lost, cleaning) for task in tasks]
        answers = zip(tasks, self.isolated(tasks), strict=True)
        return [set_aside(task, one, cleaning) if isinstance(one, Problem) else one for task, one in answers]


def _item(source: Source) -> Item:
    """A file as a worker of `cleaner batch` knows it; here nothing but its name matters."""
    return Item(0, source.name, source.shown, source.target, "container", source.size, 0, None, "", "pending", 0)


def _share() -> int:
    """The memory of this node for each of its workers, in bytes."""
    here = ray.get_runtime_context().get_node_id()
    for node in ray.nodes():
        if node["NodeID"] == here:
            resources = node["Resources"]
            return max(_LEAST, int(resources.get("memory", _LEAST) / max(1.0, resources.get("CPU", 1.0))))
    return _LEAST


# --- putting together -----------------------------------------------------------------------------


class _Settled(Exception):
    """Parts of a file are gone: what an earlier driver that was killed had begun has put it together meanwhile."""


def finish(end: End, job: Job) -> Notes:
    """Write a file all of whose parts are clean, and remember that it is done; gives what is wrong with it."""
    source = end.source
    dest = Files(job.dest)
    memory = Memory(dest)
    tally = Tally()
    notes: list[tuple[str, Problem]] = []

    def answers() -> Iterator[bytes]:
        documents = 0
        for head, *payloads in memory.parts(source.key):
            documents += len(payloads)
            facts = json.loads(head)
            tally.add(Tally.from_dict(facts["tally"]))
            notes.extend(notes_of(facts))
            yield from payloads
        if documents < end.documents:
            raise _Settled

    problems = [] if end.problem is None else [end.problem]
    if end.problem is None or (end.documents and end.problem.code != "oversized"):
        try:
            with Files(job.source).fetched(source.name) as path, dest.made(source.target) as target:
                place = Place(target, source.target, anything=True)
                assemble(source.container, path, place, answers(), job.cleaning, Outputs(source.key))
        except _Settled:
            return []
        except Exception as error:
            problems.append(explained(error))
    told = [(source.shown, problem) for problem in problems]
    if any(status_of(problem) == "again" for problem in problems):
        return told  # without a marker, the next run tries again
    failed = problems or any(note.is_failure for _, note in notes)
    facts = {"source": source.shown, "target": source.target, "tally": tally.to_dict()}
    memory.settle(source.key, "failed" if failed else "done", facts, [*notes, *told], source.stale)
    return told
