"""Letting one call to the system fail, or the process end at it: the first, the second, and so on through a run."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any
from unittest import mock

import cleaner

CALLS = (
    *("open", "write", "close", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "truncate", "chmod", "chown"),
    *("utime", "stat", "lstat", "fstat", "scandir", "link", "symlink"),
)
"""Of `os`: what a run may ask of the system."""
LOOKS = frozenset({"os.stat", "os.lstat", "os.fstat", "os.scandir", "stream.read", "stream.readline"})
"""Calls that change nothing: who is killed at one leaves what who is killed at the next one leaves."""
_STREAM = frozenset({"read", "readline", "write", "writelines", "flush", "close", "truncate"})
_STATEMENTS = frozenset({"execute", "executemany", "close"})
_PACKAGE = os.path.dirname(cleaner.__file__)


Site = tuple[tuple[str, int], ...]


@dataclass
class Injector:
    """Counts the calls to the system that are about files below `root`, and does `harm` at one of them.

    Attributes:
        at: which one, from 0; -1: none.
        harm: raises an error, or ends the process.
        seen: the calls there were.
        sites: where in the package each of them was made, if none is harmed: file and line of all that was at work.
    """

    root: str
    at: int = -1
    harm: Callable[[str], None] = lambda _: None
    seen: list[str] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)

    def point(self, what: str) -> None:
        """A call."""
        self.seen.append(what)
        if self.at < 0:
            self.sites.append(_site())
        elif len(self.seen) - 1 == self.at:
            self.harm(what)

    def is_ours(self, path: object) -> bool:
        """Whether a call is about a file of the run."""
        return isinstance(path, str | bytes | os.PathLike) and os.path.abspath(os.fsdecode(path)).startswith(self.root)


def _site() -> Site:
    frame: FrameType | None = sys._getframe(2)
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(_PACKAGE):
            found.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return tuple(found)


def fails(number: int) -> Callable[[str], None]:
    """The harm of an error number."""

    def harm(what: str) -> None:
        if what.startswith("sqlite"):
            kinds = {errno.ENOSPC: "database or disk is full", errno.EACCES: "unable to open database file"}
            raise sqlite3.OperationalError(kinds.get(number, "disk I/O error"))
        raise OSError(number, os.strerror(number), what)

    return harm


def dies(what: str) -> None:
    """The harm of being killed: nothing is written any more, nothing closed."""
    os._exit(99)


class _Stream:
    """An open file all of whose calls may fail; closing always lets go of it."""

    def __init__(self, stream: Any, injector: Injector) -> None:
        self._stream, self._injector = stream, injector

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._stream, name)
        if name not in _STREAM:
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                self._injector.point(f"stream.{name}")
            except BaseException:
                if name == "close":
                    self._stream.close()
                raise
            return found(*args, **kwargs)

        return call

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._stream)


class _Connection:
    """A connection to SQLite all of whose statements may fail."""

    def __init__(self, connection: sqlite3.Connection, injector: Injector) -> None:
        self._connection, self._injector = connection, injector

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._connection, name)
        if name not in _STATEMENTS:
            return found

        def call(*args: Any) -> Any:
            words = f" {' '.join(args[0].split()[:3])}" if args else ""
            try:
                self._injector.point(f"sqlite.{name}{words}")
            except BaseException:
                if name == "close":
                    self._connection.close()
                raise
            return found(*args)

        return call

    def __enter__(self) -> _Connection:
        self._connection.__enter__()
        return self

    def __exit__(self, kind: Any, error: Any, at: Any) -> Any:
        if kind is None:
            try:
                self._injector.point("sqlite.commit")
            except BaseException as fault:
                self._connection.__exit__(type(fault), fault, None)
                raise
        return self._connection.__exit__(kind, error, at)


@contextmanager
def injected(injector: Injector) -> Iterator[Injector]:
    """Let the injector see all calls in a ``with`` block."""
    planted: dict[str, Any] = {name: _call(name, injector) for name in CALLS}
    with mock.patch.multiple(os, **planted):
        opening, fdopen, connect = builtins.open, os.fdopen, sqlite3.connect

        def open_(file: Any, *args: Any, **kwargs: Any) -> Any:
            if not injector.is_ours(file):
                return opening(file, *args, **kwargs)
            injector.point("open")
            return _Stream(opening(file, *args, **kwargs), injector)

        def fdopen_(*args: Any, **kwargs: Any) -> Any:
            injector.point("fdopen")
            return _Stream(fdopen(*args, **kwargs), injector)

        def connect_(path: Any, *args: Any, **kwargs: Any) -> Any:
            injector.point("sqlite.connect")
            return _Connection(connect(path, *args, **kwargs), injector)

        with (
            mock.patch.object(builtins, "open", open_),
            mock.patch.object(io, "open", open_),
            mock.patch.object(os, "fdopen", fdopen_),
            mock.patch.object(sqlite3, "connect", connect_),
            mock.patch.object(shutil, "copystat", _named("copystat", shutil.copystat, injector)),
            mock.patch("cleaner.batch.guarded.exchange", _moving("exchange", injector)),
            mock.patch("cleaner.batch.guarded.move_new", _moving("move_new", injector)),
        ):
            yield injector


def _call(name: str, injector: Injector) -> Callable[..., Any]:
    real = getattr(os, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        is_about = args and (isinstance(args[0], int) or injector.is_ours(args[0]))
        if is_about and not (isinstance(args[0], int) and args[0] < 3):
            try:
                injector.point(f"os.{name}")
            except BaseException:
                if name == "close":
                    real(*args)
                raise
        return real(*args, **kwargs)

    return call


def _named(name: str, real: Callable[..., Any], injector: Injector) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        injector.point(name)
        return real(*args, **kwargs)

    return call


def _moving(name: str, injector: Injector) -> Callable[..., Any]:
    from cleaner.batch import exchange

    return _named(name, getattr(exchange, name), injector)
