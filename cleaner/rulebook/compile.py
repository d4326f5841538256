"""Packs into the form the engine runs: plain values, all keywords in one index, all selectors in another."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.model import Pack
from cleaner.rulebook import css, xpath
from cleaner.rulebook.keywords import chests
from cleaner.rulebook.plain import plain
from cleaner.rulebook.schema import ELEMENT
from cleaner.rulebook.selector import Selector, Test


def compile_rules(packs: Sequence[Pack]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Compile the rules for text.

    Returns:
        The rules with their packs, which refer to each other by their numbers, and the chests of all keywords (see
        `cleaner.rulebook.keywords`).  Both hold only what `marshal` can write.
    """
    rules = [rule for pack in packs for rule in pack.rules if rule.scope != "html"]
    woken: dict[str, tuple[list[int], list[int]]] = {}
    for number, rule in enumerate(rules):
        for keyword in dict.fromkeys(rule.keywords):
            woken.setdefault(keyword, ([], []))[0].append(number)
    for number, pack in enumerate(packs):
        for text in pack.site.fingerprints if pack.site else ():
            woken.setdefault(text, ([], []))[1].append(number)
    payload = {
        "rules": [marshal.dumps(plain(rule), 2) for rule in rules],  # each read only when it is woken
        "packs": [(pack.name, pack.kind, pack.site and plain(pack.site), pack.disable) for pack in packs],
    }
    return payload, chests({keyword: (tuple(rules), tuple(sites)) for keyword, (rules, sites) in woken.items()})


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
        for source in rule.patterns:
            if rule.matcher == "css":
                selectors.add(source, number)
            else:
                xpaths.append((source, number, xpath.literals(source)))
        groups = selectors.conditions(rule.when), tuple(map(selectors.conditions, rule.unless))
        ready.append(marshal.dumps((plain(rule), *groups), 2))
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
