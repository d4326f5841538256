"""Workers that hang, die or run out of memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psutil
import pytest

from cleaner.isolation.pool import Pool
from cleaner.isolation.problem import Problem

MEMORY = 500_000_000


@dataclass(frozen=True)
class Start:
    """Gives `work`, or fails."""

    fails: bool = False

    def __call__(self) -> Callable[[str], str]:
        if self.fails:
            raise ValueError("no rules")
        return work


def work(task: str) -> str:
    """Does what the task says."""
    if task == "hang":
        time.sleep(600)
    elif task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif task == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif task == "memory":
        try:
            return str(len(bytearray(2 * MEMORY)))
        except MemoryError:
            return "out of memory"
    elif task == "slow":
        time.sleep(0.3)
    elif task == "slower":
        time.sleep(2)
    return task.upper()


def patience(task: str) -> float:
    """Which task may take its time."""
    return 5.0 if task == "slower" else 0.0


@pytest.fixture
def pool() -> Iterator[Pool[str, str]]:
    made: Pool[str, str] = Pool(Start(), jobs=2, seconds=0.2, memory=MEMORY)
    made._seconds = 1.0
    yield made
    made.close()


def done(pool: Pool[str, str], chunks: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """All answers, problems by their code."""
    return sorted(
        (task, answer.code if isinstance(answer, Problem) else answer)
        for answers in pool.run(chunks)
        for task, answer in answers
    )


def test_one_kill_and_one_hang_among_400_tasks(pool: Pool[str, str]) -> None:
    tasks = [f"t{number:03}" for number in range(398)]
    tasks[100:100], tasks[300:300] = ["kill"], ["hang"]
    answers = done(pool, [tasks[at : at + 40] for at in range(0, 400, 40)])
    good = [(task, task.upper()) for task in tasks if task not in ("kill", "hang")]
    assert answers == sorted([*good, ("kill", "crash"), ("hang", "timeout")])


def test_many_that_die(pool: Pool[str, str]) -> None:
    answers = done(pool, [["a", "segfault", "b", "kill", "c"], ["d", "memory", "e"]])
    assert answers == [
        ("a", "A"),
        ("b", "B"),
        ("c", "C"),
        ("d", "D"),
        ("e", "E"),
        ("kill", "crash"),
        ("memory", "out of memory"),
        ("segfault", "crash"),
    ]


def test_the_reason_names_the_signal(pool: Pool[str, str]) -> None:
    (problem,) = (answer for answers in pool.run([["segfault"]]) for _, answer in answers)
    assert isinstance(problem, Problem)
    assert "SIGSEGV" in problem.text


def test_a_slow_chunk_is_not_a_hang(pool: Pool[str, str]) -> None:
    assert done(pool, [["slow"] * 6]) == [("slow", "SLOW")] * 6


def test_some_tasks_may_take_longer() -> None:
    pool: Pool[str, str] = Pool(Start(), jobs=1, seconds=0.1, memory=MEMORY, patience=patience)
    pool._seconds = 0.6
    try:
        assert done(pool, [["slow", "a", "slower"]]) == [("a", "A"), ("slow", "SLOW"), ("slower", "SLOWER")]
    finally:
        pool.close()


def test_chunks_may_be_added_on_the_way(pool: Pool[str, str]) -> None:
    answers = []
    for found in pool.run([["a"]]):
        answers += found
        if len(answers) < 3:
            pool.add(["b"])
    assert answers == [("a", "A"), ("b", "B"), ("b", "B")]


def test_a_stopped_pool_finishes_what_is_out(pool: Pool[str, str]) -> None:
    taken: list[str] = []

    def chunks() -> Iterator[list[str]]:
        for number in range(1000):
            taken.append(str(number))
            yield [str(number)]

    answers = []
    for found in pool.run(chunks()):
        answers += [task for task, _ in found]
        pool.stop()
    assert sorted(answers, key=int) == taken
    assert len(taken) < 10


def test_it_can_run_again(pool: Pool[str, str]) -> None:
    assert done(pool, [["a"]]) == [("a", "A")]
    assert done(pool, [["b"], ["kill"]]) == [("b", "B"), ("kill", "crash")]
    assert done(pool, []) == []


def test_a_worker_that_cannot_start_says_why() -> None:
    pool: Pool[str, str] = Pool(Start(fails=True), jobs=1, seconds=1, memory=MEMORY)
    try:
        with pytest.raises(ValueError, match="no rules"):
            list(pool.run([["a"]]))
    finally:
        pool.close()


def test_a_worker_whose_pool_was_killed_ends_itself() -> None:
    code = (
        "from cleaner.isolation.pool import Pool\n"
        "from tests.isolation.test_pool import Start\n"
        "pool = Pool(Start(), jobs=1, seconds=0.1, memory=10**9)\n"
        "pool._seconds = 1000.0\n"
        "for _ in pool.run([['a'], ['hang']]):\n"
        "    print(pool._workers[0].process.pid, flush=True)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env) as pool:
        assert pool.stdout is not None
        worker = psutil.Process(int(pool.stdout.readline()))
        pool.kill()
    assert not psutil.wait_procs([worker], timeout=60)[1]
