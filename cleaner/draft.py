"""Files that are whole or not there: written beside their place and moved when all went well.

This module is imported by the filter, so it imports nothing that is slow.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import BinaryIO

    from cleaner.isolation.problem import DocumentError

PREFIX, SUFFIX = ".cleaner-", ".tmp"
"""How the names of drafts begin and end."""


class Draft:
    """A new content for `path`, which takes its place when the ``with`` block ends without an error.

    A symbolic link stays one: the file it leads to is replaced.  What is there already keeps its mode.

    Args:
        like: a file whose mode, times and extended attributes the new one gets.
        sync: whether to wait until the content is on the disk, so that not even a power cut leaves half of it.

    Raises:
        OSError, ValueError: the place cannot be written.
    """

    stream: BinaryIO

    def __init__(self, path: str, *, like: str | None = None, sync: bool = False) -> None:
        self._place = os.path.realpath(path)
        self._like = like
        self._sync = sync
        name = f"{PREFIX}{os.getpid()}-{id(self):x}{SUFFIX}"
        self.path = os.path.join(os.path.dirname(self._place), name)

    def __enter__(self) -> Draft:
        self.stream = open(self.path, "xb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        moved = False
        try:
            if error is None and self._sync:
                self.stream.flush()
                os.fsync(self.stream.fileno())
            self.stream.close()
            if error is None:
                self._dress()
                os.replace(self.path, self._place)
                moved = True
        finally:
            if not moved:
                remove(self.path)

    def _dress(self) -> None:
        if self._like is not None:
            from shutil import copystat

            copystat(self._like, self.path)
        elif os.path.exists(self._place):
            os.chmod(self.path, os.stat(self._place).st_mode & 0o7777)


def remove(path: str) -> None:
    """Remove a file if that can be done."""
    try:  # noqa: SIM105 (contextlib is slow to import)
        os.unlink(path)
    except OSError:
        pass


def sweep(folder: str) -> None:
    """Remove all drafts in a folder and those below it, which nobody is writing any more."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                remove(os.path.join(place, name))


def write(path: str, data: bytes, *, mtime: int | None = None) -> tuple[int, int]:
    """Write a file as a whole, with its folders; give its size and time.

    Raises:
        DocumentError: `unwritable`.
    """
    with writing(path):
        with Draft(path) as draft:
            draft.stream.write(data)
        if mtime is not None:
            os.utime(path, ns=(mtime, mtime))
        return size_and_time(path)


class writing:
    """A ``with`` block that writes `path`, whose folder is made.

    Raises:
        DocumentError: `unwritable`, for any OSError in it.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        try:
            make_folder(self._path)
        except OSError as error:
            raise self._unwritable(error) from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, OSError):
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> DocumentError:
        from cleaner.isolation.problem import DocumentError

        return DocumentError("unwritable", f"{self._path}: cannot be written: {error.strerror or error}")


def size_and_time(path: str) -> tuple[int, int]:
    """In bytes, and in nanoseconds, as the state remembers them."""
    facts = os.stat(path)
    return facts.st_size, facts.st_mtime_ns


def make_folder(path: str) -> None:
    """Make the folder of the file `path`, and those above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
