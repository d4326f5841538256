"""Runs one after the other, their workers included: of a main process that was killed, some may live on for a moment.

Each worker holds a lock as long as it lives, however it ends; a run begins when nobody holds it.  Where the system has
no such locks, workers that lost their main process end by themselves all the same, see `cleaner.isolation.process`.
"""

from __future__ import annotations

import os
import sys
from time import monotonic, sleep

from cleaner.errors import OutputError, shown

if sys.platform != "win32":
    import fcntl

_PATIENCE = 20.0  # seconds
_TICK = 0.02  # seconds


def hold(path: str) -> None:
    """Hold the lock together with other workers, until this process ends.

    Raises:
        OSError: the file is not there.
    """
    if sys.platform != "win32":
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)  # open until the end
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        except OSError:  # not on every network's file system
            os.close(descriptor)


def wait_until_alone(path: str) -> None:
    """Wait for the workers of a run that was killed.

    Raises:
        OSError: the file is not there.
        OutputError: one of them does not end.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        end = monotonic() + _PATIENCE
        while _is_held(descriptor):
            if monotonic() > end:
                raise OutputError(
                    f"{shown(path)}: processes of a run that was killed are still at work here; end them, or wait"
                )
            sleep(_TICK)
    finally:
        os.close(descriptor)


def _is_held(descriptor: int) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # not on every network's file system
            return False
    return False
