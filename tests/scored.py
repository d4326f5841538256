"""Pages with the scores that a test wants."""

from __future__ import annotations

from collections.abc import Sequence

import lxml.html
import numpy as np

from cleaner.html.blocks import Page
from cleaner.html.score.features import features
from cleaner.html.score.scorer import Scores, Trees
from cleaner.html.walk import walk

_NO_TREES = Trees(
    feature=np.zeros((0, 1), np.int16),
    border=np.zeros((0, 1), np.float32),
    leaves=np.zeros((0, 1), np.int16),
    cover=np.zeros((0, 1), np.float32),
    steps=np.zeros(0, np.int32),
)


def scored(body: str, likely: Sequence[float]) -> tuple[Page, Scores]:
    """A page and, for each of its blocks, how likely it is to belong to the article."""
    page = walk(lxml.html.document_fromstring(f"<body>{body}</body>").body)
    assert len(page.blocks) == len(likely), [block.text for block in page.blocks]
    return page, Scores(np.array(likely, np.float32), features(page), np.zeros(len(likely), bool), _NO_TREES)
