"""Lint of patterns: can they run away, do they match nothing at all?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Literal

from cleaner.model import Example, Rule
from cleaner.rulebook.nodes import Node, child
from cleaner.rulebook.pattern import PatternError, faults
from cleaner.rulebook.patterns import patterns_of, ready

Found = Iterator[tuple[int, Literal["error", "warning"], str, str]]

PATIENCE = 0.5
"""Seconds of processor time a pattern gets for a text made to be hard for it."""
_DEADLINE = 8 * PATIENCE
"""Seconds by the clock after which a search is broken off, however busy the machine."""
_LENGTH = 2_000
_LONG_LINE = "a, B: c=1 " * 2_000
"""What is tried from each of its characters to its end takes minutes here."""
_LONG = "Divers recover a fiddle from the bed of the lake, and the museum wants it"
_LINES = ("x", "• An item", "The end of a sentence.", "12:30", "— — —", "「日本語」", "## Heading", "[a](b)", _LONG)
_FILLERS = ("a", "1", " ", "a ", "a, ", "-", ".")


def look(rule: Rule, node: Node, examples: Sequence[Example]) -> Found:
    """Findings in the patterns of one rule, those of its conditions too."""
    for pattern, _, keys in patterns_of(rule):
        line = child(node, *keys).line
        try:
            found = _faults(pattern)
        except PatternError as error:
            yield line, "error", "pattern", f"{rule.id}: bad pattern: {error}"
            continue
        for fault in found:
            yield line, "error", "pattern-slow", f"{rule.id}: {fault}"
        own = rule.matcher == "regex" and pattern == rule.patterns[0]
        if own and _empty(pattern, [example.text for example in examples]):
            message = f"{rule.id}: the pattern matches the empty string; at least one character must be needed"
            yield line, "error", "pattern-empty", message
        elif not own and _always(pattern):
            message = f"{rule.id}: the pattern is found in every line; take it out, or make it say something"
            yield line, "error", "pattern-empty", message
        if not found and _runs_away(pattern, rule, examples):
            message = f"{rule.id}: the pattern takes too long on a hard text; limit its repeats or alternatives"
            yield line, "error", "pattern-slow", message


@lru_cache(maxsize=4096)  # rules share patterns, in their conditions most of all
def _faults(pattern: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(faults(pattern)))


def _empty(pattern: str, texts: Iterable[str]) -> bool:
    compiled = ready(pattern, False)
    try:
        if compiled.search("", timeout=_DEADLINE):
            return True
        return any(not m[0] for text in texts for m in compiled.finditer(text, timeout=_DEADLINE))
    except TimeoutError:
        return False


def _always(pattern: str) -> bool:
    """Whether a pattern that is only looked for is found in lines of all kinds."""
    compiled = ready(pattern, False)
    try:
        return all(compiled.search(line, timeout=_DEADLINE) for line in _LINES)
    except TimeoutError:
        return False


def _runs_away(pattern: str, rule: Rule, examples: Sequence[Example]) -> bool:
    """Whether the pattern takes long on texts that begin like a match and never end it."""
    starts = rule.keywords[:2] if rule.matcher == "regex" else ()
    flat = (" ".join(example.text.split())[:-1] + " " for example in examples)
    beginnings = chain(
        (start + filler * _LENGTH for start in starts for filler in _FILLERS), (text * _LENGTH for text in flat)
    )
    compiled = ready(pattern, False)
    return _runs_away_alone(pattern) or any(_too_long(compiled, text[:_LENGTH]) for text in beginnings)


@lru_cache(maxsize=4096)
def _runs_away_alone(pattern: str) -> bool:
    """Whether it takes long on texts that are the same for every rule that has it."""
    compiled = ready(pattern, False)
    hard = chain(((filler * _LENGTH)[:_LENGTH] for filler in _FILLERS), [_LONG_LINE])
    return any(_too_long(compiled, text) for text in hard)


def _too_long(compiled: Any, text: str) -> bool:
    """Whether a search in a text takes long that ends in the middle of a match."""
    before = time.thread_time()
    try:
        compiled.search(text + "\n!", timeout=_DEADLINE)
    except TimeoutError:
        return True
    return time.thread_time() - before > PATIENCE
