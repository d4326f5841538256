"""A run that is killed, or stopped, goes on where it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cleaner
from benchmarks.batch import kill
from cleaner.isolation.pool import HOOK
from tests.batch.poison import SLOW
from tests.batch.support import CLEAN, DIRTY, PAGE, contents, fill
from tests.cli.conftest import Call

pytestmark = pytest.mark.slow

FILES = {f"{n % 7}/{n}.txt": f"{DIRTY}\nNote {n} ends here.\n" for n in range(80)}
LINES = "".join(json.dumps({"n": n, "text": DIRTY}) + "\n" for n in range(40))


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOOK, SLOW)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", {**FILES, "many.jsonl": LINES, "page.html": PAGE})


def test_kill_and_go_on(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kill(source, kills=2, seed=3), capsys.readouterr().out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("inline")
def test_ctrl_c_keeps_what_is_done(source: Path, tmp_path: Path, call: Call, number: signal.Signals) -> None:
    dest = tmp_path / "out"
    command = ["batch", "--jobs", "1", str(source), str(dest)]
    run = subprocess.Popen([sys.executable, "-m", "cleaner", *command], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list(dest.glob("*/*.txt"))) < 16 and time.monotonic() < deadline:
        time.sleep(0.01)
    run.send_signal(number)
    _, told = run.communicate(timeout=30)
    assert run.returncode == 130, told
    assert "stopped; the same command goes on where it was" in told
    assert "Traceback" not in told
    done = contents(dest)
    assert 16 <= len(done) < len(FILES)
    assert {name: data for name, data in done.items() if name in FILES and data != _clean(name)} == {}
    assert call(*command).code == 0
    lines = [json.loads(line)["text"] for line in contents(dest)["many.jsonl"].splitlines()]
    assert lines == [CLEAN] * 40


def _clean(name: str) -> bytes:
    return cleaner.clean(FILES[name]).text.encode()
