"""Pages as samples: features, labels, and what is needed to score a choice of blocks.

Besides the page as it is there are altered copies of it (`training.alter`), so that the scorer decides the same in
other scripts, lengths and markup, and copes with clippings.
"""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import numpy as np
import numpy.typing as npt
from lxml.etree import _Element as Element

from cleaner.html.blocks import Page
from cleaner.html.facts import facts
from cleaner.html.parse import parse
from cleaner.html.score.features import Features, features
from cleaner.html.score.names import KINDS, Floats, Ints, Matrix
from cleaner.html.siblings import holder
from cleaner.html.walk import walk
from training import alter
from training.labels import f1, labels, words
from training.sources import Source, fold, read

Flags = npt.NDArray[np.bool_]

WHOLE, FRAGMENT = "whole", "fragment"
_THIN = 0.25
"""The weight below which blocks are drawn with a chance, and weigh this; of copies, which are alike, twice as much."""
_FAITHFUL = 0.6  # F1: a page whose reference text is hardly to be found on it teaches little
_DOUBTFUL = 0.3
_ALTERED = 0.5
_SELDOM = 1.5
"""What pages count for of types that are seldom, and hard to tell from what stands beside an article."""
_SELDOM_TYPES = ("product", "collection", "listing", "forum")
_CUT_SHORT = 150  # words of prose behind the reference's end
_ALL_BUT = 0.8
_POINTER = 0.2  # of a block's characters are links


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, or an altered copy of one, as the scorer learns from it.

    Attributes:
        form: `WHOLE`, `FRAGMENT`, or the name of an alteration.
        fold: the same for all pages of a registered domain.
        rows: shape (features, blocks): of the blocks that were drawn.
        share: of each block's words that belong to the main text.
        weight: how much each block teaches.
    """

    id: str
    type: str
    form: str
    fold: int
    rows: Matrix
    share: Floats
    weight: Floats


def samples(sources: Iterable[Source], cache: Path, workers: int = 1) -> list[Sample]:
    """All samples of some pages; kept in `cache`, which is not looked into but for its being there."""
    if cache.exists():
        with cache.open("rb") as file:
            found: list[Sample] = pickle.load(file)
        return found
    with ProcessPoolExecutor(workers) as pool:
        found = [sample for some in pool.map(_samples, sources, chunksize=8) for sample in some]
    with cache.open("wb") as file:
        pickle.dump(found, file)
    return found


def reference(texts: Sequence[str], references: Sequence[str]) -> tuple[Floats, float]:
    """The shares of blocks by the reference that fits a page best, and F1 of keeping those with half their words."""
    found = [Counter(words(text)) for text in texts]
    best: tuple[Floats, float] = (np.zeros(len(texts)), -1.0)
    for text in references:
        share = labels(texts, text)
        kept = sum((bag for bag, value in zip(found, share, strict=True) if value >= 0.5), Counter[str]())
        fit = f1(kept, Counter(words(text)))
        if fit > best[1]:
            best = share, fit
    return best


def _samples(source: Source) -> list[Sample]:
    root = parse(read(source)).root
    said = facts(root).metadata
    title, kind = said.headline or said.title or "", said.kind
    page = walk(root)
    share, best = reference([block.text for block in page.blocks], source.references)
    known = features(page, title=title, kind=kind)
    unsaid = _cut_short(page, known, share)
    found = [_sample(source, WHOLE, known, share, best, unsaid)]
    for name, other in _copies(source, root, page, title, share):
        altered = walk(other.root)
        if len(altered.blocks) == len(other.origins):
            known = features(altered, title=other.title, kind=kind)
            found.append(_sample(source, name, known, share[other.origins], best, unsaid[other.origins]))
    part = _clipping(root)
    if part is not None and _draw(source, "fragment") < 50:
        clipping = walk(parse(lxml.html.tostring(part, encoding="unicode", with_tail=False)).root)
        share, best = reference([block.text for block in clipping.blocks], source.references)
        known = features(clipping)
        found.append(_sample(source, FRAGMENT, known, share, best, _cut_short(clipping, known, share)))
    return found


def _draw(source: Source, what: str) -> int:
    return zlib.crc32(f"{what} {source.id}".encode()) % 100


def _copies(source: Source, root: Element, page: Page, title: str, share: Floats) -> Iterator[tuple[str, alter.Copy]]:
    """Some of the alterations, drawn for each page anew."""
    draw = _draw(source, "letters")
    if draw < 7 * len(alter.SCRIPTS):
        script = alter.SCRIPTS[draw % len(alter.SCRIPTS)]
        other = alter.rewritten(root, page, title, script)
        yield script, other if draw % 2 else alter.Copy(other.root, other.origins, title)
    draw = _draw(source, "classes")
    if draw < 25:
        yield "bare", alter.bare(root, page, title, hashed=draw < 12)
    draw = _draw(source, "length")
    changed = None
    if draw < 45:
        changed = alter.longer(root, page, title, share, 2 if draw < 20 else 10, exact=not draw % 4)
    elif draw < 65:
        changed = alter.shorter(root, page, title, share, 10)
    if changed is not None:
        yield "length", changed
    draw = _draw(source, "markup")
    if draw < 10:
        yield "flat", alter.flat(page, title, breaks=draw < 5)
    elif draw < 20:
        yield "tables", alter.tables(page, title, share)


def _sample(source: Source, form: str, known: Features, share: Floats, best: float, unsaid: Flags) -> Sample:
    weight = _weights(known.words, best) * (1 if form == WHOLE else _ALTERED)
    weight *= _SELDOM if source.type in _SELDOM_TYPES else 1
    if source.only_paragraphs:
        weight[_left_out(known, share)] = 0
    weight[unsaid] = 0
    draw = np.random.default_rng(zlib.crc32(f"{form} {source.id}".encode()))
    thin = _THIN if form == WHOLE else 2 * _THIN
    taken = draw.random(len(weight)) < weight / thin
    return Sample(
        source.id,
        source.type,
        form,
        fold(source.url),
        np.ascontiguousarray(known.matrix[:, taken]),
        share[taken],
        np.maximum(weight, thin)[taken],
    )


def _left_out(known: Features, share: Floats) -> Flags:
    """What a reference text of headings and paragraphs leaves out, whether it belongs to the article or not."""
    kind = known.row("kind")
    plain = (kind == KINDS.index("paragraph")) | (kind == KINDS.index("heading"))
    left_out: Flags = ~plain & (known.row("prose 50: inside") > 0) & (share < 0.5)
    return left_out


def _cut_short(page: Page, known: Features, share: Floats) -> Flags:
    """Where a reference ends amid its own brothers, what comes after: its writer saw less of the page than is there.

    Of an altered copy the page tells: in a list of paragraphs all that follows the article is its brother.
    """
    found = np.zeros(len(share), bool)
    runs: dict[tuple[int, int], list[int]] = {}
    for number in np.flatnonzero((known.prose > 0) & (known.row("link share") < _POINTER)).tolist():
        key = int(known.alike[number]), holder(page, page.blocks[number].container)
        runs.setdefault(key, []).append(number)
    for run in runs.values():
        right = np.flatnonzero(share[run] >= 0.5)
        if len(right) < 2:
            continue
        end = right[-1] + 1
        tail = run[end:]
        faithful = share[run[:end]].mean() > _ALL_BUT and (share[tail] < 1 - _ALL_BUT).all()
        if faithful and known.prose[tail].sum() >= _CUT_SHORT:
            found[tail] = True
    return found


def _weights(words: Ints, best: float) -> Floats:
    """How much each block of a page teaches: long pages more than short ones, but not in proportion."""
    weight: Floats = words / np.sqrt(max(50, int(words.sum())))
    return weight * _DOUBTFUL if best < _FAITHFUL else weight


def _clipping(root: Element) -> Element | None:
    """The element people would clip: the longest `article`, else `main`."""
    for tag in ("article", "main"):
        found: Sequence[Element] = root.findall(f".//{tag}")
        if found:
            return max(found, key=lambda element: len("".join(element.itertext())))
    return None
