"""Fuzz the targets: ``python -m tests.fuzz.run [--seconds 600] [--keep FOLDER] [TARGET …]``.

With Atheris (``pip install -e '.[fuzz]'``) inputs are grown by what code they reach; without it they are mutations of
the corpus.  Printed are executions per target; what breaks a promise is written to FOLDER, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.corpus import FOLDER, inputs
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

_GUIDED = """\
import sys
import atheris
with atheris.instrument_imports(include=["cleaner"]):
    from tests.fuzz.targets import TARGETS
atheris.Setup(sys.argv, TARGETS[{target!r}])
atheris.Fuzz()
"""
_DONE = re.compile(r"Done (\d+) runs|^#(\d+)\s", re.MULTILINE)
_MAX = 20_000  # bytes of an input


def guided(target: str, seconds: int, keep: Path) -> tuple[int, int]:
    """Executions and faults of a target under Atheris, which ends at the first fault."""
    with tempfile.TemporaryDirectory() as grown:
        limits = [f"-max_total_time={seconds}", f"-max_len={_MAX}", "-timeout=60", "-rss_limit_mb=4096"]
        command = [sys.executable, "-c", _GUIDED.format(target=target), *limits]
        command += [f"-artifact_prefix={keep}/{target}-", grown, str(FOLDER / target)]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    runs = [int(one or other) for one, other in _DONE.findall(run.stdout)]
    if run.returncode:
        print(run.stdout[-3000:], file=sys.stderr)
    return max(runs, default=0), int(run.returncode != 0)


def mutating(target: str, seconds: int, keep: Path, seed: int) -> tuple[int, int]:
    """Executions and faults of a target under mutations of its corpus."""
    chance = random.Random(f"{target} {seed}")
    seeds = list(inputs(target).values())
    runs = faults = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(chance.choice(seeds), chance, seeds)[:_MAX]
        runs += 1
        try:
            TARGETS[target](data)
        except Exception as error:
            faults += 1
            name = hashlib.sha256(data).hexdigest()[:12]
            with contextlib.suppress(OSError):
                (keep / f"{target}-{name}").write_bytes(data)
            print(f"{target}: {type(error).__name__}: {error!s:.300}", file=sys.stderr)
    return runs, faults


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plain", action="store_true", help="mutate, even if Atheris is there")
    args = parser.parse_args()
    args.keep.mkdir(exist_ok=True)
    has_atheris = importlib.util.find_spec("atheris") is not None and not args.plain
    total = 0
    for target in args.targets or TARGETS:
        if has_atheris:
            runs, faults = guided(target, args.seconds, args.keep)
        else:
            runs, faults = mutating(target, args.seconds, args.keep, args.seed)
        print(f"{target:10} {runs:9,} executions  {faults} faults", flush=True)
        total += faults
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())
