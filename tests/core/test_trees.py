"""The kernel that adds up trees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core import TWINS
from cleaner.html.score.scorer import Scorer
from cleaner.lines.model import Model
from cleaner.trees import Questions
from tests.core.twins import kernels

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 8), st.integers(1, 4), st.integers(1, 6), st.integers(0, 200))


def same(asked: Questions, leaves: Any, matrix: Any) -> Any:
    """The sums of the kernel, if the twin says the same."""
    sums = np.full((2, leaves.shape[2], matrix.shape[1]), 7, np.int32)
    kernels.tree_sums(asked, leaves, matrix, sums[0])
    TWINS["tree_sums"](asked, leaves, matrix, sums[1])
    assert sums[0].tolist() == sums[1].tolist()
    return sums[0]


@given(SHAPES, st.integers(0, 1 << 32), st.booleans())
def test_trees_of_all_shapes(shape: tuple[int, ...], seed: int, turned: bool) -> None:
    trees, depth, classes, facts, columns = shape
    draw = np.random.default_rng(seed)
    feature = draw.integers(-1, facts + 1, (trees, depth)).astype(np.int16)  # one beyond either end is the last one
    border = draw.choice(np.array([-1, 0, 0.5, 1, np.inf, -np.inf], np.float32), (trees, depth))
    leaves = draw.integers(-(1 << 15), 1 << 15, (trees, 1 << depth, classes)).astype(np.int16)
    matrix = draw.choice(np.array([-2, -0.0, 0, 0.5, 0.75, np.nan, np.inf], np.float32), (facts, columns))
    if turned:
        matrix = np.asfortranarray(matrix)[::-1]
    same(Questions.of(feature, border), leaves, matrix)


@pytest.mark.parametrize("columns", [0, 1, 63, 64, 65, 1500])
def test_the_models_that_are_there(columns: int) -> None:
    lines, pages = Model.load(), Scorer.load().trees
    forests = [(one, one.leaves) for one in (*lines.looks, lines.kinds)] + [(pages, pages.leaves[:, :, None])]
    for trees, leaves in forests:
        asked = Questions.of(trees.feature, trees.border)
        draw = np.random.default_rng(columns)
        matrix = draw.choice(asked.border[:, 0], (int(asked.feature.max()) + 1, columns))
        matrix[draw.random(matrix.shape) < 0.01] = np.nan
        same(asked, leaves, matrix + draw.integers(-1, 2, matrix.shape).astype(np.float32) / 8)


ASKED = Questions.of(np.array([[0, 1]], np.int16), np.array([[0, 1]], np.float32))
LEAVES, FACTS, SUMS = np.zeros((1, 4, 2), np.int16), np.zeros((2, 5), np.float32), np.zeros((2, 5), np.int32)


@pytest.mark.parametrize(
    "arguments",
    [
        (ASKED, LEAVES, FACTS),
        (None, LEAVES, FACTS, SUMS),
        (ASKED, LEAVES.astype(np.int32), FACTS, SUMS),
        (ASKED, LEAVES[:, :3], FACTS, SUMS),
        (ASKED, LEAVES[:0], FACTS, SUMS),
        (ASKED, LEAVES, FACTS.astype(np.float64), SUMS),
        (ASKED, LEAVES, FACTS[:0], SUMS),
        (ASKED, LEAVES, FACTS, SUMS[:1]),
        (ASKED, LEAVES, FACTS, SUMS[:, :4]),
        (ASKED, LEAVES, FACTS, SUMS[:, ::-1]),
        (replace(ASKED, border=ASKED.border[:1]), LEAVES, FACTS, SUMS),
        (replace(ASKED, feature=np.zeros(4, np.intp)[::2]), LEAVES, FACTS, SUMS),
        (replace(ASKED, number=np.zeros((9, 1), np.intp)), np.zeros((1, 512, 2), np.int16), FACTS, SUMS),
    ],
)
def test_what_makes_no_sense_is_an_error(arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        kernels.tree_sums(*arguments)
