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
        trees, depth = self.feature.shape
        classes = len(self.bias)
        flat = self.leaves.reshape(-1, classes)
        base = (np.arange(trees, dtype=np.int32) << depth)[:, None]
        out = np.empty((classes, matrix.shape[1]), np.int32)
        for start in range(0, matrix.shape[1], _CHUNK):
            part = matrix[:, start : start + _CHUNK]
            leaf = np.zeros((trees, part.shape[1]), np.int32)
            for level in range(depth):
                leaf |= (part[self.feature[:, level]] > self.border[:, level, None]).astype(np.int32) << level
            leaf += base
            for number in range(classes):
                out[number, start : start + _CHUNK] = flat[:, number][leaf].sum(axis=0, dtype=np.int32)
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
