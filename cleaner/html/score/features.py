"""What is known of each block, as numbers: one row per feature, one column per block.

Nothing here knows a site, and what knows words of a language stands beside something that knows none: lengths, links,
punctuation, tags, class words, containers, repetition, position, and the same of the neighbours.  Values are counts,
shares and distances, never logarithms or roots, so that they are the same bits on every platform; trees only care for
their order.  What grows with the length of an article is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaner.html.blocks import Page
from cleaner.html.score.names import KINDS, LEVELS, ROW, Ints, Matrix, Table
from cleaner.html.score.places import headings, neighbours, position
from cleaner.html.score.surroundings import Surroundings
from cleaner.html.score.texts import HEADING, Texts

_TYPES = {
    "article": ("article", "posting"),
    "product": ("product",),
    "recipe": ("recipe",),
    "webpage": ("webpage", "website"),
    "forum": ("forum", "qapage", "question", "discussion"),
    "collection": ("collection", "itemlist"),
}


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of the blocks of a page.

    Attributes:
        matrix: shape (features, blocks); the names of the rows are `NAMES`.
        words: of each block, as readers count them.
        prose: the words of blocks that are running text; 0 of others.
        around: shape (2, levels, blocks): the containers around each block hold ``blocks[low:high]``.
        alike: for each block the number of the group of blocks that look the same.
        section: for each block the number of the section it stands in.
        same: for each block the number of its text; copies of a text have the same.
        refrain: for each block the number of its text among its brothers.
        counted: for each block the number of the ordered list it stands in, -1 for none.
    """

    matrix: Matrix
    words: Ints
    prose: Ints
    around: Ints
    alike: Ints
    section: Ints
    same: Ints
    refrain: Ints
    counted: Ints

    def row(self, name: str) -> Matrix:
        """One feature of all blocks."""
        row: Matrix = self.matrix[ROW[name]]
        return row


def features(page: Page, *, title: str = "", kind: str | None = None) -> Features:
    """The features of all blocks of a page.

    Args:
        title: the headline as the page's metadata give it.
        kind: schema.org type of the page, lower case, if it states one.
    """
    count = len(page.blocks)
    table = Table(count)
    if not count:
        none = np.zeros(0, np.int64)
        return Features(table.matrix, none, none, np.zeros((2, LEVELS, 0), np.int64), none, none, none, none, none)
    texts = Texts(page.blocks, title, table)
    around = Surroundings(page, texts, table)
    neighbours(table)
    position(texts, table)
    section = headings(texts, table)
    _whole(texts, kind or "", table)
    words, prose = texts.words.astype(np.int64), texts.prose.astype(np.int64)
    same, refrain, counted = texts.same, around.refrain, around.counted
    return Features(table.matrix, words, prose, around.around, around.group, section, same, refrain, counted)


def _whole(texts: Texts, kind: str, table: Table) -> None:
    """What the page is like."""
    put = table.put
    words, prose = max(1.0, float(texts.words.sum())), float(texts.prose.sum())
    prosaic = texts.prose > 0
    paragraphs = int(prosaic.sum())
    put("page: words", words)
    put("page: blocks", texts.count)
    put("page: link share", float(texts.linked.sum()) / max(1.0, float(texts.chars.sum())))
    put("page: prose share", prose / words)
    put("page: words per paragraph", prose / max(1, paragraphs))
    put("page: paragraphs", paragraphs)
    shares = np.bincount(texts.kind, texts.words, len(KINDS)) / words
    for number, name in enumerate(("headings", "items", "rows", "code"), 1):
        put(f"page: {name}", shares[number])
    put("page: titled", float(texts.titled.max()))
    put("page: sentences", float((texts.finished & prosaic).sum()) / max(1, paragraphs))
    put("page: function words", texts.functional)
    put("page: capital starts", texts.capital_starts)
    put("page: prices", int(texts.prices.sum()))
    headed = texts.kind == HEADING
    put("page: heading count", int(headed.sum()))
    put("page: linked headings", int((headed & (texts.density > 0.5)).sum()))
    for name, parts in _TYPES.items():
        put(f"page is {name}", any(part in kind for part in parts))
    put("page is typed", bool(kind))
