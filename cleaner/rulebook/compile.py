"""Packs into the form the engine runs: plain values, all keywords in one index, all selectors in another."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from cleaner.model import Pack
from cleaner.rulebook import css, xpath
from cleaner.rulebook.keywords import chests
from cleaner.rulebook.plain import plain
from cleaner.rulebook.schema import ELEMENT
from cleaner.rulebook.selector import Expression, Section, Selector, Test


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
    counts = (sum(rule.scope != "html" for rule in pack.rules) for pack in packs)
    payload = {
        "rules": [marshal.dumps(plain(rule), 2) for rule in rules],  # each read only when it is woken
        "ends": list(accumulate(counts)),  # of the numbers of each pack's rules
        "packs": [(pack.name, pack.kind, pack.site and plain(pack.site), pack.disable) for pack in packs],
    }
    return payload, chests({keyword: (tuple(rules), tuple(sites)) for keyword, (rules, sites) in woken.items()})


MAIN = ("main", "[role=main]", "[itemprop~=articleBody]")
"""What holds the article of a page, so that nothing around it goes."""


class _Selectors:
    """The selectors of a section, numbered from `first`."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.all: list[tuple[Selector, int]] = []
        self._asked: dict[str, int] = {}

    def add(self, source: str, rule: int) -> None:
        """A selector of a rule."""
        self.all.append((css.parse(source), rule))

    def asked(self, source: str) -> int:
        """The number of a selector that only conditions ask for."""
        if source not in self._asked:
            self._asked[source] = self.first + len(self.all)
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

    def section(self, xpaths: Sequence[Expression], articles: Iterable[str] = (), *, whole: bool = False) -> Section:
        """All that was added, with the expressions of the same rules, and what holds the article of a site's pages."""
        inside = tuple(map(self.asked, articles))
        keys: dict[Test, list[int]] = {}
        for number, (selector, _) in enumerate(self.all, self.first):
            keys.setdefault(css.key(selector), []).append(number)
        looked_up = [(key, tuple(numbers)) for key, numbers in keys.items()]
        closed = [marshal.dumps(one, 2) for one in self.all]
        return self.first, closed, looked_up, list(xpaths), inside, whole


def compile_html(packs: Sequence[Pack]) -> dict[str, Any]:
    """Compile the rules for HTML.

    Returns:
        What `marshal` can write.  `rules[r]` is a rule and its compiled conditions; `common` the section of all packs
        that apply everywhere; `sites` those of site packs, by the names of the packs, each to be read when a page is of
        that site; `main` and `links` are the numbers of the selectors that find the article and its links.
    """
    ready: list[bytes] = []
    everywhere = _Selectors(0)
    main, links = tuple(map(everywhere.asked, MAIN)), everywhere.asked("a")
    xpaths = [one for pack in packs if pack.kind != "site" for one in _compiled(pack, everywhere, ready)]
    first = len(everywhere.all)
    sites: dict[str, bytes] = {}
    for pack in packs:
        if pack.kind == "site":
            selectors = _Selectors(first)
            own = list(_compiled(pack, selectors, ready))
            articles, whole = (pack.site.article, pack.site.whole) if pack.site else ((), False)
            if own or selectors.all or articles:
                sites[pack.name] = marshal.dumps(selectors.section(own, articles, whole=whole), 2)
            first += len(selectors.all)
    common = everywhere.section(xpaths)
    return {"rules": ready, "common": common, "sites": sites, "main": main, "links": links}


def _compiled(pack: Pack, selectors: _Selectors, ready: list[bytes]) -> Iterator[Expression]:
    """Add the rules of a pack to those that are `ready`, and what they ask for to `selectors`; give their XPath."""
    for rule in pack.rules:
        if rule.scope != "html":
            continue
        number = len(ready)
        for source in rule.patterns:
            if rule.matcher == "css":
                selectors.add(source, number)
            else:
                yield source, number, xpath.literals(source)
        groups = selectors.conditions(rule.when), tuple(map(selectors.conditions, rule.unless))
        ready.append(marshal.dumps((plain(rule), *groups), 2))
