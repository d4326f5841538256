"""Finding keywords in a text.

The keywords are in drawers, by their first characters.  A short text is searched drawer by drawer: at each place the
next characters say which keywords may stand there.  That needs no preparation, and only the drawers that a text asks
for are opened.  Long texts, and many short ones in turn, are searched with an Aho-Corasick automaton, which is faster
once it is built.

This module is on the way of every start, so it imports nothing that is not needed.
"""

from __future__ import annotations

import marshal

GRAM = 4
"""So many first characters say in which drawer a keyword is; shorter ones are in a drawer of their own."""
SEARCHED = 200_000
"""After so many characters the automaton is built."""
SHORT = ""
"""The name of the drawer of the keywords that have fewer characters than `GRAM`."""
TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Wakes = tuple[tuple[int, ...], tuple[int, ...]]
    """The rules that a keyword wakes, and the packs whose site it speaks for."""
    Hit = tuple[int, int, tuple[int, ...], tuple[int, ...]]


def drawers(keywords: Mapping[str, Wakes]) -> dict[str, bytes]:
    """The keywords in drawers, each as bytes that `Keywords` opens when it needs them."""
    by_gram: dict[str, list[tuple[str, Wakes]]] = {}
    for keyword, wakes in keywords.items():
        by_gram.setdefault(keyword[:GRAM] if len(keyword) >= GRAM else SHORT, []).append((keyword, wakes))
    return {gram: marshal.dumps(inside, 2) for gram, inside in by_gram.items()}


class Keywords:
    """All keywords.  Safe to share between threads, and picklable."""

    def __init__(self, closed: Mapping[str, bytes]) -> None:
        """The keywords of `drawers`."""
        self._closed = closed
        self._open: dict[str, list[tuple[str, Wakes]]] = {}
        self._searched = 0
        self._automaton: Any = None

    def __reduce__(self) -> tuple[type[Keywords], tuple[Mapping[str, bytes]]]:
        return type(self), (self._closed,)

    def hits(self, haystack: str) -> list[Hit]:
        """Every keyword in `haystack`, in the order of their ends: its start and end, and what it wakes."""
        self._searched += len(haystack)
        if self._searched > SEARCHED and self._closed:
            return self._by_automaton(haystack)
        return sorted(self._by_drawer(haystack), key=lambda hit: (hit[1], hit[0]))

    def any_in(self, haystack: str) -> bool:
        """Whether there is a keyword in `haystack`."""
        return next(self._by_drawer(haystack), None) is not None

    def _by_drawer(self, haystack: str) -> Iterator[Hit]:
        letters = frozenset(haystack)
        for keyword, (rules, sites) in self._drawer(SHORT):
            if letters.issuperset(keyword):
                at = haystack.find(keyword)
                while at >= 0:
                    yield at, at + len(keyword), rules, sites
                    at = haystack.find(keyword, at + 1)
        closed = self._closed
        for at in range(len(haystack) - GRAM + 1):
            gram = haystack[at : at + GRAM]
            if gram in closed:
                for keyword, (rules, sites) in self._drawer(gram):
                    if haystack.startswith(keyword, at):
                        yield at, at + len(keyword), rules, sites

    def _drawer(self, gram: str) -> list[tuple[str, Wakes]]:
        inside = self._open.get(gram)
        if inside is None:
            inside = self._open[gram] = marshal.loads(self._closed[gram]) if gram in self._closed else []
        return inside

    def _by_automaton(self, haystack: str) -> list[Hit]:
        automaton = self._automaton
        if automaton is None:
            import ahocorasick

            automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
            for gram in self._closed:
                for keyword, wakes in self._drawer(gram):
                    automaton.add_word(keyword, (len(keyword), *wakes))
            automaton.make_automaton()
            self._automaton = automaton
        return [
            (last - length + 1, last + 1, rules, sites) for last, (length, rules, sites) in automaton.iter(haystack)
        ]
