"""Files that are whole or not there: written beside their place and moved when all went well.

This module is imported by the filter, so it imports nothing that is slow.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from types import TracebackType
    from typing import BinaryIO

    from cleaner.isolation.problem import DocumentError

PREFIX, SUFFIX = ".cleaner-", ".tmp"
"""How the names of drafts begin and end."""
_RANDOM = 8  # bytes in a draft's name
_TAIL = 2 * _RANDOM + len(SUFFIX)  # characters of it behind the token
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_RIGHTS, _OWNERS = 0o777, 0o600
"""The bits of a mode that a new file may take over from another one (what runs as its owner is not among them), and
what its owner may in any case."""


class Draft:
    """A new content for `path`, which takes its place when the ``with`` block ends without an error.

    A symbolic link stays one: the file it leads to is replaced.  What is there already keeps its mode.

    Args:
        like: a file whose mode, owner, times and extended attributes the new one gets.
        mode: to whom it may be open beside its owner; None: to those that the user's mask allows.
        mtime: its time, in nanoseconds; None: that of its making.
        sync: whether to wait until the content is on the disk, so that not even a power cut leaves half of it.
        token: a part of the draft's name, by which `sweep` finds it.

    Attributes:
        written: size and time (nanoseconds), once the block has ended.

    Raises:
        OSError, ValueError: the place cannot be written.
    """

    stream: BinaryIO
    written: tuple[int, int]

    def __init__(
        self,
        path: str,
        *,
        like: str | None = None,
        mode: int | None = None,
        mtime: int | None = None,
        sync: bool = False,
        token: str = "",
    ) -> None:
        self.place = os.path.realpath(path)
        self._like = like
        self._mode = None if mode is None else mode & _RIGHTS | _OWNERS
        self._mtime = mtime
        self._sync = sync
        name = f"{PREFIX}{token}{os.urandom(_RANDOM).hex()}{SUFFIX}"
        self.path = os.path.join(os.path.dirname(self.place), name)

    def __enter__(self) -> Draft:
        # Closed to others from the first byte on, if the whole file is to be.
        mode = _OWNERS if self._like is not None else 0o666 if self._mode is None else self._mode
        descriptor = os.open(self.path, _FLAGS, mode)
        try:
            self.stream = os.fdopen(descriptor, "wb")
        except BaseException:
            os.close(descriptor)
            remove(self.path)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        moved = False
        try:
            try:
                if error is None and self._sync:
                    self.stream.flush()
                    os.fsync(self.stream.fileno())
            finally:
                self.stream.close()
            if error is None:
                self._dress()
                self.written = size_and_time(self.path)
                self._move()
                moved = True
        finally:
            if not moved:
                self._abandon()

    def _move(self) -> None:
        """Put the draft in its place."""
        os.replace(self.path, self.place)

    def _abandon(self) -> None:
        """The draft is of no use."""
        remove(self.path)

    def _dress(self) -> None:
        if self._like is not None:
            from shutil import copystat

            self._give_to_owner_of(self._like)
            copystat(self._like, self.path)
        elif os.path.exists(self.place):
            os.chmod(self.path, os.stat(self.place).st_mode & (_RIGHTS if self._mode is None else self._mode))
        if self._mtime is not None:
            os.utime(self.path, ns=(self._mtime, self._mtime))

    def _give_to_owner_of(self, like: str) -> None:
        if not hasattr(os, "chown"):  # Windows
            return
        wanted, own = os.stat(like), os.stat(self.path)
        if (wanted.st_uid, wanted.st_gid) != (own.st_uid, own.st_gid):
            os.chown(self.path, wanted.st_uid, wanted.st_gid)


def remove(path: str) -> None:
    """Remove a file if that can be done."""
    try:  # noqa: SIM105 (contextlib is slow to import)
        os.unlink(path)
    except OSError:
        pass


def sweep(folder: str, tokens: Container[str], *, deep: bool = True) -> None:
    """Remove the drafts with these tokens in a folder, with `deep` in those below it, too; nobody may need any."""
    for place, folders, names in os.walk(folder):
        if not deep:
            folders.clear()
        for name in names:
            if name.startswith(PREFIX) and name.endswith(SUFFIX) and name[len(PREFIX) : -_TAIL] in tokens:
                remove(os.path.join(place, name))


def write(path: str, data: bytes, *, mode: int | None = None) -> None:
    """Write a file as a whole, with its folders; `mode` as of `Draft`.

    Raises:
        DocumentError: `unwritable`.
    """
    with writing(path), Draft(path, mode=mode) as draft:
        draft.stream.write(data)


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


def sync_folder(path: str) -> None:
    """Wait until what the folder of the file `path` holds is on the disk.

    Raises:
        OSError: that cannot be told.
    """
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
