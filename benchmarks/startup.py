"""What it costs to start: beside `python -c pass`, and with rules that are new.

    python -m benchmarks.startup [ratios | rules]

`ratios`: how long `echo hi | cleaner` takes beside `python -c pass`; medians of wall time, side by side in one run.

`rules`: processor seconds, medians of some runs, of: a clipping cleaned with a pack of one's own; the same after one
line of that pack was changed; `rules lint` of the changed pack; a broken pack answered; the first clean after an
installation (pip builds and installs the project that stands in the working directory, for which it needs a network).
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS = 20
RULE_RUNS = 3
CLIPPING = b"A short article about ferries.\n\nAdvertisement\n\nIt ends here.\n"
PACK = """\
format: 1
pack: generic/startup
description: A pack of one's own.
languages: [en]
rules:
  - id: startup.ferry-ticket
    category: advertising
    confidence: certain
    scope: line
    message: offers tickets for a ferry, turn {turn}
    keywords: [ferry ticket]
    regex: ['get your ferry tickets? (?:now|here){{1,2}}']
    tests: {{removes: [Get your ferry ticket now], keeps: [A ferry ticket was found.]}}
"""


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


def processor_seconds(env: dict[str, str], *args: str, stdin: bytes = CLIPPING, code: int = 0) -> float:
    """What one run of the command costs, its child processes included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "cleaner", *args], input=stdin, capture_output=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != code:
        raise SystemExit(f"cleaner {' '.join(args)}: exit {done.returncode}: {done.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rules(runs: int = RULE_RUNS) -> dict[str, float]:
    """Median processor seconds of the cases with rules."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "own.yaml")
        broken = Path(folder, "broken.yaml")
        broken.write_text(PACK.format(turn=0).replace("{1,2}", "{1,2}("), encoding="utf-8")
        env = {**os.environ, "CLEANER_CACHE": str(Path(folder, "cache"))}
        turns = iter(range(1_000_000))

        def changed(case: Callable[[], float]) -> float:
            own.write_text(PACK.format(turn=next(turns)), encoding="utf-8")
            return case()

        def clean() -> float:
            return processor_seconds(env, "--rules", str(own))

        changed(clean)
        cases: dict[str, Callable[[], float]] = {
            "a plain start, own rules": clean,
            "one line of them changed": lambda: changed(clean),
            "rules lint of the changed": lambda: changed(lambda: processor_seconds(env, "rules", "lint", str(own))),
            "a broken pack answered": lambda: processor_seconds(env, "--rules", str(broken), code=4),
        }
        medians = {name: statistics.median(case() for _ in range(runs)) for name, case in cases.items()}
    with installation() as env:
        fresh = ({**env, "CLEANER_CACHE": f"{env['CLEANER_CACHE']}-{number}"} for number in range(runs))
        medians["first clean, installed"] = statistics.median(map(processor_seconds, fresh))
        medians["the next one"] = statistics.median(processor_seconds(env) for _ in range(runs))
    for name, value in medians.items():
        print(f"{name:28} {value:6.2f} s")
    return medians


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The environment of an installation made from the working directory, with a cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, "."]
        subprocess.run(install, check=True)
        cache = os.path.join(folder, "cache")
        yield {**os.environ, "PYTHONPATH": folder, "PYTHONSAFEPATH": "1", "CLEANER_CACHE": cache}


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["ratios", "rules"]
    for name in chosen:
        {"ratios": ratios, "rules": rules}[name]()
