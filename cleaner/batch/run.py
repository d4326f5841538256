"""A run: plan, hand out, take in, and say what came of it."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from cleaner.batch.containers import Containers
from cleaner.batch.home import lock_of
from cleaner.batch.items import Item, status_of
from cleaner.batch.options import CHUNK, CHUNK_BYTES, BatchOptions, cores
from cleaner.batch.outputs import Place, forget, noted
from cleaner.batch.plan import Planned, Planner
from cleaner.batch.read import reader
from cleaner.batch.replace import Replacement, replace_files
from cleaner.batch.reports import check_reports, write_report
from cleaner.batch.state import State, failed
from cleaner.batch.tasks import AssembleTask, Done, FileTask, PieceTask, Task, patience
from cleaner.batch.work import WorkerConfig, set_aside
from cleaner.draft import sweep
from cleaner.errors import OutputError
from cleaner.formats.container import Piece
from cleaner.isolation.pool import Pool
from cleaner.isolation.problem import HARMLESS, Code, DocumentError, Problem, explained
from cleaner.report.tally import Tally

_TOLD = 5
Answers = Sequence[tuple[Task, Done]]


class Observer(Protocol):
    """Somebody who watches a run."""

    def planned(self, planned: Planned, files: int, size: int) -> None:
        """All files are known; so many are to be done, with so many bytes."""

    def moved(self, summary: Summary, size: int) -> None:
        """Something was done; `size`: bytes of the input that are done."""

    def cleaned(self, name: str, tally: Tally) -> None:
        """A document is clean."""

    def noted(self, name: str, problem: Problem) -> None:
        """A document was set aside, or warned about."""


@dataclass(slots=True)
class Summary:
    """What came of a run.

    Attributes:
        tally: of the documents that were cleaned.
        same: files that had only been touched; `copied`: files without a clipping.
        notes: by code, how many documents were set aside or what else there is to know of them.
        told: the first of those notes that are no failures, with the documents' names.
        planned: what was found and not done.
        seconds: how long it took.
        stopped: whether it was stopped before its end.
    """

    tally: Tally = field(default_factory=Tally)
    same: int = 0
    copied: int = 0
    notes: Counter[Code] = field(default_factory=Counter)
    told: list[tuple[str, Problem]] = field(default_factory=list)
    planned: Planned = field(default_factory=Planned)
    seconds: float = 0.0
    stopped: bool = False

    @property
    def failures(self) -> int:
        """Documents that were set aside."""
        return sum(count for code, count in self.notes.items() if code not in HARMLESS)

    def note(self, name: str, problem: Problem) -> None:
        """Count what there is to know of a document."""
        self.notes[problem.code] += 1
        if not problem.is_failure and len(self.told) <= _TOLD:
            self.told.append((name, problem))


class Batch:
    """A run over files and folders.

    Args:
        options: what to do.
        observer: is told what happens.

    Raises:
        OptionError, RuleError: as `Cleaner`.
        OutputError: the state cannot be opened; another run may be at work.  Or the file for all reports is no report.
    """

    def __init__(self, options: BatchOptions, observer: Observer) -> None:
        self._options = options
        self._observer = observer
        options.cleaning.cleaner()  # what is wrong with options or rules is told once, here
        check_reports(options)
        self._home = options.home
        self._state = state = State(None if options.dry_run else self._home, durable=options.in_place)
        self._size = 0
        config = WorkerConfig(
            options.cleaning,
            reports=options.report is not None,
            write=not options.dry_run,
            clippings=options.clippings,
            token=state.token,
            folder=state.folder,
            lock=None if state.folder is None else lock_of(state.folder),
        )
        self._reader = reader(options.cleaning, options.max_memory)
        self._pool: Pool[Task, Done] = Pool(
            config,
            jobs=options.jobs or cores(),
            seconds=options.cleaning.max_seconds,
            memory=options.max_memory,
            patience=patience,
        )
        self.summary = Summary()

    def close(self) -> None:
        """End the workers and let go of the state."""
        self._reader.close()
        self._pool.close()
        if self._state.folder is not None:
            with suppress(OSError):  # then the next run reads them
                forget(self._state.folder)
        self._state.close()

    def warm(self) -> None:
        """Start the workers before there is something to do."""
        self._pool.hire()

    def stop(self) -> None:
        """Finish what is in flight, and no more; `run` returns soon."""
        self.summary.stopped = True
        self._reader.stop()
        self._pool.stop()

    def run(self, paths: Sequence[str] | None = None) -> Summary:
        """Clean everything, or what is at or below some paths in the first source; can be called again and again.

        Raises:
            DocumentError: a source is not there.
            OutputError: the disk is full, or the state cannot be written for another reason.
        """
        try:
            return self._run(paths)
        except DocumentError as error:
            if error.problem.code != "unwritable":
                raise
            raise OutputError(error.problem.text) from None
        except (sqlite3.Error, OSError) as error:
            raise failed(error, self._home) from None

    def _run(self, paths: Sequence[str] | None) -> Summary:
        begin = monotonic()
        self.summary = Summary(stopped=self.summary.stopped)
        self._size = 0
        state, options = self._state, self._options
        run = state.begin(options.cleaning.level)
        self._look_after(run)
        self.summary.planned = Planner(options, state, run, self._note).plan(paths)
        files, size = state.items.amount(run)
        self._observer.planned(self.summary.planned, files, size)
        if files:
            self._work(run)
        if options.reports_in_one and options.report is not None:
            write_report(os.path.abspath(options.report), state.notes.reports(run), token=state.token)
        if not self.summary.stopped:  # else a worker may have been killed in the middle of a draft
            state.end(run)
        self.summary.seconds = monotonic() - begin
        return self.summary

    def _look_after(self, run: int) -> None:
        """See to what workers left that ended before the state knew of it."""
        state = self._state
        if state.folder is not None:
            with state.transaction():
                for written in noted(state.folder, self._home, state.places.get):
                    state.places.wrote(written)
        if state.was_cut_off():
            sweep(self._home, {state.token})
            if (report := self._options.report) is not None:
                in_one = self._options.reports_in_one
                sweep(os.path.dirname(os.path.abspath(report)) if in_one else report, {state.token}, deep=not in_one)

    # --- the work ---------------------------------------------------------------------------------

    def _work(self, run: int) -> None:
        options = self._options
        self._containers = Containers(options, self._state, self._reader, self._path, self._place)
        for answers in self._pool.run(self._chunks(run)):
            done: Answers = [
                (task, set_aside(task, answer, options.cleaning) if isinstance(answer, Problem) else answer)
                for task, answer in answers
            ]
            if options.in_place and not options.dry_run:
                done = self._replaced(run, done)
            with self._state.transaction():
                self._take(run, done)

    def _chunks(self, run: int) -> Iterator[Sequence[Task]]:
        """All that is to be done: chunks of files, and of documents of one container."""
        chunk: list[Task] = []
        size = 0
        for item in self._state.items.pending(run):
            if item.kind == "container":
                try:
                    yield from self._containers.chunks(item)
                except (DocumentError, OSError) as error:
                    self._settle(run, item, Done(notes=(explained(error),)))
                continue
            chunk.append(self._task(item))
            size += item.size
            if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _task(self, item: Item) -> FileTask:
        options = self._options
        return FileTask(
            item=item,
            source=self._path(item),
            place=None if options.in_place else self._place(item),
            report=options.report_path(item.target or item.source, container=False),
            in_place=options.in_place,
        )

    def _path(self, item: Item) -> str:
        return os.path.join(self._home, item.source)

    def _place(self, item: Item) -> Place:
        return self._state.places.place(item.target or "", overwrite=self._options.overwrite)

    # --- what came of it ----------------------------------------------------------------------------

    def _replaced(self, run: int, answers: Answers) -> Answers:
        """Replace the files that changed; what cannot be replaced is set aside."""
        changes = [
            (at, Replacement(task.source, task.item.source, done, done.change))
            for at, (task, done) in enumerate(answers)
            if isinstance(task, FileTask) and done.change is not None
        ]
        replaced = list(answers)
        files = replace_files(self._state, run, [file for _, file in changes])
        for (at, file), out in zip(changes, files, strict=True):
            task, done = answers[at]
            if isinstance(out, Problem):
                replaced[at] = task, replace(done, tally=None, report=None, notes=(out,))
            else:
                size, mtime = out
                replaced[at] = task, replace(done, sha256=file.change.sha_after, size=size, mtime=mtime)
        return replaced

    def _take(self, run: int, answers: Answers) -> None:
        """Remember what came of some tasks."""
        for _, done in answers:
            for written in done.out:
                self._state.places.wrote(written)
        pieces: list[tuple[PieceTask, Done]] = []
        for task, done in answers:
            if isinstance(task, PieceTask):
                pieces.append((task, done))
                self._remember(run, task.item, done, task.piece)
            elif isinstance(task, FileTask):
                self._settle(run, task.item, done)
            else:
                self._assembled(run, task, done)
        for chunk in self._containers.take(pieces):
            self._pool.add(chunk)
        self._observer.moved(self.summary, self._size + self._containers.position())

    def _settle(self, run: int, item: Item, done: Done) -> None:
        """A file is done, or was set aside."""
        self._size += item.size
        self._remember(run, item, done)
        if done.same:
            self.summary.same += 1
            self._state.items.confirm(item.id, done.size, done.mtime)
            return
        if item.kind == "copy" and done.failure is None:
            self.summary.copied += 1
        self._state.items.settle(
            item.id,
            status_of(done.failure),
            size=done.size if done.sha256 else item.size,
            mtime=done.mtime if done.sha256 else item.mtime,
            sha256=done.sha256,
            tally=done.tally,
        )

    def _assembled(self, run: int, task: AssembleTask, done: Done) -> None:
        self._size += task.item.size
        for note in self._containers.assembled(task, done):
            self._note(run, task.item, None, task.item.shown, note)
        path = self._options.report_path(task.item.target or "", container=True)
        if path is not None:
            try:
                write_report(path, self._state.notes.item_reports(task.item.id), token=self._state.token)
            except DocumentError as error:
                self._note(run, task.item, None, task.item.shown, error.problem)
            self._state.notes.forget_reports(task.item.id)

    def _remember(self, run: int, item: Item, done: Done, piece: Piece | None = None) -> None:
        """Count a document, and keep what is to be told of it."""
        number = None if piece is None else piece.number
        name = item.shown if piece is None else f"{item.shown}: {piece.name}"
        if done.tally is not None:
            self.summary.tally.add(done.tally)
            self._observer.cleaned(name, done.tally)
        if done.report is not None:
            self._state.notes.add_report(item.id, number or 0, done.report)
        for note in done.notes:
            self._note(run, item, number, name, note)

    def _note(self, run: int, item: Item | None, number: int | None, name: str, problem: Problem) -> None:
        self.summary.note(name, problem)
        self._state.notes.add(run, item.id if item else None, number, name, problem)
        self._observer.noted(name, problem)
