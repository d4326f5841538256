"""What each rule does to a collection of labelled clippings: how much it takes, and how much of that is wrong."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

from cleaner.api import Cleaner
from cleaner.errors import InputError
from cleaner.model import Removal

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place where a rule took something it probably should not have; `line` counts from 1."""

    document: str
    renderer: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The effect of one rule; characters are counted without white space.

    Attributes:
        rule: id of the rule; `total` in the last row.
        removals: how many.
        characters: of all removals; the next three say of what.
        boilerplate, content, unscored: characters in lines labelled so.
        gold: removals in the texts that people made of the page by hand.
        suspects: the first few removals of content or in such texts.
    """

    rule: str
    category: str
    removals: int
    characters: int
    boilerplate: int
    content: int
    unscored: int
    gold: int
    suspects: tuple[Suspect, ...] = ()

    @property
    def wrong(self) -> float:
        """The share of content among the scored characters."""
        scored = self.boilerplate + self.content
        return self.content / scored if scored else 0.0


@dataclass(slots=True)
class _Count:
    category: str
    removals: int = 0
    gold: int = 0
    labels: dict[str, int] = field(default_factory=lambda: {"b": 0, "c": 0, "?": 0})
    suspects: list[Suspect] = field(default_factory=list)

    def row(self, rule: str) -> Row:
        b, c, rest = (self.labels[label] for label in "bc?")
        return Row(rule, self.category, self.removals, b + c + rest, b, c, rest, self.gold, tuple(self.suspects))


def coverage(
    bench: str | PathLike[str],
    cleaner: Cleaner,
    *,
    suspects: int = 3,
    renderers: Collection[str] = (),
    limit: int | None = None,
) -> list[Row]:
    """Clean all clippings of a benchmark and sum up by rule; the last row is the total.

    Args:
        bench: JSON lines (`.gz` too) with `id`, `url`, `gold`, `clips` and `labels`: a text for each renderer, and for
            each of its lines one character: c content, b boilerplate, any other unscored.
        cleaner: with the level and the rules to look at.
        suspects: how many doubtful removals to keep for each rule.
        renderers: the clippings to look at; all if empty.
        limit: look at so many documents only.
    """
    counts: dict[str, _Count] = {}
    total = _Count("")
    for number, record in enumerate(_records(bench)):
        if limit is not None and number >= limit:
            break
        for renderer, text in record["clips"].items():
            if not renderers or renderer in renderers:
                labels = record["labels"].get(renderer, "")
                for removal, found, line in _labelled(cleaner, text, record, labels):
                    doubtful = Suspect(record["id"], renderer, line, removal.text) if found["c"] else None
                    _add(counts, total, removal, found, doubtful, suspects)
        for removal in _removals(cleaner, record.get("gold") or "", record.get("url")):
            count = counts.setdefault(removal.rule, _Count(removal.category))
            count.gold += 1
            total.gold += 1
            if len(count.suspects) < suspects:
                count.suspects.append(Suspect(record["id"], "gold", removal.line, removal.text))
    rows = [count.row(rule) for rule, count in counts.items()]
    rows.sort(key=lambda row: (-row.content, -row.gold, -row.characters, row.rule))
    return [*rows, total.row(TOTAL)]


def _records(bench: str | PathLike[str]) -> Iterator[dict[str, Any]]:
    with open(bench, "rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    with gzip.open(bench, "rt", encoding="utf-8") if packed else open(bench, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _removals(cleaner: Cleaner, text: str, url: str | None) -> tuple[Removal, ...]:
    try:
        return cleaner.clean(text, url=url).report.removals
    except InputError:
        return ()


def _labelled(
    cleaner: Cleaner, text: str, record: dict[str, Any], labels: str
) -> Iterator[tuple[Removal, dict[str, int], int]]:
    """The removals with the characters they take by label, and the first line of content that they take.

    The label of a line says nothing of a leftover inside it: a span that the gold text lacks too is not scored.
    """
    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    line_starts = frozenset(starts)
    gone = bytearray(len(text))
    for removal in _removals(cleaner, text, record.get("url")):
        whole = removal.start in line_starts and (removal.end in line_starts or removal.end == len(text))
        inside = not whole and removal.text.strip() not in (record.get("gold") or "")
        found = {"b": 0, "c": 0, "?": 0}
        at = removal.start
        line = bisect_right(starts, at) - 1
        first_content = line
        while at < removal.end:
            end = min(removal.end, starts[line + 1])
            label = labels[line] if line < len(labels) and labels[line] in "bc" else "?"
            label = "?" if label == "c" and inside else label
            size = sum(1 for i in range(at, end) if not gone[i] and not text[i].isspace())
            if label == "c" and size and not found["c"]:
                first_content = line
            found[label] += size
            gone[at:end] = b"\1" * (end - at)
            at = end
            line += 1
        yield removal, found, first_content + 1


def _add(
    counts: dict[str, _Count],
    total: _Count,
    removal: Removal,
    found: dict[str, int],
    doubtful: Suspect | None,
    most: int,
) -> None:
    count = counts.setdefault(removal.rule, _Count(removal.category))
    for each in (count, total):
        each.removals += 1
        for label, size in found.items():
            each.labels[label] += size
    if doubtful and len(count.suspects) < most:
        count.suspects.append(doubtful)
