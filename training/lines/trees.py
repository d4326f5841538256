"""Boosted oblivious trees with CatBoost, and their form at run time."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool

from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.looks import Matrix
from cleaner.trees import UNIT, Forest

DEPTH = 6


def boost(rows: Matrix, label: Numbers, weight: Floats, *, trees: int, rate: float, threads: int) -> Forest:
    """Trees that give the log-odds of a label.

    Args:
        rows: shape (rows, facts).
        weight: how much each row counts.
    """
    return _fit(rows, label, weight, depth=DEPTH, trees=trees, rate=rate, threads=threads, loss="Logloss")


def boost_kinds(rows: Matrix, kind: Numbers, kinds: int, weight: Floats, *, trees: int, threads: int) -> Forest:
    """Trees that give a sum for each of some kinds; those that no row has stay far below."""
    present = np.unique(kind)
    found = _fit(
        rows, np.searchsorted(present, kind), weight, depth=4, trees=trees, rate=0.2, threads=threads, loss="MultiClass"
    )
    leaves = np.zeros((*found.leaves.shape[:2], kinds), np.int16)
    leaves[:, :, present] = found.leaves
    bias = np.full(kinds, -(1 << 20), np.int32)
    bias[present] = found.bias
    return Forest(found.feature, found.border, leaves, bias)


def _fit(
    rows: Matrix, label: Numbers, weight: Floats, *, depth: int, trees: int, rate: float, threads: int, loss: str
) -> Forest:
    model = CatBoostClassifier(
        loss_function=loss,
        iterations=trees,
        depth=depth,
        learning_rate=rate,
        thread_count=threads,
        l2_leaf_reg=5,
        random_strength=1,
        rsm=0.2,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        border_count=48,
        random_seed=0,
        verbose=0,
        allow_writing_files=False,
    )
    model.fit(Pool(rows, label, weight=weight))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return _forest(json.loads(path.read_text("utf-8")), depth)


def _forest(model: dict[str, Any], depth: int) -> Forest:
    described = model["oblivious_trees"]
    scale, bias = model["scale_and_bias"]
    classes = len(bias)
    feature = np.zeros((len(described), depth), np.int16)
    border = np.full((len(described), depth), np.inf, np.float32)  # a tree that is less deep answers no
    leaves = np.zeros((len(described), 1 << depth, classes), np.int16)
    for number, tree in enumerate(described):
        for level, split in enumerate(tree["splits"] or ()):
            feature[number, level] = split["float_feature_index"]
            border[number, level] = split["border"]
        values = scale * np.array(tree["leaf_values"], np.float64).reshape(-1, classes)
        leaves[number, : len(values)] = np.clip(np.rint(values / UNIT), -32768, 32767)
    return Forest(feature, border, leaves, np.rint(np.array(bias) / UNIT).astype(np.int32))
