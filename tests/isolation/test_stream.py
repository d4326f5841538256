"""Going through things that hang, crash or take all memory."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from cleaner.isolation.problem import DocumentError
from cleaner.isolation.stream import Stream, _bundled


def start() -> Callable[[str], Iterator[int | None]]:
    """Gives `through`."""
    return through


def through(asked: str) -> Iterator[int | None]:
    """Finds ten numbers, and then does what it was asked for."""
    yield from range(10)
    if asked == "hang":
        time.sleep(600)
    elif asked == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif asked == "memory":
        yield len(bytearray(10**12))
    elif asked == "error":
        raise UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "no text")
    elif asked == "nothing":
        yield from [None] * 3
    yield 10


def size_of(_: int) -> int:
    """Of a number."""
    return 1


@pytest.fixture
def stream() -> Iterator[Stream[str, int]]:
    made: Stream[str, int] = Stream(start, seconds=2, memory=500_000_000, many=4, size=100, size_of=size_of)
    yield made
    made.close()


def test_what_does_harm_is_named_and_the_next_one_is_gone_through(stream: Stream[str, int]) -> None:
    for asked, code, many in (("hang", "timeout", 8), ("kill", "crash", 8), ("memory", "memory", 10)):
        found: list[int] = []
        with pytest.raises(DocumentError) as raised:
            found.extend(one for some in stream(asked) for one in some)
        assert (raised.value.problem.code, found) == (code, list(range(many)))
        assert [one for some in stream("a") for one in some] == list(range(11))


def test_one_may_leave_off_and_ask_for_another(stream: Stream[str, int]) -> None:
    assert next(stream("a")) == [0, 1, 2, 3]
    assert [one for some in stream("b") for one in some] == list(range(11))


def test_it_can_be_stopped(stream: Stream[str, int]) -> None:
    found = stream("hang")
    next(found)
    stream.stop()
    assert list(found) == []
    assert stream.is_stopped


def test_it_says_now_and_then_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.isolation.stream._BEAT", -1)
    assert list(_bundled(through("nothing"), 10, 100, size_of)) == [list(range(10)), [], [], [], [10]]


def test_what_was_found_before_an_error_counts() -> None:
    found = _bundled(through("error"), 3, 100, size_of)
    assert [next(found) for _ in range(4)] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]
    with pytest.raises(UnicodeDecodeError):
        next(found)
