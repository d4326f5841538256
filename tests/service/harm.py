"""Bodies that do harm: `CLEANER_WORKER_HOOK` lets the workers do what they say."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from cleaner.service.jobs import Job

PLACE = "CLEANER_TEST_PLACE"
"""An environment variable: a folder in which `begun` gets a letter for each job that waits, and in which `go` lets
them go on."""


def harm(job: Job) -> None:
    """What the body says."""
    if b"WAIT" in job.body:
        place = Path(os.environ[PLACE])
        with (place / "begun").open("a") as begun:
            begun.write("x")
        while not (place / "go").exists():
            time.sleep(0.01)
    if b"HANG" in job.body:
        time.sleep(600)
    if b"KILL" in job.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"EAT" in job.body:
        bytearray(2_000_000_000)
    if b"FAULT" in job.body:
        raise KeyError("fault")
