"""Replacing what one means to replace, and nothing that somebody put there in the meantime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from cleaner.batch.exchange import exchange, move_new
from cleaner.draft import Draft, remove, size_and_time

_TRIES = 9
"""So often what somebody saves in the same moment is given its place again; each save would have to fall between two
system calls."""


class Changed(Exception):
    """Something else is in the place than what was to be replaced; it stays."""


class Guarded(Draft):
    """A draft that takes the place of what it is meant to replace, or of nothing.

    Where the system can exchange two files in one step, what was in the place is looked at once more when it is there
    no longer, and put back if it is not what it should be.  So not even an edit is lost that is saved between the last
    look and the move.  What is there already with the very bytes of the draft is left as it is.

    Args:
        expected: SHA-256 of what may be in the place; None: nothing may.
        anything: whether whatever is in the place may go.
        before: called with the draft when it is complete, before it is moved.
        arguments: as of `Draft`.

    Attributes:
        sha256: of the new content, once the block has ended.

    Raises:
        Changed: something else is there.
        FileNotFoundError: what was to be replaced is there no longer.
        OSError: as `Draft`.
    """

    sha256: bytes

    def __init__(
        self,
        path: str,
        expected: bytes | None,
        *,
        anything: bool = False,
        before: Callable[[Guarded], None] | None = None,
        **arguments: Any,
    ) -> None:
        super().__init__(path, **arguments)
        self._expected = expected
        self._anything = anything
        self._before = before
        self._is_own = True

    def __enter__(self) -> Guarded:
        super().__enter__()
        return self

    def _move(self) -> None:
        self.sha256 = digest_of(self.path)
        if self._before is not None:
            self._before(self)
        if self._anything:
            super()._move()
        elif self._expected is not None:
            self._replace(self._expected)
        else:
            try:
                move_new(self.path, self.place)
            except FileExistsError:
                self._adopt()

    def _adopt(self) -> None:
        """What is there may be what was to be written."""
        if not os.path.isfile(self.place) or digest_of(self.place) != self.sha256:
            raise Changed
        remove(self.path)
        self.written = size_and_time(self.place)

    def _replace(self, expected: bytes) -> None:
        if digest_of(self.place) != expected:
            self._adopt()
            return
        own = os.stat(self.path).st_ino, self.sha256
        self._is_own = False  # what lies there then was somebody's, until it is known to be what was expected
        try:
            exchanged = exchange(self.path, self.place)
        except OSError:
            self._is_own = True
            raise
        if not exchanged:
            self._is_own = True
            os.replace(self.path, self.place)
        elif has(self.path, expected):  # doubt puts it back
            remove(self.path)
        else:
            self._put_back(own)
            raise Changed

    def _put_back(self, there: _Content) -> None:
        """Give the place back to whoever had it; if somebody saves meanwhile, to what was saved last.

        Args:
            there: what is in the place, unless somebody has saved.
        """
        for _ in range(_TRIES):
            back = _content(self.path)
            try:
                exchange(self.path, self.place)
            except FileNotFoundError:  # it was removed in the meantime
                os.rename(self.path, self.place)
                return
            if _content(self.path) == there:
                self._is_own = True
                return
            there = back  # it is older than what came out of the place

    def _abandon(self) -> None:
        if self._is_own:
            super()._abandon()


_Content = tuple[int, bytes]


def _content(path: str) -> _Content:
    """What tells a file from all others, and an edit of it, too."""
    return os.stat(path).st_ino, digest_of(path)


def digest_of(path: str) -> bytes:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.digest()


def has(path: str, sha256: bytes) -> bool:
    """Whether a file has that content; False if it cannot be read."""
    with suppress(OSError):
        return digest_of(path) == sha256
    return False
