"""Long runs: how they gain by more workers, what memory they take, and whether killing them does any harm.

    python -m benchmarks.batch make BENCH FOLDER --files 20000   a mixed folder of clippings and pages to clean
    python -m benchmarks.batch speed FOLDER                      one worker and two, side by side
    python -m benchmarks.batch memory SMALL LARGE                peak memory of all processes on two folders
    python -m benchmarks.batch kill FOLDER                       kill -9 ten times, go on, compare the output

BENCH holds `text/dev.jsonl.gz` and `html/…/*.html.gz`.  The folder gets the seeds, clippings as text and Markdown,
pages, and JSON lines of clippings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import psutil

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_PAGES = 30  # one file in so many is a page
_LINES = 50  # documents of a file of JSON lines
_KILLS = 10


def make(bench: Path, folder: Path, files: int) -> None:
    """Fill a folder with `files` files."""
    texts, pages, seeds = cycle(_texts(bench)), cycle(_pages(bench)), cycle(sorted(_SEEDS.iterdir()))
    chance = random.Random(7)
    for number in range(files):
        place = folder / f"{number % 97:02}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 1000 == 0:
            seed = next(seeds)
            (place / f"{number}-{seed.name}").write_bytes(seed.read_bytes())
        elif number % 1000 == 1:
            records = islice(texts, _LINES)
            lines = [json.dumps({"id": n, "text": text, "kind": kind}) + "\n" for n, (kind, text) in enumerate(records)]
            (place / f"{number}.jsonl").write_text("".join(lines), encoding="utf-8")
        elif number % _PAGES == 2:
            (place / f"{number}.html").write_bytes(next(pages))
        else:
            suffix, text = next(texts)
            note = f"Note {chance.randrange(10**9)}\n\n" if number > files // 2 else ""
            (place / f"{number}{suffix}").write_text(note + text, encoding="utf-8")


def _texts(bench: Path) -> list[tuple[str, str]]:
    with gzip.open(bench / "text" / "dev.jsonl.gz", "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    return [(".md" if kind == "md" else ".txt", text) for record in records for kind, text in record["clips"].items()]


def _pages(bench: Path) -> Iterator[bytes]:
    for path in islice(sorted(bench.glob("html/**/*.html.gz")), 200):
        yield gzip.decompress(path.read_bytes())


def command(folder: Path, dest: Path, *options: str) -> list[str]:
    """`cleaner batch`, quietly."""
    return [sys.executable, "-m", "cleaner", "batch", "--quiet", *options, str(folder), str(dest)]


def speed(folder: Path, rounds: int = 1) -> float:
    """How much faster two workers are than one, in turn; and the most memory that they take."""
    times: dict[str, list[float]] = {"1": [], "2": []}
    for _ in range(rounds):
        for jobs, taken in times.items():
            seconds, most, main = _timed(folder, "--jobs", jobs)
            taken.append(seconds)
            print(f"{jobs} worker(s): {seconds:.1f} s, {most:.0f} MB, the main process {main:.0f} MB", flush=True)
    ratio = min(times["1"]) / min(times["2"])
    print(f"two workers are {ratio:.2f} times as fast as one")
    return ratio


def memory(folders: list[Path]) -> None:
    """The most memory that all processes of a run, and the main one alone, take."""
    for folder in folders:
        _, most, main = _timed(folder, "--jobs", "2")
        print(f"{folder}: {most:.0f} MB in all, {main:.0f} MB of them the main process")


def _timed(folder: Path, *options: str) -> tuple[float, float, float]:
    """Seconds, and megabytes of all processes and of the main one."""
    with tempfile.TemporaryDirectory() as dest:
        begin = time.perf_counter()
        process = subprocess.Popen(command(folder, Path(dest) / "out", *options))
        most, main = _watch(psutil.Process(process.pid))
        process.wait()
        return time.perf_counter() - begin, most / 1e6, main / 1e6


def _watch(process: psutil.Process) -> tuple[int, int]:
    most = main = 0
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        try:
            family = [process, *process.children(recursive=True)]
            sizes = [one.memory_full_info().pss for one in family]
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        most, main = max(most, sum(sizes)), max(main, sizes[0])
        time.sleep(0.2)
    return most, main


def kill(folder: Path, kills: int = _KILLS, seed: int = 11) -> bool:
    """Whether a run that was killed again and again ends with the same bytes as one that was not."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        whole, cut = Path(place) / "whole", Path(place) / "cut"
        begin = time.perf_counter()
        subprocess.run(command(folder, whole), check=True)
        span = time.perf_counter() - begin
        for number in range(kills):
            run = subprocess.Popen(command(folder, cut), start_new_session=True)
            wait = chance.uniform(0.3, 1 + span / kills)
            try:
                run.wait(wait)
                print(f"kill {number + 1}: the run had ended before {wait:.1f} s")
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()
                print(f"kill {number + 1}: after {wait:.1f} s, {len(contents(cut)):,} files are there", flush=True)
        subprocess.run(command(folder, cut), check=True)
        same = contents(whole) == contents(cut)
        drafts = [path for path in cut.rglob("*") if path.name.endswith((".tmp", ".spool"))]
        print(f"{len(contents(whole)):,} files; the same bytes: {same}; left behind: {len(drafts)}")
        return same and not drafts


def contents(folder: Path) -> dict[str, bytes]:
    """All files of an output with their bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cleaner" not in path.parts
    }


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action", required=True)
    making = actions.add_parser("make")
    making.add_argument("bench", type=Path)
    making.add_argument("folder", type=Path)
    making.add_argument("--files", type=int, default=20_000)
    for name, count in (("speed", 1), ("memory", 2), ("kill", 1)):
        action = actions.add_parser(name)
        action.add_argument("folders", type=Path, nargs=count)
        action.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    if options.action == "make":
        make(options.bench, options.folder, options.files)
    elif options.action == "memory":
        memory(options.folders)
    elif options.action == "speed":
        speed(options.folders[0], options.rounds)
    else:
        kill(options.folders[0])


if __name__ == "__main__":
    main()
