"""Which blocks of a page belong to its main text, told from the reference text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from cleaner.html.score.characters import WORD
from cleaner.html.score.names import Floats


def words(text: str) -> list[str]:
    """The words that count, in lower case; where words are not set apart, characters."""
    return WORD.findall(text.lower())


def labels(texts: Sequence[str], reference: str) -> Floats:
    """The share of each block's words that the longest common subsequence of page and reference takes.

    An alignment, not a look-up of words: of a text that stands twice on the page only one copy counts, as in the
    measure itself.
    """
    numbers: dict[str, int] = {}
    page: list[int] = []
    owners: list[int] = []
    counts = np.zeros(len(texts))
    for block, text in enumerate(texts):
        found = words(text)
        counts[block] = len(found)
        page += [numbers.setdefault(word, len(numbers)) for word in found]
        owners += [block] * len(found)
    wanted = [numbers.setdefault(word, len(numbers)) for word in words(reference)]
    taken = np.zeros(len(texts))
    if page and wanted:
        for step in LCSseq.opcodes(page, wanted):
            if step.tag == "equal":
                np.add.at(taken, owners[step.src_start : step.src_end], 1)
    return taken / np.maximum(1, counts)


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    """Harmonic mean of precision and recall over bags of words."""
    if not wanted:
        return float(not found)
    hits = (found & wanted).total()
    return 2 * hits / (found.total() + wanted.total()) if hits else 0.0
