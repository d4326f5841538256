"""Sums of oblivious decision trees: all nodes of one depth ask the same question, so a tree is a few comparisons and a
table.  Leaves are whole numbers and their sums are exact, so scores are the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from cleaner.core import compiled

Sums = npt.NDArray[np.int32]

UNIT = 1 / 256
"""What one unit of a leaf is in log-odds."""
_CHUNK = 1024  # columns that are judged at once


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """What the nodes of some trees ask, each question once: trees ask the same ones again and again.

    Attributes:
        feature: intp, which row of the facts each question asks for.
        border: float32, shape (questions, 1): the answer is 1 if the fact is greater.
        number: intp, shape (depth, trees): which question each depth of each tree asks.
    """

    feature: npt.NDArray[np.intp]
    border: npt.NDArray[np.float32]
    number: npt.NDArray[np.intp]

    @classmethod
    def of(cls, feature: npt.NDArray[np.int16], border: npt.NDArray[np.float32]) -> Questions:
        """The questions of trees; `feature`, `border`: as in `Forest`; a tree has 8 depths at most."""
        pairs = ((feature.astype(np.int64) << 32) | border.view(np.uint32)).reshape(-1)
        order = np.argsort(pairs)
        begins = np.append(True, pairs[order][1:] != pairs[order][:-1])
        number = np.empty(len(order), np.intp)
        number[order] = np.cumsum(begins) - 1
        first = order[begins]
        number = number.reshape(feature.shape).T.copy()
        return cls(feature.reshape(-1)[first].astype(np.intp), border.reshape(-1)[first][:, None], number)

    def reached(self, matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
        """The leaf that each column of facts comes to in each tree, counted through all trees: (trees, columns)."""
        depth, trees = self.number.shape
        # "clip" only because it needs no copy
        answers = (matrix.take(self.feature, axis=0, mode="clip") > self.border).view(np.uint8)
        leaf = np.zeros((trees, matrix.shape[1]), np.uint8)
        one = np.empty_like(leaf)
        for number in self.number[::-1]:
            answers.take(number, axis=0, out=one, mode="clip")
            leaf += leaf
            leaf += one
        numbers: npt.NDArray[np.intp] = leaf + (np.arange(trees) << depth)[:, None]
        return numbers


class Asking(Protocol):
    """Trees, whatever their leaves hold; `feature`, `border`: as in `Forest`."""

    @property
    def feature(self) -> npt.NDArray[np.int16]: ...

    @property
    def border(self) -> npt.NDArray[np.float32]: ...


@lru_cache(maxsize=8)  # the models of a process, which are asked about text after text
def asked_by(trees: Asking) -> Questions:
    """What some trees ask; found once."""
    return Questions.of(trees.feature, trees.border)


@compiled
def tree_sums(asked: Questions, leaves: npt.NDArray[np.int16], matrix: npt.NDArray[np.float32], out: Sums) -> None:
    """Add what each tree says of each column of facts.

    Args:
        asked: by the trees; `asked_by` tells.
        leaves: shape (trees, 2 ** depth, classes): what a tree adds.
        matrix: shape (facts, columns).
        out: shape (classes, columns); what is added up comes on top of what is there.
    """
    classes = leaves.shape[2]
    flat = leaves.reshape(-1, classes)
    for start in range(0, matrix.shape[1], _CHUNK):
        part = slice(start, start + _CHUNK)
        leaf = asked.reached(matrix[:, part])
        for number in range(classes):
            out[number, part] += flat[:, number].take(leaf).sum(axis=0, dtype=np.int32)


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

    def sums(self, matrix: npt.NDArray[np.float32]) -> Sums:
        """The sums of all columns of facts, shape (classes, columns)."""
        out = np.empty((len(self.bias), matrix.shape[1]), np.int32)
        out[:] = self.bias[:, None]
        tree_sums(asked_by(self), self.leaves, matrix, out)
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
