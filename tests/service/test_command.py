"""`cleaner serve` and `cleaner mcp` as commands: what they say when they cannot begin."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from tests.cli import conftest
from tests.cli.conftest import Call
from tests.service.conftest import STORY, running

call = conftest.call  # the fixture
MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe())'"


@pytest.fixture(autouse=True)
def _no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANER_TOKEN", raising=False)
    monkeypatch.setenv("CLEANER_CONFIG", "off")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "box.example"])
def test_other_machines_only_with_a_token(host: str, call: Call) -> None:
    ran = call("serve", "--host", host)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == f"cleaner: --host {host} lets others in: put a token into CLEANER_TOKEN, as {MAKE} makes one\n"


def test_a_token_that_is_short(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    short = f"cleaner: the token is too short; it needs 16 characters, as {MAKE} makes them\n"
    file = tmp_path / "token"
    file.write_text("secret\n")
    ran = call("serve", "--token-file", str(file))
    assert (ran.code, ran.err) == (2, short)
    monkeypatch.setenv("CLEANER_TOKEN", "secret")
    ran = call("serve")
    assert (ran.code, ran.err) == (2, short)


def test_a_token_that_cannot_be_read(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "token"
    ran = call("serve", "--token-file", str(file))
    assert (ran.code, ran.err) == (3, f"cleaner: {file}: no such file; check the name, or pipe the text in\n")
    file.write_bytes(b"\xff" * 20)
    ran = call("serve", "--token-file", str(file))
    assert (ran.code, ran.err) == (3, f"cleaner: {file}: no token: it is no text\n")


def test_a_token_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a-token-that-is-long-enough\n")
    with running("--token-file", str(file)) as service:
        assert service.post("/clean", {"text": STORY}).status == 401
        service.headers["Authorization"] = "Bearer a-token-that-is-long-enough"
        assert service.post("/clean", {"text": STORY}).status == 200


def test_a_port_that_is_taken(call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = call("serve", "--port", str(port))
    why = "Address already in use; try another --port"
    assert (ran.code, ran.err) == (2, f"cleaner: cannot listen at 127.0.0.1:{port}: {why}\n")


@pytest.mark.parametrize("port", ["web", "-1", "65536", "9999999"])
def test_no_port(port: str, call: Call) -> None:
    ran = call("serve", f"--port={port}")
    problem = "a port is a number from 0 to 65535"
    assert (ran.code, ran.err) == (2, f"cleaner: argument --port: {problem}; see cleaner serve --help\n")


def test_broken_rules(tmp_path: Path, call: Call) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("rules: 7\n")
    for command in ("serve", "mcp"):
        options = ("--port", "0") if command == "serve" else ()
        ran = call(command, *options, "--rules", str(tmp_path), stdin=b"")
        assert (ran.code, ran.out) == (4, b"")
        assert ran.err.startswith(f"cleaner: {file}:1: ")
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize(("command", "package"), [("serve", "uvicorn"), ("mcp", "mcp")])
def test_without_the_packages(command: str, package: str, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("cleaner.service.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, package, None)
    ran = call(command)
    what = {"serve": "a service", "mcp": "an assistant"}[command]
    assert ran.code == 2
    assert ran.err.startswith(f"cleaner: {what} needs the package {package}")
    assert f"pip install '.[{command}]'" in ran.err  # from an installed package it names that
