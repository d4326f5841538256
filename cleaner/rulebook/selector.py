"""Selectors as plain tuples, as `cleaner.rulebook.css` makes them, and whether one fits an element."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

Test = tuple[str, str, str]
"""An operator (``=`` ``~=`` ``|=`` ``^=`` ``$=`` ``has`` ``words``), the attribute it looks at, and the value."""
Compound = tuple[str, tuple[Test, ...], tuple[tuple[str, tuple[Test, ...]], ...]]
"""A tag (or an empty text), tests that must hold, and pairs of tag and tests of which none may hold."""
Selector = tuple[tuple[str, Compound], ...]
"""From the element outwards: the combinator that leads to a compound (empty for the first), and the compound."""
Expression = tuple[str, int, tuple[str, ...]]
"""An expression of XPath, the number of its rule, and literals of which every page has one where it finds anything."""
Section = tuple[int, list[bytes], list[tuple[Test, tuple[int, ...]]], list[Expression], tuple[int, ...], bool]
"""Selectors that are looked up together: the number of the first; each with the number of its rule, or -1 if only
conditions ask for it, to be read when it is a candidate; tests by which they are looked up, each with the numbers of
its selectors; expressions; the numbers of those that fit what holds the article, and whether only rules take something
of that."""

TAG = "tag"
"""The operator of a key that is nothing but a tag."""
MAX_VALUE = 2_000
"""Characters of an attribute that are looked at: nobody writes a longer class or id by hand."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def words_of(name: str) -> list[str]:
    """The words of a class: ``post-relatedItems__b2`` is post, related, items, b, 2."""
    return [*map(str.lower, _WORD.findall(name))]


def flat(value: str) -> str:
    """A value as it is compared whole: without case and superfluous white space."""
    return " ".join(value.lower().split())


def fits(selector: Selector, element: Element) -> bool:
    """Whether a selector fits an element."""
    return _fits(selector, 0, element)


def _fits(selector: Selector, step: int, element: Element) -> bool:
    if not _is(selector[step][1], element):
        return False
    if step + 1 == len(selector):
        return True
    combinator = selector[step + 1][0]
    if combinator == "+":
        before = next(element.itersiblings("*", preceding=True), None)
        return before is not None and _fits(selector, step + 1, before)
    if combinator == ">":
        parent = element.getparent()
        return parent is not None and _fits(selector, step + 1, parent)
    return any(_fits(selector, step + 1, around) for around in element.iterancestors())


def _is(compound: Compound, element: Element) -> bool:
    tag, tests, nots = compound
    return (
        (not tag or element.tag == tag)
        and all(_holds(test, element) for test in tests)
        and not any(_is((tag, tests, ()), element) for tag, tests in nots)
    )


def _holds(test: Test, element: Element) -> bool:
    operator, name, wanted = test
    if operator == "words":
        names = element.get("class", "")[:MAX_VALUE].split()
        return any(f"-{wanted}-" in f"-{'-'.join(words_of(name))}-" for name in names)
    value = element.get(name)
    return value is not None and compares(operator, flat(value[:MAX_VALUE]), wanted)


def compares(operator: str, value: str, wanted: str) -> bool:
    """Whether the value of an attribute, as `flat` gives it, is what a test wants."""
    if operator == "^=":
        return value.startswith(wanted)
    if operator == "$=":
        return value.endswith(wanted)
    if operator == "~=":
        return wanted in value.split()
    if operator == "|=":
        return value == wanted or value.startswith(f"{wanted}-")
    return operator == "has" or value == wanted
