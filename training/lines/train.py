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

from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.looks import Matrix, lexical, looked, matrix
from cleaner.lines.model import STEPS, Model
from cleaner.model import CATEGORIES
from cleaner.trees import UNIT, Forest
from training.lines.samples import FOLDS, Sample, samples
from training.lines.sources import DROP
from training.lines.trees import boost, boost_kinds
from training.lines.words import says, weigh

MODEL = Path(__file__).parent.parent.parent / "cleaner" / "lines" / "lines.npz"
"""Where the shipped model lies."""
_TREES = (200, 220, 220)
_RATES = (0.15, 0.12, 0.12)
_SHARES = {"real": 1.0, "copy": 0.5, "clip": 0.15}
"""How much clippings and copies of pages count where readers' judgement is learned; other kinds `_OTHER`."""
_OTHER = 0.08
_WORDS = {"real": 3.0, "copy": 0.0, "clip": 0.6}
_WORDS_OTHER = 0.4
_ROWS = (0.25, 0.15)
"""Which share of the rows of pages is looked at, drawn by chance: where pages are learned, and else."""
_KIND_TREES = 60
_READ = ("real", "copy")
_HEADS = ("section head", "part head")
Found = TypeVar("Found")


def steps() -> npt.NDArray[np.int32]:
    """The sums from which on a probability has one step more."""
    odds = (np.arange(1, STEPS) - 0.5) / STEPS
    return np.ceil(np.log(odds / (1 - odds)) / UNIT).astype(np.int32)


class Stack:
    """The samples while the parts of the model are trained one after the other, each on honest values of the former.

    The first look learns from half the sites of pages, those of real clippings aside; so what it says of all other
    samples is honest, and these are what the next looks learn from, fold by fold.
    """

    def __init__(self, some: Sequence[Sample], threads: int) -> None:
        self.samples = some
        self.threads = threads
        self.steps = steps()
        sites = {sample.group for sample in some if sample.kind == "real"}
        self.basis = [s.kind not in _READ and s.fold < FOLDS // 2 and s.group not in sites for s in some]
        self.words: list[Numbers] = []
        self.before: list[Numbers] = []
        self.names: tuple[str, ...] = (*some[0].names, *lexical(np.zeros(1, np.int64)))
        one = np.zeros(1, np.int64)
        self.added = tuple(looked(dict.fromkeys(_HEADS, one), one))

    def weigh(self) -> npt.NDArray[np.int8]:
        """Train the weights of words; the samples get those of the folds that have not seen them."""
        weights = [s.weight / s.weight.max(initial=1) * _WORDS.get(s.kind, _WORDS_OTHER) for s in self.samples]
        self.words = self._out(
            lambda chosen: weigh([self.samples[n] for n in chosen], [weights[n] for n in chosen]),
            lambda found, n: says(self.samples[n], found),
        )
        return weigh(self.samples, weights)

    def look_at_pages(self) -> Forest:
        """Train the first look."""
        found = self._fit([n for n, basis in enumerate(self.basis) if basis], 0)
        self.before = [self._says(found, n, 0) for n in range(len(self.samples))]
        return found

    def look(self, number: int) -> Forest:
        """Train a further look; the samples get what those of the folds say that have not seen them."""
        before = self._out(lambda chosen: self._fit(chosen, number), lambda found, n: self._says(found, n, number))
        whole = self._fit([n for n, basis in enumerate(self.basis) if not basis], number)
        self.before = before
        return whole

    def _fit(self, chosen: Sequence[int], number: int) -> Forest:
        rows, label, weight = self._rows(chosen, number)
        return boost(rows, label, weight, trees=_TREES[number], rate=_RATES[number], threads=self.threads)

    def _says(self, look: Forest, n: int, number: int) -> Numbers:
        found: Numbers = np.searchsorted(self.steps, look.sums(self.seen(n, number))[0], side="right")
        return found

    def kinds(self, number: int) -> Forest:
        """Train the trees that tell categories."""
        chosen = [n for n, sample in enumerate(self.samples) if sample.kind == "real"]
        parts = [(self.seen(n, number), self.samples[n]) for n in chosen]
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

    def _rows(self, chosen: Sequence[int], number: int) -> tuple[Matrix, Numbers, Floats]:
        draw = np.random.default_rng(1)
        parts: list[tuple[Matrix, Numbers, Floats]] = []
        for n in chosen:
            sample = self.samples[n]
            weight = sample.weight * (_SHARES.get(sample.kind, _OTHER) if number else 1)
            taken = weight > 0
            if sample.kind not in _READ:
                share = _ROWS[min(number, 1)]
                taken &= draw.random(len(taken)) < share
                weight = weight / share
            if taken.any():
                parts.append((self.seen(n, number)[:, taken].T, sample.label[taken], weight[taken]))
        return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]

    def _out(self, train: Callable[[Sequence[int]], Found], say: Callable[[Found, int], Numbers]) -> list[Numbers]:
        found: list[Numbers] = [np.zeros(0)] * len(self.samples)
        for fold in range(FOLDS):
            start = time.monotonic()
            trained = train([n for n, s in enumerate(self.samples) if s.fold != fold and not self.basis[n]])
            for n, sample in enumerate(self.samples):
                if sample.fold == fold:
                    found[n] = say(trained, n)
            print(f"fold {fold}: {time.monotonic() - start:.0f} s", flush=True)
        return found


def train(some: Sequence[Sample], threads: int, work: Path) -> Model:
    """The model that has learned from some samples; what its folds say of each goes into `work`."""
    stack = Stack(some, threads)
    words = stack.weigh()
    looks = [stack.look_at_pages(), stack.look(1)]
    kinds = stack.kinds(2)
    looks.append(stack.look(2))
    said = {
        sample.name: steps / STEPS
        for sample, steps, basis in zip(some, stack.before, stack.basis, strict=True)
        if not basis
    }
    (work / "said.pkl").write_bytes(pickle.dumps(said))
    return Model(words, stack.names, stack.added, tuple(looks), kinds, stack.steps)


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
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    save(train(samples(args.real, args.text, args.html, args.work), args.threads, args.work), args.output)


if __name__ == "__main__":
    main()
