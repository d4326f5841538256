"""`cleaner stats`: what runs on a folder removed, as a page with charts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.batch.pages import INDEX, pages_in
from cleaner.batch.state import State, path_of
from cleaner.cli.codes import DONE, INPUT
from cleaner.cli.commands import parse
from cleaner.cli.options import StatsOptions, settled
from cleaner.cli.pages import check_place, put
from cleaner.cli.running import stats_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink
from cleaner.cluster.files import Files
from cleaner.cluster.memory import FOLDER, Memory, notes_of
from cleaner.decide.steps import ENGINE
from cleaner.errors import InputError, shown
from cleaner.isolation.problem import HARMLESS, Code, DocumentError
from cleaner.model import Rule
from cleaner.report import dumps
from cleaner.report.folder import address
from cleaner.report.stats import Note, RunFacts, stats_page
from cleaner.report.tally import Tally

MAX_NOTES = 500


def run(args: list[str]) -> int:
    """`cleaner stats DEST`."""
    options = parse(stats_parser(), args, StatsOptions())
    settled(options, options.folder)
    if not options.json:
        check_place(options.output, open=options.open)
    facts = _facts(options)
    if options.json:
        plain = {"started": facts.started, "finished": facts.finished, **facts.tally.to_dict()}
        with Sink(options.output) as sink:
            sink.write((dumps({**plain, "notes": facts.failures}, indent=2) + "\n").encode())
    else:
        put(stats_page(facts), options.output, open=options.open, name="stats")
    return DONE


@dataclass(slots=True)
class _Run:
    """What is remembered in a folder.

    Attributes:
        last: when the last run began and ended, and its level.
        notes: the first of them, failures first; `counts`: of all, by code.
        places: of the documents that lost most, where they are, by the names that they are shown by.
    """

    tally: Tally
    last: tuple[str | None, str | None, str]
    notes: list[tuple[str, Code, str]]
    counts: Mapping[Code, int]
    places: Mapping[str, str] = field(default_factory=dict)


def _facts(options: StatsOptions) -> RunFacts:
    run = _of_batch(options.folder) or _of_cluster(options.folder)
    if run is None:
        raise Stop(INPUT, f"{shown(options.folder)}: no run has been here; name the folder that cleaner batch filled")
    started, finished, level = run.last
    pages, index = _pages(options, run.places)
    return RunFacts(
        title=os.path.basename(os.path.abspath(options.folder)),
        started=started,
        finished=finished,
        level=level,
        tally=run.tally,
        failures={code: number for code, number in run.counts.items() if code not in HARMLESS},
        notes=[Note(name, code, text) for name, code, text in run.notes],
        more_notes=sum(run.counts.values()) - len(run.notes),
        pages=pages,
        index=index,
        rules={rule.id: (rule.category, rule.message) for rule in _rules(options) if not rule.keep},
    )


def _pages(options: StatsOptions, places: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
    """The addresses of the documents' pages, by their names, and of their index, if there is a report of the folder."""
    beside = os.path.dirname(os.path.abspath(options.output or ""))
    report = os.path.abspath(options.pages) if options.pages is not None else beside
    try:
        known = pages_in(report)
    except InputError as error:
        if options.pages is not None:
            raise Stop(INPUT, f"{shown(options.pages)}: {error}") from None
        return {}, ""

    def link(page: str) -> str:
        path = os.path.join(report, *page.split("/"))
        if options.output is None:
            return Path(path).as_uri()
        return address(os.path.relpath(path, beside).replace(os.sep, "/"))

    return {name: link(known[place]) for name, place in places.items() if place in known}, link(INDEX)


def _of_batch(folder: str) -> _Run | None:
    home = os.path.abspath(folder)
    if not os.path.exists(path_of(home)):
        return None
    state = State(home)
    try:
        tally = _sum(state.items.tallies())
        last = state.last_run() or (None, None, "normal")
        shown = {name: state.items.place(name) for _, _, name in tally.top}
        places = {name: os.path.join(home, place) for name, place in shown.items() if place is not None}
        return _Run(tally, last, state.notes.all(MAX_NOTES), state.notes.counts(), places)
    finally:
        state.close()


def _of_cluster(folder: str) -> _Run | None:
    if "://" not in folder and not os.path.isdir(os.path.join(folder, FOLDER)):
        return None
    try:
        memory = Memory(Files(folder))
        last, facts = memory.last_run(), memory.facts()
    except DocumentError as error:
        raise Stop(INPUT, str(error)) from None
    if last is None:
        return None
    notes = [(name, problem.code, problem.text) for one in facts for name, problem in notes_of(one)]
    notes.sort(key=lambda note: (note[1] in HARMLESS, note[0]))
    tally = _sum(Tally.from_dict(one["tally"]) for one in facts)
    return _Run(tally, last, notes[:MAX_NOTES], Counter(code for _, code, _ in notes))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total.add(one)
    return total


def _rules(options: StatsOptions) -> Iterator[Rule]:
    yield from options.cleaner().rules()
    yield from ENGINE
