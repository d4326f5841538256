"""What there is to tell of documents: notes, and reports on their way to a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from cleaner.errors import shown
from cleaner.isolation.problem import HARMLESS, Code, Problem

_HARMLESS = tuple(sorted(HARMLESS))
_CURRENT = "(item IS NOT NULL OR run = (SELECT max(id) FROM run))"
"""Notes of items, and what the last run could not go into."""


class Notes:
    """Notes and reports, in the state's tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, run: int, item: int | None, number: int | None, name: str, problem: Problem) -> None:
        """Remember what somebody should know of a document."""
        self._db.execute(
            "INSERT INTO note(run, item, number, name, code, text) VALUES (?, ?, ?, ?, ?, ?)",
            (run, item, number, shown(name), problem.code, shown(problem.text)),
        )

    def all(self, limit: int = -1) -> list[tuple[str, Code, str]]:
        """Name, code and text of what there is to tell of all items, failures first; -1: no limit."""
        query = f"SELECT name, code, text FROM note WHERE {_CURRENT} ORDER BY code IN {_HARMLESS}, name, number LIMIT ?"
        return [tuple(row) for row in self._db.execute(query, (limit,))]

    def has_failures(self, item: int) -> bool:
        """Whether a document of an item was set aside."""
        query = f"SELECT 1 FROM note WHERE item = ? AND code NOT IN {_HARMLESS} LIMIT 1"
        return self._db.execute(query, (item,)).fetchone() is not None

    def counts(self) -> dict[Code, int]:
        """How many notes of each code there are."""
        query = f"SELECT code, count(*) FROM note WHERE {_CURRENT} GROUP BY code ORDER BY code"
        return dict(self._db.execute(query).fetchall())

    def add_report(self, item: int, number: int, report: bytes) -> None:
        """Keep a report until it is written."""
        self._db.execute("INSERT OR REPLACE INTO report VALUES (?, ?, ?)", (item, number, report))

    def item_reports(self, item: int) -> Iterator[bytes]:
        """The reports of one item."""
        rows = self._db.execute("SELECT report FROM report WHERE item = ? ORDER BY number", (item,))
        return (row[0] for row in rows)

    def reports(self, run: int) -> Iterator[bytes]:
        """The reports of all files that a run found, in the order of their names."""
        query = (
            "SELECT report FROM report JOIN item ON item.id = report.item WHERE item.run = ? "
            "ORDER BY item.source, report.number"
        )
        return (row[0] for row in self._db.execute(query, (run,)))

    def forget_reports(self, item: int) -> None:
        """The reports of an item are written."""
        self._db.execute("DELETE FROM report WHERE item = ?", (item,))

    def has_report(self, item: int) -> bool:
        """Whether there is a report of an item."""
        return self._db.execute("SELECT 1 FROM report WHERE item = ? LIMIT 1", (item,)).fetchone() is not None
