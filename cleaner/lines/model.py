"""The trained model: how likely a reader would take out each line, and under which category.

Words are weighed first.  Then trees look twice at the facts and at what the words say: the first ones know whole web
pages, the second ones what readers take out of clippings; they also see what the first ones say of the lines around.
Everything that is added up are whole numbers, so the same text has the same odds everywhere.  The model is trained by
the programs in `training/lines/`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.lines.facts import Facts
from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.looks import Table, facts_of, looked
from cleaner.trees import Forest

STEPS = 4096
"""Probabilities are whole numbers of steps."""
LOOKS = 2
_MODEL = Path(__file__).with_name("lines.npz")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What training gives.

    Attributes:
        words: the weight of each bucket of `cleaner.lines.lexicon`.
        names: of the facts that all looks take, in their order; `added`: of what a look says to the next one.
        looks: each with one sum.
        kinds: a sum for each category, of what the last look sees.
        steps: int32, `STEPS` - 1 ascending sums; a probability has as many steps as there are sums not above its own.
    """

    words: npt.NDArray[np.int8]
    names: tuple[str, ...]
    added: tuple[str, ...]
    looks: tuple[Forest, ...]
    kinds: Forest
    steps: npt.NDArray[np.int32]

    @classmethod
    def load(cls) -> Model:
        """The model that comes with the package.

        Raises:
            ValueError: the file is no model.
        """
        return _load()

    @classmethod
    def read(cls, path: Path) -> Model:
        """The model of a file.

        Raises:
            ValueError: the file is no model.
        """
        try:
            with zipfile.ZipFile(path), np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            return cls(
                arrays["words"],
                tuple(map(str, arrays["names"])),
                tuple(map(str, arrays["added"])),
                tuple(Forest.unpack(f"look{number}", arrays) for number in range(LOOKS)),
                Forest.unpack("kinds", arrays),
                arrays["steps"],
            )
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path}: no model of lines: {error}") from None

    def judge(self, facts: Facts) -> Judgement:
        """What a reader would make of the rows of a text."""
        table = Table((*self.names, *self.added), len(facts.rows))
        table.fill(facts_of(facts, self.words))
        pages, clippings = self.looks
        first = pages.sums(table.matrix[: len(self.names)])[0]
        table.fill(looked(table["section head"] > 0, table["part head"] > 0, self._steps(first)))
        second = clippings.sums(table.matrix)[0]
        steps = self._steps((first + second) // 2 if facts.reading.dumped else second)
        return Judgement(steps / STEPS, table, self)

    def _steps(self, sums: npt.NDArray[np.int32]) -> Numbers:
        found: Numbers = np.searchsorted(self.steps, sums, side="right")
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the model says of the rows of a text.

    Attributes:
        probability: that a reader would take a row out.
        seen: what the last look saw.
    """

    probability: Floats
    seen: Table
    model: Model

    def kinds(self, boxes: Sequence[tuple[int, int]]) -> list[int]:
        """The likeliest category of each box, which is given by its first and its last row: that with the greatest sum
        over them."""
        if not boxes:
            return []
        rows = np.concatenate([np.arange(first, last + 1) for first, last in boxes])
        sizes = np.array([last + 1 - first for first, last in boxes])
        sums = self.model.kinds.sums(self.seen.matrix[:, rows])
        found: list[int] = (
            np.add.reduceat(sums, np.cumsum(sizes) - sizes, axis=1, dtype=np.int64).argmax(axis=0).tolist()
        )
        return found


@cache
def _load() -> Model:
    return Model.read(_MODEL)
