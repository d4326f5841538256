"""Runs in one process: what the workers do is done where the test is, so that it is quick and faults can be planted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from cleaner.batch.work import WorkerConfig
from cleaner.isolation.problem import DocumentError, explained
from cleaner.isolation.stream import _bundled


class InlinePool:
    """Does tasks at once."""

    def __init__(self, config: Callable[[], Callable[[Any], Any]], **_: Any) -> None:
        # This process is no worker that may outlive a run.
        self._config = replace(config, lock=None) if isinstance(config, WorkerConfig) else config
        self._work: Callable[[Any], Any] | None = None
        self._extra: deque[Sequence[Any]] = deque()
        self._stopped = False

    def run(self, chunks: Iterable[Sequence[Any]]) -> Iterator[list[tuple[Any, Any]]]:
        source = iter(chunks)
        self._work = work = self._work or self._config()
        while not self._stopped:
            chunk = self._extra.popleft() if self._extra else next(source, None)
            if chunk is None:
                if not self._extra:
                    return
                continue
            yield [(task, work(task)) for task in chunk]

    def add(self, chunk: Sequence[Any]) -> None:
        self._extra.append(chunk)

    def hire(self) -> None:
        pass

    def stop(self) -> None:
        self._stopped = True

    def close(self) -> None:
        pass


class InlineStream:
    """Goes through things at once."""

    is_stopped = False

    def __init__(self, start: Callable[[], Any], *, many: int, size: int, size_of: Callable[[Any], int], **_: Any):
        self._start, self._bounds = start, (many, size, size_of)

    def __call__(self, asked: Any, patience: float = 0.0) -> Iterator[list[Any]]:
        try:
            yield from _bundled(self._start()(asked), *self._bounds)
        except Exception as error:
            problem = explained(error)
            raise DocumentError(problem.code, problem.text) from None

    def stop(self) -> None:
        self.is_stopped = True

    def close(self) -> None:
        pass


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """All runs of the test in this process."""
    monkeypatch.setattr("cleaner.batch.run.Pool", InlinePool)
    monkeypatch.setattr("cleaner.batch.pages.Pool", InlinePool)
    monkeypatch.setattr("cleaner.batch.read.Stream", InlineStream)
