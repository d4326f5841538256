"""Where a run writes: only where nothing is, or where a run left something itself.

What is about to be put in its place is noted in a file of the worker's own first.  So the next run knows of it, too, if
this one is killed before the state does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.batch.guarded import Changed, Guarded, has
from cleaner.draft import writing
from cleaner.isolation.problem import DocumentError

_LOG = "*.written"


@dataclass(frozen=True, slots=True)
class Written:
    """What a run left in a place.

    Attributes:
        name: of the output, below the destination.
        size, mtime: in bytes, and in nanoseconds; of a folder the number of its files, and 0.
        sha256: of its content; None for a folder.
    """

    name: str
    size: int
    mtime: int
    sha256: bytes | None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder with one file a document."""
        return self.sha256 is None and self.mtime == 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an output goes.

    Attributes:
        path: where that is.
        name: the same, below the destination.
        expected: SHA-256 of what a run left there; None: nothing may be there.
        inside: if it is a folder: the same of what a run left in it, by the name below the destination.
        anything: whether whatever is there may be replaced.
    """

    path: str
    name: str
    expected: bytes | None = None
    inside: Mapping[str, bytes] = field(default_factory=dict)
    anything: bool = False

    def below(self, name: str) -> Place:
        """The place of a file in this folder; one that was removed is made anew."""
        path, whole = os.path.join(self.path, name), os.path.join(self.name, name)
        expected = self.inside.get(whole) if os.path.lexists(path) else None
        return Place(path, whole, expected, anything=self.anything)


class Outputs:
    """Writes outputs, and remembers which.

    Args:
        token: a part of the names of drafts; see `Draft`.
        folder: where to note what is about to be written; None: nowhere.
    """

    def __init__(self, token: str = "", folder: str | None = None) -> None:
        self.token = token
        self._log = None if folder is None else os.path.join(folder, _LOG.replace("*", str(os.getpid())))
        self._made: list[Written] = []

    @contextmanager
    def writing(self, place: Place, *, mode: int | None = None, mtime: int | None = None) -> Iterator[Guarded]:
        """A ``with`` block that writes the output for a place.

        Raises:
            DocumentError: `unwritable`, for any OSError in it, or if something is there that must not be replaced.
        """
        with writing(place.path):
            draft = Guarded(
                place.path,
                place.expected,
                anything=place.anything,
                before=lambda draft: self._note(place, draft),
                mode=mode,
                mtime=mtime,
                token=self.token,
            )
            try:
                with draft:
                    yield draft
            except Changed:
                raise DocumentError("unwritable", conflict(place.name, known=place.expected is not None)) from None
        self._made.append(Written(place.name, *draft.written, draft.sha256))

    def write(self, place: Place, data: bytes, *, mode: int | None = None, mtime: int | None = None) -> None:
        """Write an output as a whole; see `writing`."""
        with self.writing(place, mode=mode, mtime=mtime) as draft:
            draft.stream.write(data)

    def filled(self, place: Place, files: int) -> None:
        """All files of a folder are written."""
        self._made.append(Written(place.name, files, 0, None))

    def taken(self) -> tuple[Written, ...]:
        """What has been written since this was asked last."""
        made, self._made = tuple(self._made), []
        return made

    def _note(self, place: Place, draft: Guarded) -> None:
        if self._log is None:
            return
        line = json.dumps([place.name, *draft.written, draft.sha256.hex()]) + "\n"
        descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)


def conflict(name: str, *, known: bool) -> str:
    """Why an output is not written, for people.

    Args:
        known: whether a run wrote there before.
    """
    if known:
        return f"{name!r} was changed since cleaner wrote it, and stays; move it away, or --overwrite it"
    return f"{name!r} is there and was not written by cleaner; choose another folder, or --overwrite it"


def noted(folder: str, home: str, known: Callable[[str], Written | None] = lambda _: None) -> list[Written]:
    """What workers noted in a folder and is in its place; the notes are forgotten.

    Args:
        home: the destination.
        known: what the state has of an output; what is just that is left out.

    Raises:
        OSError: they cannot be read.
    """
    found = []
    for log in sorted(Path(folder).glob(_LOG)):
        for line in log.read_bytes().splitlines():
            try:
                name, size, mtime, digest = json.loads(line)
                one = Written(name, int(size), int(mtime), bytes.fromhex(digest))
            except (ValueError, TypeError):  # the last line of a worker that was killed
                continue
            if one.sha256 and known(one.name) != one and has(os.path.join(home, one.name), one.sha256):
                found.append(one)
        os.truncate(log, 0)
    return found


def forget(folder: str) -> None:
    """Remove what workers noted; none of them may be left."""
    for log in Path(folder).glob(_LOG):
        log.unlink(missing_ok=True)
