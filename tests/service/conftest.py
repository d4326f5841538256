"""A service in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.conftest import ROOT

STORY = "The story is long enough to stay here.\n\nSign up for our newsletter\n"
CLEAN = "The story is long enough to stay here.\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as plain data."""
        return json.loads(self.body)


@dataclass(slots=True)
class Running:
    """A service that runs, and where."""

    process: subprocess.Popen[str]
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """Send one request; a body that is no bytes is sent as JSON, and `X_Y` stands for the header X-Y."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given = {"Content-Type": "application/json", **given}
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, {**self.headers, **given})
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: Any, **headers: str) -> Reply:
        """Send a clipping."""
        return self.ask("POST", path, body, **headers)

    def stop(self) -> tuple[int, str]:
        """End it as a service manager does; the exit code, and what it said after it was ready."""
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


Run = Callable[..., Any]


@contextmanager
def running(*options: str, token: str = "", **environment: str) -> Iterator[Running]:
    """A service at a port that is free; it is ended."""
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "CLEANER_WORKER_HOOK": "tests.service.harm:harm",
        "CLEANER_TOKEN": token,
        **environment,
    }
    command = [sys.executable, "-m", "cleaner", "serve", "--port", "0", "--jobs", "2", *options]
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.fullmatch(r"cleaner: serving at http://[^/]*:(\d+)/ \(Ctrl-C ends it\)\n", first)
        assert found, first + process.stderr.read()
        yield Running(process, int(found[1]), {"Authorization": f"Bearer {token}"} if token else {})
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def service() -> Iterator[Running]:
    """A service as it is by default."""
    with running() as made:
        yield made
