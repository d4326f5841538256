"""Other extractors as witnesses: which blocks they would keep.

Measured on 1,497 pages, their votes changed the result of the scorer by less than 0.001 either way, and a vote costs
more than all the rest; so nobody is asked unless the user wants it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

Floats = npt.NDArray[np.float32]

WEIGHT = 1.0
"""What a vote adds to the logarithm of the odds that a block belongs to the article, or takes from it."""
_WORD = re.compile(r"\w+")
_RUN = 3
_EDGE = np.float32(1e-3)


@dataclass(frozen=True, slots=True)
class Votes:
    """What an extractor says of each block: which share of its words (0 to 1) it would keep."""

    extractor: str
    shares: Floats

    def weigh(self, probability: Floats) -> Floats:
        """Probabilities with these votes beside them."""
        bounded = np.clip(probability, _EDGE, 1 - _EDGE)
        odds = np.log(bounded / (1 - bounded)) + np.float32(WEIGHT) * (2 * self.shares - 1)
        weighed: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return weighed


def votes(extractor: str, html: str, blocks: Sequence[Block]) -> Votes:
    """Ask an extractor.

    Args:
        extractor: `trafilatura` or `readability`.
        html: the page, of which the extractor makes a tree of its own.
    """
    with _silence():
        text = _EXTRACTORS[extractor](html)
    return Votes(extractor, np.array(_shares([block.text for block in blocks], text), np.float32))


def _shares(texts: Iterable[str], extracted: str) -> list[float]:
    """Which share of each text's runs of words the extractor gave."""
    given = _WORD.findall(extracted.lower())
    known = {*_runs(given), *((word,) for word in given)}
    shares = []
    for text in texts:
        runs = _runs(_WORD.findall(text.lower()))
        shares.append(len(runs & known) / len(runs) if runs else 0.5)
    return shares


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    if len(words) < _RUN:
        return {(word,) for word in words}
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _trafilatura(html: str) -> str:
    import trafilatura

    try:
        return trafilatura.extract(html, include_comments=True) or ""
    except Exception:  # a witness that breaks down says nothing
        return ""


def _readability(html: str) -> str:
    import lxml.html
    from readability import Document

    try:
        return str(lxml.html.document_fromstring(Document(html).summary()).text_content())
    except Exception:
        return ""


_EXTRACTORS: dict[str, Callable[[str], str]] = {"trafilatura": _trafilatura, "readability": _readability}


@contextmanager
def _silence() -> Iterator[None]:
    """What they log is about their work, not ours."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "readability", "htmldate")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
