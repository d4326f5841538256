"""Where each block stands: among its neighbours, on the page, below which heading, near which prose."""

from __future__ import annotations

import numpy as np

from cleaner.html.score.lexicon import ANNOUNCED
from cleaner.html.score.names import REACH, STICKY, Ints, Table
from cleaner.html.score.texts import HEADING, Texts

_NEAR = 40  # blocks between a block and the headline
_NO_HEADLINE = 99
_AWAY = 60  # blocks between a block and prose
_LONG_AGO = 99  # blocks since something was announced


def neighbours(table: Table) -> None:
    """What the blocks before and after are like; -1: there is none."""
    for name, shifts in REACH.items():
        own = table.row(name)
        for shift in shifts:
            row = table.row(f"{name} at {shift:+d}")
            row[:] = -1
            if shift < 0:
                row[-shift:] = own[:shift]
            else:
                row[:-shift] = own[shift:]


def position(texts: Texts, table: Table) -> None:
    """How far it is from both ends, from the headline, from prose."""
    index = np.arange(texts.count)
    prose = np.cumsum(texts.prose) - texts.prose
    everything = max(1.0, float(texts.prose.sum()))
    put = table.put
    put("index share", index / texts.count)
    put("words before", (np.cumsum(texts.words) - texts.words) / max(1.0, float(texts.words.sum())))
    put("prose before", prose / everything)
    put("prose after", (everything - prose - texts.prose) / everything)
    put("blocks before", index)
    put("blocks after", texts.count - index)
    tops = np.flatnonzero((texts.kind == HEADING) & (texts.level == 1))
    put("since headline", np.clip(index - tops[0], -_NEAR, _NEAR) if len(tops) else _NO_HEADLINE)
    best = int(np.argmax(texts.titled))
    put("since title", np.clip(index - best, -_NEAR, _NEAR) if texts.titled[best] > 0.4 else _NO_HEADLINE)
    where = np.flatnonzero(texts.prose > 0)
    padded = np.concatenate([[-_AWAY], where, [texts.count + _AWAY]])
    at = np.searchsorted(where, index)
    put("to prose before", np.minimum(_AWAY, index - padded[at]))
    put("to prose after", np.minimum(_AWAY, padded[at + 1] - index))


def headings(texts: Texts, table: Table) -> Ints:
    """The last heading above: how far, its level, its rank, and what its words announce.

    Returns:
        For each block the number of its section, which runs from one heading to the next, whatever elements it has.
    """
    index = np.arange(texts.count)
    where = np.flatnonzero(texts.kind == HEADING)
    rank = np.searchsorted(where, index)  # headings before the block
    above = np.concatenate([[-1], where])[rank]
    sure = np.maximum(0, above)
    before = np.cumsum(texts.words)
    put = table.put
    put("since heading", index - above)
    put("words since heading", before - texts.words - np.where(above >= 0, before[sure], 0))
    put("level above", np.where(above >= 0, texts.level[sure], 0))
    put("headings before", rank)
    announced = np.where(above >= 0, texts.announced[sure], 0)
    for number, name in enumerate(ANNOUNCED, 1):
        put(f"heading above: {name}", announced == number)
    for name in STICKY:
        said = np.flatnonzero(texts.announced == ANNOUNCED.index(name) + 1)
        last = np.concatenate([[-_LONG_AGO], said])[np.searchsorted(said, index, side="right")]
        put(f"since {name}", np.minimum(_LONG_AGO, index - last))
    section: Ints = np.cumsum(texts.kind == HEADING)
    words = np.bincount(section, texts.words)
    linked = np.bincount(section, texts.linked) / np.maximum(1, np.bincount(section, texts.chars))
    put("section: words", words[section])
    put("section: link share", linked[section])
    put("section: blocks", np.bincount(section)[section])
    put("section: prose share", (np.bincount(section, texts.prose) / np.maximum(1, words))[section])
    return section
