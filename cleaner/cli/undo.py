"""`cleaner undo`: the files as they were before they were cleaned in place."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter

from cleaner.batch.state import State, failed, path_of
from cleaner.batch.undo import undo
from cleaner.cli.codes import DONE, FINDINGS, INPUT, USAGE
from cleaner.cli.commands import parse
from cleaner.cli.in_place import home_of
from cleaner.cli.inputs import from_here
from cleaner.cli.options import UndoOptions
from cleaner.cli.running import undo_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note, write_text
from cleaner.errors import shown
from cleaner.report.numbers import count

_OTHERS = {"unchanged": "never changed", "left": "left alone"}


def run(args: list[str]) -> int:
    """`cleaner undo FOLDER`."""
    options = parse(undo_parser(), args, UndoOptions())
    home, only = _home(os.path.abspath(options.folder))
    if not os.path.exists(path_of(home)):
        above = home_of(os.path.join(home, "any"))
        if os.path.exists(path_of(above)):
            what = f"{shown(from_here(above))} remembers what was cleaned here; name that folder, or one file"
            raise Stop(INPUT, f"{shown(options.folder)}: {what}")
        raise Stop(
            INPUT, f"{shown(options.folder)}: nothing was cleaned in place here; name the file or folder that was"
        )
    state = State(home, durable=True)
    try:
        runs = state.journal.runs(only)
        if options.list:
            _list(runs)
            return DONE
        if not runs:
            write_text("nothing can be undone\n")
        left = 0
        for number in _chosen(options, [run for run, _, _ in runs]):
            left += _undo(options, state, home, number, only)
        return FINDINGS if left else DONE
    except sqlite3.Error as error:
        raise failed(error, home) from None
    finally:
        state.close()


def _list(runs: list[tuple[int, str, int]]) -> None:
    rows = [f"{number:>4}  {when}  {count(files, 'file')}\n" for number, when, files in runs]
    write_text("".join(rows) or "nothing can be undone\n")


def _chosen(options: UndoOptions, runs: list[int]) -> list[int]:
    if options.run is not None and options.run not in runs:
        raise Stop(USAGE, f"there is no run {options.run} to be undone; --list shows those there are")
    return [options.run] if options.run is not None else runs if options.all else runs[:1]


def _home(place: str) -> tuple[str, str | None]:
    """The folder that was cleaned, and of a file its name in there."""
    if os.path.isdir(place) or os.path.exists(path_of(place)):
        return place, None
    home = home_of(place)
    return home, os.path.relpath(os.path.realpath(place), home)


def _undo(options: UndoOptions, state: State, home: str, number: int, only: str | None) -> int:
    """Undo one run; gives how many files stay as they are."""
    fates: Counter[str] = Counter()
    for one in undo(state, home, number, into=options.into, dry_run=options.dry_run, only=only):
        fates[one.fate] += 1
        if one.problem:
            note(f"cleaner: {shown(one.path)}: {shown(one.problem)}")
    what = "would be brought back" if options.dry_run else "written" if options.into else "brought back"
    words = [f"{count(fates['restored'], 'file')} {what}"]
    words += [f"{fates[fate]:,} {words}" for fate, words in _OTHERS.items() if fates[fate]]
    write_text(f"run {number}: {', '.join(words)}\n")
    return fates["left"]
