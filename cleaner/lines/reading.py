"""A text as the model gets it: what the reader found in it and what the rules say, as arrays of spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.categories import CATEGORIES
from cleaner.lines.letters import Numbers
from cleaner.match.claims import Claim
from cleaner.model import CONFIDENCES, Document
from cleaner.view import View

RANKS = len(CONFIDENCES)
_RANK = {confidence: RANKS - place for place, confidence in enumerate(CONFIDENCES)}
_CATEGORY = {category: place for place, category in enumerate(CATEGORIES)}  # a rule that keeps has none of these
SOLID = {"code": 1, "math": 2}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A document as arrays; every row of a span is (start, end, …) in code points of the text.

    Attributes:
        markdown: whether it is Markdown.
        url: where it is from; empty if nobody knows.
        title: as the front matter gives it.
        first: where the front matter ends.
        hidden: shape (n, 2): markup.
        links: shape (n, 4): of a link all, then its words.
        solid: shape (n, 3): code and maths, with `SOLID`.
        addresses: shape (n, 2): bare addresses.
        owned: shape (n, 2): what the owner of a note wrote into it.
        claims: shape (n, 4): what rules want, with the rank of their confidence (`RANKS` is certain, 1 low, 0 if their
            conditions do not hold, -1 a rule that keeps) and the place of their category.
    """

    text: str
    markdown: bool
    url: str
    title: str
    first: int
    hidden: Numbers
    links: Numbers
    solid: Numbers
    addresses: Numbers
    owned: Numbers
    claims: Numbers

    @property
    def dumped(self) -> bool:
        """Whether some program made the text of a whole page: somebody says where it is from, and no front matter."""
        return bool(self.url) and not self.first


def reading(
    document: Document, view: View, fit: Iterable[Claim], passed: Iterable[Claim], keepers: Iterable[Claim]
) -> Reading:
    """The reading of a document and of what its rules want.

    Args:
        fit: claims that meet their conditions; `passed`: those that do not; `keepers`: of rules that keep.
    """
    ranked = [(c, _RANK[c.rule.confidence]) for c in fit] + [(c, 0) for c in passed] + [(c, -1) for c in keepers]
    claims = [
        (*view.origin_span(c.start, c.end), rank, _CATEGORY.get(c.rule.category, 0))
        for c, rank in ranked
        if c.start < c.end
    ]
    front = [zone.end for zone in document.zones if zone.kind == "front-matter"]
    return Reading(
        text=document.text,
        markdown=document.format == "markdown",
        url=document.url or "",
        title=document.front_matter.get("title", ""),
        first=max(front, default=0),
        hidden=_table(document.hidden, 2),
        links=_table([(link.start, link.end, link.text_start, link.text_end) for link in document.links], 4),
        solid=_table([(z.start, z.end, SOLID[z.kind]) for z in document.zones if z.kind in SOLID], 3),
        addresses=_table([(z.start, z.end) for z in document.zones if z.kind == "url"], 2),
        owned=_table([(z.start, z.end) for z in document.zones if z.kind == "own"], 2),
        claims=_table(claims, 4),
    )


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Numbers:
    return np.array(rows, np.int64).reshape(-1, width)
