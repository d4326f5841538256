"""Labelled clippings: real ones, pages that clippers clipped, pages as text, and pages rendered by the pipeline."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.categories import CATEGORIES
from cleaner.lines.letters import Numbers
from training.sources import domain

KEEP, DROP, OPEN = 0, 1, -1
"""What a reader does with a line; `OPEN` if readers differ, or nobody knows."""
_ENOUGH = 3
"""Lines of a clipping that stay, if anything is to be pasted into it."""
_CODED = re.compile(r"(?P<code>K|E|D:(?P<category>[a-z-]+))(?: (?P<text>.*))?$")
_CODES = {"K": KEEP, "E": OPEN, "D": DROP}
_SOURCE = re.compile(r'^source: "?(https?://[^\s"]+)', re.MULTILINE)
_CATEGORY = {category: place for place, category in enumerate(CATEGORIES)}


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A labelled clipping.

    Attributes:
        kind: ``real``, ``clip`` (a page that we clipped and read), ``written`` (by us), or the renderer that made it of
            a page.
        group: the site, which is never in training and judging both.
        label: int8, one for each line that a line feed ends.
        category: int8, place in `CATEGORIES` of a line that goes, else -1.
        traits: what tables group by.
        spans: what goes of lines that stay, as offsets.
    """

    name: str
    kind: str
    group: str
    format: str
    url: str | None
    text: str
    label: Numbers
    category: Numbers
    traits: dict[str, str] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()


def real(bench: Path) -> Iterator[Source]:
    """The clippings that readers labelled."""
    for item in _records(bench / "dev.jsonl.gz"):
        rows = item["text"].split("\n")
        label, category = _of_ranges(item["text"], item["drop"], item["either"])
        starts = [0, *accumulate(len(row) + 1 for row in rows)]
        spans = []
        for line, words, _ in item["spans"]:
            at = starts[line - 1] + rows[line - 1].index(words)
            spans.append((at, at + len(words)))
        traits = {key: item[key] for key in ("lang", "tool", "sample", "kind")}
        yield Source(
            item["name"], "real", item["host"] or item["name"], item["format"], None, item["text"], label, category,
            traits, tuple(spans),
        )  # fmt: skip


def clipped(clips: Path, labels: Path) -> Iterator[Source]:
    """Pages as clippers leave them (``clips``, made by `training/lines/clip`), which we have read line by line.

    What a later clipper makes otherwise than it was read teaches nothing.
    """
    texts = {item["name"]: item["text"] for item in _records(clips)}
    for item in _records(labels):
        text = texts.get(item["name"], "")
        if hashlib.sha256(text.encode()).hexdigest()[:16] != item["digest"]:
            print(f"{clips}: {item['name']} is not the clipping that was read")
            continue
        label, category = _of_ranges(text, item["drop"], item["either"])
        yield Source(item["name"], "clip", domain(item["url"]) or item["name"], "md", None, text, label, category)


def _of_ranges(
    text: str, drop: Sequence[tuple[int, int, str]], either: Sequence[tuple[int, int]]
) -> tuple[Numbers, Numbers]:
    """Labels and categories of lines."""
    label = np.full(text.count("\n") + 1, KEEP, np.int8)
    category = np.full(len(label), -1, np.int8)
    for first, last, name in drop:
        label[first - 1 : last] = DROP
        category[first - 1 : last] = _CATEGORY[name]
    for first, last in either:
        label[first - 1 : last] = OPEN
    return label, category


def written(folder: Path) -> Iterator[Source]:
    """Clippings that we wrote ourselves, in languages of which few others are there.

    Each line begins with what becomes of it: ``K`` stays, ``D:category`` goes, ``E`` readers may differ.
    """
    for path in sorted(folder.glob("*.txt")):
        rows = [_CODED.match(row) for row in path.read_text("utf-8").removesuffix("\n").split("\n")]
        text = "\n".join((row["text"] or "") if row else "" for row in rows)
        label = np.array([_CODES[row["code"][0]] if row else OPEN for row in rows], np.int8)
        category = np.array([_CATEGORY.get(row["category"] or "", -1) if row else -1 for row in rows], np.int8)
        url = _SOURCE.search(text)
        yield Source(path.stem, "written", domain(url[1]) if url else path.stem, "md", None, text, label, category)


def cleaned(sources: Iterator[Source]) -> Iterator[Source]:
    """Copies of clippings of which some of what goes is gone, most often all: what a second look at them sees."""
    for source in sources:
        draw = random.Random(source.name)
        rate = draw.choice((0.5, 1.0, 1.0))
        rows = source.text.split("\n")
        starts = [n for n, its in enumerate(source.label) if its == DROP and (not n or source.label[n - 1] != DROP)]
        kept = np.ones(len(rows), bool)
        for start in starts:
            end = next((n for n in range(start, len(rows)) if source.label[n] != DROP), len(rows))
            kept[start:end] = draw.random() >= rate
        if not kept.all():
            text = "\n".join(row for row, stays in zip(rows, kept, strict=True) if stays)
            yield replace(
                source, name=f"{source.name}.copy", kind="copy", text=text, label=source.label[kept],
                category=source.category[kept], spans=(),
            )  # fmt: skip


def pasted(sources: Iterator[Source], folds: int, copies: int) -> Iterator[Source]:
    """Copies of clippings into which leftovers of other sites were pasted, where such leftovers stand: above the text,
    below it, or between its paragraphs.

    Donor and clipping are of the same fold, so that no fold learns from a site that it judges, and both are held out
    or not.
    """
    some = [source for source in sources if source.format == "md"]
    donors: dict[tuple[int, bool], list[tuple[Source, tuple[int, int, int]]]] = {}
    for source in some:
        donors.setdefault(_part(source, folds), []).extend((source, box) for box in _boxes(source))
    for source in some:
        for number in range(copies):
            draw = random.Random(f"{source.name}.{number}")
            given = [one for one in donors.get(_part(source, folds), ()) if one[0].group != source.group]
            if given and sum(source.label == KEEP) > _ENOUGH:
                yield _pasted(source, draw.sample(given, min(len(given), draw.choice((1, 2, 3)))), number, draw)


def _part(source: Source, folds: int) -> tuple[int, bool]:
    return fold(source.group, folds), held_out(source.group)


def fold(group: str, folds: int) -> int:
    """Which fold a site is in."""
    return zlib.crc32(group.encode()) % folds


def held_out(group: str) -> bool:
    """Whether a site is in the fifth that neither training nor tuning looks at until the end."""
    return zlib.crc32(f"held {group}".encode()) % 5 == 0


def _boxes(source: Source) -> Iterator[tuple[int, int, int]]:
    """Runs of lines that go (first, one behind the last), and where they stand: -1 above what stays, 1 below, 0."""
    stays = np.flatnonzero((source.label == KEEP) & np.array([len(row) > 1 for row in source.text.split("\n")]))
    goes = np.flatnonzero(np.diff((source.label == DROP).astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    for first, stop in goes.tolist():
        if len(stays):
            yield first, stop, -1 if first < stays[0] else 1 if first > stays[-1] else 0


def _pasted(
    source: Source, given: Sequence[tuple[Source, tuple[int, int, int]]], number: int, draw: random.Random
) -> Source:
    rows, label, category = source.text.split("\n"), source.label.tolist(), source.category.tolist()
    for donor, (first, stop, place) in given:
        text = donor.text.split("\n")[first:stop]
        if "." in donor.group and "." in source.group:  # it is of the site that it is pasted into
            text = [row.replace(donor.group, source.group) for row in text]
        top = _front(rows)
        gaps = [n for n in range(top, len(rows)) if not rows[n].strip()] + [len(rows)]
        at = gaps[0] if place < 0 else gaps[-1] if place > 0 else draw.choice(gaps)
        rows[at:at] = ["", *text, ""]
        label[at:at] = [OPEN, *donor.label[first:stop].tolist(), OPEN]
        category[at:at] = [-1, *donor.category[first:stop].tolist(), -1]
    return replace(
        source, name=f"{source.name}.pasted{number}", kind="copy", text="\n".join(rows),
        label=np.array(label, np.int8), category=np.array(category, np.int8), spans=(),
    )  # fmt: skip


def _front(rows: Sequence[str]) -> int:
    """How many lines the front matter has."""
    ends = [n for n, row in enumerate(rows[1:200], 1) if row.rstrip() == "---"] if rows[0].rstrip() == "---" else []
    return ends[0] + 1 if ends else 0


def pages_as_text(bench: Path) -> Iterator[Source]:
    """Web pages as renderers and extractors leave them, labelled by their reference text."""
    for item in _records(bench / "dev.jsonl.gz"):
        for renderer, text in item["clips"].items():
            yield Source(
                f"{item['id']}.{renderer}", renderer, item["domain"], "md" if renderer == "md" else "txt", item["url"],
                text, _from_letters(text, item["labels"][renderer]), np.full(text.count("\n") + 1, -1, np.int8),
                {"type": item["page_type"]},
            )  # fmt: skip


def _from_letters(text: str, letters: str) -> Numbers:
    """The labels of the bench; a line without words goes or stays with the lines on both sides of it."""
    known = {"c": KEEP, "b": DROP}
    label = np.array([known.get(letter, OPEN) for letter in letters], np.int8)
    rows = text.split("\n")
    told = [n for n, letter in enumerate(letters) if letter != "." and rows[n].strip()]
    at = 0
    for n, letter in enumerate(letters):
        while at < len(told) and told[at] < n:
            at += 1
        if letter == "." and rows[n].strip() and 0 < at < len(told) and letters[told[at - 1]] == letters[told[at]]:
            label[n] = label[told[at]]
    return label


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
