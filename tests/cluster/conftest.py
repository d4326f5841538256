"""What the tests of clusters have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.batch.inline import inline
from tests.cluster.inline import nodes_inline
from tests.conftest import ROOT

__all__ = ["inline", "nodes_inline"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ray warns of itself."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))


@contextmanager
def _environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_WORKER_HOOK", "tests.batch.poison:harm")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("RAY_BACKEND_LOG_LEVEL", "fatal")
        yield


@pytest.fixture(scope="package")
def _ray() -> Iterator[None]:
    import ray
    from ray.cluster_utils import Cluster

    from tests.cluster.nodes import BARE

    with _environment():
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, **BARE})
        ray.init(cluster.address, log_to_driver=False, logging_level="CRITICAL")
    yield
    ray.shutdown()
    cluster.shutdown()


@pytest.fixture(scope="module")
def ray_here(_ray: None) -> Iterator[None]:
    """Ray on this machine alone, whose workers meet poison as the documents say.

    A run has one process of each kind, since each takes seconds to start; those of `test_nodes` and of the command have
    as many as anybody's.
    """
    with _environment(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.cluster.helpers._FEW", 1)
        yield
