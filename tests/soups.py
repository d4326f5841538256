"""Texts made of nothing but leftovers: the examples of rules, repeated, nested and shuffled.

No clipping is like that; whoever wants to see a cleaner at work for hours writes one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cleaner.model import Format, Pack

DEPTH = 40
"""How deep what is nested goes."""


@dataclass(frozen=True, slots=True)
class Soup:
    """A text, what it is, and the address under which the rules of its pack are asked."""

    name: str
    text: str
    format: Format
    url: str | None


def soups(packs: Iterable[Pack], size: int) -> Iterator[Soup]:
    """Texts of `size` characters: several of each rule, and some of each pack's rules together."""
    for pack in packs:
        url = f"https://{pack.site.hosts[0]}/a" if pack.site and pack.site.hosts else None
        texts: dict[Format, list[str]] = {"text": [], "html": []}
        for rule in pack.rules:
            of: Format = "html" if rule.scope == "html" else "text"
            examples = [one.text.strip() for one in pack.examples.get(rule.id, ()) if one.text.strip()]
            texts[of] += examples
            for format, build in (PAGES if of == "html" else TEXTS) if examples else ():
                yield Soup(f"{rule.id} {build.__name__}", build(examples, random.Random(rule.id), size), format, url)
        for of, all in texts.items():
            if all:
                for build in (shuffled, words):
                    yield Soup(f"{pack.name} {build.__name__}", build(all, random.Random(pack.name), size), of, url)


def _filled(pieces: Iterator[str], size: int) -> str:
    found: list[str] = []
    length = 0
    while length < size:
        found.append(next(pieces))
        length += len(found[-1])
    return "".join(found)[:size]


def _round(examples: list[str], joint: str) -> Iterator[str]:
    while True:
        for one in examples:
            yield one + joint


def lines(examples: list[str], chance: random.Random, size: int) -> str:
    """The first one on line after line."""
    return _filled(_round(examples[:1], "\n"), size)


def blocks(examples: list[str], chance: random.Random, size: int) -> str:
    """All of them, with blank lines between."""
    return _filled(_round(examples, "\n\n"), size)


def glued(examples: list[str], chance: random.Random, size: int) -> str:
    """The first one, again and again on one line."""
    return _filled(_round(examples[:1], " "), size)


def quoted(examples: list[str], chance: random.Random, size: int) -> str:
    """Quotations and lists inside each other, an example at each depth."""

    def pieces() -> Iterator[str]:
        while True:
            for depth in range(DEPTH):
                mark = "> " * depth if depth % 2 else "  " * depth + "- "
                yield "".join(f"{mark}{line}\n" for line in examples[depth % len(examples)].splitlines())

    return _filled(pieces(), size)


def linked(examples: list[str], chance: random.Random, size: int) -> str:
    """Links and emphasis around the first one, inside each other."""
    one = " ".join(examples[0].split())
    return _filled(_round([f"{'[**' * depth}{one}{'**](#a)' * depth}" for depth in range(DEPTH)], "\n"), size)


def boxes(examples: list[str], chance: random.Random, size: int) -> str:
    """Elements inside each other, an example at each depth."""
    inside = "".join(f"<div>{examples[depth % len(examples)]}" for depth in range(DEPTH)) + "</div>" * DEPTH
    return _filled(_round([inside], "\n"), size)


def shuffled(examples: list[str], chance: random.Random, size: int) -> str:
    """Lines of all of them in any order."""
    every = [line for one in examples for line in one.splitlines()]

    def pieces() -> Iterator[str]:
        while True:
            yield chance.choice(every) + chance.choice(("\n", "\n", "\n\n", " "))

    return _filled(pieces(), size)


def words(examples: list[str], chance: random.Random, size: int) -> str:
    """Words of all of them in any order."""
    every = [word for one in examples for word in one.split()]

    def pieces() -> Iterator[str]:
        while True:
            yield chance.choice(every) + chance.choice((" ", " ", " ", "\n", "\n\n"))

    return _filled(pieces(), size)


Build = Callable[[list[str], random.Random, int], str]
TEXTS: tuple[tuple[Format, Build], ...] = (
    *(("text", lines), ("text", blocks), ("text", glued)),
    *(("markdown", quoted), ("markdown", linked)),
)
PAGES: tuple[tuple[Format, Build], ...] = (("html", blocks), ("html", boxes))
