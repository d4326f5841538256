"""Finding keywords in a text.

The keywords are in drawers, by their first characters, and the drawers in chests, by the first one.  A short text is
searched drawer by drawer: at each place the next characters say which keywords may stand there.  That needs no
preparation, and only what a text asks for is opened.  Long texts, and many short ones in turn, are searched with an
index of all keywords, which is faster once it is built.

This module is on the way of every start, so it imports nothing that is not needed.
"""

from __future__ import annotations

import marshal
from array import array

from cleaner.core import compiled

GRAM = 4
"""So many first characters say in which drawer a keyword is; shorter ones are in a drawer of their own."""
SEARCHED = 200_000
"""After so many characters the index is built."""
SHORT = ""
"""The name of the drawer of the keywords that have fewer characters than `GRAM`."""
_COMMON = " etaoinsrhldcumfpgwybvkjxqz.,-0123456789'"
"""Characters that are met most often, the commonest first."""
_RANKED = {ord(letter): place for place, letter in enumerate(_COMMON)}
_NEVER = "\0\0"
"""Stands behind a common character in what no text holds.  The automaton looks through the characters with which
keywords begin in the order in which they came, and through all of them for one that is not there."""
TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Drawers = dict[str, list[tuple[str, "Wakes"]]]
    """Keywords by their first `GRAM` characters."""

    Wakes = tuple[tuple[int, ...], tuple[int, ...]]
    """The rules that a keyword wakes, and the packs whose site it speaks for."""
    Hit = tuple[int, int, tuple[int, ...], tuple[int, ...]]
    Woken = tuple[dict[int, array[int]], list[tuple[int, str]]]
    """Rules with starts and ends of their keywords in turn, which are many, so no object stands for each; packs with
    the words that speak for them."""


def chests(keywords: Mapping[str, Wakes]) -> dict[str, bytes]:
    """The keywords in drawers in chests, each chest as bytes that `Keywords` opens when it needs them."""
    found: dict[str, dict[str, list[tuple[str, Wakes]]]] = {}
    for keyword, wakes in keywords.items():
        gram = keyword[:GRAM] if len(keyword) >= GRAM else SHORT
        found.setdefault(gram[:1], {}).setdefault(gram, []).append((keyword, wakes))
    closed = {first: {gram: marshal.dumps(inside, 2) for gram, inside in them.items()} for first, them in found.items()}
    return {first: marshal.dumps(them, 2) for first, them in closed.items()}


class Keywords:
    """All keywords.  Safe to share between threads, and picklable."""

    def __init__(self, closed: Mapping[str, bytes]) -> None:
        """The keywords of `chests`."""
        self._closed = closed
        self._chests: dict[str, dict[str, bytes]] = {}
        self._open: Drawers = {}
        self._searched = 0
        self._index: Index | None = None

    def __reduce__(self) -> tuple[type[Keywords], tuple[Mapping[str, bytes]]]:
        return type(self), (self._closed,)

    def hits(self, haystack: str) -> Iterator[Hit]:
        """Every keyword in `haystack`, in the order of their ends: its start and end, and what it wakes."""
        self._searched += len(haystack)
        if self._searched > SEARCHED and self._closed:
            return iter(self._all().hits(haystack))
        return iter(self._sorted(haystack))

    def woken(self, haystack: str, most: int) -> Woken:
        """The rules that keywords in `haystack` wake, each with where; and the packs they speak for, with the words.

        Args:
            most: so many hits of a rule, and one more, are enough.
        """
        self._searched += len(haystack)
        if self._searched > SEARCHED and self._closed:
            return self._all().woken(haystack, most)
        return gathered(self._sorted(haystack), haystack, most)

    def any_in(self, haystack: str) -> bool:
        """Whether there is a keyword in `haystack`."""
        return next(self._by_drawer(haystack), None) is not None

    def _sorted(self, haystack: str) -> list[Hit]:
        return sorted(self._by_drawer(haystack), key=lambda hit: (hit[1], hit[0]))

    def _by_drawer(self, haystack: str) -> Iterator[Hit]:
        letters = frozenset(haystack)
        for keyword, (rules, sites) in self._drawer(SHORT):
            if letters.issuperset(keyword):
                at = haystack.find(keyword)
                while at >= 0:
                    yield at, at + len(keyword), rules, sites
                    at = haystack.find(keyword, at + 1)
        known = {first: self._chest(first) for first in letters}
        for at in range(len(haystack) - GRAM + 1):
            gram = haystack[at : at + GRAM]
            if gram in known[gram[0]]:
                for keyword, (rules, sites) in self._drawer(gram):
                    if haystack.startswith(keyword, at):
                        yield at, at + len(keyword), rules, sites

    def _chest(self, first: str) -> dict[str, bytes]:
        inside = self._chests.get(first)
        if inside is None:
            inside = self._chests[first] = marshal.loads(self._closed[first]) if first in self._closed else {}
        return inside

    def _drawer(self, gram: str) -> list[tuple[str, Wakes]]:
        inside = self._open.get(gram)
        if inside is None:
            chest = self._chest(gram[:1])
            inside = self._open[gram] = marshal.loads(chest[gram]) if gram in chest else []
        return inside

    def _all(self) -> Index:
        if self._index is None:
            grams = (gram for first in self._closed for gram in self._chest(first))
            self._index = Index([pair for gram in grams for pair in self._drawer(gram)])
        return self._index


def gathered(hits: Iterable[Hit], haystack: str, most: int) -> Woken:
    """What hits wake, as `Keywords.woken` tells it."""
    woken: dict[int, array[int]] = {}
    prints: list[tuple[int, str]] = []
    for start, end, rules, sites in hits:
        for number in rules:
            spans = woken.setdefault(number, array("q"))
            if len(spans) <= 2 * most:
                spans.extend((start, end))
        if sites:
            prints += ((pack, haystack[start:end]) for pack in sites)
    return woken, prints


@compiled
class Index:
    """Some keywords, each once, in an Aho-Corasick automaton."""

    def __init__(self, keywords: list[tuple[str, Wakes]]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        for letter in _COMMON:
            self._automaton.add_word(letter + _NEVER, (0, (), ()))
        for keyword, wakes in sorted(keywords, key=lambda pair: pair[0].translate(_RANKED)):
            self._automaton.add_word(keyword, (len(keyword), *wakes))
        self._automaton.make_automaton()

    def hits(self, haystack: str) -> list[Hit]:
        """All of them in `haystack`, in the order of their ends, longer ones first."""
        return [
            (last - length + 1, last + 1, rules, sites)
            for last, (length, rules, sites) in self._automaton.iter(haystack)
            if length
        ]

    def woken(self, haystack: str, most: int) -> Woken:
        """What they wake, as `Keywords.woken` tells it."""
        return gathered(self.hits(haystack), haystack, most)
