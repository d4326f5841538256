"""What a run remembers, in one SQLite file beside its output.

The file is locked as long as a run is at work.  Everything is committed as soon as it is known, so a process that is
killed loses only what was in flight; write-ahead logging keeps the file whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from errno import ENOSPC

from cleaner.batch.items import Items
from cleaner.batch.journal import Journal
from cleaner.batch.notes import Notes
from cleaner.batch.walk import STATE_FOLDER
from cleaner.errors import OutputError, shown

LAYOUT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS run(
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, level TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS item(
  id INTEGER PRIMARY KEY, source BLOB NOT NULL UNIQUE, shown BLOB NOT NULL, target BLOB UNIQUE, kind TEXT NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, sha256 BLOB, fingerprint TEXT NOT NULL,
  out_size INTEGER, out_mtime INTEGER, status TEXT NOT NULL, run INTEGER NOT NULL, tally TEXT
);
CREATE TABLE IF NOT EXISTS own(path BLOB PRIMARY KEY) WITHOUT ROWID;
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

    Raises:
        OutputError: another run is at work, or the file is damaged or of another version.
    """

    def __init__(self, home: str | None, *, durable: bool = False) -> None:
        self.folder = None if home is None else folder_of(home)
        try:
            if self.folder is not None:
                _make(self.folder)
            self._db = sqlite3.connect(":memory:" if home is None else path_of(home), timeout=0.5, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise failed(error, home or "") from None
        try:
            self._prepare(durable)
        except sqlite3.Error as error:
            self._db.close()
            raise failed(error, home or "") from None
        self.items = Items(self._db)
        self.notes = Notes(self._db)
        self.journal = Journal(self._db)

    def _prepare(self, durable: bool) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self._db.execute("BEGIN EXCLUSIVE")
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if layout not in (0, LAYOUT):
            raise sqlite3.DatabaseError("written by another version of cleaner")
        for statement in _TABLES.split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {LAYOUT}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Write everything into the one file and let go of it."""
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


def _make(folder: str) -> None:
    """Make the folder, of which a repository should take nothing but the rules for a part of it."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as stream:
        stream.write("*\n!/rules/\n!/rules/**\n")


def failed(error: sqlite3.Error | OSError, home: str) -> OutputError:
    """What a failure of the state means, for people."""
    text = str(error)
    if "locked" in text:
        what = "another run of cleaner is at work here; wait for its end, or stop it"
    elif "full" in text or "disk I/O" in text or (isinstance(error, OSError) and error.errno == ENOSPC):
        what = "the disk is full; free space and run the same command again, it goes on where it stopped"
    elif isinstance(error, OSError) or "unable to open" in text or "readonly" in text:
        what = f"cannot be written ({text}); check that you may write there"
    else:
        what = f"its memory is of no use ({text}); remove {path_of(home)} and run again, everything is looked at anew"
    return OutputError(f"{shown(home)}: {what}")


def now() -> str:
    """The time, as a run remembers it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
