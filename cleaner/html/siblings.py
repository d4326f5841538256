"""Brothers stand together: a run of like blocks side by side is cut at a border, never by a fading score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Page
from cleaner.html.opinion import main_container
from cleaner.html.score.lexicon import ANNOUNCED
from cleaner.html.score.names import KINDS, STICKY
from cleaner.html.score.scorer import Scores

Flags = npt.NDArray[np.bool_]

FADED = 0.3
"""A brother that is less likely than this has, to the scorer, a reason of its own to go."""
FADED_IN_LINE = 0.15
"""The same after a long line of brothers that stay."""
_FIRST = 2  # brothers that must stay before others stay for their sake
_LINE = 5  # brothers that make a long line
_SET_IN = [KINDS.index(kind) for kind in ("row", "item", "term", "definition", "code", "heading", "caption")]
_CAPTION, _HEADING = KINDS.index("caption"), KINDS.index("heading")
_SET_IN_LIKELY, _SET_IN_SURE_TEXT = 0.25, 0.1
_SURE = 0.8
"""What is set in between two texts as likely as this may be quite unlikely itself."""
_LINKED = 0.4
_ELSEWHERE = frozenset(ANNOUNCED.index(name) + 1 for name in (*STICKY, "share"))
"""Announcements of what is not the article."""


@dataclass(slots=True)
class _Run:
    stay: int = 0
    words_stay: int = 0
    words_go: int = 0


def together(page: Page, scores: Scores, chosen: Flags) -> Flags:
    """The choice, with those brothers that have no reason of their own to go.

    A run is made of blocks that look the same and stand in the same element.  It ends at a heading beside them that
    goes, or that announces something else.  If its first ones stay, so do the later ones, unless they are links,
    hidden, a copy of something, or announce something else.
    """
    known = scores.known
    probability = np.nan_to_num(scores.probability)
    able = (
        (probability >= FADED_IN_LINE)
        & ~scores.copies
        & (known.words > 0)
        & (known.row("link share") < _LINKED)
        & (known.row("hidden by style") == 0)
        & (known.row("without scripts") == 0)
    )
    if not (able & ~chosen).any():
        return chosen
    stays: Flags = chosen.copy()
    announces = known.row("announces")
    borders: dict[int, int] = {}
    runs: dict[tuple[int, int, int], _Run] = {}
    for number, block in enumerate(page.blocks):
        if not known.words[number]:
            continue
        around = holder(page, block.container)
        elsewhere = int(announces[number]) in _ELSEWHERE
        if block.kind == "heading" and (elsewhere or not (chosen[number] or able[number])):
            borders[around] = borders.get(around, 0) + 1
            continue
        run = runs.setdefault((int(known.alike[number]), around, borders.get(around, 0)), _Run())
        if not chosen[number] and able[number] and not elsewhere:
            enough = run.stay >= (_FIRST if probability[number] >= FADED else _LINE)
            stays[number] = enough and run.words_stay > run.words_go
        if stays[number]:
            run.stay += 1
            run.words_stay += int(known.words[number])
        else:
            run.words_go += int(known.words[number])
    return stays


def between(page: Page, scores: Scores, stays: Flags) -> Flags:
    """The choice, with tables, lists, definitions and listings that stand between what stays of the article.

    Their headings may stand with them; what is mostly links, announces something else or is unlikely does not stay.
    """
    known, probability = scores.known, np.nan_to_num(scores.probability)
    kind = known.row("kind")
    able = np.isin(kind, _SET_IN) & (known.row("link share") < _LINKED) & (known.row("hidden by style") == 0)
    able &= ~np.isin(known.row("announces").astype(int), sorted(_ELSEWHERE)) & ~scores.copies
    result: Flags = stays.copy()
    holder = main_container(page, scores, stays)
    if holder is None:
        return result
    told = np.flatnonzero(known.words > 0)
    kept = told[stays[told]]
    kept = kept[(kept >= holder.first) & (kept < holder.last)]
    for before, after in pairwise(kept.tolist()):
        gap = told[(told > before) & (told < after)] if after - before > 1 else told[:0]
        if len(gap) and able[gap].all() and not (kind[gap] == _CAPTION).all():
            words = known.words[gap]
            sure = min(probability[before], probability[after]) >= _SURE and not (kind[gap] == _HEADING).all()
            least = _SET_IN_SURE_TEXT if sure else _SET_IN_LIKELY
            result[gap] = (probability[gap] * words).sum() >= least * words.sum()
    return result


def sharing(scores: Scores) -> Scores:
    """The scores with each half-way to the mean of the blocks that look the same: where a page lists, its records share
    their fate."""
    known, probability = scores.known, scores.probability
    told = ~np.isnan(probability) & ~scores.copies
    words = np.where(told, known.words, 0)
    mass = np.bincount(known.alike, np.where(told, probability, 0) * words)
    mean = (mass / np.maximum(1, np.bincount(known.alike, words)))[known.alike]
    shared = np.where(told, (probability + mean) / 2, probability).astype(np.float32)
    return replace(scores, probability=shared)


def holder(page: Page, number: int) -> int:
    """The element in which a block stands among its brothers."""
    container = page.containers[number]
    return container.parent if container.last - container.first <= 1 else number
