"""A datatrove pipeline that takes its time, with documents that do harm.  Needs no engine where it is only cleaned."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cleaner.integrations.documents import Answer, Task, Work

if TYPE_CHECKING:
    from cleaner.integrations.datatrove import CleanerStep


class Harm(Work):
    """Starts what does as the text says, and cleans it if it says nothing."""

    def __call__(self) -> Callable[[Task], Answer]:
        work = super().__call__()

        def harm(task: Task) -> Answer:
            if task.text == "POISON: hang":
                time.sleep(600)
            elif task.text == "POISON: crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            elif task.text == "POISON: memory":
                hoard = []
                while True:
                    hoard.append(bytearray(50_000_000))
            return work(task)

        return harm


def harmed(**options: Any) -> CleanerStep:
    """The step, with work that may do harm."""
    from cleaner.integrations.datatrove import CleanerStep

    step = CleanerStep(**options)
    step.work = Harm(step.work.cleaner, step.work.format)
    return step


def dawdle(data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
    """Take a while, so that there is time to kill a run."""
    for document in data:
        time.sleep(0.01)
        yield document


def main(source: str, dest: str) -> None:
    """Four tasks for two workers, whose output can be compared byte by byte."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    pipeline = [
        JsonlReader(source),
        dawdle,
        harmed(exclusion_writer=JsonlWriter(f"{dest}/removed", compression=None)),
        JsonlWriter(f"{dest}/clean", compression=None),
    ]
    LocalPipelineExecutor(pipeline, tasks=4, workers=2, logging_dir=f"{dest}/logs").run()
