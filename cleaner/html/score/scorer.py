"""How likely each block belongs to the main content of its page, as a trained model sees it.

The model is a sum of oblivious decision trees: all nodes of one depth ask the same question, so a tree is a handful of
comparisons and a table.  Leaves are whole numbers and their sums are exact, so scores do not depend on platform,
version of NumPy, or the order of adding.

The model is trained by the programs in `training/`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Page
from cleaner.html.score import reasons
from cleaner.html.score.features import Features, features
from cleaner.html.score.names import NAMES, Ints, Matrix
from cleaner.trees import asked_by, tree_sums

Bools = npt.NDArray[np.bool_]
Rows = list[list[int]]

STEPS = 4096
"""Probabilities are whole numbers of steps."""
_REASONS = 3
_REPEATED = 8  # words: shorter texts may well stand in an article twice
_LIKELIER = int(0.3 * STEPS)
_SURE = int(0.9 * STEPS)
_EXPLAINED = 512  # blocks whose reasons are found at once
_MODEL = Path(__file__).with_name("scorer.npz")


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """A sum of oblivious trees.

    Attributes:
        feature: shape (trees, depth): the row of the features that the trees ask for at each depth.
        border: float32, same shape: the answer is 1 if the feature is greater.
        leaves: int16, shape (trees, 2 ** depth): what a tree adds; the answer at depth 0 is the lowest bit of the leaf.
        cover: float32, same shape: which share of the training text came to each leaf.
        steps: int32, `STEPS` - 1 ascending sums; a probability has as many steps as there are sums not above its own.
    """

    feature: npt.NDArray[np.int16]
    border: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.int16]
    cover: npt.NDArray[np.float32]
    steps: npt.NDArray[np.int32]

    def where(self, matrix: Matrix) -> Ints:
        """The leaf that each block comes to, shape (trees, blocks), counted through all trees."""
        return asked_by(self).reached(matrix)

    def probability(self, matrix: Matrix) -> npt.NDArray[np.int32]:
        """The probability of each block, in steps."""
        total = np.zeros((1, matrix.shape[1]), np.int32)
        tree_sums(asked_by(self), self.leaves[:, :, None], matrix, total)
        steps: npt.NDArray[np.int32] = np.searchsorted(self.steps, total[0], side="right").astype(np.int32)
        return steps

    def pull(self, matrix: Matrix) -> npt.NDArray[np.int32]:
        """How far each family of features pulls each block, in units of a leaf; shape (families, blocks)."""
        where = self.where(matrix)
        moves = np.empty((self.feature.shape[1], *where.shape), np.int32)
        for level, move in enumerate(_moves(self)):
            np.take(move, where, out=moves[level], mode="clip")  # "clip" only because it needs no copy
        flat = moves.reshape(-1, matrix.shape[1])
        pulls = np.zeros((len(reasons.FAMILIES), matrix.shape[1]), np.int32)
        families, starts, order = _questions(self)
        pulls[families] = np.add.reduceat(flat.take(order, axis=0), starts, axis=0)
        return pulls


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the scorer makes of a page.

    Attributes:
        probability: float32: that a block belongs to the main content; NaN for blocks without words.
        known: the features of the blocks.
        copies: whether a block repeats the text of one that is likelier.
        trees: whose judgement this is.
    """

    probability: npt.NDArray[np.float32]
    known: Features
    copies: Bools
    trees: Trees

    @property
    def words(self) -> Ints:
        """Of each block."""
        return self.known.words

    def reasons(self, blocks: Sequence[int]) -> list[tuple[str, ...]]:
        """For each of some blocks what moved its score most, strongest first.

        Each reason begins with ``+`` if it speaks for the block, with ``-`` if against it.
        """
        found: list[tuple[str, ...]] = []
        for start in range(0, len(blocks), _EXPLAINED):
            part = list(blocks[start : start + _EXPLAINED])
            families, pulls = self._strongest(part)
            found += map(self._phrases, part, families, pulls)
        return found

    def _phrases(self, block: int, families: Sequence[int], pulls: Sequence[int]) -> tuple[str, ...]:
        if self.copies[block]:
            return (reasons.COPY,)
        column = self.known.matrix[:, block]
        return tuple(
            ("+ " if pull > 0 else "- ") + reasons.phrase(family, column)
            for family, pull in zip(families, pulls, strict=True)
            if pull
        )

    def _strongest(self, blocks: list[int]) -> tuple[Rows, Rows]:
        pull = self.trees.pull(self.known.matrix[:, blocks])
        order = np.argsort(-np.abs(pull), axis=0, kind="stable")[:_REASONS]
        values = np.take_along_axis(pull, order, axis=0)
        return order.T.tolist(), values.T.tolist()


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """The trained model."""

    trees: Trees

    @classmethod
    def load(cls, path: Path | None = None) -> Scorer:
        """The model in a file; the one that comes with the package if none is named.

        Raises:
            ValueError: the file is no model, or one for other features.
        """
        return _load(path or _MODEL)

    def score(self, page: Page, *, title: str, kind: str | None) -> Scores:
        """The scores of all blocks of a page.

        Args:
            title: the headline as the page's metadata give it.
            kind: schema.org type of the page, lower case, if it states one.
        """
        return self.judge(features(page, title=title, kind=kind))

    def judge(self, known: Features) -> Scores:
        """The scores of blocks whose features are known."""
        steps = self.trees.probability(known.matrix)
        copies = _copies(known, steps)
        steps[copies] = 0
        probability = steps.astype(np.float32) / np.float32(STEPS)
        probability[known.words == 0] = np.nan
        return Scores(probability, known, copies, self.trees)


def _copies(known: Features, steps: npt.NDArray[np.int32]) -> Bools:
    """The blocks that repeat a longer text of another that is not their brother.

    The first copy stays, unless a later one is much likelier; so does what is likely enough in every place, such as the
    chorus of a song, and a step of an ordered list of which others are no copies.
    """
    long = np.flatnonzero(known.words >= _REPEATED)
    best: dict[int, int] = {}
    for block, text in zip(long.tolist(), known.same[long].tolist(), strict=True):
        before = best.setdefault(text, block)
        if steps[block] > steps[before] + _LIKELIER:
            best[text] = block
    copies = np.zeros(len(steps), bool)
    copies[long] = steps[long] < _SURE
    copies[np.isin(known.refrain, known.refrain[list(best.values())])] = False
    own = known.counted[(known.words > 0) & ~copies]
    copies[(known.counted >= 0) & np.isin(known.counted, own)] = False
    return copies


def choose(probability: npt.NDArray[np.float32], words: Ints, recall: float = 1.0) -> Bools:
    """The blocks to keep: those that give the greatest F-measure to be expected.

    The expected measure of a set is taken as the measure of its expected counts, which is right for many words; the
    best set is then always made of the most likely blocks (Jansche 2007; Ye, Chai, Lee and Chieu 2012), and one pass
    over them in that order finds it.

    Args:
        recall: how much more what is lost counts than what is left over: the square of the beta of F-beta.
            Above 1 more is kept, below 1 less.

    Returns:
        False for blocks without a probability.
    """
    steps = np.nan_to_num(probability * np.float32(STEPS)).astype(np.int64)
    order = np.argsort(-steps, kind="stable")
    mass = steps * words
    if not mass.any():
        return np.zeros(len(steps), bool)
    gained = np.cumsum(mass[order])
    taken = np.cumsum(words[order])
    best = int(np.argmax(gained / (taken + recall * float(gained[-1]) / STEPS)))
    chosen: Bools = (steps >= steps[order[best]]) & (words > 0)
    return chosen


@lru_cache(maxsize=4)
def _questions(trees: Trees) -> tuple[Ints, Ints, Ints]:
    """The families of features, where the questions about each begin, and all questions in that order.

    Questions are counted through the trees of depth 0, then 1, …
    """
    of = reasons.OF[trees.feature].T.reshape(-1)
    families, starts = np.unique(np.sort(of), return_index=True)
    return families.astype(np.int64), starts, np.argsort(of, kind="stable")


@lru_cache(maxsize=4)
def _moves(trees: Trees) -> npt.NDArray[np.int32]:
    """What each answer on the way to a leaf adds to what its tree is expected to say, shape (depth, leaves)."""
    count, depth = trees.feature.shape
    cover = trees.cover.reshape(count, *(2,) * depth).astype(np.float64) + 1e-6
    value = trees.leaves.reshape(count, *(2,) * depth).astype(np.float64)
    expected = []
    for level in range(depth + 1):  # the answers at the levels below `level` are known; the last axis is level 0
        unknown = tuple(range(1, depth - level + 1))
        mean = (value * cover).sum(axis=unknown, keepdims=True) / cover.sum(axis=unknown, keepdims=True)
        expected.append(np.broadcast_to(mean, value.shape).reshape(-1))
    return np.rint(np.diff(np.stack(expected), axis=0)).astype(np.int32)


@cache
def _load(path: Path) -> Scorer:
    try:
        with zipfile.ZipFile(path), np.load(path, allow_pickle=False) as file:
            names = [str(name) for name in file["names"]]
            if names != list(NAMES):
                raise ValueError(f"{path}: the model is for other features; train it again")
            return Scorer(
                Trees(
                    file["feature"].astype(np.int16),
                    file["border"].astype(np.float32),
                    file["leaves"].astype(np.int16),
                    file["cover"].astype(np.float32),
                    file["steps"].astype(np.int32),
                )
            )
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: no model of the scorer: {error}") from None
