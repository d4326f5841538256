"""The processes that do the jobs of a service, as something to wait for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from cleaner.isolation.isolated import IsolatedWorker
from cleaner.isolation.problem import Problem

T = TypeVar("T")
R = TypeVar("R")


class Workers(Generic[T, R]):
    """Some processes, each of which does one job at a time; who comes first is served first.

    A job that hangs, crashes or takes too much memory ends its process; another one takes its place.

    Args:
        start, seconds, memory: as of `cleaner.isolation.pool.Pool`.
        jobs: how many processes.
    """

    def __init__(self, start: Callable[[], Callable[[T], R]], *, jobs: int, seconds: float, memory: int) -> None:
        self._all: list[IsolatedWorker[T, R]] = [
            IsolatedWorker(start, seconds=seconds, memory=memory, again=False) for _ in range(jobs)
        ]
        self._idle: asyncio.Queue[IsolatedWorker[T, R]] = asyncio.Queue()
        for worker in self._all:
            self._idle.put_nowait(worker)
        self._threads = ThreadPoolExecutor(jobs, "worker")

    async def warm(self, task: T) -> None:
        """Wait until each process has done this.

        Raises:
            Exception: what `start` raised in one of them.
        """
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, one, [task]) for one in self._all))

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Callable[[T], asyncio.Future[R | Problem]]]:
        """Wait for a process that is idle; gives the function that lets it do one job."""
        worker = await self._idle.get()
        busy: asyncio.Future[R | Problem] | None = None

        def do(task: T) -> asyncio.Future[R | Problem]:
            nonlocal busy
            busy = asyncio.ensure_future(self._done(worker, task))
            return asyncio.shield(busy)

        try:
            yield do
        finally:
            if busy is None or busy.done():
                self._idle.put_nowait(worker)
            else:  # nobody waits for it any more, but it is at work
                busy.add_done_callback(lambda _: self._idle.put_nowait(worker))

    async def _done(self, worker: IsolatedWorker[T, R], task: T) -> R | Problem:
        (answer,) = await asyncio.get_running_loop().run_in_executor(self._threads, worker, [task])
        return answer

    def close(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=False, cancel_futures=True)


class Budget:
    """Bytes that may be held at once; who comes first gets them first."""

    def __init__(self, size: int) -> None:
        self._left = self._size = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def hold(self, size: int) -> AsyncIterator[None]:
        """Wait for so many bytes (at most all there are), and give them back at the end."""
        size = min(size, self._size)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        self._hand_out()
        try:
            await turn
            yield
        finally:
            if not turn.cancelled():
                self._left += size
            self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting:
            size, turn = self._waiting[0]
            if size > self._left and not turn.cancelled():
                return
            self._waiting.popleft()
            if not turn.cancelled():
                self._left -= size
                turn.set_result(None)
