"""What files were before they were replaced."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Before:
    """What a file was before it was cleaned in place."""

    id: int
    path: str
    data: bytes
    sha_before: bytes
    sha_after: bytes


class Journal:
    """The former content of replaced files, in the state's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def record(self, run: int, changes: Iterable[tuple[str, bytes, bytes, bytes]]) -> None:
        """Before files are replaced: path, their (packed) content, and the SHA-256 of the old and the new one."""
        self._db.executemany(
            "INSERT INTO journal(run, path, before, sha_before, sha_after) VALUES (?, ?, ?, ?, ?)",
            ((run, os.fsencode(path), *rest) for path, *rest in changes),
        )

    def runs(self, path: str | None = None) -> list[tuple[int, str, int]]:
        """Runs that can be undone (that replaced the file `path`), the last first: number, when, how many files."""
        query = (
            "SELECT run.id, run.started, count(*) FROM journal JOIN run ON run.id = journal.run "
            "WHERE :path IS NULL OR path = :path GROUP BY run.id ORDER BY run.id DESC"
        )
        named = {"path": None if path is None else os.fsencode(path)}
        return [tuple(row) for row in self._db.execute(query, named)]

    def changes(self, run: int) -> Iterator[Before]:
        """What a run replaced, the last first."""
        last = 2**62
        while True:
            query = (
                "SELECT id, path, before, sha_before, sha_after FROM journal WHERE run = ? AND id < ? "
                "ORDER BY id DESC LIMIT 100"
            )
            rows = self._db.execute(query, (run, last)).fetchall()
            if not rows:
                return
            for id, path, before, sha_before, sha_after in rows:
                yield Before(id, os.fsdecode(path), before, sha_before, sha_after)
            last = rows[-1][0]

    def undone(self, before: Before) -> None:
        """A file is what it was; the next run looks at it anew."""
        self._db.execute("DELETE FROM journal WHERE id = ?", (before.id,))
        self._db.execute("UPDATE item SET status = 'undone' WHERE source = ?", (os.fsencode(before.path),))
