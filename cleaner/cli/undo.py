"""`cleaner undo`: the files as they were before they were cleaned in place."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter

from cleaner.batch.state import State, failed, path_of
from cleaner.batch.undo import undo
from cleaner.cli.codes import DONE, FINDINGS, INPUT, USAGE
from cleaner.cli.commands import parse, undo_parser
from cleaner.cli.options import UndoOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note, write_text
from cleaner.errors import shown
from cleaner.report.numbers import count

_OTHERS = {"unchanged": "never changed", "left": "left alone"}


def run(args: list[str]) -> int:
    """`cleaner undo FOLDER`."""
    options = parse(undo_parser(), args, UndoOptions())
    home = os.path.abspath(options.folder)
    if not os.path.exists(path_of(home)):
        raise Stop(INPUT, f"{shown(options.folder)}: nothing was cleaned in place here; name the folder that was given")
    state = State(home, durable=True)
    try:
        runs = state.journal.runs()
        if options.list:
            _list(runs)
            return DONE
        left = 0
        for number in _chosen(options, [run for run, _, _ in runs]):
            left += _undo(options, state, home, number)
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


def _undo(options: UndoOptions, state: State, home: str, number: int) -> int:
    """Undo one run; gives how many files stay as they are."""
    fates: Counter[str] = Counter()
    for one in undo(state, home, number, into=options.into, dry_run=options.dry_run):
        fates[one.fate] += 1
        if one.problem:
            note(f"cleaner: {shown(one.path)}: {shown(one.problem)}")
    what = "would be brought back" if options.dry_run else "written" if options.into else "brought back"
    words = [f"{count(fates['restored'], 'file')} {what}"]
    words += [f"{fates[fate]:,} {words}" for fate, words in _OTHERS.items() if fates[fate]]
    write_text(f"run {number}: {', '.join(words)}\n")
    return fates["left"]
