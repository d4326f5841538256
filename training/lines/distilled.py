"""Web pages as clippings: rendered by the pipeline for pages, cut as clippers cut, labelled by their reference texts.

Two copies of each page: all of it, and what a clipper leaves, the stretch of the article with some of what stands in
and around it.  What goes is told block by block, by the alignment with the reference text; what has no words goes or
stays with its neighbours.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cleaner.html.blocks import Page
from cleaner.html.facts import facts
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.lines.letters import Floats, Numbers
from cleaner.model import Metadata
from training.labels import labels, words
from training.lines.sources import DROP, KEEP, OPEN, Source
from training.sources import domain

_STAYS, _GOES = 0.6, 0.1
_FAITHFUL = 0.5
"""Share of the reference's words that must be found on a page that teaches anything."""
_EDGE = 6
_OWN_WORDS = 0.7


@dataclass(frozen=True, slots=True)
class _Web:
    name: str
    url: str
    html: bytes
    references: Sequence[str]


def distilled(bench: Path) -> Iterator[Source]:
    """The clippings made of the pages of a benchmark of HTML."""
    for page in _pages(bench):
        yield from _clippings(page)


def _pages(bench: Path) -> Iterator[_Web]:
    for path in sorted((bench / "wcxb" / "dev" / "ground-truth").glob("*.json")):
        item = json.loads(path.read_text("utf-8"))
        truth = item.get("ground_truth")
        if isinstance(truth, dict) and truth.get("main_content"):
            html = gzip.decompress((bench / "wcxb" / "dev" / "html" / f"{path.stem}.html.gz").read_bytes())
            yield _Web(path.stem, item.get("url") or "", html, [truth["main_content"]])
    with (bench / "world" / "gold.jsonl").open(encoding="utf-8") as file:
        for item in map(json.loads, file):
            html = gzip.decompress((bench / "world" / "html" / f"{item['name']}.html.gz").read_bytes())
            yield _Web(item["name"], "", html, item["golds"])


def _clippings(web: _Web) -> Iterator[Source]:
    root = parse(web.html.decode("utf-8", "replace")).root
    said = facts(root, url=web.url or None).metadata
    page = walk(root)
    if not page.blocks:
        return
    texts = [block.text for block in page.blocks]
    share = max((labels(texts, reference) for reference in web.references), key=lambda found: float(found.sum()))
    sizes = np.array([len(words(text)) for text in texts])
    wanted = max(len(words(reference)) for reference in web.references)
    if (share * sizes).sum() < _FAITHFUL * wanted:
        return
    label = _labels(page, said, share, sizes)
    url = web.url or said.url or ""
    group = domain(url) or web.name
    draw = random.Random(web.name)
    for form in ("whole", "clip"):
        kept = np.ones(len(texts), bool) if form == "whole" else _clipped(label, draw)
        if not kept.any() or not (label[kept] == KEEP).any():
            continue
        yield _source(f"{web.name}.{form}", form, group, url, page, said, label, kept, draw)


def _labels(page: Page, said: Metadata, share: Floats, sizes: Numbers) -> Numbers:
    label = np.where(share >= _STAYS, KEEP, np.where(share <= _GOES, DROP, OPEN)).astype(np.int8)
    title = set(words(said.headline or said.title or ""))
    authors = set(words(said.author or ""))
    for number, block in enumerate(page.blocks):
        own = words(block.text)
        met = sum(word in title for word in own)
        byline = authors and sum(word in authors for word in own) >= max(1, len(authors) - 1) and len(own) < 20
        repeated = own and met >= _OWN_WORDS * len(own) and len(own) >= 3
        if label[number] == DROP and (
            repeated or byline or block.kind in ("caption", "code", "math") or block.level == 1
        ):
            label[number] = OPEN
    told = np.flatnonzero((sizes > 0) & (label != OPEN))
    for number in np.flatnonzero(sizes == 0).tolist():
        at = int(np.searchsorted(told, number))
        same = 0 < at < len(told) and label[told[at - 1]] == label[told[at]]
        label[number] = label[told[at]] if same else OPEN
    return label


def _clipped(label: Numbers, draw: random.Random) -> np.ndarray:
    """Which blocks a clipper takes: the article, and now and then the runs of leftovers in it and at its ends."""
    stays = np.flatnonzero(label == KEEP)
    kept = np.zeros(len(label), bool)
    if not len(stays):
        return kept
    first = max(0, int(stays[0]) - draw.choice((0, 0, 1, 3, _EDGE)))
    last = min(len(label), int(stays[-1]) + 1 + draw.choice((0, 1, 3, _EDGE, 3 * _EDGE)))
    kept[first:last] = True
    start = first
    rate = draw.choice((0.3, 0.6, 0.8))
    for at in range(first + 1, last + 1):
        if at == last or label[at] != label[start]:
            if label[start] == DROP and draw.random() < rate:
                kept[start:at] = False
            start = at
    return kept


def _source(
    name: str, form: str, group: str, url: str, page: Page, said: Metadata, label: Numbers, kept: np.ndarray,
    draw: random.Random,
) -> Source:  # fmt: skip
    head = ""
    if draw.random() < 0.75:
        title = (said.headline or said.title or "").replace('"', "")
        head = f'---\ntitle: "{title}"\nsource: "{url}"\ntags:\n  - "clippings"\n---\n'
    blocks = [block for block, stays in zip(page.blocks, kept, strict=True) if stays]
    rendered = render(blocks, "markdown", head=head, base=url)
    of_line = np.full(rendered.text.count("\n") + 1, OPEN, np.int8)
    starts = [0, *(n + 1 for n, c in enumerate(rendered.text) if c == "\n")]
    for (start, end), its in zip(rendered.spans, label[kept].tolist(), strict=True):
        if start < end:
            first, last = np.searchsorted(starts, [start, end - 1], side="right") - 1
            of_line[first : last + 1] = its
    return Source(name, form, group, "md", None, rendered.text, of_line, np.full(len(of_line), -1, np.int8))
