"""What a worker does with a task.  It never raises: whatever happens to a document is part of the answer."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from cleaner.api import Cleaner
from cleaner.batch.assemble import assemble
from cleaner.batch.clippings import Clippings
from cleaner.batch.guarded import digest_of
from cleaner.batch.lock import hold
from cleaner.batch.outputs import Outputs
from cleaner.batch.reports import write_report
from cleaner.batch.spool import answers, pack_record
from cleaner.batch.tasks import AssembleTask, Change, Done, FileTask, PieceTask, Task
from cleaner.formats import named
from cleaner.formats.links import is_link_list
from cleaner.formats.options import Cleaning
from cleaner.isolation.pool import hook
from cleaner.isolation.problem import DocumentError, Problem, explained
from cleaner.report import dumps, to_dict
from cleaner.report.tally import Tally
from cleaner.result import Result


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """What all tasks of a run share; travels to each worker once.

    Attributes:
        reports: whether to answer with reports.
        write: whether anything may be written.
        clippings: which notes are clippings; others are cleaned at level `safe`.  None: all are.
        token, folder: see `Outputs`.
        lock: what to hold as long as this process lives, see `cleaner.batch.lock`.
    """

    cleaning: Cleaning
    reports: bool = False
    write: bool = True
    clippings: Clippings | None = None
    token: str = ""
    folder: str | None = None
    lock: str | None = None

    def __call__(self) -> Worker:
        if self.lock is not None:
            hold(self.lock)
        return Worker(self, hook())


class Worker:
    """Does tasks, with its rules compiled once."""

    def __init__(self, config: WorkerConfig, hook: Callable[[Task], None] | None = None) -> None:
        self._config = config
        self._hook = hook
        self._outputs = Outputs(config.token, config.folder)
        self._cleaners: dict[Cleaning, Cleaner] = {}
        self._cleaner(config.cleaning)

    def __call__(self, task: Task) -> Done:
        try:
            done = self._done(task)
        except Exception as error:  # a document must not stop a run
            done = set_aside(task, explained(error), self._config.cleaning)
        written = self._outputs.taken()
        return replace(done, out=written) if written else done

    def _done(self, task: Task) -> Done:
        if self._hook is not None:
            self._hook(task)
        if isinstance(task, FileTask):
            return self._copy(task) if task.item.kind == "copy" else self._file(task)
        if isinstance(task, PieceTask):
            return self._piece(task)
        return self._assemble(task)

    def _cleaner(self, cleaning: Cleaning) -> Cleaner:
        if cleaning not in self._cleaners:
            self._cleaners[cleaning] = cleaning.cleaner()
        return self._cleaners[cleaning]

    # --- files ------------------------------------------------------------------------------------

    def _file(self, task: FileTask) -> Done:
        data, facts = _read(task.source)
        size, mtime = facts.st_size, facts.st_mtime_ns
        digest = hashlib.sha256(data).digest()
        if digest == task.item.sha256:
            return Done(digest, size, mtime, same=True)
        read = Done(digest, size, mtime)
        try:
            return self._cleaned(task, data, read, stat.S_IMODE(facts.st_mode))
        except Exception as error:
            return replace(read, notes=(explained(error),))

    def _cleaned(self, task: FileTask, data: bytes, read: Done, mode: int) -> Done:
        if is_link_list(data):
            raise DocumentError("other", "a list of links, which holds no text to be cleaned")
        cleaning = self._config.cleaning
        name = os.path.basename(task.source)
        clippings = self._config.clippings
        if task.in_place and clippings is not None and not clippings.holds(task.source, data):
            cleaning = replace(cleaning, level="safe")
        result = self._cleaner(cleaning).clean(data, name=name)
        if task.in_place and result.report.url is None and "navigation" in result.report.counts:
            result = self._cleaner(_for_own(cleaning)).clean(data, name=name)
        report = result.report
        if task.in_place and report.page:
            raise DocumentError(
                "unsupported", "a web page is not replaced by its article: clean it into another folder"
            )
        clean = result.encoded()
        told = self._told(task.item.shown, result, read)
        if task.report is not None:
            line = (dumps(to_dict(report), indent=2) + "\n").encode()
            write_report(task.report, [line], mode=mode, token=self._config.token)
            told = replace(told, report=None)
        if task.in_place:
            if clean == data:
                return told
            after = hashlib.sha256(clean).digest()
            return replace(told, change=Change(zlib.compress(data, 6), clean, after))
        if task.place is not None and self._config.write:
            self._outputs.write(task.place, clean, mode=mode, mtime=read.mtime)
        return told

    def _told(self, shown: str, result: Result, done: Done, number: int | None = None) -> Done:
        report = result.report
        name = shown if number is None else f"{shown}:{number + 1}"
        line = None
        if self._config.reports:
            named = {"file": shown} if number is None else {"file": shown, "document": number + 1}
            line = (dumps({**named, **to_dict(report)}) + "\n").encode()
        return replace(
            done,
            tally=Tally.of(report, name),
            report=line,
            notes=tuple(Problem("warning", text) for text in report.warnings),
        )

    def _copy(self, task: FileTask) -> Done:
        if task.place is not None and self._config.write:
            with open(task.source, "rb") as source:
                facts = os.fstat(source.fileno())
                with self._outputs.writing(task.place, mode=facts.st_mode, mtime=facts.st_mtime_ns) as draft:
                    shutil.copyfileobj(source, draft.stream)
        return Done()

    # --- documents of containers --------------------------------------------------------------------

    def _piece(self, task: PieceTask) -> Done:
        container = named(task.container)
        cleaning = self._config.cleaning
        same = cleaning.records == "same"
        clipping = container.open(task.piece, cleaning)
        if clipping is None:
            return Done(payload=container.put(task.piece, None, cleaning) if same else b"")
        options = container.cleaning(cleaning)
        if not same:
            options = replace(options, front_matter=False, title=False)  # a record has fields of its own
        if clipping.own:
            options = _for_own(options)
        result = self._cleaner(options).clean(
            clipping.source, url=clipping.url, format=clipping.format, name=clipping.name
        )
        if same:
            payload = container.put(task.piece, result, cleaning)
        else:
            payload = pack_record(container.record(task.piece, result, cleaning))
        return self._told(task.item.shown, result, Done(payload=payload), task.piece.number)

    def _assemble(self, task: AssembleTask) -> Done:
        if not self._config.write:
            return Done()
        if task.refused is not None:
            return Done(notes=(task.refused,))
        payloads = answers(task.spool, task.parts)
        left_out = assemble(task.container, task.source, task.place, payloads, self._config.cleaning, self._outputs)
        return Done(digest_of(task.source), notes=left_out)


def _read(path: str) -> tuple[bytes, os.stat_result]:
    with open(path, "rb") as stream:
        facts = os.fstat(stream.fileno())  # first, so that what is written meanwhile shows
        return stream.read(), facts


def _for_own(cleaning: Cleaning) -> Cleaning:
    """The options for what somebody has written: no article to be found in it, and a list of links is no menu."""
    return replace(cleaning, extractor="none", skip=(*cleaning.skip, "navigation"))


def set_aside(task: Task, problem: Problem, cleaning: Cleaning) -> Done:
    """The answer to a task that cannot be done; a document of a container passes on as it is."""
    payload = b""
    if isinstance(task, PieceTask) and cleaning.records == "same":
        payload = named(task.container).put(task.piece, None, cleaning)
    return Done(notes=(problem,), payload=payload)
