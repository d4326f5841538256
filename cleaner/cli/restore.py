"""`cleaner restore`: clean text and report give the input back."""

from __future__ import annotations

from cleaner.cli.codes import DONE, FINDINGS, INPUT, USAGE
from cleaner.cli.commands import parse, restore_parser
from cleaner.cli.options import RestoreOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink, is_same_file, name_of, read_bytes
from cleaner.errors import RestoreError
from cleaner.report import loads, restore


def run(args: list[str]) -> int:
    """`cleaner restore CLEAN --report R`."""
    options = parse(restore_parser(), args, RestoreOptions())
    if options.clean == options.report == "-":
        raise Stop(USAGE, "only one of CLEAN and --report can be standard input")
    if options.output is not None and is_same_file(options.output, options.report):
        raise Stop(USAGE, "--output names the report; choose another file")
    try:
        report = loads(read_bytes(options.report))
    except RestoreError as error:
        raise Stop(INPUT, f"{name_of(options.report)}: {error}") from None
    try:
        data = restore(read_bytes(options.clean), report)
    except RestoreError as error:
        raise Stop(FINDINGS, f"{name_of(options.clean)}: {error}") from None
    with Sink(options.output, of=[options.clean, options.report]) as sink:
        sink.write(data)
    return DONE
