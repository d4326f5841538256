"""Bringing back what files were before they were cleaned in place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cleaner.batch.guarded import Changed, Guarded, digest_of
from cleaner.batch.journal import Before, Damaged
from cleaner.batch.outputs import Outputs, Place
from cleaner.batch.state import State, failed
from cleaner.draft import sync_folder
from cleaner.isolation.problem import DocumentError

_ELSEWHERE = "--into FOLDER writes its former content elsewhere"
Fate = Literal["restored", "unchanged", "left"]


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing one file.

    Attributes:
        fate: `restored`; `unchanged`: it never was anything else; `left`: it stays as it is, because of `problem`.
    """

    path: str
    fate: Fate
    problem: str = ""


class _Left(Exception):
    """Why a file stays as it is, for people."""


def undo(
    state: State, home: str, run: int, *, into: str | None = None, dry_run: bool = False, only: str | None = None
) -> Iterator[Undone]:
    """Bring back what a run replaced, file by file.

    A file that is no longer what the run made of it is left alone: somebody has edited it since.  So is one whose
    entry in the journal is damaged, or names a place outside of the folder.

    Args:
        into: a folder that gets the former files instead; then nothing is overwritten or forgotten.
        only: the name in the state of the one file that is meant.

    Raises:
        OutputError: the state cannot be read or written.
    """
    try:
        for entry in state.journal.changes(run):
            if isinstance(entry, Damaged):
                yield Undone(home, "left", str(entry))
                continue
            if only not in (None, entry.path):
                continue
            undone = _undone(entry, home, state.token, into, dry_run)
            if undone.fate != "left" and into is None and not dry_run:
                state.journal.undone(entry)
            yield undone
    except sqlite3.Error as error:
        raise failed(error, home) from None


def _undone(before: Before, home: str, token: str, into: str | None, dry_run: bool) -> Undone:
    path = os.path.join(home, before.path)
    try:
        _check_name(before.path)
        if into is not None:
            _put_beside(before, into)
            return Undone(path, "restored")
        _check_place(path, home)
        return Undone(path, _bring_back(before, path, token, dry_run))
    except (_Left, Damaged) as error:
        return Undone(path, "left", str(error))
    except DocumentError as error:
        return Undone(path, "left", error.problem.text)
    except FileNotFoundError:
        return Undone(path, "left", f"it was moved or removed since; {_ELSEWHERE}")
    except OSError as error:
        return Undone(path, "left", f"cannot be brought back: {error.strerror or error}; the journal keeps it")


def _check_name(name: str) -> None:
    """Refuse a path that no run wrote down: an absolute one, or one that leads upwards."""
    parts = name.replace("\\", "/").split("/") if os.name == "nt" else name.split("/")
    if not name or os.path.isabs(name) or os.path.splitdrive(name)[0] or os.pardir in parts or "\0" in name:
        raise _Left("the journal names a place outside of the folder: do not trust it")


def _check_place(path: str, home: str) -> None:
    """Refuse a path on which a link leads elsewhere by now."""
    folder = os.path.realpath(os.path.dirname(path))
    root = os.path.realpath(home)
    if os.path.commonpath([root, folder]) != root or os.path.islink(path):
        raise _Left(f"a link leads elsewhere now; {_ELSEWHERE}")


def _bring_back(before: Before, path: str, token: str, dry_run: bool) -> Fate:
    digest = digest_of(path)
    if digest == before.sha_before:
        return "unchanged"
    edited = _Left(f"it was edited since; {_ELSEWHERE}")
    if digest != before.sha_after:
        raise edited
    content = before.content()
    if dry_run:
        return "restored"
    try:
        with Guarded(path, before.sha_after, like=path, sync=True, token=token) as draft:
            draft.stream.write(content)
    except Changed:
        raise edited from None
    sync_folder(path)  # before the journal forgets it
    return "restored"


def _put_beside(before: Before, into: str) -> None:
    target = os.path.join(os.path.abspath(into), before.path)
    if os.path.lexists(target):
        raise _Left(f"{target} is there already; choose an empty folder")
    Outputs().write(Place(target, before.path), before.content(), mode=0o600)
