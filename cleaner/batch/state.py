"""What a run remembers, in one SQLite file beside its output.

The file is locked as long as a run is at work.  Everything is committed as soon as it is known, so a process that is
killed loses only what was in flight; write-ahead logging keeps the file whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from errno import EDQUOT, ENOSPC

from cleaner.batch.home import lock_of, prepared
from cleaner.batch.items import Items
from cleaner.batch.journal import Journal
from cleaner.batch.lock import wait_until_alone
from cleaner.batch.notes import Notes
from cleaner.batch.places import Places
from cleaner.batch.walk import STATE_FOLDER
from cleaner.errors import OutputError, shown

LAYOUT = 2

_TABLES = """
CREATE TABLE IF NOT EXISTS run(
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, level TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS item(
  id INTEGER PRIMARY KEY, source BLOB NOT NULL UNIQUE, shown BLOB NOT NULL, target BLOB UNIQUE, kind TEXT NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, sha256 BLOB, fingerprint TEXT NOT NULL,
  status TEXT NOT NULL, run INTEGER NOT NULL, tally TEXT
);
CREATE TABLE IF NOT EXISTS own(path BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, sha256 BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS draft(token TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS pending ON item(id) WHERE status = 'pending';
CREATE TABLE IF NOT EXISTS part(
  item INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(item, first)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note(
  item INTEGER, run INTEGER NOT NULL, number INTEGER, name TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS note_item ON note(item);
CREATE TABLE IF NOT EXISTS report(
  item INTEGER NOT NULL, number INTEGER NOT NULL, report BLOB NOT NULL, PRIMARY KEY(item, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, path BLOB NOT NULL, before BLOB NOT NULL,
  sha_before BLOB NOT NULL, sha_after BLOB NOT NULL
);
"""
_FROM_1 = """
ALTER TABLE own RENAME TO old;
CREATE TABLE own(path BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, sha256 BLOB) WITHOUT ROWID;
INSERT INTO own SELECT old.path, item.out_size, item.out_mtime, NULL FROM old LEFT JOIN item ON item.target = old.path;
DROP TABLE old;
"""
"""From the layout that knew of outputs only their size and time."""


def folder_of(home: str) -> str:
    """Where a run in `home` keeps what it remembers."""
    return os.path.join(home, STATE_FOLDER)


def path_of(home: str) -> str:
    """The file of the state."""
    return os.path.join(folder_of(home), "state.sqlite")


class State:
    """The memory of all runs on one folder.

    Args:
        home: the folder; None keeps everything in memory, for a run that writes nothing.
        durable: whether a commit waits for the disk, so that not even a power cut undoes it.

    Attributes:
        token: a part of the names of all drafts on that folder, and of no others.

    Raises:
        OutputError: another run is at work, or the file is damaged or of another version.
    """

    def __init__(self, home: str | None, *, durable: bool = False) -> None:
        self.folder = None if home is None else folder_of(home)
        try:
            if home is not None:
                prepared(home, path_of(home))
            self._db = sqlite3.connect(":memory:" if home is None else path_of(home), timeout=0.5, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise failed(error, home or "") from None
        try:
            self._prepare(durable)
            if home is not None:
                wait_until_alone(lock_of(folder_of(home)))
        except (sqlite3.Error, OSError) as error:
            self._db.close()
            raise failed(error, home or "") from None
        except OutputError:
            self._db.close()
            raise
        self.items = Items(self._db)
        self.notes = Notes(self._db)
        self.journal = Journal(self._db)
        self.places = Places(self._db, home or "")

    def _prepare(self, durable: bool) -> None:
        self._db.execute("PRAGMA trusted_schema = OFF")
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self._db.execute("BEGIN EXCLUSIVE")
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if layout not in (0, 1, LAYOUT):
            raise sqlite3.DatabaseError("written by another version of cleaner")
        for statement in ((_FROM_1 if layout == 1 else "") + _TABLES).split(";"):
            self._db.execute(statement)
        if self._db.execute("SELECT 1 FROM draft").fetchone() is None:
            self._db.execute("INSERT INTO draft VALUES (?)", (f"{os.urandom(8).hex()}-",))
        (self.token,) = self._db.execute("SELECT token FROM draft").fetchone()
        self._db.execute(f"PRAGMA user_version = {LAYOUT}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Write everything into the one file and let go of it."""
        with suppress(sqlite3.Error):  # what was committed stays beside it, and is read from there
            self._db.close()

    def begin(self, level: str) -> int:
        """A new run; gives its number."""
        cursor = self._db.execute("INSERT INTO run(started, level) VALUES (?, ?)", (now(), level))
        return cursor.lastrowid or 0

    def was_cut_off(self) -> bool:
        """Whether the run before the current one did not come to its end, so that it may have left drafts."""
        row = self._db.execute("SELECT finished FROM run ORDER BY id DESC LIMIT 1 OFFSET 1").fetchone()
        return row is not None and row[0] is None

    def end(self, run: int) -> None:
        """The run has come to an end, all or not; no draft of it is left."""
        self._db.execute("UPDATE run SET finished = ? WHERE id = ?", (now(), run))

    def last_run(self) -> tuple[str, str | None, str] | None:
        """When the last run began and ended, and its level; None if there was none."""
        row = self._db.execute("SELECT started, finished, level FROM run ORDER BY id DESC LIMIT 1").fetchone()
        return tuple(row) if row else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A ``with`` block whose changes come about together, or not at all."""
        self._db.execute("BEGIN")
        with self._db:
            yield


def failed(error: sqlite3.Error | OSError, home: str) -> OutputError:
    """What a failure of the state means, for people."""
    text = str(error)
    number = error.errno if isinstance(error, OSError) else None
    if "locked" in text:
        what = "another run of cleaner is at work here; wait for its end, or stop it"
    elif "is full" in text or number in (ENOSPC, EDQUOT):
        what = "the disk is full; free space and run the same command again, it goes on where it stopped"
    elif number is not None or "unable to open" in text or "readonly" in text:
        what = f"cannot be written ({text}); check that you may write there"
    elif "disk I/O" in text:
        what = f"the disk fails, or is full ({text}); see to it and run the same command again, it goes on where it was"
    else:
        what = (
            f"what it remembers cannot be read ({text}); move {path_of(home)} elsewhere and run again, everything is "
            "looked at anew; do not delete it, since it holds what `cleaner undo` would bring back"
        )
    return OutputError(f"{shown(home)}: {what}")


def now() -> str:
    """The time, as a run remembers it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
