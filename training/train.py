"""Trains the scorer of the pipeline for pages: ``python -m training.train --wcxb DIR --world DIR --work DIR``.

First five folds by registered domain, whose scorers stay in DIR for `training.evaluate`; then once more on all pages,
and that is the model of the package.
"""

from __future__ import annotations

import argparse
import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path

import numpy as np

from cleaner.html.score.names import NAMES, Floats, Matrix
from cleaner.html.score.scorer import Scorer
from training.boost import boost, pack
from training.pages import Sample, samples
from training.sources import FOLDS, wcxb, world

MODEL = Path(__file__).parent.parent / "cleaner" / "html" / "score" / "scorer.npz"


def rows(some: Sequence[Sample]) -> tuple[Matrix, Floats, Floats]:
    """Features, shares and weights of the blocks to learn from."""
    return (
        np.concatenate([sample.rows.T for sample in some]),
        np.concatenate([sample.share for sample in some]),
        np.concatenate([sample.weight for sample in some]),
    )


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
    parser.add_argument("--wcxb", type=Path, required=True, help="directory of WCXB")
    parser.add_argument("--world", type=Path, required=True, help="directory of the pages of newspapers")
    parser.add_argument("--work", type=Path, required=True, help="directory for what is kept between runs")
    parser.add_argument("--output", type=Path, default=MODEL, help="the model (default: the package's own)")
    parser.add_argument("--folds", type=int, nargs="*", default=range(FOLDS), help="train these (default: all)")
    parser.add_argument("--no-final", action="store_true", help="train folds only")
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--rate", type=float, default=0.1, help="learning rate")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    pages = chain(wcxb(args.wcxb), world(args.world))
    found = samples(pages, args.work / "samples.pkl", args.threads)
    print(f"{len(found)} samples of {len({sample.id for sample in found})} pages", flush=True)
    for fold in args.folds:
        others = [sample for sample in found if sample.fold != fold]
        save(train(others, trees=args.trees, rate=args.rate, threads=args.threads), args.work / f"fold{fold}.npz")
    if not args.no_final:
        save(train(found, trees=args.trees, rate=args.rate, threads=args.threads), args.output)


if __name__ == "__main__":
    main()
