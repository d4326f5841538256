"""A hook of the workers: documents whose text says so do harm."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from cleaner.batch.read import ReadTask
from cleaner.batch.tasks import FileTask, PieceTask, Task
from cleaner.cluster.job import Source
from cleaner.integrations.documents import Task as Document

HOOK = "tests.batch.poison:harm"
SLOW = "tests.batch.poison:dawdle"
MARK = b"POISON:"


def dawdle(_: Task | ReadTask | Document | Source) -> None:
    """Take a while, and no processor, so that there is time to interrupt a run."""
    time.sleep(0.02)


def harm(task: Task | ReadTask | Document | Source) -> None:
    """Hang, crash or take all memory, as the document says; die of a file whose name says so."""
    if isinstance(task, Source | ReadTask):
        name = task.name if isinstance(task, Source) else task.source
        if "deadly" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        return
    data = task.piece.data if isinstance(task, PieceTask) else b""
    if isinstance(task, Document) and isinstance(task.text, bytes):
        data = task.text
    if isinstance(task, FileTask):
        try:
            data = Path(task.source).read_bytes()
        except OSError:
            return
    _, _, kind = data.partition(MARK)
    if kind.startswith(b"hang"):
        time.sleep(600)
    elif kind.startswith(b"segfault"):
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind.startswith(b"vanish") and isinstance(task, FileTask):
        os.unlink(task.source)
    elif kind.startswith(b"memory"):
        hoard = []
        while True:
            hoard.append(bytearray(50_000_000))
