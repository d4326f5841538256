"""Sums of oblivious decision trees: all nodes of one depth ask the same question, so a tree is a few comparisons and a
table.  Leaves are whole numbers and their sums are exact, so scores are the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

UNIT = 1 / 256
"""What one unit of a leaf is in log-odds."""
_CHUNK = 1024  # columns that are judged at once


def reached(
    feature: npt.NDArray[np.int16], border: npt.NDArray[np.float32], matrix: npt.NDArray[np.float32]
) -> npt.NDArray[np.intp]:
    """The leaf that each column of facts comes to in each tree, counted through all trees.

    Args:
        feature, border: as in `Forest`; a tree has 8 depths at most.

    Returns:
        Shape (trees, columns).
    """
    trees, depth = feature.shape
    leaf = np.zeros((trees, matrix.shape[1]), np.uint8)
    facts = np.empty(leaf.shape, np.float32)
    for level in range(depth):
        matrix.take(feature[:, level], axis=0, out=facts, mode="clip")  # "clip" only because it needs no copy
        leaf |= (facts > border[:, level, None]).view(np.uint8) << np.uint8(level)
    numbers: npt.NDArray[np.intp] = leaf + (np.arange(trees) << depth)[:, None]
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees with one sum for each of some classes.

    Attributes:
        feature: int16, shape (trees, depth): which row of the facts each depth asks for.
        border: float32, same shape: the answer is 1 if the fact is greater.
        leaves: int16, shape (trees, 2 ** depth, classes): what a tree adds, in `UNIT`; the answer at depth 0 is the
            lowest bit of the leaf.
        bias: int32, shape (classes): what is added to all.
    """

    feature: npt.NDArray[np.int16]
    border: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.int16]
    bias: npt.NDArray[np.int32]

    def sums(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.int32]:
        """The sums of all columns of facts, shape (classes, columns)."""
        classes = len(self.bias)
        flat = self.leaves.reshape(-1, classes)
        out = np.empty((classes, matrix.shape[1]), np.int32)
        for start in range(0, matrix.shape[1], _CHUNK):
            leaf = reached(self.feature, self.border, matrix[:, start : start + _CHUNK])
            for number in range(classes):
                flat[:, number].take(leaf).sum(axis=0, dtype=np.int32, out=out[number, start : start + _CHUNK])
        out += self.bias[:, None]
        return out

    def pack(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """The arrays for a file, their names beginning with `name`."""
        return {
            f"{name}.feature": self.feature,
            f"{name}.border": self.border,
            f"{name}.leaves": self.leaves,
            f"{name}.bias": self.bias,
        }

    @classmethod
    def unpack(cls, name: str, file: Mapping[str, npt.NDArray[Any]]) -> Forest:
        """What `pack` has packed."""
        return cls(*(file[f"{name}.{part}"] for part in ("feature", "border", "leaves", "bias")))
