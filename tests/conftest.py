"""What all tests share."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import cleaner
from cleaner.rulebook.store import Store
from tests.sample import FULL

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks and helpers are no part of the package

_NEED_RAY = "tests/cluster/"
_TOGETHER = (_NEED_RAY, "tests/browser/")

settings.register_profile("default", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("full" if FULL else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the reports that fixtures expect anew")
    parser.addoption(
        "--all-faults", action="store_true", help="let each call to the system fail in all ways, not in two"
    )


def pytest_configure(config: pytest.Config) -> None:
    """One cache of rules for all processes, so that they are compiled once; tests leave the user's alone."""
    if hasattr(config, "workerinput"):
        return  # a process of pytest-xdist, which has it from the first one
    given = os.environ.get("CLEANER_TESTS_CACHE")  # of whoever runs tests more than once
    if given:
        folder = given
    else:
        cache = tempfile.TemporaryDirectory(prefix="cleaner-tests-")
        config.add_cleanup(cache.cleanup)
        folder = cache.name
    os.environ["CLEANER_CACHE"] = folder
    os.environ["CLEANER_CONFIG"] = "off"  # nor do the settings of whoever runs them count
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # or Ray starts a process for it, and tells its makers
    _ = Store().payload
    later = time.time() + 30 * 86_400
    for entry in Path(folder, "rules").iterdir():
        os.utime(entry, (later, later))  # rules of tests fill the cache, and what was used last stays in it


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(_NEED_RAY):
            item.add_marker("cluster")
    if hasattr(config, "workerinput"):  # what takes long begins first, so that no process is left with it at the end
        items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("cluster", "slow")])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file run in one process, in turn, and so do all that need Ray or a browser, which start once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            folder = next((name for name in _TOGETHER if nodeid.startswith(name)), None)
            return folder or nodeid.partition("::")[0]

    config.option.loadscopereorder = False  # not the files with the most tests first
    return ByFile(config, log)


@pytest.fixture(scope="session")
def shipped() -> cleaner.Cleaner:
    """A cleaner with the shipped rules at level normal."""
    return cleaner.Cleaner()
