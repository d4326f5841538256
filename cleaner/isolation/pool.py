"""Workers that may hang, crash or run out of memory while the work goes on.

Each worker is a process at the end of a pipe.  It gets a chunk of tasks and sends back what is done of it, at the
latest after a tenth of a second and after each task that took longer.  If it dies or falls silent, the main process
knows which tasks have no answer: each of them is tried once more, alone.  A task that does it again is given up.

The pools that there are do not go on like this: that of the standard library and joblib's break when a worker dies,
pebble loses the whole chunk.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, TypeVar

from cleaner.isolation.problem import Problem
from cleaner.isolation.process import Process, end_after, limit_memory

_FLUSH = 0.1  # seconds
_TICK = 0.5  # seconds
_START = 60.0  # seconds that a worker may take to get ready
_PATIENCE = 5.0  # seconds that workers have to finish what they are at when a run is stopped
_ALLOWANCE = 1.1, 5.0
"""A worker is silent for too long after so many times the limit of a document, and so many seconds more: pages have
means of their own to end in time, which can say more of the reason."""

_ORPHAN = 2
"""So many times what its pool waits for a task, and the system ends a worker: the pool must have been killed, and the
worker be at something in which it cannot notice."""


def silence(seconds: float) -> float:
    """How long a process may be silent whose tasks may take so many seconds."""
    times, more = _ALLOWANCE
    return seconds * times + more


HOOK = "CLEANER_WORKER_HOOK"
"""An environment variable: ``module:function`` is called before each task, so that tests can let a worker die."""

T = TypeVar("T")
R = TypeVar("R")


def hook() -> Callable[[Any], None] | None:
    """What tests want to happen before each task."""
    module, _, name = os.environ.get(HOOK, "").partition(":")
    return getattr(import_module(module), name) if module else None


@dataclass(eq=False, slots=True)
class _Worker(Generic[T]):
    """A process, and the tasks it has not answered yet."""

    process: Process
    tasks: deque[T] = field(default_factory=deque)
    alone: bool = False
    heard: float = 0.0
    ready: bool = False

    @property
    def pipe(self) -> Connection:
        """Our end of its pipe."""
        return self.process.pipe


class Pool(Generic[T, R]):
    """Processes that do tasks.

    Args:
        start: called in each worker; gives the function that does a task.  Both must be picklable.
        jobs: how many processes.
        seconds: how long a task may take.
        memory: bytes that a worker may add to what it has when it is ready (where the system can limit that).
        patience: how many seconds more a task may take; picklable.
        again: whether a task whose worker was lost is tried once more; where somebody waits for each task it is not.
    """

    def __init__(
        self,
        start: Callable[[], Callable[[T], R]],
        *,
        jobs: int,
        seconds: float,
        memory: int,
        patience: Callable[[T], float] | None = None,
        again: bool = True,
    ) -> None:
        self._start = start
        self._try_again = again
        self._patience = patience or _no_patience
        self._jobs = jobs
        self._seconds = silence(seconds)
        self._memory = memory
        self._workers: list[_Worker[T]] = []
        self._extra: deque[Sequence[T]] = deque()
        self._again: deque[T] = deque()
        self._stopped: float | None = None

    def run(self, chunks: Iterable[Sequence[T]]) -> Iterator[list[tuple[T, R | Problem]]]:
        """Do all tasks; gives the answers as they come, in no order.

        `add` may bring more chunks while the answers are taken.
        """
        source = iter(chunks)
        exhausted = False
        while True:
            for worker in self._idle():
                chunk, alone = self._next()
                if chunk is None and not exhausted and self._stopped is None:
                    chunk = next(source, None)
                    exhausted = chunk is None
                if chunk is None:
                    break
                self._hand(worker, chunk, alone)
            nothing_left = self._stopped is not None or (exhausted and not self._extra and not self._again)
            if nothing_left and not any(worker.tasks for worker in self._workers):
                return
            answers = self._listen()
            if answers:
                yield answers
            if self._stopped is not None and monotonic() > self._stopped + _PATIENCE:
                return

    def add(self, chunk: Sequence[T]) -> None:
        """One more chunk, before all others."""
        self._extra.append(chunk)

    def stop(self) -> None:
        """Hand out nothing more; `run` ends when the workers are through with what they have, or soon after."""
        if self._stopped is None:
            self._stopped = monotonic()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            with contextlib.suppress(OSError, ValueError):
                worker.pipe.send(None)
        for worker in self._workers:
            worker.process.end(0.0 if worker.tasks else 1.0)
        self._workers = []

    # --- handing out ------------------------------------------------------------------------------

    def _idle(self) -> list[_Worker[T]]:
        if self._stopped is not None:
            return []
        self.hire()
        return [worker for worker in self._workers if worker.ready and not worker.tasks]

    def hire(self) -> None:
        """Start as many workers as are missing."""
        while len(self._workers) < self._jobs:
            self._workers.append(self._new())

    def _new(self) -> _Worker[T]:
        work = (self._start, self._memory, self._patience, _ORPHAN * self._seconds)
        return _Worker(Process(_serve, *work), heard=monotonic())

    def _next(self) -> tuple[Sequence[T] | None, bool]:
        if self._again:
            return [self._again.popleft()], True
        return (self._extra.popleft(), False) if self._extra else (None, False)

    def _hand(self, worker: _Worker[T], chunk: Sequence[T], alone: bool) -> None:
        worker.tasks.extend(chunk)
        worker.alone = alone
        worker.heard = monotonic()
        with contextlib.suppress(OSError):  # it has died; `_listen` will find out
            worker.pipe.send(list(chunk))

    # --- listening --------------------------------------------------------------------------------

    def _listen(self) -> list[tuple[T, R | Problem]]:
        answers: list[tuple[T, R | Problem]] = []
        pipes: dict[Any, _Worker[T]] = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(pipes), timeout=_TICK):
            worker = pipes[pipe]
            try:
                answers += self._heard(worker, worker.pipe.recv())
            except (EOFError, OSError):
                answers += self._lost(worker, worker.process.death())
        now = monotonic()
        for worker in list(self._workers):
            limit = self._seconds + self._patience(worker.tasks[0]) if worker.tasks else _START
            if (worker.tasks or not worker.ready) and now > worker.heard + limit:
                answers += self._lost(worker, Problem("timeout", f"nothing came of it for {limit:.0f} s"))
        return answers

    def _heard(self, worker: _Worker[T], message: Any) -> list[tuple[T, R | Problem]]:
        worker.heard = monotonic()
        if isinstance(message, Exception):
            raise message
        worker.ready = True
        return [(worker.tasks.popleft(), answer) for answer in message]

    def _lost(self, worker: _Worker[T], problem: Problem) -> list[tuple[T, R | Problem]]:
        """A worker is no more: its tasks are done again, one by one, or given up."""
        self._workers.remove(worker)
        worker.process.end()
        if not worker.ready:
            raise RuntimeError(f"a worker cannot start: {problem.text}; allow more with --max-memory")
        if worker.alone or not self._try_again:
            return [(task, problem) for task in worker.tasks]
        self._again.extend(worker.tasks)
        return []


def _no_patience(_: object) -> float:
    return 0.0


# --- in the worker --------------------------------------------------------------------------------


def _serve(
    pipe: Connection,
    start: Callable[[], Callable[[T], R]],
    memory: int,
    patience: Callable[[T], float],
    seconds: float,
) -> None:
    try:
        work = start()
    except Exception as error:
        pipe.send(error)
        return
    limit_memory(memory)
    gc.freeze()  # what was loaded lives as long as the worker: the collector need not go over it again and again
    pipe.send([])
    while (chunk := pipe.recv()) is not None:
        _work_off(chunk, work, pipe, lambda task: seconds + _ORPHAN * patience(task))


def _work_off(chunk: Sequence[T], work: Callable[[T], R], pipe: Connection, seconds: Callable[[T], float]) -> None:
    answers: list[R] = []
    told = monotonic()
    for task in chunk:
        end_after(seconds(task))
        answers.append(work(task))
        if monotonic() > told + _FLUSH:
            pipe.send(answers)
            answers, told = [], monotonic()
    end_after(0)
    if answers:
        pipe.send(answers)
