"""Bodies that do harm: `CLEANER_WORKER_HOOK` lets the workers do what they say."""

from __future__ import annotations

import os
import signal
import time

from cleaner.service.jobs import Job


def harm(job: Job) -> None:
    """What the body says."""
    if b"HANG" in job.body:
        time.sleep(600)
    if b"SLOW" in job.body:
        time.sleep(1)
    if b"KILL" in job.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"EAT" in job.body:
        bytearray(2_000_000_000)
    if b"FAULT" in job.body:
        raise KeyError("fault")
