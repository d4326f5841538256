"""`cleaner watch`: new clippings are cleaned as they arrive."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from cleaner.batch.options import cores
from cleaner.batch.run import Batch
from cleaner.batch.watch import Arrivals
from cleaner.cli.batch import batch_options, on_signal, opened
from cleaner.cli.codes import DONE, INPUT
from cleaner.cli.commands import parse
from cleaner.cli.options import RunOptions, settled
from cleaner.cli.progress import watcher
from cleaner.cli.running import watch_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note
from cleaner.errors import shown
from cleaner.report.numbers import count, share

_JOBS = 2  # a person clips one page at a time


def run(args: list[str]) -> int:
    """`cleaner watch FOLDER [DEST]`."""
    asked = parse(watch_parser(), args, RunOptions())
    if not os.path.isdir(asked.folder):
        raise Stop(INPUT, f"{shown(asked.folder)}: no such folder; name the one to watch")
    settled(asked, asked.folder)
    options = batch_options(asked, (asked.folder,), asked.dest)
    options = replace(options, jobs=asked.jobs or min(_JOBS, cores()))
    with (
        watcher(quiet=asked.quiet, json=asked.json, colour="never", lines=True) as show,
        opened(options, show) as batch,
    ):
        arrivals = Arrivals(asked.folder)
        with on_signal(arrivals.stop):
            batch.warm()
            if not (asked.quiet or asked.json):
                note(f"cleaner: watching {shown(asked.folder)}; Ctrl-C ends it")
            if asked.existing:
                _clean(batch, None, asked)
            for paths in arrivals.ready():
                _clean(batch, paths, asked)
    return DONE


def _clean(batch: Batch, paths: Sequence[str] | None, asked: RunOptions) -> None:
    tally = batch.run(paths).tally
    if tally.documents and not (asked.quiet or asked.json):
        what = share(tally.removed, tally.characters)
        name = f": {shown(tally.top[0][2])}" if tally.documents == 1 and tally.top else ""
        note(f"cleaner: {count(tally.documents, 'document')} cleaned, {what} removed{name}")
