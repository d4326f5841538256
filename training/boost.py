"""Boosted oblivious trees with CatBoost, and their form at run time."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from catboost import CatBoostClassifier, Pool

from cleaner.html.score.names import Floats, Matrix
from cleaner.html.score.scorer import STEPS, Trees

DEPTH = 6
_SMALLEST = 1 / 256
"""One unit of a leaf, in log-odds."""


def boost(rows: Matrix, share: Floats, weight: Floats, *, trees: int, rate: float, seed: int, threads: int) -> Trees:
    """Trees that give the share of a block's words in the main text.

    Args:
        rows: shape (blocks, features).
        share: what is to be learned, 0 to 1.
        weight: how much each block counts.
    """
    model = CatBoostClassifier(
        loss_function="CrossEntropy",
        iterations=trees,
        depth=DEPTH,
        learning_rate=rate,
        thread_count=threads,
        l2_leaf_reg=5,
        random_strength=1,
        rsm=0.3,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        border_count=64,
        random_seed=seed,
        verbose=0,
        allow_writing_files=False,
    )
    model.fit(Pool(rows, share, weight=weight))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        found = json.loads(path.read_text("utf-8"))
    return _trees(found)


def _trees(model: dict[str, Any]) -> Trees:
    described = model["oblivious_trees"]
    count = len(described)
    feature = np.zeros((count, DEPTH), np.int16)
    border = np.full((count, DEPTH), np.inf, np.float32)  # a tree that is less deep answers no
    leaves = np.zeros((count, 1 << DEPTH), np.int16)
    cover = np.zeros((count, 1 << DEPTH), np.float32)
    for number, tree in enumerate(described):
        for level, split in enumerate(tree["splits"] or ()):
            feature[number, level] = split["float_feature_index"]
            border[number, level] = split["border"]
        values = np.array(tree["leaf_values"], np.float64)
        leaves[number, : len(values)] = np.rint(values / _SMALLEST)
        cover[number, : len(values)] = tree["leaf_weights"]
    scale, (bias,) = model["scale_and_bias"]
    odds = (np.arange(1, STEPS) - 0.5) / STEPS
    steps = np.ceil((np.log(odds / (1 - odds)) - bias) / scale / _SMALLEST).astype(np.int32)
    return Trees(feature, border, leaves, cover, steps)


def pack(trees: Trees) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the trees for a file."""
    return {
        "feature": trees.feature,
        "border": trees.border,
        "leaves": trees.leaves,
        "cover": (trees.cover / trees.cover.sum(axis=1, keepdims=True)).astype(np.float16),
        "steps": trees.steps,
    }
