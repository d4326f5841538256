"""A watched folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.batch.support import CLEAN, DIRTY, PAGE, contents, fill
from tests.cli.conftest import Call

pytestmark = pytest.mark.slow

_READY = "Ctrl-C ends it"


class Watch:
    """`cleaner watch` in a process of its own, which is told when it is ready."""

    def __init__(self, *args: str | Path) -> None:
        command = [sys.executable, "-m", "cleaner", "watch", "--jobs", "2", *map(str, args)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        assert _READY in self.process.stderr.readline()
        time.sleep(1.5)  # the workers get ready

    def end(self) -> str:
        """Ctrl-C; gives what it told."""
        self.process.send_signal(signal.SIGINT)
        _, told = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, told
        return told


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    started: list[Watch] = []

    def start(*args: str | Path) -> Watch:
        started.append(Watch(*args))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


def until(holds: Callable[[], bool], seconds: float) -> float:
    """How long it takes until something holds; the test fails if that is too long."""
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() < begin + seconds
        time.sleep(0.02)
    return time.monotonic() - begin


def test_what_arrives_is_clean(tmp_path: Path, watch: Callable[..., Watch], call: Call) -> None:
    folder = fill(tmp_path / "vault", {"old.md": DIRTY, ".obsidian/a.md": DIRTY})
    one = watch("--all-notes", folder)
    fill(folder, {"new.md": DIRTY})
    until(lambda: (folder / "new.md").read_text() == CLEAN, 60)
    fill(tmp_path, {"part": DIRTY})
    (folder / "sub").mkdir()
    os.rename(tmp_path / "part", folder / "sub/moved.txt")
    until(lambda: (folder / "sub/moved.txt").read_text() == CLEAN, 60)
    fill(folder, {"new.md": DIRTY + "More.\n"})
    until(lambda: (folder / "new.md").read_text() == CLEAN + "More.\n", 60)
    os.makedirs(tmp_path / "tree/deep")
    fill(tmp_path / "tree/deep", {"x.md": DIRTY})
    os.rename(tmp_path / "tree", folder / "tree")
    until(lambda: (folder / "tree/deep/x.md").read_text() == CLEAN, 60)
    told = one.end()
    assert "Traceback" not in told
    assert contents(folder)["old.md"] == contents(folder)[".obsidian/a.md"] == DIRTY.encode()
    ran = call("undo", "--all", str(folder))
    assert (ran.code, ran.err.count("it was edited since")) == (1, 1)  # new.md, between two cleanings
    assert contents(folder)["tree/deep/x.md"] == DIRTY.encode()
    assert contents(folder)["new.md"] == f"{DIRTY}More.\n".encode()


def test_two_hundred_at_once_and_no_work_when_idle(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    folder = fill(tmp_path / "in", {})
    folder.mkdir(exist_ok=True)
    one = watch(folder, tmp_path / "out")
    fill(folder, {f"{n}.md": DIRTY for n in range(200)})
    until(lambda: len(list((tmp_path / "out").glob("[0-9]*.md"))) == 200, 60)
    assert set(contents(tmp_path / "out").values()) == {CLEAN.encode()}
    time.sleep(1)
    before = _cpu(one.process.pid)
    time.sleep(4)
    assert _cpu(one.process.pid) - before < 0.06  # the clock ticks in hundredths, for each process
    assert "Traceback" not in one.end()


def test_a_file_is_taken_when_it_is_complete(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    one = watch(folder, tmp_path / "out")
    with (folder / "slow.html").open("w") as stream:
        for at in range(0, len(PAGE), len(PAGE) // 8):
            stream.write(PAGE[at : at + len(PAGE) // 8])
            stream.flush()
            time.sleep(0.15)
            assert not (tmp_path / "out/slow.md").exists()
    until((tmp_path / "out/slow.md").exists, 60)
    assert "1 document cleaned" in one.end()


def test_it_does_not_clean_its_own_output_again(tmp_path: Path, watch: Callable[..., Watch]) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    one = watch("--all-notes", "--existing", folder)
    until(lambda: (folder / "a.md").read_text() == CLEAN, 60)
    time.sleep(1.5)
    assert one.end().count("cleaned") == 1


def test_a_folder_that_is_not_there(tmp_path: Path, call: Call) -> None:
    ran = call("watch", str(tmp_path / "gone"))
    assert ran.code == 3
    assert "no such folder" in ran.err


def _cpu(pid: int) -> float:
    process = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))
