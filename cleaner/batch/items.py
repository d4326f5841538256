"""The files of runs, and the parts of those that hold many documents."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.isolation.problem import PASSING, Problem
from cleaner.report.tally import Tally

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a run.

    Attributes:
        target: of the output, below the destination; None if the file itself is replaced.
        size, mtime: of the source when it was last looked at.
        sha256: of the source when it was last cleaned.
        fingerprint: of what else the output depends on; see `Cleaning.fingerprint`.
        status: `pending`, `done`, `failed`, `again` (it failed, and the next run tries it again) or `undone`.
        run: the last one that found it.
    """

    id: int
    source: str
    shown: str
    target: str | None
    kind: str
    size: int
    mtime: int
    sha256: bytes | None
    fingerprint: str
    status: str
    run: int


@dataclass(frozen=True, slots=True)
class Part:
    """A run of documents of a container that are done; their answers lie in the spool at `at`."""

    first: int
    count: int
    at: int


_ITEM = "id, source, shown, target, kind, size, mtime, sha256, fingerprint, status, run"


class Items:
    """The files that runs have found, in the state's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, source: str) -> Item | None:
        """What is known of a file."""
        row = self._db.execute(f"SELECT {_ITEM} FROM item WHERE source = ?", (os.fsencode(source),)).fetchone()
        return _item(row) if row else None

    def owner(self, target: str) -> str | None:
        """The source that has this target."""
        row = self._db.execute("SELECT source FROM item WHERE target = ?", (os.fsencode(target),)).fetchone()
        return os.fsdecode(row[0]) if row else None

    def plan(self, item: Item) -> int:
        """Remember an item, whose status says whether something is to be done; give its number."""
        source = os.fsencode(item.source)
        target = None if item.target is None else os.fsencode(item.target)
        self._db.execute("UPDATE item SET target = NULL WHERE target = ? AND source != ?", (target, source))
        self._db.execute(
            "INSERT INTO item(source, shown, target, kind, size, mtime, sha256, fingerprint, status, run) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(source) DO UPDATE SET shown = excluded.shown, "
            "target = excluded.target, kind = excluded.kind, size = excluded.size, mtime = excluded.mtime, "
            "sha256 = excluded.sha256, fingerprint = excluded.fingerprint, status = excluded.status, "
            "run = excluded.run",
            (
                source,
                os.fsencode(item.shown),
                target,
                item.kind,
                item.size,
                item.mtime,
                item.sha256,
                item.fingerprint,
                item.status,
                item.run,
            ),
        )
        row = self._db.execute("SELECT id FROM item WHERE source = ?", (source,)).fetchone()
        return int(row[0])

    def outputs(self) -> Iterator[tuple[str, str]]:
        """Target and source of all files that are done, and become files of their own."""
        query = "SELECT target, source FROM item WHERE target IS NOT NULL AND status = 'done' ORDER BY target"
        return ((os.fsdecode(target), os.fsdecode(source)) for target, source in self._db.execute(query))

    def place(self, shown: str) -> str | None:
        """Where the file is that is shown by a name: its output, or the file itself if it was replaced."""
        query = "SELECT coalesce(target, source) FROM item WHERE shown = ?"
        row = self._db.execute(query, (os.fsencode(shown),)).fetchone()
        return os.fsdecode(row[0]) if row else None

    def pending(self, run: int) -> Iterator[Item]:
        """What is to be done, in the order in which it was found first."""
        last = 0
        while True:
            query = (
                f"SELECT {_ITEM} FROM item WHERE status = 'pending' AND id > ? AND run = ? ORDER BY id LIMIT {_PAGE}"
            )
            rows = self._db.execute(query, (last, run)).fetchall()
            if not rows:
                return
            for row in rows:
                yield _item(row)
            last = rows[-1][0]

    def amount(self, run: int) -> tuple[int, int]:
        """How many files are to be done, and their bytes."""
        query = "SELECT count(*), coalesce(sum(size), 0) FROM item WHERE status = 'pending' AND run = ?"
        row = self._db.execute(query, (run,)).fetchone()
        return row[0], row[1]

    def settle(
        self,
        item: int,
        status: str,
        *,
        size: int,
        mtime: int,
        sha256: bytes | None,
        tally: Tally | None,
    ) -> None:
        """An item is done or has failed."""
        written = None if tally is None else json.dumps(tally.to_dict(), ensure_ascii=True)
        self._db.execute(
            "UPDATE item SET status = ?, size = ?, mtime = ?, sha256 = ?, tally = ? WHERE id = ?",
            (status, size, mtime, sha256, written, item),
        )

    def confirm(self, item: int, size: int, mtime: int) -> None:
        """An item turned out to be as it was."""
        self._db.execute("UPDATE item SET status = 'done', size = ?, mtime = ? WHERE id = ?", (size, mtime, item))

    # --- parts of containers -----------------------------------------------------------------------

    def parts(self, item: int) -> list[Part]:
        """What is done of a container, in order."""
        query = "SELECT first, count, at FROM part WHERE item = ? ORDER BY first"
        return [Part(*row) for row in self._db.execute(query, (item,))]

    def add_part(self, item: int, part: Part, tally: Tally) -> None:
        """Some documents of a container are done."""
        self._db.execute(
            "INSERT OR REPLACE INTO part(item, first, count, at) VALUES (?, ?, ?, ?)",
            (item, part.first, part.count, part.at),
        )
        total = self.tally_of(item)
        total.add(tally)
        self._db.execute("UPDATE item SET tally = ? WHERE id = ?", (json.dumps(total.to_dict()), item))

    def forget_parts(self, item: int) -> None:
        """A container is done, or must be begun anew."""
        self._db.execute("DELETE FROM part WHERE item = ?", (item,))

    def tally_of(self, item: int) -> Tally:
        """What was counted of an item."""
        row = self._db.execute("SELECT tally FROM item WHERE id = ?", (item,)).fetchone()
        return Tally.from_dict(json.loads(row[0])) if row and row[0] else Tally()

    def tallies(self) -> Iterator[Tally]:
        """Of each item."""
        for (tally,) in self._db.execute("SELECT tally FROM item WHERE tally IS NOT NULL ORDER BY source"):
            yield Tally.from_dict(json.loads(tally))

    def forget(self, item: int, *, parts: bool = True) -> None:
        """An item is begun anew: what is known of it no longer holds, or only what was told of it as a whole."""
        if not parts:
            self._db.execute("DELETE FROM note WHERE item = ? AND number IS NULL", (item,))
            return
        for table in ("note", "report", "part"):
            self._db.execute(f"DELETE FROM {table} WHERE item = ?", (item,))
        self._db.execute("UPDATE item SET tally = NULL WHERE id = ?", (item,))


def status_of(failure: Problem | None) -> str:
    """The status of an item that was done, or set aside."""
    return "done" if failure is None else "again" if failure.code in PASSING else "failed"


def _item(row: Sequence[Any]) -> Item:
    id, source, label, target, *rest = row
    return Item(id, os.fsdecode(source), os.fsdecode(label), None if target is None else os.fsdecode(target), *rest)
