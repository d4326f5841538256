"""A crawl on another machine, as far as a server on this one is that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.cluster.files import Files
from cleaner.cluster.memory import FOLDER
from tests.batch.support import batch, contents
from tests.cluster.support import ClusterRecorder, crawl, lines, on_cluster, rows

_SERVER = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import ThreadedFTPServer
FTPHandler.authorizer = DummyAuthorizer()
FTPHandler.authorizer.add_user("reader", "secret", sys.argv[1], perm="elradfmwMT")
server = ThreadedFTPServer(("127.0.0.1", 0), FTPHandler)
print(server.socket.getsockname()[1], flush=True)
server.serve_forever()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an FTP server for the folder `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _SERVER, tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ},
    )
    assert process.stdout is not None
    with process:
        yield f"ftp://reader:secret@127.0.0.1:{process.stdout.readline().strip()}"
        process.kill()


@pytest.mark.usefixtures("ray_here", "inline")
def test_from_there_to_there(tmp_path: Path, server: str) -> None:
    crawl(tmp_path / "in")
    show = ClusterRecorder()
    summary = on_cluster(f"{server}/in", f"{server}/out", show=show)
    assert (summary.tally.documents, summary.failures, show.notes) == (61, 0, [])
    batch(tmp_path / "in", dest=tmp_path / "one", exclude=("*.md",))
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    assert "secret" not in str(summary.tally.top)
    left = [name for name, _, _ in Files(str(tmp_path / "out")).listed(FOLDER)]
    assert len(left) == 7  # six files and the run


@pytest.mark.usefixtures("nodes_inline")
def test_what_has_changed_there(tmp_path: Path, server: str) -> None:
    crawl(tmp_path / "in")
    on_cluster(f"{server}/in", f"{server}/out")
    lines(tmp_path / "in/a.jsonl", rows(3, 1000))
    again = on_cluster(f"{server}/in", f"{server}/out")
    assert (again.tally.documents, again.planned.current) == (3, 5)


@pytest.mark.usefixtures("nodes_inline")
def test_one_file_to_this_machine(tmp_path: Path, server: str) -> None:
    lines(tmp_path / "in/a.jsonl.gz", rows(5))
    assert on_cluster(f"{server}/in/a.jsonl.gz", tmp_path / "out").tally.documents == 5
    batch(tmp_path / "in/a.jsonl.gz", dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
