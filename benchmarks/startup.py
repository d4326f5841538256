"""How long `echo hi | cleaner` takes beside `python -c pass`: medians and their ratio, side by side in one run.

python -m benchmarks.startup
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time

RUNS = 20
CLIPPING = b"A short article about ferries.\n\nAdvertisement\n\nIt ends here.\n"


def seconds(command: list[str], stdin: bytes) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def ratios(runs: int = RUNS) -> dict[str, float]:
    """Median times of the filter on a word and on a clipping, each over that of `python -c pass`."""
    cleaner = shutil.which("cleaner")
    command = [cleaner] if cleaner else [sys.executable, "-m", "cleaner"]
    cases = {
        "python -c pass": ([sys.executable, "-c", "pass"], b""),
        "echo hi | cleaner": (command, b"hi\n"),
        "a clipping with leftovers": (command, CLIPPING),
    }
    for argv, stdin in cases.values():  # warm the caches
        seconds(argv, stdin)
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, (argv, stdin) in cases.items():
            times[name].append(seconds(argv, stdin))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, value in medians.items():
        print(f"{name:28} {value * 1000:6.1f} ms   {value / medians['python -c pass']:.2f}")
    return {name: value / medians["python -c pass"] for name, value in medians.items()}


if __name__ == "__main__":
    ratios()
