"""What is told of a clipping beside its clean text: report, summary, warnings, and why it cannot be read."""

from __future__ import annotations

import sys

from cleaner.cli.codes import INPUT
from cleaner.cli.options import MainOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, Sink, name_of, note
from cleaner.errors import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.result import Report


def write_report(file: str, report: Report, *, of: str) -> None:
    """Write the report of a cleaning of the file `of`; `-` is standard output."""
    with Sink(None if file == STDIN else file, of=[of]) as sink:
        sink.write((report.to_json(indent=2) + "\n").encode())


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
