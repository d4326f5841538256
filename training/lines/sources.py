"""Labelled clippings: real ones, pages as text, and pages rendered by the pipeline for pages."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.categories import CATEGORIES
from cleaner.lines.letters import Numbers

KEEP, DROP, OPEN = 0, 1, -1
"""What a reader does with a line; `OPEN` if readers differ, or nobody knows."""
_CATEGORY = {category: place for place, category in enumerate(CATEGORIES)}


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A labelled clipping.

    Attributes:
        kind: ``real``, or the renderer that made it of a page.
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
        label = np.full(len(rows), KEEP, np.int8)
        category = np.full(len(rows), -1, np.int8)
        for first, last, name in item["drop"]:
            label[first - 1 : last] = DROP
            category[first - 1 : last] = _CATEGORY[name]
        for first, last in item["either"]:
            label[first - 1 : last] = OPEN
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
