"""Three node processes, one of which is killed at work, and then the process that drives them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from cleaner.cluster.files import Files
from cleaner.cluster.memory import FOLDER
from tests.batch.poison import SLOW
from tests.batch.support import batch, contents
from tests.cluster.support import lines, rows
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("inline")]


EACH = 96
"""Documents of a file, which is one part of the work: enough for a node to die at it."""


@dataclass(frozen=True)
class Nodes:
    """Where a cluster is: its address, and the process of each node by the node's name, that of the head first."""

    address: str
    raylets: dict[str, int]


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    """A cluster of three nodes with one core each; work on it takes its time."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cluster.nodes", "3"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "CLEANER_WORKER_HOOK": SLOW, "PYTHONPATH": path},
    )
    assert process.stdout is not None
    told = next(line for line in process.stdout if line.startswith("{"))
    yield Nodes(**json.loads(told))
    process.communicate(timeout=60)


@contextmanager
def started(nodes: Nodes, source: Path, dest: Path) -> Iterator[subprocess.Popen[str]]:
    """`cleaner cluster` in a process group of its own."""
    command = [sys.executable, "-m", "cleaner", "cluster", "--json", "--address", nodes.address, source, dest]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        yield process


def events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a run tells, as it does: nothing else is on its standard output, whatever dies."""
    assert process.stdout is not None
    yield from map(json.loads, process.stdout)


def at_work(raylet: psutil.Process) -> list[str]:
    """What the workers of a node are called while they do something, of those whose sheltered process runs."""
    busy = [worker for worker in raylet.children() for child in worker.children() if child.is_running()]
    return [" ".join(worker.cmdline()) for worker in busy]


def test_a_node_and_the_driver_die(tmp_path: Path, nodes: Nodes) -> None:
    source, dest = tmp_path / "in", tmp_path / "out"
    for number in range(12):
        lines(source / f"{number:02}.jsonl.gz", rows(EACH, 1000 * number))
    others = dict(list(nodes.raylets.items())[1:])  # the head stays
    victim = ""
    parts: Counter[str] = Counter()
    busy: list[str] = []
    with started(nodes, source, dest) as first:
        for event in events(first):
            if event["event"] == "part":
                parts[event["node"]] += 1
                if not victim and event["node"] in others:
                    victim = event["node"]
                    raylet = psutil.Process(others[victim])
                    busy = at_work(raylet)
                    raylet.kill()
                if victim and parts.total() >= 8:
                    break
        os.killpg(first.pid, signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
    assert any("CleanParts" in name for name in busy)
    assert len(parts) >= 2
    with started(nodes, source, dest) as second:
        done = list(events(second))[-1]
        assert second.wait() == 0
    assert done["event"] == "done"
    assert 0 < done["documents"] < 12 * EACH  # what was clean stayed
    assert victim not in done["nodes"]
    batch(source, dest=tmp_path / "one")
    assert contents(dest) == contents(tmp_path / "one")
    left = [name for name, _, _ in Files(str(dest)).listed(FOLDER)]
    assert len(left) == 12 + 1
    assert all(name.endswith((".done", "run.json")) for name in left)
