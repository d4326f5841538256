"""Every input of the corpus, and some mutations of it, at each target.  The long way is `python -m tests.fuzz.run`."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.corpus import inputs
from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

MUTATIONS = 60
"""Of a target's inputs, each time the same."""


def attack(target: str, data: bytes, name: str) -> None:
    try:
        TARGETS[target](data)
    except Exception as error:
        raise AssertionError(f"{target}, {name}: {data!r}") from error


@pytest.mark.parametrize("target", TARGETS)
def test_the_corpus(target: str) -> None:
    for name, data in inputs(target).items():
        attack(target, data, name)


@pytest.mark.parametrize("target", TARGETS)
def test_mutations_of_the_corpus(target: str) -> None:
    chance = random.Random(target)
    seeds = list(inputs(target).values())
    for number in range(MUTATIONS):
        attack(target, mutated(chance.choice(seeds), chance, seeds), f"mutation {number}")
