"""What the tests of runs share: documents, a silent observer, and a run in one call."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cleaner
from cleaner.batch.options import BatchOptions
from cleaner.batch.run import Batch, Summary
from cleaner.batch.walk import STATE_FOLDER
from cleaner.cli.progress import Silent
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import Problem

PARAGRAPH = "The ferry leaves the harbour at six in the morning, and nobody on the pier has slept for long."
DIRTY = f"{PARAGRAPH}\n\nYou have {{{{numberArticlesLeft}}}} free articles left this month\n\nIt comes back at night.\n"
CLEAN = cleaner.clean(DIRTY).text
PAGE = (
    "<!doctype html><html><head><title>The ferry</title></head><body><nav class='menu'><a href='/'>Home</a> "
    f"<a href='/a'>News</a></nav><article><h1>The ferry</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article>"
    "</body></html>"
)


class Recorder(Silent):
    """Remembers what it is told."""

    def __init__(self) -> None:
        super().__init__(dry_run=True)
        self.notes: list[tuple[str, str, str]] = []

    def noted(self, name: str, problem: Problem) -> None:
        self.notes.append((os.path.basename(name), problem.code, problem.text))

    def codes(self) -> dict[str, str]:
        """The code by the name of each document that there is a note of."""
        return {name: code for name, code, _ in self.notes}


def batch(
    *sources: Path,
    dest: Path | None = None,
    show: Silent | None = None,
    cleaning: Cleaning | None = None,
    **options: Any,
) -> Summary:
    """A run with one worker."""
    asked = BatchOptions(
        sources=tuple(map(str, sources)),
        dest=None if dest is None else str(dest),
        cleaning=cleaning or Cleaning(),
        **{"jobs": 1, **options},
    )
    run = Batch(asked, show or Silent())
    try:
        return run.run()
    finally:
        run.close()


def fill(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, which is made with those below it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder with their bytes, but for what the run remembers."""
    return {
        os.path.relpath(os.path.join(place, name), folder): Path(place, name).read_bytes()
        for place, _, names in os.walk(folder)
        for name in names
        if STATE_FOLDER not in Path(place).parts
    }
