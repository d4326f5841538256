"""Trains the scorer of the HTML road: ``python -m training.train BENCH --work DIR``.

First five folds by registered domain, whose scorers stay in DIR for `training.evaluate`; then once more on all pages,
and that is the model of the package.
"""

from __future__ import annotations

import argparse
import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np

from cleaner.html.score.features import NAMES, Floats, Matrix
from cleaner.html.score.scorer import Scorer
from training.boost import boost, pack
from training.pages import FOLDS, WHOLE, Sample, samples

MODEL = Path(__file__).parent.parent / "cleaner" / "html" / "score" / "scorer.npz"
_FAITHFUL = 0.6  # F1: a page whose reference text is hardly to be found on it teaches little
_DOUBTFUL = 0.3
_ALTERED = 0.5
_THIN = 0.25  # weight: blocks that weigh less are drawn with a chance, and weigh this


def weights(sample: Sample) -> Floats:
    """How much each block of a page teaches: long pages more than short ones, but not in proportion."""
    words = sample.features.words
    weight = words / np.sqrt(max(50, int(words.sum())))
    if sample.best < _FAITHFUL:
        weight = weight * _DOUBTFUL
    return np.asarray(weight if sample.form == WHOLE else weight * _ALTERED)


def rows(some: Sequence[Sample]) -> tuple[Matrix, Floats, Floats]:
    """Features, shares and weights of the blocks to learn from."""
    draw = np.random.default_rng(1)
    parts: list[Matrix] = []
    shares, counts = [], []
    for sample in some:
        weight = weights(sample)
        taken = draw.random(len(weight)) < weight / _THIN
        parts.append(sample.features.matrix[:, taken].T)
        shares.append(sample.share[taken])
        counts.append(np.maximum(weight, _THIN)[taken])
    return np.concatenate(parts), np.concatenate(shares), np.concatenate(counts)


def save(scorer: Scorer, path: Path) -> None:
    """Writes the file that `Scorer.load` reads; the same scorer gives the same bytes."""
    arrays = {"names": np.array(NAMES), **pack(scorer.trees)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            content = BytesIO()
            np.save(content, array, allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED, 9)


def train(some: Sequence[Sample], *, trees: int, rate: float, threads: int) -> Scorer:
    """A scorer that has learned from some samples."""
    start = time.monotonic()
    matrix, share, weight = rows(some)
    scorer = Scorer(boost(matrix, share, weight, trees=trees, rate=rate, seed=0, threads=threads))
    print(f"{trees} trees on {len(matrix)} blocks: {time.monotonic() - start:.0f} s", flush=True)
    return scorer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, help="directory of WCXB")
    parser.add_argument("--work", type=Path, required=True, help="directory for what is kept between runs")
    parser.add_argument("--output", type=Path, default=MODEL, help="the model (default: the package's own)")
    parser.add_argument("--trees", type=int, default=400)
    parser.add_argument("--rate", type=float, default=0.075, help="learning rate")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    found = samples(args.bench, args.work / "samples.pkl", args.threads)
    for fold in range(FOLDS):
        others = [sample for sample in found if sample.fold != fold]
        save(train(others, trees=args.trees, rate=args.rate, threads=args.threads), args.work / f"fold{fold}.npz")
    save(train(found, trees=args.trees, rate=args.rate, threads=args.threads), args.output)


if __name__ == "__main__":
    main()
