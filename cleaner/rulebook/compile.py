"""Packs into the form the engine runs: plain tuples, one automaton over all keywords, one index of all selectors."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any

import ahocorasick

from cleaner.model import Pack
from cleaner.rulebook import css, xpath
from cleaner.rulebook.plain import plain
from cleaner.rulebook.schema import ELEMENT
from cleaner.rulebook.selector import Selector, Test


def compile_rules(packs: Sequence[Pack]) -> tuple[dict[str, Any], Any]:
    """Compile the rules for text.

    Returns:
        The payload, which holds only what `marshal` can write, and the automaton.  `payload["keywords"][k]` is, for
        keyword number k, its length, the rules it wakes and the sites it speaks for, as indices.
    """
    rules = [rule for pack in packs for rule in pack.rules if rule.scope != "html"]
    woken: dict[str, tuple[list[int], list[int]]] = {}
    for number, rule in enumerate(rules):
        for keyword in dict.fromkeys(rule.keywords):
            woken.setdefault(keyword, ([], []))[0].append(number)
    for number, pack in enumerate(packs):
        for text in pack.site.fingerprints if pack.site else ():
            woken.setdefault(text, ([], []))[1].append(number)
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, keyword in enumerate(woken):
        automaton.add_word(keyword, number)
    if woken:
        automaton.make_automaton()
    payload = {
        "rules": [marshal.dumps(plain(rule)) for rule in rules],  # each read only when it is woken
        "packs": [(pack.name, pack.kind, plain(pack.site) if pack.site else None, pack.disable) for pack in packs],
        "keywords": [(len(keyword), *map(tuple, lists)) for keyword, lists in woken.items()],
    }
    return payload, automaton


MAIN = ("main", "[role=main]", "[itemprop~=articleBody]")
"""What holds the article of a page, so that nothing around it goes."""


class _Selectors:
    """All selectors, numbered."""

    def __init__(self) -> None:
        self.all: list[tuple[Selector, int]] = []
        self._asked: dict[str, int] = {}

    def add(self, source: str, rule: int) -> None:
        """A selector of a rule."""
        self.all.append((css.parse(source), rule))

    def asked(self, source: str) -> int:
        """The number of a selector that only conditions ask for."""
        if source not in self._asked:
            self._asked[source] = len(self.all)
            self.add(source, -1)
        return self._asked[source]

    def conditions(self, group: Mapping[str, Any]) -> dict[str, Any]:
        """A group of conditions with its selectors parsed; under `has` as numbers, since they are looked up too."""
        parsed = {name: group[name] for name in ELEMENT.fields if name in group}  # the cheapest first
        if "inside" in parsed:
            parsed["inside"] = tuple(map(css.parse, parsed["inside"]))
        if "has" in parsed:
            parsed["has"] = tuple(map(self.asked, parsed["has"]))
        return parsed


def compile_html(packs: Sequence[Pack]) -> dict[str, Any]:
    """Compile the rules for HTML.

    Returns:
        What `marshal` can write.  `rules[r]` is a rule and its compiled conditions; `selectors[s]` a selector and the
        number of its rule, or -1 if only conditions ask for it; `keys` are the tests by which selectors are looked
        up, each with the numbers of its selectors; `xpaths` are expressions with their rule and literals; `main` and
        `links` are the numbers of the selectors that find the article and its links.
    """
    rules = [rule for pack in packs for rule in pack.rules if rule.scope == "html"]
    selectors = _Selectors()
    xpaths: list[tuple[str, int, tuple[str, ...]]] = []
    ready: list[bytes] = []
    for number, rule in enumerate(rules):
        for source in rule.matter:
            if rule.matcher == "css":
                selectors.add(source, number)
            else:
                xpaths.append((source, number, xpath.literals(source)))
        groups = selectors.conditions(rule.when), tuple(map(selectors.conditions, rule.unless))
        ready.append(marshal.dumps((plain(rule), *groups)))
    main, links = tuple(map(selectors.asked, MAIN)), selectors.asked("a")
    keys: dict[Test, list[int]] = {}
    for number, (selector, _) in enumerate(selectors.all):
        keys.setdefault(css.key(selector), []).append(number)
    return {
        "rules": ready,
        "selectors": selectors.all,
        "keys": [(key, tuple(numbers)) for key, numbers in keys.items()],
        "xpaths": xpaths,
        "main": main,
        "links": links,
    }
