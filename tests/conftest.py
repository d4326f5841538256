"""What all tests share."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import cleaner
from cleaner.rulebook.store import Store

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks and helpers are no part of the package

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the reports that fixtures expect anew")


def pytest_configure(config: pytest.Config) -> None:
    """One cache of rules for all processes, so that they are compiled once; tests leave the user's alone."""
    if hasattr(config, "workerinput"):
        return  # a process of pytest-xdist, which has it from the first one
    cache = tempfile.TemporaryDirectory(prefix="cleaner-tests-")
    config.add_cleanup(cache.cleanup)
    os.environ["CLEANER_CACHE"] = cache.name
    os.environ["CLEANER_CONFIG"] = "off"  # nor do the settings of whoever runs them count
    _ = Store().payload


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _needs_ray(item.nodeid):
            item.add_marker("cluster")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file run in one process, in turn, and so do all that need Ray: what they share is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return "Ray" if _needs_ray(nodeid) else nodeid.partition("::")[0]

    return ByFile(config, log)


def _needs_ray(nodeid: str) -> bool:
    return nodeid.startswith(("tests/cluster/", "tests/integrations/test_ray.py"))


@contextmanager
def _ray_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_WORKER_HOOK", "tests.batch.poison:harm")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("RAY_BACKEND_LOG_LEVEL", "fatal")
        yield


@pytest.fixture(scope="session")
def _ray() -> Iterator[None]:
    import ray

    with _ray_environment():
        # More cores would mean more processes a run, each of which takes seconds to start.
        ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level="CRITICAL")
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def ray_here(_ray: None) -> Iterator[None]:
    """Ray on this machine alone, with one core, whose workers meet poison as the documents say."""
    with _ray_environment():
        yield


@pytest.fixture(scope="session")
def shipped() -> cleaner.Cleaner:
    """A cleaner with the shipped rules at level normal."""
    return cleaner.Cleaner()
