"""What stands beside an article, on a page that says it is one: other stories, comments, what follows the text.

Each of these blocks alone looks half likely, since elsewhere its like is what a page is for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Container, Page
from cleaner.html.opinion import main_container
from cleaner.html.score.names import FAR, KINDS
from cleaner.html.score.scorer import Scores

Flags = npt.NDArray[np.bool_]

CORE = 0.8
"""Blocks at least as likely as this show where the article is."""
_MOST = 0.5
"""Of the running text that was chosen: a container with less of it is a part of the article."""
_SURE = 0.95
"""What is likelier stays, wherever it stands."""
_PROSE = 0.2  # of a page's words: below it the page is no text
_RECORDS = 3  # like elements side by side
_ALL_LINK = 0.95
_PARAGRAPH = KINDS.index("paragraph")


def beside(page: Page, scores: Scores, stays: Flags) -> Flags:
    """The blocks that go although they were chosen.

    They are: what comes after the article's container; records of a list and comments anywhere outside of it; and
    paragraphs that are nothing but a link.
    """
    known, probability = scores.known, np.nan_to_num(scores.probability)
    none = np.zeros(len(stays), bool)
    holder = _article(page, scores, stays, stays & (probability >= CORE))
    if holder is None or known.row("page: prose share")[0] < _PROSE:
        return none
    number = np.arange(len(stays))
    outside = (number < holder.first) | (number >= holder.last)
    listed = outside & ((known.row("record: siblings") >= _RECORDS) | (known.row("near comment") < FAR))
    pointer = (known.row("link share") >= _ALL_LINK) & (known.row("kind") == _PARAGRAPH)
    found: Flags = stays & (probability < _SURE) & (listed | pointer | (number >= holder.last))
    return found


def _article(page: Page, scores: Scores, stays: Flags, core: Flags) -> Container | None:
    """The article's container; None: nothing shows where it is.

    It is that of the core, unless that has but a part of what was chosen: where the scorer is sure of nothing, what is
    surest is no core.
    """
    found = main_container(page, scores, core)
    if found is None:
        return None
    prose = np.where(stays, scores.known.prose, 0)
    whole = prose[found.first : found.last].sum() >= _MOST * prose.sum()
    return found if whole else main_container(page, scores, stays)
