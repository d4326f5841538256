"""Articles of any length keep every word, whatever page they stand on, at every level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

import cleaner
from cleaner.model import Level
from tests.sample import by_turns
from tests.shells import SHELLS, article

pytestmark = pytest.mark.slow

_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w+")
FORMS: dict[str, dict[str, bool]] = {
    "plain": {},
    "headings": {"headings": True},
    "all": {"headings": True, "lists": True, "code": True},
}


def _name(value: object) -> str:
    return getattr(value, "__name__", str(value))


def lost(shell: Callable[[str], str], count: int, form: str, level: Level) -> Counter[str]:
    """The words of an article that are not in what is made of its page."""
    body = article(count, **FORMS[form])
    kept = cleaner.clean(shell(body), format="html", to="text", level=level).text
    return Counter(_WORD.findall(_TAG.sub(" ", body))) - Counter(_WORD.findall(kept))


@pytest.mark.parametrize(("shell", "count", "form"), by_turns(SHELLS, [5, 20, 200], list(FORMS)), ids=_name)
def test_every_word_stays(shell: Callable[[str], str], count: int, form: str) -> None:
    assert not lost(shell, count, form, "normal")


@pytest.mark.parametrize(("shell", "level"), by_turns(SHELLS, ["safe", "aggressive"]), ids=_name)
def test_at_other_levels(shell: Callable[[str], str], level: Level) -> None:
    assert not lost(shell, 60, "all", level)
    assert not lost(shell, 300, "plain", level)


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.__name__)
def test_three_thousand_paragraphs(shell: Callable[[str], str]) -> None:
    """At one level or the other, by turns; at both, and of all forms, the tests above have shorter ones."""
    level: Level = "aggressive" if SHELLS.index(shell) % 2 else "normal"
    assert not lost(shell, 3_000, "all" if level == "normal" else "plain", level)


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.__name__)
def test_what_is_beside_goes(shell: Callable[[str], str]) -> None:
    text = cleaner.clean(shell(article(200, headings=True)), format="html", to="text").text
    assert "Archive" not in text
    assert "What the harbour said" not in text
