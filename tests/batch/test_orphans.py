"""The main process is killed alone: its workers end, and none of them writes into the next run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from cleaner.batch.home import lock_of
from cleaner.batch.state import State, folder_of
from cleaner.errors import OutputError
from cleaner.formats.options import Cleaning
from cleaner.isolation.pool import HOOK
from tests.batch.poison import SLOW
from tests.batch.support import DIRTY, batch, contents, fill

pytestmark = pytest.mark.slow


def test_a_worker_of_a_killed_run_writes_nothing_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOOK, SLOW)
    source = fill(tmp_path / "in", {f"{n}.txt": DIRTY for n in range(300)})
    dest = tmp_path / "out"
    command = [sys.executable, "-m", "cleaner", "batch", "-q", "--jobs", "2", str(source), str(dest)]
    with subprocess.Popen(command) as run:
        while len(list(dest.glob("*.txt"))) < 5 and run.poll() is None:  # drafts come and go beside them
            time.sleep(0.01)
        workers = psutil.Process(run.pid).children(recursive=True)
        assert len(workers) >= 2
        run.kill()
    monkeypatch.delenv(HOOK)
    batch(source, dest=dest, cleaning=Cleaning(only=("donation",)))
    psutil.wait_procs(workers, timeout=60)
    assert set(contents(dest).values()) == {DIRTY.encode()}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_a_run_waits_for_the_workers_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    State(str(tmp_path)).close()
    code = "import sys; from cleaner.batch.lock import hold; hold(sys.argv[1]); print(flush=True); input()"
    command = [sys.executable, "-c", code, lock_of(folder_of(str(tmp_path)))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        with monkeypatch.context() as patch:
            patch.setattr("cleaner.batch.lock._PATIENCE", 0.1)
            with pytest.raises(OutputError, match="processes of a run that was killed are still at work here"):
                State(str(tmp_path))
        worker.kill()
    State(str(tmp_path)).close()
