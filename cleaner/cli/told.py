"""What is told of a clipping beside its clean text: report, summary, warnings, and why it cannot be read."""

from __future__ import annotations

import os
import sys

from cleaner.cli.codes import INPUT, USAGE
from cleaner.cli.options import MainOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, Sink, name_of, note
from cleaner.errors import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.result import Report


def write_report(file: str, report: Report, *, of: str) -> None:
    """Write the report of a cleaning of the file `of`; `-` is standard output."""
    with Sink(None if file == STDIN else file, of=[of]) as sink:
        sink.write((report.to_json(indent=2) + "\n").encode())


def report_places(folder: str, files: Sequence[str]) -> list[str]:
    """Where the reports of several files go.

    Raises:
        Stop: there is no such folder, or two of them would go to the same place.
    """
    if not os.path.isdir(folder):
        raise Stop(USAGE, f"{shown(folder)}: is no folder, and {len(files)} reports need one; make it first")
    places = [os.path.join(folder, f"{os.path.basename(file)}.report.json") for file in files]
    check_apart(places, files)
    return places


def check_apart(places: Sequence[str], files: Sequence[str]) -> None:
    """See that each of some files becomes a file of its own, and none is written over itself.

    Raises:
        Stop: two would be written to the same place.
    """
    taken: dict[str, str] = {}
    for place, file in zip(places, files, strict=True):
        if os.path.exists(place) and os.path.realpath(place) == os.path.realpath(file):
            raise Stop(USAGE, f"{shown(file)}: would be written over itself; cleaner -i replaces files")
        if place in taken:
            both = f"{shown(taken[place])} and {shown(file)}"
            raise Stop(USAGE, f"{shown(place)}: {both} would both be written there; clean one after the other")
        taken[place] = file


def tell(options: MainOptions, report: Report) -> None:
    """What people should know, on stderr."""
    if options.summary:
        from cleaner.cli.terminal import wants_colour
        from cleaner.report.summary import summary

        name = name_of(options.file)
        for line in summary(report, name=name, colour=wants_colour(options.color, sys.stderr)):
            note(line)
    elif not options.quiet:
        for warning in report.warnings:
            note(f"cleaner: {name_of(options.file)}: warning: {shown(warning)}")


def tell_unread(stop: Stop) -> int:
    """Tell that a file cannot be read, so that the others can be done; gives the exit code."""
    if stop.code != INPUT:
        raise stop
    note(f"cleaner: {shown(str(stop))}")
    return stop.code
