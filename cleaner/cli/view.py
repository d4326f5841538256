"""`cleaner view`: the clipping as a page that shows what went, and why."""

from __future__ import annotations

import os

from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.commands import parse, view_parser
from cleaner.cli.options import ViewOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, Sink, name_of, note, read_bytes
from cleaner.errors import InputError, shown
from cleaner.report.page import page


def run(args: list[str]) -> int:
    """`cleaner view FILE`."""
    options = parse(view_parser(), args, ViewOptions())
    name = name_of(options.file)
    if options.output is not None and options.file != STDIN and _same(options.output, options.file):
        raise Stop(USAGE, f"{name}: -o would write the page over the clipping; choose another file")
    data = read_bytes(options.file)
    try:
        result = options.cleaner().clean(
            data, url=options.url, format=options.format, name=None if options.file == "-" else options.file
        )
    except InputError as error:
        raise Stop(INPUT, f"{name}: {error}") from None
    with Sink(options.output, of=[options.file]) as sink:
        sink.write(page(result.source, result.report, name=os.path.basename(name)).encode())
    for warning in result.report.warnings:
        note(f"cleaner: {name}: warning: {shown(warning)}")
    return DONE


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there, or its name is none; reading or writing will tell
        return False
