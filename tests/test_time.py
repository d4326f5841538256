"""Time grows with the length, whatever a text is made of: inputs built of rules' own examples, repeated.

Counted in calls of functions, not in seconds, so that it says the same on every machine.
"""

from __future__ import annotations

import cProfile
import pstats

import pytest

import cleaner
from cleaner.model import Example, Rule
from cleaner.rulebook.store import Store

SIZE = 2_500
"""Characters of the shorter text; the other one has four times as many."""


def kinds() -> list[tuple[Rule, Example]]:
    """A rule of each kind, with a text that it takes: by scope, matcher and conditions."""
    found: dict[object, tuple[Rule, Example]] = {}
    for pack in Store().packs():
        for rule in pack.rules:
            if pack.kind == "generic" and not rule.keep and rule.scope != "html" and rule.id in pack.examples:
                texts = [example for example in pack.examples[rule.id] if example.output is not None and example.text]
                for example in texts[:1]:
                    found.setdefault((rule.scope, rule.matcher, *sorted(rule.when)), (rule, example))
    return list(found.values())


@pytest.mark.parametrize("joint", ["\n", " "], ids=["lines", "a line"])
@pytest.mark.parametrize(("rule", "example"), kinds(), ids=lambda one: getattr(one, "id", ""))
def test_examples_repeated(shipped: cleaner.Cleaner, rule: Rule, example: Example, joint: str) -> None:
    def calls(size: int) -> int:
        text = ((example.text.strip() + joint) * (size // len(example.text) + 1))[:size]
        profile = cProfile.Profile()
        profile.runcall(shipped.clean, text, format="text")
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(SIZE)
    few = calls(SIZE)
    many = calls(4 * SIZE)
    assert many < 6 * few or many < 100_000
