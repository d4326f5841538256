"""`cleaner stats`: what runs on a folder removed, as a page with charts."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cleaner.batch.problem import HARMLESS
from cleaner.batch.state import State, path_of
from cleaner.batch.tally import Tally
from cleaner.cli.codes import DONE, INPUT
from cleaner.cli.options import StatsOptions
from cleaner.cli.parser import parse, stats_parser
from cleaner.cli.stop import Stop, shown
from cleaner.cli.streams import Sink
from cleaner.decide.engine_rules import ENGINE
from cleaner.model import Rule
from cleaner.report import dumps
from cleaner.report.stats import Note, RunFacts, stats_page

MAX_NOTES = 500


def run(args: list[str]) -> int:
    """`cleaner stats DEST`."""
    options = parse(stats_parser(), args, StatsOptions())
    home = os.path.abspath(options.folder)
    if not os.path.exists(path_of(home)):
        raise Stop(INPUT, f"{shown(options.folder)}: no run has been here; name the folder that cleaner batch filled")
    facts = _facts(home, options)
    with Sink(options.output) as sink:
        if options.json:
            plain = {"started": facts.started, "finished": facts.finished, **facts.tally.to_dict()}
            sink.write((dumps({**plain, "notes": facts.failures}, indent=2) + "\n").encode())
        else:
            sink.write(stats_page(facts).encode())
    return DONE


def _facts(home: str, options: StatsOptions) -> RunFacts:
    state = State(home)
    try:
        tally = Tally()
        for one in state.items.tallies():
            tally.add(one)
        started, finished, level = state.last_run() or (None, None, "normal")
        counts = state.notes.counts()
        notes = state.notes.all(MAX_NOTES)
    finally:
        state.close()
    return RunFacts(
        title=os.path.basename(home),
        started=started,
        finished=finished,
        level=level,
        tally=tally,
        failures={code: number for code, number in counts.items() if code not in HARMLESS},
        notes=[Note(name, code, text) for name, code, text in notes],
        more_notes=sum(counts.values()) - len(notes),
        rules={rule.id: (rule.category, rule.message) for rule in _rules(options) if not rule.keep},
    )


def _rules(options: StatsOptions) -> Iterator[Rule]:
    yield from options.cleaner().rules()
    yield from ENGINE
