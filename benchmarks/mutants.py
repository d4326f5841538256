"""Faults planted in the code, one at a time: how many of them do the tests notice?

    python -m benchmarks.mutants [--only PATTERN] [--results FILE] [--again]

What is mutated and which tests are asked stands in `pyproject.toml`, under `tool.mutants`: per set some modules and the
quick tests that concern them.  A mutant that makes one of these tests fail, or never end, is killed; the others are
listed.  With `--results` what came of each mutant is kept, and `--again` tries only those that survived there.

The tests are collected once, and run once to see which of them reach which function.  Then for each mutant the process
is forked, the code of one function exchanged, and the tests that reach it run, the quickest first, until one fails: so
a mutant costs hundredths of a second instead of a start of pytest.  Not mutated is what runs while modules are
imported: constants, tables, decorators, defaults of arguments.  Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.mutations import Mutant, mutants_of
from tests.forgetting import forget_all

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 2
"""A mutant may take so many times the processor time that its tests take, and `FLOOR` seconds."""
FLOOR = 2.0
_MEMORY = 4 << 30  # bytes

Place = tuple[str, str, int]
"""File, name and first line of a function."""
Fates = dict[str, str]
"""What became of each mutant: `killed`, `survived`, or `unreached` by any test."""


@dataclass(frozen=True, slots=True)
class Set:
    """Some modules and the tests that concern them, as patterns and paths below the root."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self, only: str) -> list[Path]:
        """The modules."""
        found = {path for pattern in self.modules for path in ROOT.glob(pattern)}
        return sorted(path for path in found if fnmatch(path.relative_to(ROOT).as_posix(), only))


def sets() -> list[Set]:
    """What stands in the settings."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
    return [Set(tuple(one["modules"]), tuple(one["tests"])) for one in settings["sets"]]


class Trial:
    """A plugin of pytest that tries mutants instead of running the tests."""

    def __init__(self, files: Iterable[Path], fates: Fates, again: frozenset[str], results: Path | None) -> None:
        self._fates = fates
        self._results = results
        self._files = {str(path): path.relative_to(ROOT).as_posix() for path in files}
        self._again = again
        self._seconds: dict[pytest.Item, float] = {}
        self._reaching: dict[Place, list[pytest.Item]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Before the tests are collected: those of Hypothesis try the same each time, and shrink nothing."""
        from hypothesis import HealthCheck, Phase, settings

        settings.register_profile(
            "mutants",
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """What pytest does with the tests that it has collected."""
        if session.testsfailed:
            raise pytest.UsageError("tests could not be collected")
        self._survey(session)
        functions = _functions(self._files)
        for path, name in self._files.items():
            for mutant in mutants_of(Path(path).read_text(encoding="utf-8"), path):
                key = f"{name}:{mutant.line}: {mutant.what} [{mutant.number}]"
                if self._again and key not in self._again:
                    continue
                place = path, mutant.function, mutant.first_line
                items = sorted(self._reaching.get(place, ()), key=self._seconds.__getitem__)
                function = functions.get(place)
                fate = "unreached"
                if items and function is not None:
                    fate = "survived" if self._survives(session, mutant, function, items) else "killed"
                self._fates[key] = fate
                if fate != "killed":
                    print(f"{fate:9} {key}", file=sys.__stdout__, flush=True)
            if self._results:
                self._results.write_text(json.dumps(self._fates, indent=0), encoding="utf-8")
        return True

    def _survey(self, session: pytest.Session) -> None:
        """Run the tests once: how long they take, and what they reach."""
        reached: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: Any) -> None:
            if event == "call" and frame.f_code.co_filename in self._files:
                reached.add(frame.f_code)

        items = session.items
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            reached.clear()
            _forget(self._files)
            start = time.process_time()
            sys.setprofile(note)
            reports = runtestprotocol(item, log=False, nextitem=following)
            sys.setprofile(None)
            self._seconds[item] = time.process_time() - start
            if any(report.failed for report in reports):
                raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
            for code in reached:
                self._reaching.setdefault((code.co_filename, code.co_name, code.co_firstlineno), []).append(item)

    def _survives(
        self, session: pytest.Session, mutant: Mutant, function: FunctionType, items: Sequence[pytest.Item]
    ) -> bool:
        allowed = FLOOR + PATIENCE * sum(self._seconds[item] for item in items)
        child = os.fork()
        if not child:
            os._exit(self._tried(session, mutant, function, items, allowed))
        _, status = os.waitpid(child, 0)
        return status == 0

    def _tried(
        self,
        session: pytest.Session,
        mutant: Mutant,
        function: FunctionType,
        items: Sequence[pytest.Item],
        allowed: float,
    ) -> int:
        """In a process of its own: 0 if no test fails."""
        try:
            signal.setitimer(signal.ITIMER_PROF, allowed)  # which ends the process
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            function.__code__ = mutant.code
            _forget(self._files)
            session._setupstate.teardown_exact(items[0])
            for item, following in zip(items, [*items[1:], items[0]], strict=True):
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    return 1
        except BaseException:
            return 1
        return 0


def _functions(files: Iterable[str]) -> dict[Place, FunctionType]:
    """The functions of some files that are alive, whatever decorates them."""
    wanted = set(files)
    return {
        (one.__code__.co_filename, one.__code__.co_name, one.__code__.co_firstlineno): one
        for one in gc.get_objects()
        if isinstance(one, FunctionType) and one.__code__.co_filename in wanted
    }


def _forget(files: Container[str]) -> None:
    """Empty the memories of functions of some files."""
    forget_all(lambda one: one.__code__.co_filename in files)


def tried(one: Set, only: str, fates: Fates, again: frozenset[str], results: Path | None) -> None:
    """Try the mutants of a set, in this process."""
    files = one.files(only)
    if not files:
        return
    trial = Trial(files, fates, again, results)
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *one.tests]
    code = pytest.main(arguments, plugins=[trial])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(int(code))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="*", metavar="PATTERN", help="modules, as `cleaner/decide/*`")
    parser.add_argument("--results", type=Path, help="a file that keeps what came of each mutant")
    parser.add_argument("--again", action="store_true", help="try those of --results that were not killed")
    args = parser.parse_args()
    os.chdir(ROOT)
    fates: Fates = {}
    if args.results and args.results.exists():
        fates = json.loads(args.results.read_text(encoding="utf-8"))
    again = frozenset(key for key, fate in fates.items() if fate != "killed") if args.again else frozenset[str]()
    for one in sets():
        tried(one, args.only, fates, again, args.results)
    totals: dict[str, Counter[str]] = {}
    for key, fate in fates.items():
        totals.setdefault(key.partition(":")[0], Counter())[fate] += 1
    for name, count in [*totals.items(), ("all", sum(totals.values(), Counter()))]:
        print(f"{name:40} {count.total():5} mutants, {100 * count['killed'] / max(1, count.total()):5.1f} % killed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
