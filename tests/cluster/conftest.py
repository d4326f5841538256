"""A cluster of one node for all tests that need no more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.poison import HOOK

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def _ray(_own_cache: None) -> Iterator[None]:
    """Ray with two cores, whose workers meet poison as the documents say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_WORKER_HOOK", HOOK)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("RAY_BACKEND_LOG_LEVEL", "fatal")
        import ray

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="CRITICAL")
        yield
        ray.shutdown()


@pytest.fixture
def here(_ray: None) -> None:
    """For tests that run on this machine alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ray warns of itself."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))
