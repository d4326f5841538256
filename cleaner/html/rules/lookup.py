"""Finds, for the tags and attributes of elements, the selectors that may fit them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lxml.etree import _Element as Element

from cleaner.html.attributes import AttributesOf
from cleaner.rulebook.selector import MAX_VALUE, TAG, Selector, Test, compares, flat, words_of

Numbers = tuple[int, ...]
Place = tuple[int, Element]
"""An element with its position."""
Places = list[Place]
_MAX_CACHE = 50_000


class Lookup:
    """An index of selectors by their keys."""

    def __init__(self, keys: Iterable[tuple[Test, Numbers]]) -> None:
        """Take in the keys, each with the numbers of its selectors."""
        self._tags: dict[str, Numbers] = {}
        self._classes = _Classes()
        self._attributes: dict[str, _Attribute] = {}
        for (operator, name, value), numbers in keys:
            if operator == TAG:
                self._tags[value] = numbers
            elif name == "class":
                self._classes.add(operator, value, numbers)
            else:
                self._attributes.setdefault(name, _Attribute()).add(operator, value, numbers)
        self._known: dict[tuple[str, str], Numbers] = {}

    def candidates(self, places: Iterable[Place], of: AttributesOf, found: defaultdict[int, Places]) -> None:
        """Add the elements on which each selector is to be tried, by the numbers of the selectors."""
        known, tags, attributes = self._known, self._tags, {"class", *self._attributes}
        if len(known) > _MAX_CACHE:
            known.clear()
        for place in places:
            element = place[1]
            numbers = tags.get(element.tag, ())
            for item in of[element].items():
                if item[0] in attributes:
                    here = known.get(item)
                    if here is None:
                        here = self._look_up(*item)
                    numbers += here
            for number in numbers:
                found[number].append(place)

    def _look_up(self, name: str, value: str) -> Numbers:
        """The selectors whose key is in an attribute of that name and value."""
        table = self._classes if name == "class" else self._attributes[name]
        if len(value) > MAX_VALUE:
            return table.find(value[:MAX_VALUE])
        numbers = self._known[name, value] = table.find(value)
        return numbers


class _Classes:
    """Selectors by names of classes, whole or as words next to each other."""

    def __init__(self) -> None:
        self._whole: dict[str, Numbers] = {}
        self._phrases: dict[str, list[tuple[list[str], Numbers]]] = {}
        self._names: dict[str, Numbers] = {}

    def add(self, operator: str, value: str, numbers: Numbers) -> None:
        if operator == "words":
            first, *more = value.split("-")
            self._phrases.setdefault(first, []).append((more, numbers))
        else:
            self._whole[value] = numbers

    def find(self, value: str) -> Numbers:
        numbers: Numbers = ()
        names = self._names
        for name in value.split():
            here = names.get(name)
            numbers += self._in_name(name) if here is None else here
        return numbers

    def _in_name(self, name: str) -> Numbers:
        if len(self._names) > _MAX_CACHE:
            self._names.clear()
        numbers = self._whole.get(name.lower(), ())
        words = words_of(name)
        if not self._phrases.keys().isdisjoint(words):
            for at, word in enumerate(words, 1):
                for more, wanted_by in self._phrases.get(word, ()):
                    if words[at : at + len(more)] == more:
                        numbers += wanted_by
        self._names[name] = numbers
        return numbers


class _Attribute:
    """Selectors by the values of one attribute."""

    def __init__(self) -> None:
        self._whole: dict[str, Numbers] = {}
        self._other: list[tuple[str, str, Numbers]] = []

    def add(self, operator: str, value: str, numbers: Numbers) -> None:
        if operator == "=":
            self._whole[value] = numbers
        else:
            self._other.append((operator, value, numbers))

    def find(self, value: str) -> Numbers:
        value = flat(value)
        numbers = self._whole.get(value, ())
        for operator, wanted, wanted_by in self._other:
            if compares(operator, value, wanted):
                numbers += wanted_by
        return numbers


def is_bare(selector: Selector) -> bool:
    """Whether the key of a selector is all there is to it."""
    (_, (tag, tests, nots)), *more = selector
    return not more and not nots and (len(tests) + bool(tag)) == 1
