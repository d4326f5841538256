"""What runs have written, in the state's tables: what of it is still as it was, and what somebody has changed since."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from cleaner.batch.guarded import digest_of
from cleaner.batch.outputs import Place, Written


class Places:
    """The outputs of all runs on a folder.

    Args:
        home: that folder.
    """

    def __init__(self, db: sqlite3.Connection, home: str) -> None:
        self._db = db
        self._home = home

    def get(self, name: str) -> Written | None:
        """What a run left there last."""
        query = "SELECT size, mtime, sha256 FROM own WHERE path = ? AND size IS NOT NULL"
        row = self._db.execute(query, (os.fsencode(name),)).fetchone()
        return Written(name, *row) if row else None

    def wrote(self, written: Written) -> None:
        """Remember what was written."""
        self._db.execute(
            "INSERT OR REPLACE INTO own(path, size, mtime, sha256) VALUES (?, ?, ?, ?)",
            (os.fsencode(written.name), written.size, written.mtime, written.sha256),
        )

    def is_there(self, written: Written) -> bool:
        """Whether an output is what a run made of it; what was only touched or copied is."""
        path = os.path.join(self._home, written.name)
        if written.is_folder:
            return os.path.isdir(path)
        try:
            facts = os.stat(path)
            if facts.st_size != written.size:
                return False
            if facts.st_mtime_ns == written.mtime:
                return True
            return written.sha256 is not None and digest_of(path) == written.sha256
        except OSError:
            return False

    def is_edited(self, written: Written) -> bool:
        """Whether somebody has changed an output that is not what a run made of it.

        What was not yet on the disk when the power failed is empty, or shorter than it was, with the time it had.
        """
        try:
            facts = os.stat(os.path.join(self._home, written.name))
        except OSError:
            return False
        return facts.st_size > 0 and not (facts.st_mtime_ns == written.mtime and facts.st_size < written.size)

    def place(self, name: str, *, overwrite: bool) -> Place:
        """Where an output goes, with what may be replaced there."""
        path = os.path.join(self._home, name)
        known = self.get(name)
        if known is None or known.is_folder or overwrite:
            return Place(path, name, inside=self._inside(name), anything=overwrite)
        if not os.path.lexists(path):
            return Place(path, name)
        expected = known.sha256
        if self.is_there(known) if expected is None else not (self.is_there(known) or self.is_edited(known)):
            with suppress(OSError):  # whoever writes there will be told
                expected = digest_of(path)  # what an older version wrote, or what the power left of it
        return Place(path, name, expected)

    def _inside(self, folder: str) -> dict[str, bytes]:
        first, last = os.fsencode(os.path.join(folder, "")), os.fsencode(folder) + bytes([ord(os.sep) + 1])
        query = "SELECT path, sha256 FROM own WHERE path > ? AND path < ? AND sha256 IS NOT NULL"
        return {os.fsdecode(path): sha256 for path, sha256 in self._db.execute(query, (first, last))}
