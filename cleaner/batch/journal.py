"""What files were before they were replaced.

Nothing that is read back is trusted: a state may be damaged, or come with a folder from somebody else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


class Damaged(Exception):
    """An entry that brings nothing back; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a file was before it was cleaned in place, as it was read from the state.

    Attributes:
        path: below the folder of the run.
        data: the former content, packed; see `content`.
    """

    id: int
    path: str
    data: bytes
    sha_before: bytes
    sha_after: bytes

    def content(self) -> bytes:
        """The former content.

        Raises:
            Damaged: it is not what was written down.
        """
        try:
            data = zlib.decompress(self.data)
        except zlib.error:
            data = None
        if data is None or hashlib.sha256(data).digest() != self.sha_before:
            raise Damaged("its former content is damaged in the journal")
        return data


class Journal:
    """The former content of replaced files, in the state's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def record(self, run: int, changes: Iterable[tuple[str, bytes, bytes, bytes]]) -> list[int]:
        """Before files are replaced: path, their (packed) content, and the SHA-256 of the old and the new one.

        Gives the numbers of the entries.
        """
        insert = "INSERT INTO journal(run, path, before, sha_before, sha_after) VALUES (?, ?, ?, ?, ?)"
        rows = ((run, os.fsencode(path), *rest) for path, *rest in changes)
        return [self._db.execute(insert, row).lastrowid or 0 for row in rows]

    def forget(self, ids: Iterable[int]) -> None:
        """Those files were not replaced after all."""
        self._db.executemany("DELETE FROM journal WHERE id = ?", ((id,) for id in ids))

    def runs(self, path: str | None = None) -> list[tuple[int, str, int]]:
        """Runs that can be undone (that replaced the file `path`), the last first: number, when, how many files."""
        query = (
            "SELECT run.id, run.started, count(*) FROM journal JOIN run ON run.id = journal.run "
            "WHERE :path IS NULL OR path = :path GROUP BY run.id ORDER BY run.id DESC"
        )
        named = {"path": None if path is None else os.fsencode(path)}
        return [tuple(row) for row in self._db.execute(query, named)]

    def changes(self, run: int) -> Iterator[Before | Damaged]:
        """What a run replaced, the last first; in the place of an entry that cannot be read, why."""
        for (id,) in self._db.execute("SELECT id FROM journal WHERE run = ? ORDER BY id DESC", (run,)).fetchall():
            yield self._entry(id)

    def _entry(self, id: int) -> Before | Damaged:
        query = "SELECT path, before, sha_before, sha_after FROM journal WHERE id = ?"
        row: tuple[Any, ...] | None = None
        why = "it is not what was written"
        try:
            row = self._db.execute(query, (id,)).fetchone()
        except sqlite3.Error as error:
            why = str(error)
        if row is None or not all(isinstance(cell, bytes) for cell in row):
            return Damaged(f"entry {id} of the journal is damaged ({why})")
        return Before(id, os.fsdecode(row[0]), *row[1:])

    def undone(self, before: Before) -> None:
        """A file is what it was; the next run looks at it anew."""
        self._db.execute("DELETE FROM journal WHERE id = ?", (before.id,))
        self._db.execute("UPDATE item SET status = 'undone' WHERE source = ?", (os.fsencode(before.path),))
