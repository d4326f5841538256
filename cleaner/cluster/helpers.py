"""Helpers on some nodes that put files together, and how many there are.

They come without Ray Data, which a process takes longer to import than most files to be put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import ray

from cleaner.cluster.job import End, Job
from cleaner.cluster.memory import Notes
from cleaner.isolation.problem import Problem, explained

_FEW = 2
_CORES_FOR_ONE = 16
"""A process that reads or puts together keeps many cores busy, and few of them mean that few files are on their way."""
_RETRIES = 2
"""Of what puts files together, when its process dies."""


def cores_here() -> int:
    """The cores of the cluster."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def few(tasks: int, cores: int) -> int:
    """How many processes do some tasks beside so many cores that clean."""
    return min(tasks, _FEW + cores // _CORES_FOR_ONE)


Finish = Callable[[End, Job], Notes]
"""Puts a file together; gives what is wrong with it."""


class Helpers:
    """A few processes for what takes hardly any time next to the cleaning, so that they take no core.

    They live as long as they are needed, since Ray takes seconds to start a process.

    Args:
        calls: how many there will be at most.
    """

    def __init__(self, calls: int) -> None:
        options = {"num_cpus": 0, "max_restarts": -1, "max_task_retries": _RETRIES, "scheduling_strategy": "SPREAD"}
        kind = ray.remote(**options)(_Helper)
        self._actors = [kind.remote() for _ in range(few(calls, cores_here()))]
        self._number = 0

    def do(self, function: Callable[..., Any], *args: Any) -> Any:
        """Let one of them call a function; gives Ray's reference to what comes of it."""
        self._number += 1
        return self._actors[self._number % len(self._actors)].do.remote(function, *args)


class _Helper:
    def do(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)


class Finishing:
    """Files that are being put together, `files` in all."""

    def __init__(self, job: Job, finish: Finish, files: int) -> None:
        self._job = job
        self._finish = finish
        self._helpers = Helpers(files)
        self._running: dict[Any, End] = {}

    def add(self, end: End) -> None:
        """All parts of a file are done."""
        self._running[self._helpers.do(_finished, self._finish, end, self._job)] = end

    def ready(self) -> Iterator[tuple[End, Notes]]:
        """Those that are whole, with what is wrong with them."""
        return self._taken(timeout=0)

    def all(self) -> Iterator[tuple[End, Notes]]:
        """Wait for the rest."""
        while self._running:
            yield from self._taken(timeout=None)

    def _taken(self, timeout: float | None) -> Iterator[tuple[End, Notes]]:
        if not self._running:
            return
        done, _ = ray.wait(list(self._running), num_returns=1, timeout=timeout, fetch_local=False)
        for reference in done:
            end = self._running.pop(reference)
            try:
                yield end, ray.get(reference)
            except ray.exceptions.RayError:
                yield end, [(end.source.shown, Problem("crash", "the process that put it together died"))]


def _finished(finish: Finish, end: End, job: Job) -> Notes:
    try:
        return finish(end, job)
    except Exception as error:
        return [(end.source.shown, explained(error))]
