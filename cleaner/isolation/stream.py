"""Going through something large in a process of its own, so that what may hang, crash or take all memory does no harm.

The process reads ahead only as far as its pipe holds, so memory does not grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, Generic, TypeVar

from cleaner.isolation.problem import DocumentError, Problem, explained
from cleaner.isolation.process import Process, limit_memory

_TICK = 0.5  # seconds between looks at whether somebody wants it to stop
_START = 60.0  # seconds that the process may take to get ready
_BEAT = 0.5  # seconds after which the process says that it is at work though it found nothing

Q = TypeVar("Q")
T = TypeVar("T")


class Stream(Generic[Q, T]):
    """Goes through one thing after the other in a process, which is replaced when it died.

    Args:
        start: called in the process; gives what goes through a thing.  Both must be picklable.  None, among what is
            found, only tells that it goes on.
        seconds: how long nothing may be found.
        memory: bytes that the process may add to what it has when it is ready (where the system can limit that).
        many, size: so many things are sent at once at most, and no more when their sizes reach so much.
        size_of: of a thing.
    """

    def __init__(
        self,
        start: Callable[[], Callable[[Q], Iterator[T | None]]],
        *,
        seconds: float,
        memory: int,
        many: int,
        size: int,
        size_of: Callable[[T], int],
    ) -> None:
        self._arguments = (start, memory, many, size, size_of)
        self._seconds = seconds
        self._process: Process | None = None
        self._stopped = False

    def __call__(self, asked: Q, patience: float = 0.0) -> Iterator[list[T]]:
        """What is found in a thing, bit by bit; ends early if it is stopped.

        Args:
            patience: how many seconds more may pass before something is found.

        Raises:
            DocumentError: what went wrong, after all that was found before.
        """
        is_new = self._process is None
        process = self._process = self._process or Process(_serve, *self._arguments)
        is_whole = False
        try:
            if is_new:
                self._message(process, _START)
            process.pipe.send(asked)
            while True:
                message = self._message(process, self._seconds + patience)
                if message is None or isinstance(message, Problem):
                    is_whole = True
                    break
                if self._stopped:
                    return
                if message:
                    yield message
        finally:
            if not is_whole:  # what it would still send is of no use
                self.close()
        if message is not None:
            raise DocumentError(message.code, message.text)

    def stop(self) -> None:
        """Let it end soon; may be called by a signal handler."""
        self._stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped."""
        return self._stopped

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _message(self, process: Process, seconds: float) -> Any:
        """The next bit; None at the end."""
        limit = monotonic() + seconds
        while not self._stopped:
            try:
                if process.pipe.poll(_TICK):
                    return process.pipe.recv()
            except (EOFError, OSError):
                problem = process.death()
                raise DocumentError(problem.code, problem.text) from None
            if monotonic() > limit:
                raise DocumentError("timeout", f"nothing came of it for {seconds:.0f} s")
        return []


def _serve(
    pipe: Connection,
    start: Callable[[], Callable[[Q], Iterator[T | None]]],
    memory: int,
    many: int,
    size: int,
    size_of: Callable[[T], int],
) -> None:
    go_through = start()
    limit_memory(memory)
    pipe.send([])
    while True:
        asked = pipe.recv()
        try:
            for found in _bundled(go_through(asked), many, size, size_of):
                pipe.send(found)
        except (BrokenPipeError, ConnectionError):
            raise
        except Exception as error:
            pipe.send(explained(error))
        else:
            pipe.send(None)


def _bundled(things: Iterator[T | None], many: int, size: int, size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """Things in lists, with what was found before an error; an empty list now and then as long as there is none."""
    bundle: list[T] = []
    held, told = 0, monotonic()
    fault: Exception | None = None
    while True:
        try:
            thing = next(things)
        except StopIteration:
            break
        except Exception as error:
            fault = error
            break
        if thing is not None:
            bundle.append(thing)
            held += size_of(thing)
        if len(bundle) >= many or held >= size or (not bundle and monotonic() > told + _BEAT):
            yield bundle
            bundle, held, told = [], 0, monotonic()
    if bundle:
        yield bundle
    if fault is not None:
        raise fault
