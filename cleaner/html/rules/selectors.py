"""Which elements of a page the rules of scope html are about.

One walk over the page looks every tag, class, id and other attribute value up in an index of all selectors; only the
selectors found are tried, only on the elements where they were found.  So the cost grows with the page, and hardly
with the number of rules.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html.attributes import AttributesOf
from cleaner.html.rules.layout import Layout
from cleaner.html.rules.lookup import Lookup, Place, Places, is_bare
from cleaner.model import Rule
from cleaner.rulebook.plain import rule_of
from cleaner.rulebook.selector import Section, Selector, fits
from cleaner.rulebook.store import Payload, Store

NEVER = frozenset({"html", "head", "body", "main", "article", "h1"})
MOST = 0.5
"""An element that holds a larger share of a page's words, and of those that are no links, is no leftover, whatever its
class says."""
_AROUND = frozenset({"cookie", "legal"})
"""Layers of consent services and feet of pages: however long, they stand around an article, unless it is inside."""

_MOST_SITES = 1_000
"""Sites whose selectors are held at once."""

Applies = Callable[[Rule], bool]


@dataclass(frozen=True, slots=True)
class Hits:
    """What rules want of a page.

    Attributes:
        rules: the elements that rules are about, in the order of the page, each with its rules (keep rules too),
            conditions on the element already checked; without those inside of another one of the same rule.
        spared: elements that go at no price, with the rules that wanted them, because they hold the article or most
            of the page.
        whole: elements of which only rules take something.
    """

    rules: Mapping[Element, tuple[Rule, ...]]
    spared: Mapping[Element, tuple[Rule, ...]]
    whole: Sequence[Element] = ()


class AwakeSection:
    """Selectors and expressions that are looked up together; see `cleaner.rulebook.compile`."""

    def __init__(self, section: Section) -> None:
        self.first, self._closed, keys, self.xpaths, self.articles, self.whole = section
        self.lookup = Lookup(keys)
        self.end = self.first + len(self._closed)
        self._open: dict[int, tuple[Selector, int]] = {}

    def selector(self, number: int) -> tuple[Selector, int]:
        """The selector with that number, and the number of its rule, or -1."""
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = marshal.loads(self._closed[number - self.first])
        return found


class HtmlRules:
    """The rules for HTML, each made when it is first wanted.  Safe to share between threads, and picklable."""

    def __init__(self, payload: Payload, paths: Mapping[str, str]) -> None:
        """What `compile_html` made of packs, and where they stand, by their names."""
        self._payload = payload
        self._paths = paths
        self._rules: dict[int, tuple[Rule, dict[str, Any], tuple[dict[str, Any], ...]]] = {}
        self.common = AwakeSection(payload["common"])
        self._sites: dict[str, AwakeSection] = {}

    @classmethod
    def from_store(cls, store: Store) -> HtmlRules:
        """The rules of a store."""
        return cls(store.html, store.paths)

    def __reduce__(self) -> tuple[type[HtmlRules], tuple[Payload, Mapping[str, str]]]:
        return type(self), (self._payload, self._paths)

    def __len__(self) -> int:
        return len(self._payload["rules"])

    def awake(self, packs: Collection[str] | None) -> list[AwakeSection]:
        """The sections of what applies everywhere and of some site packs, by their names; None: of all."""
        closed = self._payload["sites"]
        return [self.common, *(self._site(name) for name in (closed if packs is None else packs) if name in closed)]

    def _site(self, name: str) -> AwakeSection:
        section = self._sites.get(name)
        if section is None:
            if len(self._sites) >= _MOST_SITES:
                self._sites.clear()
            section = self._sites[name] = AwakeSection(marshal.loads(self._payload["sites"][name]))
        return section

    def rule(self, number: int) -> Rule:
        """The rule with that number."""
        return self._entry(number)[0]

    def _entry(self, number: int) -> tuple[Rule, dict[str, Any], tuple[dict[str, Any], ...]]:
        entry = self._rules.get(number)
        if entry is None:
            values, when, unless = marshal.loads(self._payload["rules"][number])
            entry = self._rules[number] = rule_of(values, self._paths), when, unless
        return entry


def element_hits(
    root: Element,
    rules: HtmlRules,
    applies: Applies,
    packs: Collection[str] | None = None,
    attributes: AttributesOf | None = None,
    kind: str | None = None,
) -> Hits:
    """The elements of a page that rules are about.

    Args:
        root: the page; it is not changed.
        applies: whether a rule takes part: its pack belongs to the site, its category is wanted, and so on.
        packs: names of the site packs that may take part; None: all.
        attributes: where those of the page are kept for others to know.
        kind: what the page says that it is (`cleaner.model.Metadata`).
    """
    known = AttributesOf() if attributes is None else attributes
    return _Search(root, rules, applies, packs, known, kind).hits()


class _Search:
    """One page, while it is looked at."""

    def __init__(
        self,
        root: Element,
        rules: HtmlRules,
        applies: Applies,
        packs: Collection[str] | None,
        attributes: AttributesOf,
        kind: str | None,
    ) -> None:
        self._root = root
        self._kind = kind
        self._rules = rules
        self._payload = rules._payload
        self._wanted = lru_cache(maxsize=None)(lambda number: applies(rules.rule(number)))
        self._layout = Layout()
        self._sections = rules.awake(packs)
        self._candidates: defaultdict[int, Places] = defaultdict(list)
        several = len(self._sections) > 1
        places = list(self._layout.walk(root)) if several else self._layout.walk(root)
        for section in self._sections:
            section.lookup.candidates(places, attributes, self._candidates)
        self._places: dict[int, list[int]] = {}
        self._articles = [*self._payload["main"], *(one for section in self._sections for one in section.articles)]

    def hits(self) -> Hits:
        rules: dict[Element, tuple[Rule, ...]] = {}
        spared: dict[Element, tuple[Rule, ...]] = {}
        small_to = 0  # inside of what is no more than half of the page is nothing that is
        taken_to: dict[int, int] = {}
        for position, (element, numbers) in sorted(self._claims().items()):
            outermost = [number for number in numbers if position >= taken_to.get(number, 0)]
            fit = [number for number in outermost if self._meets(number, position, element)]
            found = sorted(map(self._rules.rule, fit), key=lambda rule: rule.id)
            if position >= small_to and any(not rule.keep for rule in found):
                if self._is_too_much(position, element, found):
                    spared[element] = tuple(rule for rule in found if not rule.keep)
                    found = [rule for rule in found if rule.keep]
                else:
                    small_to = self._layout.end(position, element)
            if found:
                rules[element] = tuple(found)
                if element not in spared:
                    taken_to.update(dict.fromkeys(fit, self._layout.end(position, element)))
        return Hits(rules, spared, tuple(self._whole()))

    def _whole(self) -> Iterable[Element]:
        """The outermost elements that hold the article, as packs of the site say, if they say that it is whole."""
        found = [number for section in self._sections if section.whole for number in section.articles]
        places = dict(
            place for number in found for place in _fitting(self._selector(number)[0], self._candidates[number])
        )
        done = 0
        for position, element in sorted(places.items()):
            if position >= done:
                yield element
                done = self._layout.end(position, element)

    def _claims(self) -> dict[int, tuple[Element, list[int]]]:
        """The rules that some selector speaks for, by the positions of their elements."""
        claims: dict[int, tuple[Element, dict[int, None]]] = {}
        for number, places in self._candidates.items():
            selector, rule = self._selector(number)
            if rule >= 0 and self._wanted(rule):
                for position, element in _fitting(selector, places):
                    if element.tag not in NEVER:
                        claims.setdefault(position, (element, {}))[1][rule] = None
        for rule, element in self._found_by_xpath():
            claims.setdefault(self._layout.position(self._root, element), (element, {}))[1][rule] = None
        return {position: (element, list(numbers)) for position, (element, numbers) in claims.items()}

    def _selector(self, number: int) -> tuple[Selector, int]:
        """The selector with that number, and the number of its rule."""
        return next(one for one in self._sections if one.first <= number < one.end).selector(number)

    def _found_by_xpath(self) -> Iterable[tuple[int, Element]]:
        for source, rule, literals in chain.from_iterable(section.xpaths for section in self._sections):
            if any(map(self._layout.source(self._root).__contains__, literals)) and self._wanted(rule):
                for element in _xpath(source)(self._root):
                    if element.tag not in NEVER:
                        yield rule, element

    def _meets(self, number: int, position: int, element: Element) -> bool:
        _, when, unless = self._rules._entry(number)
        return self._holds(when, position, element) and not any(
            self._holds(group, position, element) for group in unless
        )

    def _holds(self, group: Mapping[str, Any], position: int, element: Element) -> bool:
        return all(_CONDITIONS[name](self, value, position, element) for name, value in group.items())

    def _is_too_much(self, position: int, element: Element, rules: Sequence[Rule]) -> bool:
        """Whether an element holds the article, or so much of the page that it may be it.

        A menu holds most of the words of many a page, but not most of those that lead nowhere; a table of links may be
        what a page is for.
        """
        if self._has(self._articles, position, element):
            return True
        words = self._layout.words(position, element)
        if words <= MOST * self._layout.total:
            return False
        around = all(rule.category in _AROUND for rule in rules if not rule.keep)
        if around and next(element.iter("article", "h1"), None) is None:
            return False
        unlinked = words - self._linked(position, element)
        return element.tag == "table" or unlinked > MOST * (self._layout.total - self._links[1][-1])

    def _has(self, numbers: Iterable[int], position: int, element: Element) -> bool:
        end = self._layout.end(position, element)
        for number in numbers:
            places = self._places.get(number)
            if places is None:
                fitting = _fitting(self._selector(number)[0], self._candidates[number])
                places = self._places[number] = sorted(at for at, _ in fitting)
            at = bisect_left(places, position + 1)
            if at < len(places) and places[at] < end:
                return True
        return False

    def _link_share(self, position: int, element: Element) -> float:
        return self._linked(position, element) / max(1, self._layout.words(position, element))

    def _linked(self, position: int, element: Element) -> int:
        """How many words of an element are links."""
        places, totals = self._links
        return totals[bisect_left(places, self._layout.end(position, element))] - totals[bisect_left(places, position)]

    @cached_property
    def _links(self) -> tuple[list[int], list[int]]:
        """Where links stand, and how many words there are in those before each of them, and in all."""
        links = self._candidates[self._payload["links"]]
        counts = (self._layout.words(position, link) for position, link in links)
        return [position for position, _ in links], [0, *accumulate(counts)]


_CONDITIONS: dict[str, Callable[[_Search, Any, int, Element], bool]] = {
    "min_words": lambda search, least, position, element: search._layout.words(position, element) >= least,
    "max_words": lambda search, most, position, element: search._layout.words(position, element) <= most,
    "min_links": lambda search, least, position, element: search._link_share(position, element) >= least,
    "max_links": lambda search, most, position, element: search._link_share(position, element) <= most,
    "has": lambda search, numbers, position, element: search._has(numbers, position, element),
    "inside": lambda search, selectors, position, element: any(
        fits(selector, around) for around in element.iterancestors() for selector in selectors
    ),
    "kind": lambda search, kinds, position, element: search._kind in kinds,
}


def _fitting(selector: Selector, places: Places) -> Iterable[Place]:
    return places if is_bare(selector) else (place for place in places if fits(selector, place[1]))


@lru_cache(maxsize=256)
def _xpath(source: str) -> etree.XPath:
    return etree.XPath(source)
