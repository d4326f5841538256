"""Trains the model of lines: ``python -m training.lines.train --real DIR --text DIR --html DIR --work DIR``.

First folds by site, whose judgement of the clippings that they have not seen stays in the work directory for
`training.lines.evaluate`; then once more on everything, and that is the model of the package.
"""

from __future__ import annotations

import argparse
import pickle
import time
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.categories import CATEGORIES
from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.looks import Matrix, lexical, looked, matrix
from cleaner.lines.model import STEPS, Model
from cleaner.trees import UNIT, Forest
from training.lines.samples import FOLDS, SETS, Sample, samples
from training.lines.sources import DROP
from training.lines.trees import boost, boost_kinds
from training.lines.words import says, weigh

MODEL = Path(__file__).parent.parent.parent / "cleaner" / "lines" / "lines.npz"
"""Where the shipped model lies."""
_TREES = (250, 300, 300)
_RATES = (0.12, 0.1, 0.1)
_READ = {"real": 1.0, "copy": 0.4}
"""How much a clipping that readers have labelled counts, and a copy of one that is cleaned in part."""
_WORDS = {"real": 3.0, "copy": 0.0}
_WORDS_OTHER = 0.4
"""How much the words of a clipping count: those that readers have labelled, and pages."""
_ROWS = 0.3
"""Which share of the rows of pages is learned from, drawn by chance."""
_KIND_TREES = 60
_HEADS = ("section head", "part head")
Found = TypeVar("Found")


def steps() -> npt.NDArray[np.int32]:
    """The sums from which on a probability has one step more."""
    odds = (np.arange(1, STEPS) - 0.5) / STEPS
    return np.ceil(np.log(odds / (1 - odds)) / UNIT).astype(np.int32)


class Stack:
    """The samples while the parts of the model are trained one after the other, each on honest values of the former.

    The first look learns from pages, the sites of real clippings aside; so what it says of these is honest. They are
    what the next looks learn from, fold by fold.

    Attributes:
        words: what the words of each sample say; `before`: what the look before says.
        models: what each fold has learned, and last what all have.
    """

    def __init__(self, some: Sequence[Sample], threads: int) -> None:
        self.samples = some
        self.threads = threads
        self.steps = steps()
        self.words = [np.zeros(0, np.int64)] * len(some)
        self.before = list(self.words)
        one = np.zeros(1, np.int64)
        self.names: tuple[str, ...] = (*some[0].names, *lexical(one))
        self.added = tuple(looked(dict.fromkeys(_HEADS, one), one))
        sites = {sample.group for sample in some if sample.kind in _READ}
        self.read = [n for n, sample in enumerate(some) if sample.kind in _READ]
        self.pages = [n for n, sample in enumerate(some) if sample.kind not in _READ and sample.group not in sites]

    def weigh(self) -> list[npt.NDArray[np.int8]]:
        """Train the weights of words, by each fold and last by all; the samples get what those say that have not seen
        them."""
        draw = np.random.default_rng(1)
        weights = []
        for sample in self.samples:
            weight = sample.weight / sample.weight.max(initial=1) * _WORDS.get(sample.kind, _WORDS_OTHER)
            if sample.kind not in _READ:
                weight = np.where(draw.random(len(weight)) < _ROWS, weight / _ROWS, 0)
            weights.append(weight)

        def train(chosen: Sequence[int]) -> npt.NDArray[np.int8]:
            return weigh([self.samples[n] for n in chosen], [weights[n] for n in chosen])

        every = range(len(self.samples))
        found, self.words = self._folded(every, train, lambda weighed, n: says(self.samples[n], weighed))
        return found

    def look_at_pages(self) -> Forest:
        """Train the first look."""
        found = self._fit(self.pages, 0)
        for n in self.read:
            self.before[n] = self._says(found, n, 0)
        return found

    def look(self, number: int) -> list[Forest]:
        """Train a further look, by each fold and last by all; the samples get what those say that have not seen
        them."""
        found, self.before = self._folded(
            self.read, lambda chosen: self._fit(chosen, number), lambda look, n: self._says(look, n, number)
        )
        return found

    def kinds(self, number: int) -> Forest:
        """Train the trees that tell categories."""
        parts = [(self.seen(n, number), self.samples[n]) for n in self.read if self.samples[n].kind == "real"]
        told = [(sample.label == DROP) & (sample.category >= 0) for _, sample in parts]
        rows = np.concatenate([seen[:, its].T for (seen, _), its in zip(parts, told, strict=True)])
        kind = np.concatenate([sample.category[its] for (_, sample), its in zip(parts, told, strict=True)])
        weight = np.concatenate([sample.weight[its] for (_, sample), its in zip(parts, told, strict=True)])
        return boost_kinds(rows, kind, len(CATEGORIES), weight, trees=_KIND_TREES, threads=self.threads)

    def seen(self, n: int, number: int) -> Matrix:
        """What a look sees of a sample."""
        sample = self.samples[n]
        parts = [sample.matrix, np.stack([np.asarray(c, np.float32) for c in lexical(self.words[n]).values()])]
        if number:
            heads = {name: sample.matrix[sample.names.index(name)].astype(np.int64) for name in _HEADS}
            parts.append(matrix(looked(heads, self.before[n]), self.added))
        return np.concatenate(parts)

    def _fit(self, chosen: Sequence[int], number: int) -> Forest:
        draw = np.random.default_rng(1)
        parts: list[tuple[Matrix, Numbers, Floats]] = []
        for n in chosen:
            sample = self.samples[n]
            weight = sample.weight * _READ.get(sample.kind, 1 / _ROWS)
            taken = weight > 0
            if sample.kind not in _READ:
                taken &= draw.random(len(taken)) < _ROWS
            if taken.any():
                parts.append((self.seen(n, number)[:, taken].T, sample.label[taken], weight[taken]))
        rows, label, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
        return boost(rows, label, counts, trees=_TREES[number], rate=_RATES[number], threads=self.threads)

    def _says(self, look: Forest, n: int, number: int) -> Numbers:
        found: Numbers = np.searchsorted(self.steps, look.sums(self.seen(n, number))[0], side="right")
        return found

    def _folded(
        self, asked: Sequence[int], train: Callable[[Sequence[int]], Found], say: Callable[[Found, int], Numbers]
    ) -> tuple[list[Found], list[Numbers]]:
        said: list[Numbers] = [np.zeros(0, np.int64)] * len(self.samples)
        trained: list[Found] = []
        for fold in range(FOLDS):
            start = time.monotonic()
            trained.append(train([n for n in asked if self.samples[n].fold != fold]))
            for n in asked:
                if self.samples[n].fold == fold:
                    said[n] = say(trained[-1], n)
            print(f"fold {fold}: {time.monotonic() - start:.0f} s", flush=True)
        return [*trained, train(asked)], said


def train(some: Sequence[Sample], threads: int, work: Path) -> Model:
    """The model that has learned from some samples; those of its folds and what they say go into `work`."""
    stack = Stack(some, threads)
    words = stack.weigh()
    pages = stack.look_at_pages()
    looks = []
    for number in (1, 2):
        if number == 2:
            kinds = stack.kinds(number)
        looks.append(stack.look(number))
        said = {some[n].name: stack.before[n] / STEPS for n in stack.read}
        (work / f"said{number}.pkl").write_bytes(pickle.dumps(said))
    found = [
        Model(word, stack.names, stack.added, (pages, second, third), kinds, stack.steps)
        for word, second, third in zip(words, *looks, strict=True)
    ]
    for fold, model in enumerate(found[:-1]):
        save(model, work / f"fold{fold}.npz")
    return found[-1]


def save(model: Model, path: Path) -> None:
    """Writes the file that `Model.load` reads; the same model gives the same bytes."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "words": model.words,
        "names": np.array(model.names),
        "added": np.array(model.added),
        "steps": model.steps,
        **model.kinds.pack("kinds"),
    }
    for number, look in enumerate(model.looks):
        arrays |= look.pack(f"look{number}")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            content = BytesIO()
            np.save(content, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED, 9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, required=True, help="bench of real clippings")
    parser.add_argument("--text", type=Path, required=True, help="bench of pages as text")
    parser.add_argument("--html", type=Path, required=True, help="bench of pages")
    parser.add_argument("--work", type=Path, required=True, help="directory for what is kept between runs")
    parser.add_argument("--output", type=Path, default=MODEL, help="the model (default: the package's own)")
    parser.add_argument(
        "--sets", nargs="*", choices=SETS, default=SETS[:2], help="what to learn from (default: real text)"
    )
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    save(train(samples(args.real, args.text, args.html, args.work, args.sets), args.threads, args.work), args.output)


if __name__ == "__main__":
    main()
