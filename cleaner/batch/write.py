"""Writing whole files, with the folders they lie in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.batch.problem import Trouble
from cleaner.draft import Draft


def write(path: str, data: bytes, *, mtime: int | None = None) -> tuple[int, int]:
    """Write a file as a whole, with its folders; give its size and time.

    Raises:
        Trouble: `unwritable`.
    """
    with writing(path):
        with Draft(path) as draft:
            draft.stream.write(data)
        if mtime is not None:
            os.utime(path, ns=(mtime, mtime))
        return size_and_time(path)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """A ``with`` block that writes `path`, whose folder is made.

    Raises:
        Trouble: `unwritable`, for any OSError in it.
    """
    try:
        make_folder(path)
        yield
    except OSError as error:
        raise Trouble("unwritable", f"{path}: cannot be written: {error.strerror or error}") from None


def size_and_time(path: str) -> tuple[int, int]:
    """In bytes, and in nanoseconds, as the state remembers them."""
    facts = os.stat(path)
    return facts.st_size, facts.st_mtime_ns


def make_folder(path: str) -> None:
    """Make the folder of the file `path`, and those above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
