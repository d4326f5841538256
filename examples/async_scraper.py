"""Clean pages in an asyncio program while it goes on fetching others.

    python async_scraper.py page.html ...

Cleaning takes processor time, so it belongs into a thread: the loop goes on meanwhile.  One `Cleaner` serves all
threads.  A few threads are enough, since Python runs one of them at a time; who needs more cores takes a
`concurrent.futures.ProcessPoolExecutor` instead, and a function that makes its cleaner once in each process.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cleaner

worker = cleaner.Cleaner()


async def fetch(path: str) -> bytes:
    """Stands for whatever brings your pages: `cleaner` itself fetches nothing."""
    await asyncio.sleep(0.01)
    return Path(path).read_bytes()


async def article(path: str, threads: ThreadPoolExecutor) -> cleaner.Result:
    """The article of a page."""
    page = await fetch(path)
    return await asyncio.get_running_loop().run_in_executor(threads, worker.clean, page)


async def main(paths: list[str]) -> None:
    """Print the title of each page, and how many characters went."""
    with ThreadPoolExecutor(max_workers=2) as threads:
        for path, result in zip(paths, await asyncio.gather(*(article(path, threads) for path in paths)), strict=True):
            print(f"{path}: {result.title}, {result.report.removed_characters:,} characters removed")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
