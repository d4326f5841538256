"""Labelled clippings as the model sees them: facts, words, labels, and what each line teaches."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from cleaner.api import Cleaner
from cleaner.decide.steps import JUDGING
from cleaner.lines.around import around, heads
from cleaner.lines.facts import facts
from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.lexicon import tokens
from cleaner.lines.looks import Matrix
from cleaner.lines.reading import Reading, reading
from cleaner.pipeline import Setup, match
from cleaner.read.intake import take_in
from training.lines.distilled import distilled
from training.lines.sources import (
    KEEP,
    OPEN,
    Source,
    cleaned,
    clipped,
    fold,
    held_out,
    pages_as_text,
    pasted,
    real,
    written,
)

LABELS = Path(__file__).parent / "clip" / "labels.jsonl.gz"
"""What we read of the clipped pages: lines by number, and a digest of each text; no text."""
WRITTEN = Path(__file__).parent / "written"
FOLDS = 5
_MOST = 80_000
"""Characters of a page that is learned from."""
_RENDERERS = 2
_PASTED = 1
"""Copies of each clipping with leftovers of others."""
_SIZES = (100, 6.0)
_GOING = 1.5
_DOUBTED = 0.15
"""How much a line counts of which readers differ: it should rather stay, as everything does that is doubtful."""
READ = ("real", "clip", "written", "copy")
"""Kinds of clippings that readers have labelled: people's own, pages that we clipped, what we wrote, copies of all."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A clipping.

    Attributes:
        group: its site; `fold`: which part of the sites that is in.
        matrix: shape (facts, rows), what words say aside; `names`: of its rows.
        row, bucket: the tokens.
        line: number of the line of each row.
        label, weight: what is to be learned of each row, and how much it counts; 0 for what is open.
        category: of each row that goes, else -1.
        held_out: whether it is left aside until the end.
    """

    name: str
    kind: str
    group: str
    fold: int
    matrix: Matrix
    names: tuple[str, ...]
    row: Numbers
    bucket: Numbers
    line: Numbers
    label: Numbers
    weight: Floats
    category: Numbers
    held_out: bool


SETS = ("real", "clip", "written", "text", "copy", "pasted", "html")
DEFAULT = ("real", "clip", "written", "text", "copy", "pasted")


def samples(
    real_bench: Path, text_bench: Path, html_bench: Path, clips: Path, work: Path, sets: Sequence[str]
) -> list[Sample]:
    """The samples of some of `SETS`; kept in `work`, file by file, until these are deleted."""

    def read_by_us() -> Iterator[Source]:
        return clipped(clips, LABELS)

    def all_read() -> Iterator[Source]:
        return chain(real(real_bench), read_by_us(), written(WRITTEN))

    made: dict[str, Callable[[], Iterator[Source]]] = {
        "real": lambda: real(real_bench),
        "clip": read_by_us,
        "written": lambda: written(WRITTEN),
        "copy": lambda: cleaned(all_read()),
        "pasted": lambda: pasted(all_read(), FOLDS, _PASTED),
        "text": lambda: _some(pages_as_text(text_bench)),
        "html": lambda: (source for source in distilled(html_bench) if len(source.text) < _MOST),
    }
    found: list[Sample] = []
    for name in sets:
        sources = made[name]
        path = work / f"{name}.samples.pkl"
        if not path.exists():
            setup = Cleaner().setup
            with path.open("wb") as file:
                pickle.dump([sample(source, read(setup, source)) for source in sources()], file, protocol=5)
        with path.open("rb") as made_before:
            found += pickle.load(made_before)
    return found


def _some(sources: Iterator[Source]) -> Iterator[Source]:
    """Two forms of each page, drawn by their names; of pages that are no articles every second."""
    pages: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind != "chrome" and len(source.text) < _MOST:
            pages.setdefault(source.name.partition(".")[0], []).append(source)
    for page, forms in pages.items():
        if forms[0].traits["type"] == "article" or zlib.crc32(page.encode()) % 2:
            yield from sorted(forms, key=lambda source: zlib.crc32(source.name.encode()))[:_RENDERERS]


def read(setup: Setup, source: Source) -> Reading:
    """A source as the pipeline reads it in its first round."""
    board = match(setup, take_in(source.text, url=source.url, name=f"x.{source.format}"))
    board.run(JUDGING)
    fit = [*board.fit, *(note.claim for note in board.kept)]
    return reading(board.document, board.view, fit, [note.claim for note in board.unmet], board.keepers)


def sample(source: Source, its: Reading) -> Sample:
    """What the model sees of a source."""
    known = facts(its)
    columns = known.own | dict(around(known))
    row, bucket = tokens(known, heads(known))
    line = known.rows.line
    open_here = source.label[line] == OPEN
    doubted = open_here & (source.kind in READ)
    label = np.where(doubted, KEEP, source.label[line]).astype(np.int8)
    size = known.own["size"] / 2
    weight = np.full(len(line), 5 / np.sqrt(max(10, len(line))))
    weight *= np.where(label == KEEP, np.minimum(1 + size / _SIZES[0], _SIZES[1]), _GOING)
    weight[open_here] *= np.where(doubted, _DOUBTED, 0)[open_here]
    return Sample(
        source.name,
        source.kind,
        source.group,
        fold(source.group, FOLDS),
        np.stack([np.asarray(column, np.float32) for column in columns.values()]),
        tuple(columns),
        row.astype(np.int32),
        bucket.astype(np.int32),
        line,
        label,
        weight,
        source.category[line],
        source.kind in READ and held_out(source.group),
    )
