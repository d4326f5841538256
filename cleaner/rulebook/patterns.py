"""The patterns of rules, ready to be tried.

To compile one takes milliseconds, which a short run cannot afford for all that it tries.  So those of the shipped rules
come with the package, in the form in which `regex` pickles its patterns.  They count where the same version of `regex`
is installed; elsewhere, and for rules of one's own, a pattern is compiled when it is first tried.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copyreg import dispatch_table
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any
from zlib import compress, crc32, decompress

from cleaner.model import Pack, Rule
from cleaner.rulebook import cache
from cleaner.rulebook.needed import OPEN, Ways, needed
from cleaner.rulebook.pattern import reach

ENTRY = "patterns"
"""The name of the entry that comes with the package."""


def entry(packs: Iterable[Pack]) -> dict[str, Any]:
    """What is kept of all patterns of some packs; see `Known`."""
    import regex

    wanted = sorted({(one, case) for pack in packs for rule in pack.rules for one, case, _ in patterns_of(rule)})
    regex.purge()  # what was compiled before is in no order
    with _ordered():
        return {"version": regex.__version__, "patterns": {_key(*one): _packed(*one) for one in wanted}}


@contextmanager
def _ordered() -> Iterator[None]:
    """A ``with`` block in which the same patterns give the same codes.

    `regex` writes sets of nodes in the order of their hashes, which are made of addresses; here of what they say.
    """
    node: Any = import_module("regex._regex_core").RegexBase
    before = node.__hash__
    node.__hash__ = lambda its: crc32(_spelled(its, node).encode())
    try:
        yield
    finally:
        node.__hash__ = before


def _spelled(value: Any, node: Any) -> str:
    """A node, or a part of what makes it equal to others, as a text that says the same in every process."""
    if isinstance(value, node):
        value = value._key
    if isinstance(value, (tuple, list)):
        return f"({','.join(_spelled(one, node) for one in value)})"
    return value.__name__ if isinstance(value, type) else repr(value)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a pattern before it is tried.

    Attributes:
        ways: what must stand in a text for it to match there.
        reach: how many code points beyond its match it looks; None for any number.
        code: what `regex` makes it of, by the version that the package was built with; None: it is to be compiled.
    """

    ways: Ways
    reach: int | None
    code: Sequence[Any] | None = field(default=None, compare=False, repr=False)


@lru_cache(maxsize=4096)
def known(pattern: str, case_sensitive: bool) -> Known:
    """What is known of a pattern."""
    packed = _shipped()["patterns"].get(_key(pattern, case_sensitive))
    return _told(pattern) if packed is None else Known(*marshal.loads(decompress(packed)))


@lru_cache(maxsize=4096)
def ready(pattern: str, case_sensitive: bool) -> Any:
    """A pattern, compiled.

    Raises:
        regex.error, ValueError, LookupError, OverflowError, RecursionError: it is none.
    """
    import regex

    code = known(pattern, case_sensitive).code
    if code is None or _shipped()["version"] != regex.__version__:
        return _compiled(pattern, case_sensitive)
    make, _ = _pickled(regex.compile(""))
    return make(pattern, *code)


def _told(pattern: str) -> Known:
    """What a pattern tells itself; of what is none, nothing."""
    try:
        return Known(needed(pattern), reach(pattern))
    except ValueError:
        return Known(OPEN, None)


def _compiled(pattern: str, case_sensitive: bool) -> Any:
    import regex

    return regex.compile(pattern, regex.MULTILINE | (0 if case_sensitive else regex.IGNORECASE))


def _pickled(compiled: Any) -> tuple[Any, tuple[Any, ...]]:
    """The function that makes a compiled pattern, and what it is given, first of all the pattern."""
    pickled: tuple[Any, tuple[Any, ...]] = dispatch_table[type(compiled)](compiled)  # type: ignore[assignment]
    return pickled


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Any]:
    return cache.shipped(ENTRY) or {"patterns": {}}


def _key(pattern: str, case_sensitive: bool) -> str:
    return cache.digest(b"=" if case_sensitive else b"~", pattern.encode())


def _packed(pattern: str, case_sensitive: bool) -> bytes:
    told, (_, (_, *code)) = _told(pattern), _pickled(_compiled(pattern, case_sensitive))
    return compress(marshal.dumps((told.ways, told.reach, code), 2), 9)


def patterns_of(rule: Rule) -> Iterator[tuple[str, bool, tuple[str | int, ...]]]:
    """The patterns of a rule for text and of its conditions, whether case counts in them, and where they stand."""
    if rule.matcher == "regex":
        yield rule.patterns[0], rule.case_sensitive, ("regex",)
    if rule.section and rule.section.until:
        yield rule.section.until, False, ("section", "until")
    groups = [(("when",), rule.when), *((("unless", number), group) for number, group in enumerate(rule.unless))]
    for place, group in groups:
        for name, params in group.items():
            if isinstance(params, Mapping) and "regex" in params:
                yield params["regex"], False, (*place, name, "regex")
