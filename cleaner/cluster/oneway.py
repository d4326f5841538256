"""One way over the files of a crawl: Ray Data reads and does their parts, and what is complete is put together.

Ray Data is the scheduler.  What is added here is small: which files have all their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from cleaner.cluster.engine import messages
from cleaner.cluster.helpers import Finish, Finishing
from cleaner.cluster.job import Cleaned, End, Job, Lost, Source
from cleaner.cluster.memory import Notes
from cleaner.cluster.stages import PartWorker
from cleaner.errors import OutputError
from cleaner.isolation.problem import Problem

_LOST = Problem("crash", "processes or nodes died too often before all of it was done; run again to go on")


@dataclass(slots=True)
class _Progress:
    """How far a file is: how many documents are done, and its end once that is known."""

    done: int
    firsts: set[int] = field(default_factory=set)
    end: End | None = None


class OneWay:
    """A way over some files.

    Args:
        worker: does a part.
        finish: puts a file together.
        took: is told of each part that is done.
        note: is told what is wrong with a document or file.
    """

    def __init__(
        self,
        job: Job,
        worker: type[PartWorker[Any, Any]],
        finish: Finish,
        *,
        took: Callable[[Cleaned], None],
        note: Callable[[str, Problem], None],
    ) -> None:
        self._job = job
        self._worker = worker
        self._finish = finish
        self._took = took
        self._note = note
        self._progress: dict[str, _Progress] = {}

    def go(self, sources: list[Source], jobs: int, stopped: Callable[[], bool]) -> None:
        """Do all files, or as many as are done when `stopped` says so.

        Raises:
            OutputError: the destination cannot be written.
        """
        self._progress = {source.key: _Progress(sum(count for _, count in source.parts)) for source in sources}
        self._finishing = Finishing(self._job, self._finish, len(sources))
        for message in messages(self._job, sources, self._worker, jobs):
            self._take(message)
            self._finished(self._finishing.ready())
            if stopped():
                return
        self._finished(self._finishing.all())
        for source in sources:
            if source.key in self._progress:
                self._note(source.shown, _LOST)

    def _take(self, message: Cleaned | End | Lost) -> None:
        progress = self._progress.get(message.source.key)
        if progress is None:  # a part of it was lost
            return
        if isinstance(message, Lost):
            self._end(message.source, [(message.source.shown, message.problem)])
            return
        if isinstance(message, End):
            progress.end = message
        elif message.first not in progress.firsts:
            progress.firsts.add(message.first)
            progress.done += message.documents
            self._took(message)
        if progress.end is not None and progress.done >= progress.end.documents:
            self._finishing.add(progress.end)

    def _finished(self, ended: Iterable[tuple[End, Notes]]) -> None:
        for end, notes in ended:
            self._end(end.source, notes)

    def _end(self, source: Source, notes: Notes) -> None:
        del self._progress[source.key]
        for name, problem in notes:
            self._note(name, problem)
            if problem.code == "unwritable":  # so would all others be
                raise OutputError(f"{problem.text}; free space or choose another folder, and run again to go on")
