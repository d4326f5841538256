"""Lint of selectors: do they say something, and does another rule say it too?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cleaner.model import Rule
from cleaner.rulebook import css
from cleaner.rulebook.nodes import Node, items
from cleaner.tools.places import Source

Found = Iterator[tuple[int, Literal["error", "warning"], str, str]]
FoundAt = Iterator[tuple[str, int, Literal["error", "warning"], str, str]]

_COMMON = """
article articles block body box card cards center clearfix col column columns container content contents div entry field
flex grid group hentry image img inner item items layout left link list main media outer page panel paragraph post posts
primary right root row section single story text title wrap wrapper
"""
COMMON = frozenset(_COMMON.split())
"""Classes and ids that say nothing of what is in an element."""
LEAST_WORD = 8
"""A single word of a class with fewer letters is part of many a class: `feed`, `share`, `comment`."""


def look(rule: Rule, node: Node) -> Found:
    """Findings in the selectors of one rule."""
    if rule.matcher != "css":
        return
    for item, source in zip(items(node, "css"), rule.patterns, strict=True):
        _, tests, _ = css.parse(source)[0][1]
        common = too_common(source)
        if common:
            yield item.line, "error", "selector-common", f"{rule.id}: {source!r} {common}"
        for operator, _, value in tests:
            if operator == "words" and "-" not in value and len(value) < LEAST_WORD:
                message = f"{rule.id}: {value!r} alone is part of many classes; take two words, or write .{value}"
                yield item.line, "warning", "selector-common", message


def too_common(source: str) -> str:
    """What is wrong with a selector that says nothing of what an element is; empty if nothing."""
    selector = css.parse(source)
    tag, tests, _ = selector[0][1]
    said = [test for test in tests if test[2] not in COMMON or test[1] not in ("class", "id")]
    if tests and not said and len(selector) == 1:
        return "is on every other page; take a class that says what the element is"
    if not tests and tag in ("div", "span", "p", "section", "a", "ul", "li", "td", "table", "img"):
        return "fits elements of every kind; name a class or an attribute"
    return ""


def twice(sources: Sequence[Source]) -> FoundAt:
    """Selectors that stand in two rules which can meet on one page."""
    seen: dict[tuple[str, bool, object], list[tuple[Rule, Source, int, int]]] = {}
    for source in sorted(sources, key=lambda source: (source.pack.name, source.pack.path)):
        for number, rule in enumerate(source.pack.rules):
            for item, written in enumerate(rule.patterns if rule.scope == "html" else ()):
                selector: object = css.parse(written) if rule.matcher == "css" else written
                places = seen.setdefault((rule.matcher, rule.keep, selector), [])
                for other, home, *at in places:
                    if _clash(rule, other):
                        where = f"{home.pack.path}:{home.line(at[0], rule.matcher, at[1])}"
                        message = f"{rule.id}: the selector {written!r} is also in {other.id} ({where}); keep one"
                        line = source.line(number, rule.matcher, item)
                        yield source.pack.path, line, "error", "selector-twice", message
                        break
                places.append((rule, source, number, item))


def _clash(rule: Rule, other: Rule) -> bool:
    if rule is other:
        return True
    both_sites = rule.pack.startswith("sites/") and other.pack.startswith("sites/")
    if both_sites and rule.pack != other.pack:
        return False
    return rule.confidence == other.confidence or (rule.when, rule.unless) == (other.when, other.unless)
