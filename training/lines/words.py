"""What words are worth: a logistic regression over hashed words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

from cleaner.lines.letters import Floats, Numbers
from cleaner.lines.lexicon import BUCKETS, SCALE
from training.lines.samples import Sample

_PENALTY = 0.03
_STEPS = 60


def weigh(some: Sequence[Sample], weights: Sequence[Floats]) -> npt.NDArray[np.int8]:
    """The weight of each bucket, in `SCALE`."""
    table = sparse.vstack([_table(sample)[weight > 0] for sample, weight in zip(some, weights, strict=True)]).tocsr()
    side = np.concatenate([2 * sample.label[weight > 0] - 1.0 for sample, weight in zip(some, weights, strict=True)])
    count = np.concatenate([weight[weight > 0] for weight in weights])
    back = table.T.tocsr()

    def cost(values: Floats) -> tuple[float, Floats]:
        margin = np.clip(side * (table @ values[:-1] + values[-1]), -30, 30)
        miss = np.exp(-margin)
        slope = -count * side * miss / (1 + miss)
        loss = float((count * np.log1p(miss)).sum() + _PENALTY / 2 * (values[:-1] ** 2).sum())
        return loss, np.append(back @ slope + _PENALTY * values[:-1], slope.sum())

    found = minimize(cost, np.zeros(BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x[:-1]
    bounded: npt.NDArray[np.int8] = np.clip(np.rint(found * SCALE), -127, 127).astype(np.int8)
    return bounded


def says(sample: Sample, weights: npt.NDArray[np.int8]) -> Numbers:
    """What the words of each row say, as `cleaner.lines.lexicon.said` has it."""
    size = len(sample.line)
    count = np.bincount(sample.row, minlength=size)
    total = np.bincount(sample.row, weights[sample.bucket].astype(np.int64), size)
    found: Numbers = np.rint(total / np.sqrt(np.maximum(1, count))).astype(np.int64)
    return found


def _table(sample: Sample) -> sparse.csr_matrix:
    size = len(sample.line)
    count = np.maximum(1, np.bincount(sample.row, minlength=size))
    values = (1 / np.sqrt(count))[sample.row]
    return sparse.csr_matrix((values, (sample.row, sample.bucket)), shape=(size, BUCKETS))
