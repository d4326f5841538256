"""`cleaner batch`: folders, exports and crawls."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import TypedDict

from cleaner.batch.clippings import Clippings
from cleaner.batch.options import BatchOptions
from cleaner.batch.run import Batch, Summary
from cleaner.cli.codes import DONE, FINDINGS, INPUT, INTERRUPTED, USAGE
from cleaner.cli.commands import parse
from cleaner.cli.options import RunOptions, settled, unreadable_rules
from cleaner.cli.outcome import outcome, would_go
from cleaner.cli.progress import Silent, emit, summary_facts, watcher
from cleaner.cli.running import batch_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import shown
from cleaner.formats.options import RUN_SECONDS, Cleaning, Fields
from cleaner.isolation.problem import DocumentError
from cleaner.settings.find import places, user_folder


def run(args: list[str]) -> int:
    """`cleaner batch SOURCE... DEST`."""
    asked = parse(batch_parser(), args, RunOptions())
    sources, dest = _places(asked)
    _settle(asked, sources)
    options = batch_options(asked, sources, dest)
    with (
        watcher(quiet=asked.quiet, json=asked.json, colour=asked.color, dry_run=options.dry_run) as show,
        opened(options, show) as batch,
        on_signal(batch.stop),
    ):
        summary = batch.run()
    _tell(asked, options, summary, show)
    if summary.stopped:
        return INTERRUPTED
    findings = summary.failures or summary.planned.failed or (asked.check and summary.tally.changed)
    return FINDINGS if findings else DONE


@contextmanager
def opened(options: BatchOptions, show: Silent) -> Iterator[Batch]:
    """A run that is ended in any case, with the errors people understand."""
    try:
        batch = Batch(options, show)
    except OSError as error:
        raise unreadable_rules(error) from None
    try:
        yield batch
    except DocumentError as error:
        raise Stop(INPUT, str(error)) from None
    finally:
        batch.close()


@contextmanager
def on_signal(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at the first Ctrl-C or SIGTERM; a second one ends everything at once."""

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def reset() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def handle(*_: object) -> None:
        reset()
        stop()

    for number in before:
        signal.signal(number, handle)
    try:
        yield
    finally:
        reset()


def _settle(asked: RunOptions, sources: Sequence[str]) -> None:
    """Take the settings for the sources, which must have the same ones: a run has one way to clean."""
    found = {
        places(os.path.abspath(one) if os.path.isdir(one) else os.path.dirname(one), asked.config) for one in sources
    }
    if len(found) > 1:
        raise Stop(USAGE, "the sources have different settings; clean one after the other, or name one --config FILE")
    settled(asked, sources[0])


def cleaning(asked: RunOptions) -> Cleaning:
    """How the documents are to be cleaned."""
    given = vars(asked)
    named = {one.name: given[f"{one.name}_field"] for one in fields(Fields) if f"{one.name}_field" in given}
    return Cleaning(
        **{"max_seconds": RUN_SECONDS, **asked.given()},
        records=asked.records,
        fields=Fields(**named),
        max_unpacked=asked.max_unpacked,
    )


class Shared(TypedDict):
    """What all runs may be asked, on one machine or many."""

    cleaning: Cleaning
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    hidden: bool
    overwrite: bool
    retry_failed: bool
    jobs: int
    max_memory: int


def shared(asked: RunOptions) -> Shared:
    """The options that all runs have."""
    return Shared(
        cleaning=cleaning(asked),
        include=asked.include,
        exclude=asked.exclude,
        hidden=asked.hidden,
        overwrite=asked.overwrite,
        retry_failed=asked.retry_failed,
        jobs=asked.jobs,
        max_memory=int(asked.max_memory * 1_000_000),
    )


def batch_options(asked: RunOptions, sources: tuple[str, ...], dest: str | None) -> BatchOptions:
    """What the run is asked to do."""
    return BatchOptions(
        sources=sources,
        dest=dest,
        copy_others=asked.copy_others,
        dry_run=asked.dry_run or asked.check,
        clippings=None if dest is not None else _clippings(asked, sources),
        all_notes=asked.all_notes,
        report=asked.report,
        **shared(asked),
    )


def _clippings(asked: RunOptions, sources: Sequence[str]) -> Clippings:
    """What tells the clippings among the notes; folders of them count from the settings that name them."""
    stated = asked.settings.values.get("clipping-folders") if asked.settings is not None else None
    base = os.path.dirname(os.path.abspath(stated.path)) if stated else ""
    if base == user_folder():
        base = os.path.dirname(os.path.abspath(sources[0]))
    named = frozenset(os.path.abspath(source) for source in sources if not os.path.isdir(source))
    return Clippings(asked.clipping_folders, asked.clipping_tags, base, named)


def _places(asked: RunOptions) -> tuple[tuple[str, ...], str | None]:
    if asked.in_place:
        return tuple(asked.places), None
    if asked.all_notes:
        raise Stop(USAGE, "--all-notes goes with --in-place; into another folder all notes are cleaned anyway")
    *sources, dest = asked.places
    if not sources:
        raise Stop(USAGE, "name a DEST folder for what is clean, or pass --in-place to replace the files")
    _check(sources, dest)
    return tuple(sources), dest


def _check(sources: Sequence[str], dest: str) -> None:
    if os.path.exists(dest) and not os.path.isdir(dest):
        raise Stop(USAGE, f"{shown(dest)}: is a file; the last name is the folder that gets what is clean")
    for source in sources:
        if os.path.realpath(source) == os.path.realpath(dest):
            raise Stop(USAGE, f"{shown(dest)}: is source and DEST; pass --in-place to replace the files themselves")


def _tell(asked: RunOptions, options: BatchOptions, summary: Summary, show: Silent) -> None:
    """What came of it."""
    if asked.json:
        emit("done", **summary_facts(summary))
        return
    if options.dry_run:
        write_text("".join(f"{line}\n" for line in would_go(show.changed)))
    if not asked.quiet:
        colour = wants_colour(asked.color, sys.stderr)
        for line in outcome(summary, home=options.dest or asked.places[0], dry_run=options.dry_run, colour=colour):
            note(line)
