"""What is tried of many cases of a kind: a part by a fixed rule, or all of them with ``CLEANER_TESTS=full``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import Any, TypeVar

T = TypeVar("T")
FULL = os.environ.get("CLEANER_TESTS") == "full"
"""Whether everything is tried, as `.ci/nightly` does."""


def some(cases: Sequence[T], every: int) -> Sequence[T]:
    """The first of so many cases in a row."""
    return cases if FULL else cases[::every]


def by_turns(*axes: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Cases with a value of each axis: of the last axis, one for each choice of the others, by turns.

    Every value comes up, if no other axis is shorter than the last one.
    """
    chosen = product(*map(enumerate, axes))
    return [
        tuple(value for _, value in case)
        for case in chosen
        if FULL or sum(number for number, _ in case) % len(axes[-1]) == 0
    ]
