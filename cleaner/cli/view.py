"""`cleaner view`: the clipping as a page that shows what went, and why; a folder as such pages with an index."""

from __future__ import annotations

import os
import tempfile

from cleaner.batch.options import BatchOptions
from cleaner.batch.pages import INDEX, view_folder
from cleaner.cli.codes import DONE, FINDINGS, INPUT, USAGE
from cleaner.cli.commands import parse, view_parser
from cleaner.cli.inputs import quoted, read_clipping
from cleaner.cli.options import ViewOptions, settled, unreadable_rules
from cleaner.cli.pages import check_place, put, show
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, name_of, note
from cleaner.errors import InputError, shown
from cleaner.formats.options import RUN_SECONDS, Cleaning
from cleaner.isolation.problem import DocumentError
from cleaner.report.numbers import count
from cleaner.report.page import page


def run(args: list[str]) -> int:
    """`cleaner view FILE`, `cleaner view FOLDER -o REPORT/`."""
    options = settled(*_asked(args))
    if options.file != STDIN and os.path.isdir(options.file):
        return _folder(options)
    name = name_of(options.file)
    if options.output is not None and options.file != STDIN and _same(options.output, options.file):
        raise Stop(USAGE, f"{name}: -o would write the page over the clipping; choose another file")
    check_place(options.output, open=options.open)
    data = read_clipping(options, options.file)
    try:
        result = options.cleaner().clean(
            data, url=options.url, format=options.format, name=None if options.file == "-" else options.file
        )
    except InputError as error:
        raise Stop(INPUT, f"{name}: {error}") from None
    title = os.path.basename(name)
    shown_page = page(result.source, result.report, name=title)
    put(shown_page, options.output, open=options.open, name=title, of=[options.file])
    for warning in result.report.warnings:
        note(f"cleaner: {name}: warning: {shown(warning)}")
    return DONE


def _asked(args: list[str]) -> tuple[ViewOptions, str]:
    options = parse(view_parser(), args, ViewOptions())
    return options, options.file


def _folder(options: ViewOptions) -> int:
    """A page for each document of a folder, and an index."""
    name = shown(options.file)
    if options.output is None and not options.open:
        raise Stop(USAGE, f"{name}: is a folder; -o REPORT/ names the folder for its pages, --open shows them")
    if options.url is not None or options.format != "auto":
        raise Stop(USAGE, f"{name}: is a folder; --url and --format are of one clipping, leave them out")
    report = options.output or tempfile.mkdtemp(prefix="cleaner-")
    if os.path.isfile(report):
        raise Stop(USAGE, f"{shown(report)}: is a file; -o names the folder for the pages")
    asked = BatchOptions(
        sources=(options.file,),
        dest=report,
        cleaning=Cleaning(**{"max_seconds": RUN_SECONDS, **options.given()}),
        include=options.include,
        exclude=options.exclude,
        hidden=options.hidden,
        jobs=options.jobs,
    )
    try:
        view = view_folder(asked)
    except DocumentError as error:
        raise Stop(INPUT, str(error)) from None
    except OSError as error:
        raise unreadable_rules(error) from None
    index = os.path.join(report, INDEX)
    if not options.quiet:
        without = f", {len(view.unseen):,} without one" if view.unseen else ""
        note(f"cleaner: {count(len(view.documents), 'page')}{without}; open {quoted(index)}")
    if options.open:
        show(index)
    return FINDINGS if view.failed else DONE


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there, or its name is none; reading or writing will tell
        return False
