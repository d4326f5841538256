"""Which blocks the scores keep: the likeliest, their brothers, and nothing that stands beside an article."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from cleaner.html.beside import beside
from cleaner.html.blocks import Block, Page
from cleaner.html.opinion import reconsidered
from cleaner.html.parts import targets
from cleaner.html.score.scorer import Scores, choose
from cleaner.html.siblings import between, sharing, together

Flags = npt.NDArray[np.bool_]

_OFFER = re.compile(r"subscri|abonn|donat|sign-?up|regist|promo\b|sponsor|affiliat|checkout", re.IGNORECASE)
_FURNITURE = 0.1
"""Where so many words are those of page furniture, the words agree with a rule that takes a block for its class."""


def chosen(page: Page, scores: Scores, *, recall: float = 1.0, is_article: bool = False) -> Flags:
    """The blocks that stay as far as the scorer is concerned.

    Args:
        recall: how much more what is lost counts than what is left over (`choose`).
        is_article: whether the page says that it is an article.
    """
    if not is_article:
        scores = sharing(scores)
    stays = choose(scores.probability, scores.words, recall)
    if is_article:
        stays = stays & ~beside(page, scores, stays)
    return between(page, scores, reconsidered(page, scores, together(page, scores, stays)))


def main_prose(scores: Scores) -> Flags:
    """Running text of the main container, with hardly a word of page furniture: no class name takes that."""
    known = scores.known
    plain: Flags = (known.prose > 0) & (known.row("prose 50: inside") > 0) & (known.row("chrome words") < _FURNITURE)
    return plain


def offers(block: Block) -> bool:
    """Whether a block leads to where readers sign up or pay: then its words agree with a rule that takes it."""
    return block.links > 0 and any(map(_OFFER.search, targets(block.parts)))
