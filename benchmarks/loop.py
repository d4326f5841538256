"""How long an asyncio loop stands still while pages are cleaned: in the loop itself, and in threads.

    python -m benchmarks.loop PAGE...

Each page is a file of HTML, packed by gzip or not.
"""

from __future__ import annotations

import asyncio
import gzip
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cleaner import Cleaner

BEAT = 0.005  # seconds
THREADS = 2


async def beats(waits: list[float]) -> None:
    """Ask for a turn of the loop each `BEAT`, and note how much later it came."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(BEAT)
        waits.append(time.perf_counter() - start - BEAT)


async def measured(pages: Sequence[bytes], worker: Cleaner, *, threads: int) -> tuple[float, list[float]]:
    """The seconds that all pages took, and the waits meanwhile; without threads the loop cleans them itself."""
    waits: list[float] = []
    beating = asyncio.create_task(beats(waits))
    start = time.perf_counter()
    if threads:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(threads) as pool:
            await asyncio.gather(*(loop.run_in_executor(pool, worker.clean, page) for page in pages))
    else:
        for page in pages:
            worker.clean(page)
            await asyncio.sleep(0)
    seconds = time.perf_counter() - start
    beating.cancel()
    return seconds, sorted(waits)


def main(paths: Sequence[str]) -> None:
    """Print both, side by side."""
    found = [Path(path) for path in paths]
    pages = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found]
    worker = Cleaner()
    for page in pages[:5]:  # warm the caches
        worker.clean(page)
    print(f"{len(pages)} pages of {sum(map(len, pages)) / len(pages) / 1000:.0f} kB")
    for threads in (0, THREADS):
        seconds, waits = asyncio.run(measured(pages, worker, threads=threads))
        where = f"{threads} threads" if threads else "in the loop"
        median, longest = (f"{1000 * wait:.0f} ms" for wait in (waits[len(waits) // 2], waits[-1]))
        print(f"{where:12} {len(pages) / seconds:6.1f} pages/s   waits: median {median}, longest {longest}")


if __name__ == "__main__":
    main(sys.argv[1:])
