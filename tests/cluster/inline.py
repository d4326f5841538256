"""Runs in one process: what nodes do is done where the test is, so that it is quick; Ray itself has no part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from cleaner.cluster.helpers import Finish, _finished
from cleaner.cluster.job import Cleaned, End, Job, Lost, Source
from cleaner.cluster.memory import Notes
from cleaner.cluster.stages import PartWorker, Reader, message_in, packed


class InlineWorker:
    """Does tasks at once."""

    def __init__(self, start: Callable[[], Callable[[Any], Any]], **_: Any) -> None:
        self._work = start()

    def __call__(self, tasks: Sequence[Any]) -> list[Any]:
        return [self._work(task) for task in tasks]


def messages(
    job: Job, sources: list[Source], worker: Callable[[Job], PartWorker[Any, Any]], jobs: int
) -> Iterator[Cleaned | End | Lost]:
    """Reads files and does their parts, one after the other."""
    read, do = Reader(job), worker(job)
    for source in sources:
        yield from (message_in(do(row)) for row in read(packed(source)))


class InlineFinishing:
    """Puts files together at once."""

    def __init__(self, job: Job, finish: Finish, files: int) -> None:
        self._job, self._finish = job, finish
        self._ended: list[tuple[End, Notes]] = []

    def add(self, end: End) -> None:
        self._ended.append((end, _finished(self._finish, end, self._job)))

    def ready(self) -> Iterator[tuple[End, Notes]]:
        while self._ended:
            yield self._ended.pop(0)

    all = ready


@pytest.fixture
def nodes_inline(inline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """All runs of the test in this process, those of `cleaner batch` that they are compared with among them."""
    here = SimpleNamespace(get_runtime_context=lambda: SimpleNamespace(get_node_id=lambda: "here"), nodes=list)
    monkeypatch.setattr("cleaner.cluster.stages.ray", here)
    monkeypatch.setattr("cleaner.cluster.stages.IsolatedWorker", InlineWorker)
    monkeypatch.setattr("cleaner.cluster.oneway.messages", messages)
    monkeypatch.setattr("cleaner.cluster.oneway.Finishing", InlineFinishing)
    monkeypatch.setattr("cleaner.cluster.run._connected", lambda address: nullcontext())
