"""The ways a rule may look for its text: how each is written, what is made of it, and how it reads in the docs.

How one finds its text is told by the class of its name in `cleaner.match.matchers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cleaner.errors import RuleError
from cleaner.model import SCOPES, Rule, Scope
from cleaner.rulebook.kinds import Field, Many, Table, Text, TextOrMany, Whole
from cleaner.rulebook.nodes import Node, child, items
from cleaner.rulebook.pattern import PatternError, expand
from cleaner.rulebook.wording import code, codes, pattern
from cleaner.view import literal

_EDGES = " .,;:!?…*•·|>-–—\"'()[]"


def core(phrase: str) -> str:
    """What of a phrase is looked for: folded, without punctuation at its ends."""
    return literal(phrase).strip(_EDGES)


@dataclass(frozen=True)
class MatcherKind:
    """One way to look for a text.

    Attributes:
        field: what a rule file says under its name.
        ready: the rule with what it looks for, made from its entry as read and as written.
        words: what the rule looks for, as items of a list.
        scopes: what a rule that looks so may take.
        keeps: whether a keep rule may look so.
        needs_keywords: whether literals have to say when it is tried (and case may count); else it has its own.
    """

    field: Field
    ready: Callable[[Rule, dict[str, Any], Node], Rule]
    words: Callable[[Rule, Node], Iterator[str]]
    scopes: tuple[Scope, ...] = SCOPES
    keeps: bool = True
    needs_keywords: bool = False


def expanded(source: str, path: str, line: int) -> str:
    """A pattern as the engine takes it, or a `RuleError`."""
    try:
        return expand(source)
    except PatternError as error:
        raise RuleError(f"bad pattern: {error}", path, line) from None


def _literals(rule: Rule, texts: Iterable[str], what: str, line: int) -> tuple[str, ...]:
    found = tuple(map(literal, texts))
    if "" in found:
        raise RuleError(f"{rule.id}: a {what} has nothing visible in it", rule.path, line)
    return found


def _regex(rule: Rule, entry: dict[str, Any], node: Node) -> Rule:
    line = child(node, "regex").line
    keywords = _literals(rule, entry["keywords"], "keyword", line)
    patterns = [expanded(source, rule.path, line) for source in entry["regex"]]
    whole = patterns[0] if len(patterns) == 1 else "|".join(f"(?:{pattern})" for pattern in patterns)
    return replace(rule, patterns=(whole,), keywords=keywords)


def _regex_words(rule: Rule, node: Node) -> Iterator[str]:
    yield f"Looks for {code(pattern(rule.patterns[0]))}{' Case counts.' if rule.case_sensitive else ''}"
    yield f"In texts with {' or '.join(map(code, rule.keywords))}"


def _phrases(rule: Rule, entry: dict[str, Any], node: Node) -> Rule:
    phrases: dict[str, str] = {}
    for phrase, item in zip(entry["phrases"], items(node, "phrases"), strict=True):
        inner = core(phrase)
        fault = f"is {phrases[inner]!r} again, case and punctuation aside" if inner in phrases else ""
        if fault or not inner:
            raise RuleError(f"{rule.id}: phrase {phrase!r} {fault or 'has no words in it'}", rule.path, item.line)
        phrases[inner] = phrase
    return replace(rule, patterns=tuple(phrases), keywords=tuple(phrases))


def _phrases_words(rule: Rule, node: Node) -> Iterator[str]:
    yield f"Looks for {codes(str(item.value) for item in items(node, 'phrases'))}"


def _line_of(rule: Rule, entry: dict[str, Any], node: Node) -> Rule:
    line, spec = child(node, "line_of").line, entry["line_of"]
    need = _literals(rule, spec.get("need", ()), "atom", line)
    atoms = tuple(dict.fromkeys((*_literals(rule, spec["atoms"], "atom", line), *need)))
    return replace(rule, patterns=atoms, keywords=need or atoms, need=need, min_atoms=spec.get("min_atoms", 2))


def _line_of_words(rule: Rule, node: Node) -> Iterator[str]:
    atoms = codes(str(item.value) for item in items(node, "line_of", "atoms"))
    yield f"Looks for lines of at least {rule.min_atoms} of these labels and nothing else: {atoms}"
    if rule.need:
        yield f"One of them must be {codes(rule.need)}"


LINE_OF = Table(
    "line_of",
    {
        "atoms": Field(Many(Text()), "labels of which, and of nothing else, the line consists, glued or not", True),
        "need": Field(Many(Text()), "atoms of which at least one must be there (they need not stand in `atoms` again)"),
        "min_atoms": Field(Whole(1, 100), "how many atoms there must be at least (2)"),
    },
)

MATCHERS = {
    "regex": MatcherKind(
        Field(
            TextOrMany(),
            "a pattern, or a list of which one must match; a space is any white space, case does not count",
        ),
        _regex,
        _regex_words,
        needs_keywords=True,
    ),
    "phrases": MatcherKind(
        Field(Many(Text()), "fixed wordings; case, white space and line breaks do not count"), _phrases, _phrases_words
    ),
    "line_of": MatcherKind(
        Field(LINE_OF, "labels of which a line consists"), _line_of, _line_of_words, scopes=("line",), keeps=False
    ),
}
"""The ways to look for a text, by name."""
