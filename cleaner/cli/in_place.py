"""`cleaner -i FILE...`: files replaced where they are, with the journal of runs for `cleaner undo`, without a run."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from copy import copy

from cleaner.batch.replace import Replacement, replace_files
from cleaner.batch.state import State, path_of
from cleaner.batch.tasks import Change, Done
from cleaner.cli.codes import DONE, INPUT, OUTPUT, USAGE
from cleaner.cli.inputs import from_here, quoted, read_clipping
from cleaner.cli.options import Cleaners, MainOptions, settled
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, name_of, note
from cleaner.cli.told import report_places, tell, tell_unread, write_report
from cleaner.draft import size_and_time
from cleaner.errors import InputError, shown
from cleaner.isolation.problem import Problem
from cleaner.report.numbers import count
from cleaner.settings.find import places, user_folder


def clean_in_place(options: MainOptions, files: Sequence[str]) -> int:
    """Replace each file by its clean text; what cannot be is told, and the others are replaced."""
    _check(options, files)
    code = DONE
    cleaners = Cleaners()
    beside = _common(files)
    homes: dict[str, list[Replacement]] = {}
    reports: Sequence[str | None] = [options.report] * len(files)
    if options.report is not None and len(files) > 1:
        reports = report_places(options.report, files)
    for file, report in zip(files, reports, strict=True):
        one = copy(options)
        one.file, one.report = file, report
        try:
            home = home_of(file, beside)
            homes.setdefault(home, []).extend(_changed(one, home, cleaners))
        except Stop as stop:
            code = tell_unread(stop)
    for home, changes in homes.items():
        for problem in _replaced(home, changes, options):
            code = OUTPUT
            note(f"cleaner: {problem}")
    return code


def home_of(file: str, beside: str | None = None) -> str:
    """The folder that remembers what a file was: the nearest one that remembers something, or has settings; else that
    of the files `beside` it, or its own."""
    own = folder = os.path.dirname(os.path.realpath(file))
    while not os.path.exists(path_of(folder)):
        above = os.path.dirname(folder)
        if above == folder:
            return _settings_home(own) or beside or own
        folder = above
    return folder


def _common(files: Sequence[str]) -> str | None:
    """The folder of one of some files that holds all others, too, if there is one."""
    folders = {os.path.dirname(os.path.realpath(file)) for file in files}
    try:
        common = os.path.commonpath(folders)
    except ValueError:  # on several drives
        return None
    return common if common in folders else None


def _settings_home(folder: str) -> str | None:
    users = user_folder()
    for place in places(folder):
        home = os.path.dirname(place)
        if home != users and os.path.commonpath([home, folder]) == home:
            return home if os.path.isfile(place) else os.path.dirname(home)  # of .cleaner/rules
    return None


def _check(options: MainOptions, files: Sequence[str]) -> None:
    if STDIN in files:
        raise Stop(USAGE, "-i replaces files; name some")
    for flag in ("output", "json", "diff", "jsonl"):
        if getattr(options, flag):
            name = "-o" if flag == "output" else f"--{flag}"
            raise Stop(USAGE, f"-i writes into the files themselves; leave out {name}")


def _changed(options: MainOptions, home: str, cleaners: Cleaners) -> Iterator[Replacement]:
    """What is to become of a file; nothing if it stays as it is."""
    file = options.file
    settled(options, file)
    try:
        size, mtime = size_and_time(file)
    except (OSError, ValueError):
        size = mtime = 0  # reading tells what is wrong
    data = read_clipping(options, file)
    try:
        result = cleaners.of(options).clean(data, url=options.url, format=options.format, name=file)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(file)}: {error}") from None
    if result.report.page:
        page = f"{os.path.splitext(file)[0]}.md"
        way = f"cleaner {quoted(file)} -o {quoted(page)}"
        raise Stop(INPUT, f"{name_of(file)}: a web page is not replaced by its article; {way} writes it beside")
    if options.report is not None:
        write_report(options.report, result.report, of=file)
    tell(options, result.report)
    after = result.encoded()
    if after != data:
        read = Done(hashlib.sha256(data).digest(), size, mtime)
        change = Change(zlib.compress(data, 6), after, hashlib.sha256(after).digest())
        yield Replacement(file, os.path.relpath(os.path.realpath(file), home), read, change)


def _replaced(home: str, changes: Sequence[Replacement], options: MainOptions) -> Iterator[str]:
    """Replace files of one home, and say so; gives what is wrong with those that stay."""
    if not changes:
        return
    state = State(home, durable=True)
    try:
        run = state.begin(options.given().get("level", "normal"))
        done = replace_files(state, run, changes)
        state.end(run)
    finally:
        state.close()
    problems = [(one.path, problem) for one, problem in zip(changes, done, strict=True) if isinstance(problem, Problem)]
    yield from (f"{shown(path)}: {problem.text}" for path, problem in problems)
    number = len(changes) - len(problems)
    if number and not options.quiet:
        place = changes[0].path if len(changes) == 1 else from_here(home)
        note(f"cleaner: {count(number, 'file')} replaced; cleaner undo {quoted(place)} brings {_them(number)} back")


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
