"""A process beside this one for what may hang, crash or take all memory, for engines that bring their own workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cleaner.isolation.pool import Pool
from cleaner.isolation.problem import Problem

T = TypeVar("T")
R = TypeVar("R")


class IsolatedWorker(Generic[T, R]):
    """Does tasks in one process, which is replaced when a task has killed it.

    Args:
        start, seconds, memory, again: as of `Pool`.
    """

    def __init__(
        self, start: Callable[[], Callable[[T], R]], *, seconds: float, memory: int, again: bool = True
    ) -> None:
        self._pool: Pool[tuple[int, T], R] = Pool(_Numbered(start), jobs=1, seconds=seconds, memory=memory, again=again)
        self._pool.hire()

    def __call__(self, tasks: Sequence[T]) -> list[R | Problem]:
        """What came of each task, in their order."""
        answers: dict[int, R | Problem] = {}
        for found in self._pool.run([list(enumerate(tasks))] if tasks else ()):
            answers.update((number, answer) for (number, _), answer in found)
        return [answers[number] for number in range(len(tasks))]

    def close(self) -> None:
        """End the process; what it is at is given up, also if another thread waits for it."""
        self._pool.stop()
        self._pool.close()


@dataclass(frozen=True, slots=True)
class _Numbered(Generic[T, R]):
    """Starts what does tasks that carry their number."""

    start: Callable[[], Callable[[T], R]]

    def __call__(self) -> Callable[[tuple[int, T]], R]:
        work = self.start()
        return lambda task: work(task[1])
