"""The features of a block: their names, in order, and where they are bounded."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.html.score.lexicon import ANNOUNCED
from cleaner.html.words import GROUPS

Matrix = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]

KINDS = (
    *("paragraph", "heading", "item", "row", "code", "caption", "term", "definition", "control", "summary", "image"),
    *("math", "break"),
)
"""The kinds of blocks; the feature "kind" is the place in this list."""
TAGS = (
    *("nav", "header", "footer", "aside", "form", "ul", "ol", "table", "figure", "article", "main", "section"),
    *("blockquote", "dl", "details", "button", "td", "li", "p", "noscript", "select", "a"),
)
FAR = 30
"""Levels to an element that is not around."""
STICKY = ("related", "comments", "author", "newsletter")
"""What holds for more than the section that it announces."""
LEVELS = 4
"""Containers around a block that are looked at."""
REACH = {
    "words": (-3, -2, -1, 1, 2, 3),
    "link share": (-3, -2, -1, 1, 2, 3),
    "ends a sentence": (-2, -1, 1, 2),
    "common words": (-2, -1, 1, 2),
    "kind": (-2, -1, 1, 2),
    "function words": (-1, 1),
    "heading level": (-1, 1),
    "chrome words": (-1, 1),
    "capital starts": (-1, 1),
    "digits": (-1, 1),
    "letters per word": (-1, 1),
    "commas": (-1, 1),
    "title words": (-1, 1),
    "copies": (-1, 1),
}
"""What is also said of neighbours, with their distances."""
_TEXT = (
    *("words", "link share", "links", "icon share", "letters per word", "capital starts", "capitals", "digits"),
    *("commas", "stops", "separators", "at signs", "currency", "quotes", "copyright sign", "common words"),
    *("function words", "person words", "chrome words", "chrome count", "months", "years", "title words"),
    *("title share", "ends a sentence", "ends with a colon", "ends with a question", "starts lower"),
    *("starts with a digit", "kind", "heading level", "announces", "hidden by style", "hidden from readers"),
    *("only for readers", "without scripts", "indent", "quoted", "tight", "copies", "copies before"),
)
_FACTS = ("words", "link share", "share of page", "prose share", "blocks", "words per block")
_PLACES = ("place", "first", "last", "short share")
_PAGE = (
    *("words", "blocks", "link share", "prose share", "words per paragraph", "paragraphs", "headings", "items", "rows"),
    *("code", "titled", "articles", "containers per block", "sentences", "function words", "capital starts"),
    *("records", "records share", "prices", "heading count", "linked headings"),
)
_NAMES = (
    *_TEXT,
    *(f"{name} at {shift:+d}" for name, shifts in REACH.items() for shift in shifts),
    *(f"near {name}" for name in GROUPS),
    *(f"near <{tag}>" for tag in TAGS),
    *(f"container {level}: {name}" for level in range(LEVELS) for name in (*_FACTS, *_PLACES)),
    *(
        f"prose {share}: {name}"
        for share in (50, 80)
        for name in ("inside", "climb", "depth", "place", "share of page", "link share")
    ),
    *(
        f"alike {depth}: {name}"
        for depth in (1, 3)
        for name in ("blocks", "words per block", "spread", "link share", "share of page", "first")
    ),
    *("words beside alike", "link share beside alike"),
    *(f"record: {name}" for name in ("siblings", "climb", "words", "link share", "blocks", "share of page", "place")),
    *("index share", "words before", "prose before", "prose after", "blocks before", "blocks after", "since headline"),
    *("since title", "to prose before", "to prose after"),
    *("since heading", "words since heading", "level above", "headings before"),
    *(f"heading above: {name}" for name in ANNOUNCED),
    *(f"since {name}" for name in STICKY),
    *(f"section: {name}" for name in ("words", "link share", "blocks", "prose share")),
    *(f"page: {name}" for name in _PAGE),
    *(f"page: {name} share" for name in GROUPS),
    *(f"page: <{tag}> share" for tag in TAGS),
    *(f"page is {name}" for name in ("article", "product", "recipe", "webpage", "forum", "collection", "typed")),
)
NAMES: tuple[str, ...] = tuple(_NAMES)
"""The features, in the order of the rows."""
ROW = {name: row for row, name in enumerate(NAMES)}

_MOST = {
    "words": 200,
    "links": 20,
    "letters per word": 3,
    "at signs": 3,
    "currency": 5,
    "copyright sign": 2,
    "chrome count": 8,
    "months": 4,
    "years": 4,
    "copies": 4,
    "copies before": 4,
    "quoted": 4,
    **{f"container {level}: words": 600 for level in range(LEVELS)},
    **{f"container {level}: blocks": 60 for level in range(LEVELS)},
    **{f"container {level}: words per block": 200 for level in range(LEVELS)},
    **{f"alike {depth}: blocks": 30 for depth in (1, 3)},
    **{f"alike {depth}: words per block": 200 for depth in (1, 3)},
    **{f"alike {depth}: spread": 4 for depth in (1, 3)},
    "words beside alike": 4,
    "link share beside alike": 4,
    "record: siblings": 20,
    "record: words": 600,
    "record: blocks": 60,
    "blocks before": 60,
    "blocks after": 60,
    "since heading": 20,
    "words since heading": 500,
    "headings before": 8,
    "section: words": 500,
    "section: blocks": 20,
    "page: words": 2000,
    "page: blocks": 400,
    "page: words per paragraph": 200,
    "page: paragraphs": 40,
    "page: articles": 10,
    "page: containers per block": 8,
    "page: records": 20,
    "page: prices": 20,
    "page: heading count": 20,
    "page: linked headings": 20,
}
"""Where more says nothing further: sizes that grow with an article end where the trees have seen enough of them."""


class Table:
    """Features being filled in, one row each."""

    def __init__(self, blocks: int) -> None:
        self.matrix: Matrix = np.zeros((len(NAMES), blocks), np.float32)

    def put(self, name: str, values: Numbers | float) -> None:
        """Set a feature, within its bound."""
        most = _MOST.get(name)
        self.matrix[ROW[name]] = values if most is None else np.minimum(values, most)

    def put_all(self, first: str, rows: Numbers) -> None:
        """Set the features from `first` on."""
        start = ROW[first]
        self.matrix[start : start + len(rows)] = rows

    def row(self, name: str) -> Matrix:
        """A feature as it is by now."""
        row: Matrix = self.matrix[ROW[name]]
        return row
