"""The main command: clippings in, the clean text out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from copy import copy

from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.options import Cleaners, MainOptions, settled
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, Sink, in_encoding, is_same_file, name_of
from cleaner.cli.told import check_apart, report_places, tell, tell_unread, write_report
from cleaner.errors import InputError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.result import Result


def run(args: list[str]) -> int:
    """`cleaner [FILE...|-]` with options."""
    from cleaner.cli.commands import main_parser, parse
    from cleaner.cli.inputs import check_command, named

    check_command(args)
    options = parse(main_parser(), args, MainOptions())
    files = named(options.files)
    _check(options, files)
    if options.in_place:
        from cleaner.cli.in_place import clean_in_place

        return clean_in_place(options, files)
    if len(files) > 1:
        return _clean_several(options, files)
    options.file = files[0]
    if options.jsonl:
        from cleaner.cli.jsonl import clean_lines

        return clean_lines(settled(options, options.file))
    return _clean_file(options, Cleaners())


def run_default(data: bytes) -> int:
    """`cleaner` without options, with its input read already."""
    from cleaner.cli.inputs import check_text

    options = settled(MainOptions())
    check_text(options, STDIN, data)
    return _clean(options, data, options.cleaner())


def _check(options: MainOptions, files: Sequence[str]) -> None:
    if options.jsonl and (options.report or options.summary):
        raise Stop(USAGE, "--jsonl puts the report on each line; leave out --report and --summary")
    if options.report == "-" and options.output is None and not options.in_place:
        raise Stop(USAGE, "--report - needs -o FILE for the text; --json puts both on standard output")
    if options.report is not None and len(files) == 1:
        if is_same_file(options.report, options.output or STDIN):
            raise Stop(USAGE, "--report and --output name the same file; choose two")
        if is_same_file(options.report, files[0]):
            raise Stop(USAGE, "--report names the file that is to be cleaned; choose another one")
    if len(files) > 1 and options.jsonl:
        raise Stop(USAGE, "--jsonl takes one FILE; cleaner batch FILE... OUT/ takes several")
    if len(files) > 1 and options.url is not None:
        raise Stop(USAGE, "--url is the address of one clipping; leave it out, or name one FILE")


# --- one clipping -------------------------------------------------------------------------------------


def _clean_file(options: MainOptions, cleaners: Cleaners) -> int:
    from cleaner.cli.inputs import read_clipping

    _form_of_name(options)
    settled(options, options.file)
    data = read_clipping(options, options.file)
    return _clean(options, data, cleaners.of(options))


def _form_of_name(options: MainOptions) -> None:
    """What a page becomes is told by the name of the output, unless an option says so."""
    if options.output is None or "to" in vars(options):
        return
    from cleaner.options import FORMS

    end = os.path.splitext(options.output)[1].lower()
    form = next((form for form, (suffix, _) in FORMS.items() if end == suffix or (form, end) == ("html", ".htm")), None)
    if form is not None:
        vars(options)["to"] = form


def _clean(options: MainOptions, data: bytes, cleaner: Cleaner) -> int:
    name = None if options.file == STDIN else options.file
    try:
        result = cleaner.clean(data, url=options.url, format=options.format, name=name)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(options.file)}: {error}") from None
    if options.report is not None:  # first of all: without it the text could not be undone
        write_report(options.report, result.report, of=options.file)
    with Sink(options.output, of=[options.file]) as sink:
        sink.write(_output(options, result))
    tell(options, result.report)
    return DONE


# --- several ------------------------------------------------------------------------------------------


def _clean_several(options: MainOptions, files: Sequence[str]) -> int:
    """Clean each; what cannot be read is told, and the others are cleaned."""
    cleaners = Cleaners()
    return max([_clean_or_tell(one, cleaners) for one in _apart(options, files)])


def _clean_or_tell(options: MainOptions, cleaners: Cleaners) -> int:
    try:
        return _clean_file(options, cleaners)
    except Stop as stop:
        return tell_unread(stop)


def _apart(options: MainOptions, files: Sequence[str]) -> list[MainOptions]:
    """The options for each file, with an output and a report of its own if there are some."""
    if options.output is not None and not os.path.isdir(options.output):
        what = f"is no folder, and {len(files)} files need one; make it first, or name one FILE"
        raise Stop(USAGE, f"{shown(options.output)}: {what}")
    found = [copy(options) for _ in files]
    for one, file in zip(found, files, strict=True):
        one.file, one.several = file, True
    if options.output is not None:
        outputs = [os.path.join(options.output, _name_of_output(one)) for one in found]
        check_apart(outputs, files)
        for one, output in zip(found, outputs, strict=True):
            one.output = output
    if options.report is not None:
        for one, report in zip(found, report_places(options.report, files), strict=True):
            one.report = report
    return found


def _name_of_output(options: MainOptions) -> str:
    """As in a run: what becomes of a page has another ending."""
    from cleaner.batch.found import kind_of, target_of
    from cleaner.formats.options import Cleaning

    if options.file == STDIN:
        raise Stop(USAGE, "standard input has no name for a file in a folder; name FILEs, or leave out -o")
    name = os.path.basename(options.file)
    return target_of(name, kind_of(name), Cleaning(**settled(copy(options), options.file).given()))


# --- what is told -------------------------------------------------------------------------------------


def _output(options: MainOptions, result: Result) -> bytes:
    if options.json:
        from cleaner.jsonline import facts
        from cleaner.report import dumps, to_dict

        name = {"file": shown(options.file)} if options.several else {}
        return (dumps(name | facts(result) | {"report": to_dict(result.report)}) + "\n").encode()
    if options.diff:
        return _diff(options, result)
    return result.encoded()


def _diff(options: MainOptions, result: Result) -> bytes:
    from cleaner.cli.terminal import wants_colour, width
    from cleaner.report.diff import diff
    from cleaner.report.paint import BOLD, Paint

    to_file = options.output is not None
    colour = wants_colour(options.color, sys.stdout, to_file=to_file)
    columns = None if to_file else width(sys.stdout)
    head = [Paint(colour)(shown(options.file), BOLD)] if options.several else []
    rows = [*head, *diff(result.source, result.report, colour=colour, width=columns), ""]
    encoding = "utf-8" if to_file else getattr(sys.stdout, "encoding", None) or "utf-8"
    return in_encoding("\n".join(rows), encoding)
