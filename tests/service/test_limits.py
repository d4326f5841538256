"""Size, time, queue and memory; and the end."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import psutil
import pytest

from tests.service.conftest import CLEAN, STORY, Running, running
from tests.service.harm import PLACE


@pytest.fixture(scope="module")
def small() -> Iterator[Running]:
    """A service with narrow limits."""
    with running("--max-megabytes", "1", "--max-seconds", "0.2", "--jobs", "1") as made:
        yield made


def _raw(service: Running, *parts: bytes) -> bytes:
    """What comes back for bytes that are sent as they are."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=60) as sock:
        for part in parts:
            sock.sendall(part)
        return b"".join(iter(lambda: sock.recv(65536), b""))


def test_a_body_that_is_too_large(small: Running) -> None:
    head = b"POST /clean HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    error = b'{"error":"the body is larger than 1 MB; see --max-megabytes"}'
    stated = _raw(small, head + b"Content-Length: 1000001\r\nExpect: 100-continue\r\n\r\n")
    assert stated.startswith(b"HTTP/1.1 413 ")
    assert stated.endswith(error)
    chunk = b"%x\r\n%s\r\n" % (400_000, b"a" * 400_000)
    unstated = _raw(small, head + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk, chunk, b"0\r\n\r\n")
    assert unstated.startswith(b"HTTP/1.1 413 ")
    assert unstated.endswith(error)


def test_a_head_that_does_not_end(small: Running) -> None:
    answer = _raw(small, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: " + b"y" * 100_000)
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_what_hangs_is_ended_and_the_service_goes_on(small: Running) -> None:
    reply = small.post("/clean", {"text": "HANG"})
    assert (reply.status, reply.json) == (504, {"error": "nothing came of it for 5 s"})
    assert small.post("/clean", {"text": STORY}).json["text"] == CLEAN


@pytest.mark.parametrize(
    ("text", "status", "error"),
    [
        (
            "KILL",
            500,
            "the process that cleaned it was ended by SIGKILL, perhaps by the system for want of memory",
        ),
        ("EAT", 422, "it needs more memory than a clipping may have"),
        ("FAULT", 500, "internal error: KeyError: 'fault' (please report)"),
    ],
)
def test_what_does_harm(text: str, status: int, error: str, small: Running) -> None:
    reply = small.post("/clean", {"text": text})
    assert (reply.status, reply.json) == (status, {"error": error})
    assert small.post("/clean", {"text": STORY}).json["text"] == CLEAN


def _begun(place: Path) -> int:
    """How many jobs have begun that wait; at least one."""
    while not (place / "begun").exists():
        time.sleep(0.01)
    return len((place / "begun").read_text())


def test_who_finds_the_queue_full_is_turned_away(tmp_path: Path) -> None:
    limits = ("--queue", "1", "--jobs", "1")
    with running(*limits, **{PLACE: str(tmp_path)}) as service, ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(service.post, "/clean", {"text": "WAIT"}) for _ in range(6)]
        first = [each.result() for each in islice(as_completed(asked), 4)]  # nobody else is answered yet
        (tmp_path / "go").touch()
        assert sorted(each.result().status for each in asked) == [200, 200, 503, 503, 503, 503]
    for reply in first:
        assert (reply.status, reply.json) == (503, {"error": "too many requests wait already; try again"})
        assert reply.headers["retry-after"] == "1"


def test_who_has_gone_is_not_worked_for(tmp_path: Path) -> None:
    head = b"POST /clean HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
    with running("--jobs", "1", **{PLACE: str(tmp_path)}) as service:
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", service.port)) as sock:
                sock.sendall(head + b'{"text": "WAIT"}')
        assert _begun(tmp_path) == 1
        assert service.ask("GET", "/health").status == 200  # what came before this has been seen to be gone
        (tmp_path / "go").touch()
        assert service.post("/clean", {"text": STORY}).json["text"] == CLEAN
    assert _begun(tmp_path) < 5


def test_two_hundred_at_once_in_bounded_memory() -> None:
    ballast = "x" * 1_000_000
    body = json.dumps({"text": STORY, "ballast": ballast}).encode()
    with running() as service:
        process = psutil.Process(service.process.pid)
        before = process.memory_info().rss
        with ThreadPoolExecutor(200) as threads:
            start = threading.Barrier(200)

            def ask(_: int) -> int:
                start.wait()
                reply = service.post("/clean", body)
                answer = reply.json
                assert (answer["text"], answer["ballast"]) == (CLEAN, ballast)
                return reply.status

            assert list(threads.map(ask, range(200))) == [200] * 200
        peak = _peak(process)
        assert peak - before < 150_000_000  # of 200 MB that came in and as much that went out
        assert all(_peak(child) < 1_500_000_000 for child in process.children())


def _peak(process: psutil.Process) -> int:
    """The most memory it ever had, in bytes."""
    with open(f"/proc/{process.pid}/status") as status:
        return 1024 * next(int(row.split()[1]) for row in status if row.startswith("VmHWM"))


def _until_nobody_is_let_in(service: Running) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            service.ask("GET", "/health")


def test_it_stops_when_it_is_told_and_finishes_what_it_is_at(tmp_path: Path) -> None:
    with running(**{PLACE: str(tmp_path)}) as service, ThreadPoolExecutor(2) as threads:
        waiting = threads.submit(service.post, "/clean", {"text": "WAIT"})
        assert _begun(tmp_path) == 1
        stopped = threads.submit(service.stop)
        _until_nobody_is_let_in(service)
        (tmp_path / "go").touch()
        assert waiting.result().json["text"] == "WAIT"
        assert stopped.result() == (0, "cleaner: stopped\n")


def test_ctrl_c_reaches_the_workers_too() -> None:
    with running() as service:
        workers = psutil.Process(service.process.pid).children()
        for process in (*workers, service.process):  # as a terminal does
            process.send_signal(signal.SIGINT)
        _, said = service.process.communicate(timeout=60)
        assert (service.process.returncode, said) == (0, "cleaner: stopped\n")
        assert not psutil.wait_procs(workers, timeout=10)[1]


def test_a_second_ctrl_c_waits_for_nothing(tmp_path: Path) -> None:
    with running("--max-seconds", "300", **{PLACE: str(tmp_path)}) as service, ThreadPoolExecutor(1) as threads:
        threads.submit(service.post, "/clean", {"text": "WAIT"})
        assert _begun(tmp_path) == 1
        service.process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            service.process.communicate(timeout=1)
        service.process.send_signal(signal.SIGINT)
        _, said = service.process.communicate(timeout=60)
        assert (service.process.returncode, said) == (0, "cleaner: stopped\n")
