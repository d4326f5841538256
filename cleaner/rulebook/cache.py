"""What was made of rule files, kept between runs: entries, named by a digest of what they were made of.

An entry is data: a value of tuples, lists, dicts, numbers, texts and bytes, never code that is run.  It counts only if
nobody else can have written it: the folder and the file belong to the user and are closed to all others, neither is
reached through a link, and the checksum holds.  What comes with the package is trusted as the package is.  A cache that
cannot be used is no harm: all is made anew.

This module is on the way of every start, so it imports nothing that is not needed.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time

try:  # hashlib also loads OpenSSL, which takes longer than everything else here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MOST_BYTES = 64_000_000
"""Where the folder holds more, the entries that have not been used for the longest time go."""
_SUM = 16
_MARSHAL = 2
"""The latest version of the format that makes the same bytes of the same values, in every Python."""
_FRESH = 60  # seconds for which an entry that is used again needs no new date
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_BY_FOLDER = os.open in os.supports_dir_fd
"""Whether files can be named beside an open folder, so that nobody can put another one in its place meanwhile."""
TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def digest(*parts: bytes) -> str:
    """A name for what is made of these bytes: 32 hexadecimal digits."""
    total = blake2b(digest_size=_SUM)
    for part in parts:
        total.update(b"%d\0" % len(part))
        total.update(part)
    return total.hexdigest()


def framed(value: Any) -> bytes:
    """A value as the content of a file, behind its checksum."""
    body = marshal.dumps(value, _MARSHAL)
    return blake2b(body, digest_size=_SUM).digest() + body


def get(name: str) -> Any:
    """The value of an entry, from the package or the user's cache; None if there is none that can be trusted."""
    value = shipped(name)
    return _value(_kept(name)) if value is None else value


def shipped(name: str) -> Any:
    """The value of an entry that comes with the package; None if there is none."""
    try:
        with open(os.path.join(packaged(), name), "rb") as file:
            return _value(file.read())
    except OSError:
        return None


def _value(data: bytes) -> Any:
    """What was framed, or None."""
    body = memoryview(data)[_SUM:]
    if blake2b(body, digest_size=_SUM).digest() != data[:_SUM]:
        return None
    try:
        return marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        return None


def put(entries: Mapping[str, Any]) -> None:
    """Keep the values of entries, by their names, if that is possible."""
    try:
        folder = _Folder(make=True)
    except OSError:
        return
    try:
        for name, value in entries.items():
            folder.write(name, framed(value))
        folder.evict()
    except OSError:
        return
    finally:
        folder.close()


def packaged() -> str:
    """The folder of the entries that come with the package; a checkout has none."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "compiled")


def cache_folder() -> str | None:
    """The cache folder: `CLEANER_CACHE` if set (`off` for none), else that of the user."""
    chosen = os.environ.get("CLEANER_CACHE")
    if chosen:
        return None if chosen == "off" else chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "clipping-cleaner") if os.path.isabs(base) else None


def _kept(name: str) -> bytes:
    try:
        folder = _Folder()
    except OSError:
        return b""
    try:
        return folder.read(name)
    except OSError:
        return b""
    finally:
        folder.close()


class _Folder:
    """The folder of the entries, held open."""

    def __init__(self, make: bool = False) -> None:
        """Open it, or raise an `OSError`: it is not there, or others have a hand in it."""
        base = cache_folder()
        if base is None:
            raise FileNotFoundError("no cache is wanted")
        self._path = os.path.join(base, "rules")
        if make:
            os.makedirs(self._path, mode=0o700, exist_ok=True)
        self._fd = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | _FLAGS) if _BY_FOLDER else None
        try:
            _check(os.lstat(self._path) if self._fd is None else os.fstat(self._fd), stat.S_ISDIR)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)

    def _at(self, name: str) -> str:
        return os.path.join(self._path, name) if self._fd is None else name

    def read(self, name: str) -> bytes:
        fd = os.open(self._at(name), os.O_RDONLY | _FLAGS | getattr(os, "O_NONBLOCK", 0), dir_fd=self._fd)
        with open(fd, "rb") as file:
            status = os.fstat(fd)
            _check(status, stat.S_ISREG)
            if time.time() - status.st_mtime > _FRESH:
                os.utime(self._at(name), dir_fd=self._fd)  # it is in use
            return file.read()

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all, and over nothing that is not an entry."""
        draft = f"{name}.{os.urandom(8).hex()}"
        fd = os.open(self._at(draft), os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600, dir_fd=self._fd)
        try:
            with open(fd, "wb") as file:
                file.write(data)
            os.replace(self._at(draft), self._at(name), src_dir_fd=self._fd, dst_dir_fd=self._fd)
        except OSError:
            os.unlink(self._at(draft), dir_fd=self._fd)
            raise

    def evict(self) -> None:
        """Remove what has not been used for the longest time, drafts of processes that died among it."""
        names = filter(_is_entry, os.listdir(self._path if self._fd is None else self._fd))
        found = [(os.stat(self._at(name), dir_fd=self._fd, follow_symlinks=False), name) for name in names]
        size = 0
        for status, name in sorted(found, key=lambda pair: -pair[0].st_mtime):
            size += status.st_size
            if size > MOST_BYTES:
                os.unlink(self._at(name), dir_fd=self._fd)


def _check(status: os.stat_result, is_kind: Callable[[int], bool]) -> None:
    """A `PermissionError` unless it is of that kind, belongs to the user and is closed to all others."""
    if not is_kind(status.st_mode):
        raise PermissionError("not a plain file or folder")
    if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o077):
        raise PermissionError("others have a hand in it")


def _is_entry(name: str) -> bool:
    return name[32:33] == "." and not name[:32].strip("0123456789abcdef")
