"""The main command: one clipping in, the clean text out."""

from __future__ import annotations

import sys

from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.options import MainOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, Sink, in_encoding, is_same_file, name_of, note, read_bytes
from cleaner.errors import InputError, shown
from cleaner.read.decode import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.model import Report, Result


def run(args: list[str]) -> int:
    """`cleaner [FILE|-]` with options."""
    from cleaner.cli.commands import main_parser, parse

    options = parse(main_parser(), args, MainOptions())
    _check(options)
    if options.jsonl:
        from cleaner.cli.jsonl import clean_lines

        return clean_lines(options)
    return _clean(options, read_bytes(options.file))


def run_default(data: bytes) -> int:
    """`cleaner` without options, with its input read already."""
    return _clean(MainOptions(), data)


def _check(options: MainOptions) -> None:
    if options.jsonl and (options.report or options.summary):
        raise Stop(USAGE, "--jsonl puts the report on each line; leave out --report and --summary")
    if options.report == "-" and options.output is None:
        raise Stop(USAGE, "--report - needs -o FILE for the text; --json puts both on standard output")
    if options.report is not None and is_same_file(options.report, options.output or STDIN):
        raise Stop(USAGE, "--report and --output name the same file; choose two")
    if options.report is not None and is_same_file(options.report, options.file):
        raise Stop(USAGE, "--report names the file that is to be cleaned; choose another one")


def _clean(options: MainOptions, data: bytes) -> int:
    cleaner = options.cleaner()
    name = None if options.file == "-" else options.file
    try:
        result = cleaner.clean(data, url=options.url, format=options.format, name=name)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(options.file)}: {error}") from None
    if options.report is not None:  # first of all: without it the text could not be undone
        _write_report(options.report, result.report, options.file)
    with Sink(options.output, of=[options.file]) as sink:
        sink.write(_output(options, result))
    _tell(options, result.report)
    return DONE


def _output(options: MainOptions, result: Result) -> bytes:
    if options.json:
        from cleaner.cli.jsonl import facts
        from cleaner.report import dumps, to_dict

        return (dumps(facts(result) | {"report": to_dict(result.report)}) + "\n").encode()
    if options.diff:
        return _diff(options, result)
    report = result.report
    return encode(result.text, report.encoding, bytes.fromhex(report.bom), report.errors)


def _diff(options: MainOptions, result: Result) -> bytes:
    from cleaner.cli.terminal import wants_colour, width
    from cleaner.report.diff import diff

    to_file = options.output is not None
    colour = wants_colour(options.color, sys.stdout, to_file=to_file)
    columns = None if to_file else width(sys.stdout)
    rows = [*diff(result.source, result.report, colour=colour, width=columns), ""]
    encoding = "utf-8" if to_file else getattr(sys.stdout, "encoding", None) or "utf-8"
    return in_encoding("\n".join(rows), encoding)


def _write_report(file: str, report: Report, source: str) -> None:
    from cleaner.report import dumps, to_dict

    with Sink(None if file == "-" else file, of=[source]) as sink:
        sink.write((dumps(to_dict(report), indent=2) + "\n").encode())


def _tell(options: MainOptions, report: Report) -> None:
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
