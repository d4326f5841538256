"""A second opinion where the first is unsure: a plain rule of density, which knows nothing but words and links.

It is asked where the choice takes more than a tenth of the running text of the container that it keeps; on all other
pages finding that out is all it costs.  What the rule would keep and the scorer is not sure to be something else stays.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Container, Page
from cleaner.html.score.scorer import Scores

Flags = npt.NDArray[np.bool_]

DOUBTFUL = 0.1
"""The share of the running text of its container above which what a choice takes is looked at once more."""
HELD = 0.8
"""The share of the words that stay which the container of an article holds."""
SURE = 0.2
"""The scorer is sure of what is less likely than this."""
_DENSE = 0.3  # of a block's characters are links


def reconsidered(page: Page, scores: Scores, stays: Flags) -> Flags:
    """The choice once more, with the running text that a plain rule would not have taken."""
    holder = main_container(page, scores, stays)
    if holder is None:
        return stays
    known = scores.known
    inside = np.zeros(len(stays), bool)
    inside[holder.first : holder.last] = True
    prose = np.where(inside & ~scores.copies, known.prose, 0)
    if prose[~stays].sum() <= DOUBTFUL * prose.sum():
        return stays
    dense = (prose > 0) & (known.row("link share") < _DENSE) & (known.row("hidden by style") == 0)
    more: Flags = stays | (dense & (np.nan_to_num(scores.probability) >= SURE))
    return more


def main_container(page: Page, scores: Scores, stays: Flags) -> Container | None:
    """The innermost element that holds most of the words that stay; None: nothing stays."""
    sums = np.concatenate([[0], np.cumsum(np.where(stays, scores.words, 0))])
    if not sums[-1]:
        return None
    first = np.array([container.first for container in page.containers])
    last = np.array([container.last for container in page.containers])
    holding: list[int] = np.flatnonzero(sums[last] - sums[first] >= HELD * sums[-1]).tolist()
    return max((page.containers[number] for number in holding), key=lambda container: container.depth)
