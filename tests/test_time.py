"""Time grows with the length, whatever a text is made of: inputs built of rules' own examples, repeated.

Counted in calls of functions, not in seconds, so that it says the same on every machine.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner.model import Example, Format, Rule
from cleaner.rulebook.store import Store
from tests.forgetting import forget
from tests.linear import calls as counted
from tests.sample import by_turns, some
from tests.soups import Soup, soups

pytestmark = pytest.mark.slow

SIZE = 2_500
"""Characters of the shorter text; the other one has four times as many."""


JOINTS = {"\n": "lines", " ": "a line"}


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


@pytest.mark.parametrize(
    ("kind", "joint"),
    by_turns(kinds(), ["\n", " "]),
    ids=lambda one: JOINTS[one] if isinstance(one, str) else one[0].id,
)
def test_examples_repeated(shipped: cleaner.Cleaner, kind: tuple[Rule, Example], joint: str) -> None:
    _, example = kind

    def many(size: int) -> str:
        return ((example.text.strip() + joint) * (size // len(example.text) + 1))[:size]

    shipped.clean(many(SIZE))  # from now on its patterns are compiled
    few = calls(shipped, many(SIZE))
    more = calls(shipped, many(4 * SIZE))
    assert more < 6 * few or more < 100_000


def calls(one: cleaner.Cleaner, text: str, format: Format = "text", url: str | None = None) -> int:
    """How many functions are called to clean a text of which nothing is remembered."""
    forget()
    return counted(lambda: one.clean(text, format=format, url=url))


PLAIN = "\n\n".join(path.read_text("utf-8") for path in sorted((Path(__file__).parent / "clean").glob("*.txt")))
TIMES = 8
"""Of the calls that plain text takes.  Of its time it is half of that: what takes time in prose are not calls."""


def few() -> list[Soup]:
    """A few texts of every shape, each of another rule.  All of them: `python -m benchmarks.hostile --soups 20000`."""
    found: dict[str, list[Soup]] = {}
    for soup in soups(Store().packs()[::7], 4 * SIZE):
        found.setdefault(soup.name.split()[-1], []).append(soup)
    return [soup for its in found.values() for soup in its[:: len(its) // 2]][:20]


@pytest.fixture(scope="module")
def plain(shipped: cleaner.Cleaner) -> float:
    """How many functions are called for a character of plain text."""
    shipped.clean(PLAIN)
    return calls(shipped, PLAIN) / len(PLAIN)


@pytest.mark.parametrize("soup", some(few(), 2), ids=lambda soup: soup.name.replace(" ", "-"))
def test_nothing_but_leftovers(shipped: cleaner.Cleaner, plain: float, soup: Soup) -> None:
    shipped.clean(soup.text[: 2 * SIZE], format=soup.format, url=soup.url)
    half = calls(shipped, soup.text[: 2 * SIZE], soup.format, soup.url)
    whole = calls(shipped, soup.text, soup.format, soup.url)
    assert whole < TIMES * plain * len(soup.text)
    assert whole < 3 * half or whole < plain * len(soup.text)
