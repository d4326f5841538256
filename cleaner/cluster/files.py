"""A folder at a local path, or at any address that fsspec knows (``s3://``, ``gs://``, ``hdfs://``, ``ftp://`` …)."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import Any, Literal
from uuid import uuid4

from cleaner.draft import SUFFIX, Draft
from cleaner.formats.extras import need
from cleaner.isolation.problem import DocumentError

_STAMPS = ("mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "modify", "created")
"""What file systems call the version of a file, or the time it was written."""

_LOGIN = re.compile(r"//[^/@]*@")

Listed = tuple[str, int, str]
"""A file's path below the folder, its size in bytes, and what changes when it is written anew."""


class Files:
    """A folder; travels between processes as its address.

    Paths below it have slashes.  All methods may raise OSError, and DocumentError where another file system than that
    of this machine is to blame: `unreadable` or `unwritable`.

    Args:
        url: a path, or an address.

    Raises:
        DocumentError: `missing`, fsspec or what it needs for such addresses is not installed; `unsupported`, nobody
            knows such addresses; `unreadable`, nobody answers there, or not to us.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._fs  # noqa: B018 (an address that means nothing is told at once)

    def __reduce__(self) -> tuple[type[Files], tuple[str]]:
        return type(self), (self.url,)

    def __str__(self) -> str:
        """The address, without name and password."""
        return _LOGIN.sub("//", self.url)

    @cached_property
    def _found(self) -> tuple[Any, str]:
        core = need("fsspec.core", "ray", "a cluster")
        try:
            fs, root = core.url_to_fs(self.url)
        except ImportError as error:
            raise DocumentError("missing", f"{self}: {error}") from None
        except ValueError as error:
            raise DocumentError("unsupported", f"{self}: {error}") from None
        except Exception as error:  # each file system has its own
            raise DocumentError("unreadable", f"{self}: {_said(error)}") from None
        return fs, root.rstrip("/") or "/"

    @property
    def _fs(self) -> Any:
        return self._found[0]

    @property
    def is_local(self) -> bool:
        """Whether it lies in this machine's file system (which all nodes of a cluster must share)."""
        return "file" in _protocols(self._fs)

    def path(self, name: str = "") -> str:
        """Where a file of it lies, as its file system says it."""
        return posixpath.join(self._found[1], name) if name else self._found[1]

    def is_folder(self) -> bool:
        """Whether it is a folder."""
        with self._asked("unreadable"):
            return bool(self._fs.isdir(self.path()))

    def is_file(self) -> bool:
        """Whether it is no folder but a file."""
        with self._asked("unreadable"):
            return bool(self._fs.isfile(self.path()))

    def listed(self, below: str = "") -> list[Listed]:
        """All files below a folder of it, in the order of their paths; none if it is not there."""
        root = self.path()
        with self._asked("unreadable"):
            self._fs.invalidate_cache()
            found = self._fs.find(self.path(below), detail=True)
        return sorted(
            (path[len(root) :].lstrip("/"), int(info.get("size") or 0), _stamp(info)) for path, info in found.items()
        )

    def read(self, name: str) -> bytes:
        """A file as a whole."""
        with self._asked("unreadable"):
            data: bytes = self._fs.cat_file(self.path(name))
        return data

    def write(self, name: str, data: bytes, *, token: str = "") -> None:
        """Write a file as a whole: others see it complete or not at all; `token` as of `Draft`."""
        path = self.path(name)
        with self._asked("unwritable"):
            self._make_folder(path)
            if self.is_local:
                with Draft(path, token=token) as draft:
                    draft.stream.write(data)
                return
            part = f"{path}.{uuid4().hex}{SUFFIX}"
            self._fs.pipe_file(part, data)
            self._fs.mv(part, path)

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it, if it is there."""
        path = self.path(name)
        with self._asked("unwritable"):
            self._fs.invalidate_cache()
            if self._fs.isdir(path):
                self._fs.rm(path, recursive=True)
            elif self._fs.exists(path):
                self._fs.rm_file(path)

    @contextmanager
    def fetched(self, name: str) -> Iterator[str]:
        """A file as a local one, for as long as the ``with`` block lasts."""
        path = self.path(name)
        if self.is_local:
            yield path
            return
        with _copy(path) as local:
            with self._asked("unreadable"):
                self._fs.get_file(path, local)
            yield local

    @contextmanager
    def made(self, name: str) -> Iterator[str]:
        """A local path, to which the ``with`` block writes a whole file; then it is there as `name`."""
        path = self.path(name)
        if self.is_local:
            yield path
            return
        with _copy(path) as local:
            yield local
            with self._asked("unwritable"):
                self._make_folder(path)
                self._fs.put_file(local, path)

    def _make_folder(self, path: str) -> None:
        self._fs.makedirs(posixpath.dirname(path), exist_ok=True)

    @contextmanager
    def _asked(self, code: Literal["unreadable", "unwritable"]) -> Iterator[None]:
        """A ``with`` block that asks the file system, each of which has errors of its own."""
        try:
            yield
        except Exception as error:
            if self.is_local and code == "unreadable":
                raise
            what = "cannot be written: " if code == "unwritable" else ""
            raise DocumentError(code, f"{self}: {what}{_said(error)}") from None


@contextmanager
def _copy(path: str) -> Iterator[str]:
    """Where a file of another file system can lie on this machine for a while."""
    with TemporaryDirectory(prefix="cleaner-", ignore_cleanup_errors=True) as place:
        yield os.path.join(place, posixpath.basename(path))


def _protocols(fs: Any) -> tuple[str, ...]:
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


def _said(error: Exception) -> str:
    """What each library says in its own way, on one line."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(text.split()) or type(error).__name__


def _stamp(info: dict[str, Any]) -> str:
    return next((str(info[name]) for name in _STAMPS if info.get(name) is not None), "")
