"""Replacing files so that each can be brought back byte for byte."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.batch.journal import Before
from cleaner.batch.state import State, failed
from cleaner.batch.tasks import Change, Done
from cleaner.draft import Draft, size_and_time, write
from cleaner.isolation.problem import Problem


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file to be replaced: where it is, its name in the state, what was read of it, and what it becomes."""

    path: str
    source: str
    read: Done
    change: Change


def replace_files(state: State, run: int, files: Sequence[Replacement]) -> list[tuple[int, int] | Problem]:
    """Replace files; for each its new size and time, or why it was not done.

    First the journal is on the disk, then the files are replaced: whenever the machine stops, what is in the journal
    brings back all that was replaced.
    """
    with state.transaction():
        state.journal.record(
            run, ((f.source, f.change.before, f.read.sha256 or b"", f.change.sha_after) for f in files)
        )
    return [_replace(file) for file in files]


def _replace(file: Replacement) -> tuple[int, int] | Problem:
    try:
        if size_and_time(file.path) != (file.read.size, file.read.mtime):
            return Problem("vanished", "it changed while it was being cleaned; the next run takes it")
        with Draft(file.path, like=file.path, sync=True) as draft:
            draft.stream.write(file.change.after)
        return size_and_time(file.path)
    except FileNotFoundError:
        return Problem("vanished", "it was removed while it was being cleaned")
    except OSError as error:
        return Problem("unwritable", f"cannot be replaced: {error.strerror or error}")


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing one file: `problem` if it stays as it is."""

    path: str
    problem: str = ""


def undo(
    state: State, home: str, run: int, *, into: str | None = None, dry_run: bool = False, only: str | None = None
) -> Iterator[Undone]:
    """Bring back what a run replaced, file by file.

    A file that is no longer what the run made of it is left alone: somebody has edited it since.

    Args:
        into: a folder that gets the former files instead; then nothing is overwritten or forgotten.
        only: the name in the state of the one file that is meant.

    Raises:
        OutputError: the state cannot be written.
    """
    for before in state.journal.changes(run):
        if only not in (None, before.path):
            continue
        path = os.path.join(home, before.path)
        problem = _put_beside(before, into) if into is not None else _bring_back(before, path, dry_run)
        if not problem and into is None and not dry_run:
            try:
                state.journal.undone(before)
            except sqlite3.Error as error:
                raise failed(error, home) from None
        yield Undone(path, problem)


def _bring_back(before: Before, path: str, dry_run: bool) -> str:
    try:
        with open(path, "rb") as stream:
            digest = hashlib.sha256(stream.read()).digest()
        if digest == before.sha_before:
            return ""
        if digest != before.sha_after:
            return "it was edited since; --into FOLDER writes its former content elsewhere"
        if not dry_run:
            with Draft(path, like=path, sync=True) as draft:
                draft.stream.write(zlib.decompress(before.data))
    except FileNotFoundError:
        return "it was moved or removed since; --into FOLDER writes its former content elsewhere"
    except OSError as error:
        return f"cannot be brought back: {error.strerror or error}; the journal keeps it"
    return ""


def _put_beside(before: Before, into: str) -> str:
    target = os.path.join(os.path.abspath(into), before.path)
    if os.path.exists(target):
        return f"{target} is there already; choose an empty folder"
    write(target, zlib.decompress(before.data))
    return ""
