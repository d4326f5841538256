"""A process for what may hang, crash or take all memory, at the end of a pipe.

It ends when its main process does, however that happens.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from types import ModuleType
from typing import Any

from cleaner.isolation.problem import Problem

_STARTING = threading.Lock()
"""Held while a process starts: those of several threads share the main module."""
ORPHANED = 75
"""The exit code of a process whose main process is no more."""


class Process:
    """A process that runs `serve` with its end of a pipe and `arguments`, all of them picklable.

    Attributes:
        pipe: our end.
    """

    def __init__(self, serve: Callable[..., None], *arguments: Any) -> None:
        context = get_context("spawn")
        self._ending = threading.Lock()
        self._ended = False
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(serve, theirs, *arguments), daemon=True)
        try:
            with _STARTING, _calm(), _without_main():
                self._process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    @property
    def pid(self) -> int | None:
        """Its number."""
        return self._process.pid

    def death(self) -> Problem:
        """Why it has died."""
        self._process.join(1.0)
        code = self._process.exitcode
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            hint = ", perhaps by the system for want of memory" if name == "SIGKILL" else ""
            return Problem("crash", f"the process that cleaned it was ended by {name}{hint}")
        return Problem("crash", f"the process that cleaned it ended with code {code}")

    def end(self, seconds: float = 0.0) -> None:
        """Let go of it, and end it if it has not ended by then; of two threads the second one finds it ended."""
        with self._ending:
            if self._ended:
                return
            self._ended = True
            self.pipe.close()
            self._process.join(seconds)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            with contextlib.suppress(ValueError):  # another thread has seen it end, and closing asks once more
                self._process.close()


@contextlib.contextmanager
def _calm() -> Iterator[None]:
    """Let a process start that does not hear Ctrl-C: the main process tells it when to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Let a process start that does not import the main module: it needs nothing of it, and that may be a script
    without a guard, or something as large as the workers of Ray."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


# --- in the process -------------------------------------------------------------------------------


def _run(serve: Callable[..., None], pipe: Connection, *arguments: Any) -> None:
    for library in ("OPENBLAS", "OMP", "MKL"):  # one core each is what they get
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # also if a thread has started it, which cannot say so beforehand
    threading.Thread(target=_end_with_main, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):  # the main process is gone
        serve(pipe, *arguments)


def _end_with_main() -> None:
    """Wait for the end of the main process: whatever this one is at then, nobody wants it any more."""
    main = parent_process()
    if main is not None:
        wait([main.sentinel])
        os._exit(ORPHANED)


def end_after(seconds: float) -> None:
    """Let the system end this process then, whatever it is at; 0: no longer."""
    with contextlib.suppress(AttributeError):  # Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(size: int) -> None:
    """Let this process have so many bytes more than it has, where the system can limit that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm") as facts:
            now = int(facts.read().split()[0]) * resource.getpagesize()
    except OSError:
        now = 0
    with contextlib.suppress(OSError, ValueError):  # a lower limit is set already
        resource.setrlimit(resource.RLIMIT_AS, (now + size, resource.getrlimit(resource.RLIMIT_AS)[1]))
