"""Replacing files so that each can be brought back byte for byte."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.batch.guarded import Changed, Guarded, has
from cleaner.batch.state import State
from cleaner.batch.tasks import Change, Done
from cleaner.draft import size_and_time
from cleaner.isolation.problem import Problem

CHANGED = "it changed while it was being cleaned; the next run takes it"


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
        ids = state.journal.record(
            run, ((f.source, f.change.before, f.read.sha256 or b"", f.change.sha_after) for f in files)
        )
    replaced = [_replaced(file, state.token) for file in files]
    with state.transaction():
        state.journal.forget(
            id
            for id, file, out in zip(ids, files, replaced, strict=True)
            if isinstance(out, Problem) and not has(file.path, file.change.sha_after)
        )
    return replaced


def _replaced(file: Replacement, token: str) -> tuple[int, int] | Problem:
    try:
        if size_and_time(file.path) != (file.read.size, file.read.mtime):
            return Problem("vanished", CHANGED)
        if (names := os.stat(file.path).st_nlink) > 1:
            return Problem(
                "unwritable", f"it has {names} names (hard links), of which one would be replaced: make it a file alone"
            )
        draft = Guarded(file.path, file.read.sha256, like=file.path, sync=True, token=token)
        with draft:
            draft.stream.write(file.change.after)
        return draft.written
    except Changed:
        return Problem("vanished", CHANGED)
    except FileNotFoundError:
        return Problem("vanished", "it was removed while it was being cleaned")
    except OSError as error:
        return Problem("unwritable", f"cannot be replaced: {_reason(error, file.path)}")


def _reason(error: OSError, path: str) -> str:
    if isinstance(error, PermissionError) and hasattr(os, "geteuid"):
        facts = os.stat(path)
        if facts.st_uid != os.geteuid() or facts.st_gid not in (os.getegid(), *os.getgroups()):
            return "it belongs to another user or group, which it would not do any more; run as its owner"
    return error.strerror or str(error)
