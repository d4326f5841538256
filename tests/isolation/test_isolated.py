"""One process for what may do harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.isolation.isolated import IsolatedWorker
from cleaner.isolation.problem import Problem
from tests.isolation.test_pool import MEMORY, Start


@pytest.fixture
def worker() -> Iterator[IsolatedWorker[str, str]]:
    made: IsolatedWorker[str, str] = IsolatedWorker(Start(), seconds=0.2, memory=MEMORY)
    made._pool._seconds = 1.0
    yield made
    made.close()


def test_answers_come_in_order_whatever_happens(worker: IsolatedWorker[str, str]) -> None:
    answers = worker(["a", "kill", "a", "hang", "b"])
    assert [answer.code if isinstance(answer, Problem) else answer for answer in answers] == [
        "A",
        "crash",
        "A",
        "timeout",
        "B",
    ]


def test_it_goes_on(worker: IsolatedWorker[str, str]) -> None:
    assert worker([]) == []
    assert worker(["a"]) == ["A"]
    assert isinstance(worker(["kill"])[0], Problem)
    assert worker(["b", "c"]) == ["B", "C"]


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from cleaner.isolation.isolated import IsolatedWorker\n"
        "from tests.isolation.test_pool import Start\n"
        "print('once')\n"
        "worker = IsolatedWorker(Start(), seconds=5, memory=10**9)\n"
        "print(worker(['a']))\n"
        "worker.close()\n"
    )
    ran = subprocess.run(
        [sys.executable, script], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("once\n['A']\n", "")
