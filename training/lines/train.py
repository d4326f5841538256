"""Trains the model of lines: ``python -m training.lines.train --real D --text D --html D --clips FILE --work D``.

With ``--folds`` the models of the folds instead, which `training.lines.evaluate` finds in the work directory, and one
of all of them; the sites that are held out are then left aside.
"""

from __future__ import annotations

import argparse
import time
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cleaner.categories import CATEGORIES
from cleaner.lines.around import Columns
from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.looks import Matrix, lexical, looked
from cleaner.lines.model import STEPS, Model
from cleaner.trees import UNIT, Forest
from training.lines.samples import DEFAULT, FOLDS, SETS, Sample, samples
from training.lines.sources import DROP
from training.lines.trees import boost, boost_kinds
from training.lines.words import says, weigh

MODEL = Path(__file__).parent.parent.parent / "cleaner" / "lines" / "lines.npz"
"""Where the shipped model lies."""
_TREES = (250, 450)
_RATES = (0.12, 0.1)
_READ = {"real": 1.0, "clip": 0.5, "written": 0.3, "copy": 0.4}
"""How much a clipping that readers have labelled counts, a page that we clipped, one that we wrote, and an altered
copy."""
_WORDS = {"real": 3.0, "clip": 1.0, "written": 1.0, "copy": 0.0}
_WORDS_OTHER = 0.4
"""How much the words of a clipping count: those that readers have labelled, and pages."""
_ROWS = 0.3
"""Which share of the rows of pages is learned from, drawn by chance."""
_KIND_TREES = 60
_HEADS = ("section head", "part head")
Found = TypeVar("Found")


def _stacked(columns: Columns) -> Matrix:
    return np.stack([np.asarray(column, np.float32) for _, column in columns])


def steps() -> npt.NDArray[np.int32]:
    """The sums from which on a probability has one step more."""
    odds = (np.arange(1, STEPS) - 0.5) / STEPS
    return np.ceil(np.log(odds / (1 - odds)) / UNIT).astype(np.int32)


class Stack:
    """The samples while the parts of the model are trained one after the other, each on honest values of the former.

    The first look learns from pages, the sites of real clippings aside; so what it says of these is honest. Of pages
    that we clipped it is asked fold by fold. Clippings of both kinds are what the next look learns from.

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
        self.names: tuple[str, ...] = (*some[0].names, *dict(lexical(one)))
        self.added = tuple(dict(looked(one, one, one)))
        sites = {sample.group for sample in some if sample.kind == "real"}
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

    def look_at_pages(self) -> list[Forest]:
        """Train the first look, by each fold and last by all pages; the clippings get what those say that have not seen
        their site."""
        known = {self.samples[n].group for n in self.pages}
        looks = [self._fit([n for n in self.pages if self.samples[n].fold != fold], 0) for fold in range(FOLDS)]
        looks.append(self._fit(self.pages, 0))
        for n in self.read:
            sample = self.samples[n]
            self.before[n] = self._says(looks[sample.fold if sample.group in known else -1], n, 0)
        return looks

    def look_at_clippings(self, fold: int = -1) -> Forest:
        """Train the second look, clippings of a fold aside."""
        return self._fit([n for n in self.read if self.samples[n].fold != fold], 1)

    def kinds(self) -> Forest:
        """Train the trees that tell categories."""
        parts = [(self.seen(n, 1), self.samples[n]) for n in self.read if self.samples[n].kind != "copy"]
        told = [(sample.label == DROP) & (sample.category >= 0) for _, sample in parts]
        rows = np.concatenate([seen[:, its].T for (seen, _), its in zip(parts, told, strict=True)])
        kind = np.concatenate([sample.category[its] for (_, sample), its in zip(parts, told, strict=True)])
        weight = np.concatenate([sample.weight[its] for (_, sample), its in zip(parts, told, strict=True)])
        return boost_kinds(rows, kind, len(CATEGORIES), weight, trees=_KIND_TREES, threads=self.threads)

    def seen(self, n: int, number: int) -> Matrix:
        """What a look sees of a sample."""
        sample = self.samples[n]
        parts = [sample.matrix, _stacked(lexical(self.words[n]))]
        if number:
            section, part = (sample.matrix[sample.names.index(name)] > 0 for name in _HEADS)
            parts.append(_stacked(looked(section, part, self.before[n])))
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
            trained.append(train([n for n in asked if self.samples[n].fold != fold]))
            for n in asked:
                if self.samples[n].fold == fold:
                    said[n] = say(trained[-1], n)
        return [*trained, train(asked)], said


def train(some: Sequence[Sample], threads: int) -> Model:
    """The model that has learned from some samples."""
    stack = Stack(some, threads)
    words = stack.weigh()[-1]
    pages = stack.look_at_pages()[-1]
    return Model(words, stack.names, stack.added, (pages, stack.look_at_clippings()), stack.kinds(), stack.steps)


def train_folds(some: Sequence[Sample], threads: int, work: Path) -> None:
    """The models of the folds: each in a file of `work`, and ``all.npz``, which has learned from all of them.

    The first look is the same for all, since it knows no site of a real clipping; ``pages.npz`` is the model of the
    first fold with a first look that does not know the pages of that fold either.
    """
    stack = Stack(some, threads)
    words = stack.weigh()
    start = time.monotonic()
    pages = stack.look_at_pages()
    kinds = stack.kinds()
    for fold, name in ((-1, "all"), *((fold, f"fold{fold}") for fold in range(FOLDS))):
        look = stack.look_at_clippings(fold)
        save(Model(words[fold], stack.names, stack.added, (pages[-1], look), kinds, stack.steps), work / f"{name}.npz")
        if fold == 0:
            save(Model(words[0], stack.names, stack.added, (pages[0], look), kinds, stack.steps), work / "pages.npz")
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)


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
    parser.add_argument("--clips", type=Path, required=True, help="what `training/lines/clip` made of pages")
    parser.add_argument("--work", type=Path, required=True, help="directory for what is kept between runs")
    parser.add_argument("--output", type=Path, default=MODEL, help="the model (default: the package's own)")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=DEFAULT, help="what to learn from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folds", action="store_true", help="train the folds that `evaluate` asks")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    some = samples(args.real, args.text, args.html, args.clips, args.work, args.sets)
    if args.folds:
        train_folds([sample for sample in some if not sample.held_out], args.threads, args.work)
    else:
        save(train(some, args.threads), args.output)


if __name__ == "__main__":
    main()
