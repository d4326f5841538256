"""Ray, for the tests that need it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.batch.poison import HOOK as POISON
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def ray_here(_own_cache: None) -> Iterator[None]:
    """Ray on this machine alone, whose workers meet poison as the documents say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("CLEANER_WORKER_HOOK", POISON)
        patch.setenv("RAY_BACKEND_LOG_LEVEL", "fatal")
        import ray

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="CRITICAL")
        yield
        ray.shutdown()
