"""One process for what may do harm."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.batch.problem import Problem
from cleaner.batch.shelter import Shelter
from tests.batch.test_pool import MEMORY, Start


@pytest.fixture
def shelter() -> Iterator[Shelter[str, str]]:
    made: Shelter[str, str] = Shelter(Start(), seconds=0.2, memory=MEMORY)
    made._pool._seconds = 1.0
    yield made
    made.close()


def test_answers_come_in_order_whatever_happens(shelter: Shelter[str, str]) -> None:
    answers = shelter(["a", "kill", "a", "hang", "b"])
    assert [answer.code if isinstance(answer, Problem) else answer for answer in answers] == [
        "A",
        "crash",
        "A",
        "timeout",
        "B",
    ]


def test_it_goes_on(shelter: Shelter[str, str]) -> None:
    assert shelter([]) == []
    assert shelter(["a"]) == ["A"]
    assert isinstance(shelter(["kill"])[0], Problem)
    assert shelter(["b", "c"]) == ["B", "C"]


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from cleaner.batch.shelter import Shelter\n"
        "from tests.batch.test_pool import Start\n"
        "print('once')\n"
        "shelter = Shelter(Start(), seconds=5, memory=10**9)\n"
        "print(shelter(['a']))\n"
        "shelter.close()\n"
    )
    ran = subprocess.run(
        [sys.executable, script], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("once\n['A']\n", "")
