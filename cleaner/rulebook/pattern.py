"""The dialect of patterns in rules: a subset of `regex` that stays readable and cannot run away.

A space stands for any white space inside a block, a line break too, since the view leaves just one character there.
Back-references, named groups and global flags are refused, and `faults` finds what could backtrack without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MANY = 200
"""A repeat that may go beyond this count as unbounded."""
MAX_UNBOUNDED = 2
"""Unbounded repeats on one path through a pattern: each multiplies the work by the length of the line."""
WIDE = 10
"""A repeat whose count may differ by so much leaves many ways to match."""
PARTING = 3
"""So many fixed characters between two wide repeats part them."""
MAX_WAYS = 2_000_000
"""How many ways wide repeats that nothing parts may leave together."""
MAX_BRANCHING = 20
"""How often a group with alternatives may repeat."""

_GROUPS = ("(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:", "(?-i:")
LOOKS = frozenset({"(?=", "(?!", "(?<=", "(?<!"})
_FUZZY = re.compile(r"\d*[eids](?:$|[<,:+])|.*<=?[eids]")
_QUANTIFIERS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class PatternError(ValueError):
    """The pattern is outside of the dialect."""


@dataclass(slots=True)
class _Item:
    """An atom with its quantifier; a group has `branches`."""

    low: int = 1
    high: int | None = 1
    possessive: bool = False
    branches: list[list[_Item]] = field(default_factory=list)

    @property
    def unbounded(self) -> bool:
        return self.high is None or self.high > MANY

    @property
    def ways(self) -> int:
        """In how many ways the item's own repeat can end; 1 unless that is many."""
        if self.high is None or self.unbounded or self.possessive:
            return 1
        return self.high - self.low + 1 if self.high - self.low >= WIDE else 1


def expand(pattern: str) -> str:
    """Turn each space outside of a character class into `[ \\n]`."""
    return "".join("[ \\n]" if token == " " else token for token in tokens(pattern))


def faults(pattern: str) -> Iterator[str]:
    """Why the pattern could take more than polynomial time of a low degree; nothing if it cannot.

    Raises:
        PatternError: the pattern is outside of the dialect.
    """
    try:
        branches = _parse(tokens(pattern))
    except RecursionError:
        raise PatternError("groups are nested too deep") from None
    yield from _nested(branches)
    if max(map(_unbounded, branches)) > MAX_UNBOUNDED:
        yield f"more than {MAX_UNBOUNDED} unbounded repeats on one path; give them a limit, like .{{0,80}}"
    if max(map(_ways, branches)) > MAX_WAYS:
        yield "too many wide repeats on one path; lower their limits or leave one out"


def reach(pattern: str) -> int | None:
    """How many characters before and behind a stretch may matter to what is found in it; None if any number may.

    It is one character for the edge of a word or a line, and for what looks ahead or back as many as it has atoms,
    those without width included.
    """
    depth = looks = width = most = 0
    for token in tokens(pattern):
        if token.startswith("("):
            depth += 1
            if not looks and token in LOOKS:
                looks, width = depth, 0
        elif token == ")":
            if looks == depth:
                looks, most = 0, max(most, width)
            depth -= 1
        elif looks and (token[0] in "*+" or (token[0] == "{" and len(token) > 1)):
            return None
        elif looks:
            width += 1
    return most + 1


def _nested(branches: list[list[_Item]]) -> Iterator[str]:
    for item in (item for branch in branches for item in branch if item.branches):
        repeats = item.high is None or item.high > 1
        if repeats and not item.possessive and any(map(_unbounded, item.branches)):
            yield "a repeated group holds an unbounded repeat; limit the inner one, like \\w{1,30}"
        elif item.unbounded and not item.possessive:
            yield "an unbounded repeat of a group; limit it, like (?:…){0,10}"
        elif len(item.branches) > 1 and (item.high or 0) > MAX_BRANCHING and not item.possessive:
            yield f"a group with alternatives repeats more than {MAX_BRANCHING} times"
        elif item.high and item.high > WIDE / 2 and not item.possessive and any(map(_loose, item.branches)):
            yield "a repeated group of nothing but repeats; let each turn begin or end with something fixed"
        yield from _nested(item.branches)


def _loose(branch: list[_Item]) -> bool:
    return any(item.ways > 1 for item in branch) and all(item.low != item.high for item in branch)


def _ways(branch: list[_Item]) -> int:
    """In how many ways the wide repeats of a branch can end, together where no fixed text of some length parts them."""
    most = now = 1
    fixed = 0
    for item in branch:
        ways = item.ways * max(map(_ways, item.branches), default=1)
        if ways > 1:
            now, fixed = now * ways, 0
            most = max(most, now)
        else:
            fixed += _fixed(item)
            now = 1 if fixed >= PARTING else now
    return most


def _fixed(item: _Item) -> int:
    if not item.low:
        return 0
    return min((sum(map(_fixed, branch)) for branch in item.branches), default=1)


def _unbounded(branch: list[_Item]) -> int:
    return sum(item.unbounded + max(map(_unbounded, item.branches), default=0) for item in branch)


def _parse(tokens: Iterator[str], closing: bool = False) -> list[list[_Item]]:
    branches: list[list[_Item]] = [[]]
    for token in tokens:
        if token == ")":
            if not closing:
                raise PatternError("a closing parenthesis too many")
            return branches
        if token == "|":
            branches.append([])
        elif token.startswith("("):
            branches[-1].append(_Item(branches=_parse(tokens, closing=True), possessive=token == "(?>"))
        elif token[0] in "*+?" or (token[0] == "{" and len(token) > 1):
            _quantify(branches[-1], token)
        else:
            branches[-1].append(_Item())
    if closing:
        raise PatternError("a group is not closed")
    return branches


def _quantify(branch: list[_Item], token: str) -> None:
    if not branch:
        raise PatternError(f"nothing to repeat before {token!r}")
    item = branch[-1]
    bare = token if len(token) == 1 else token.rstrip("+?")
    if bare in _QUANTIFIERS:
        item.low, item.high = _QUANTIFIERS[bare]
    else:
        low, comma, high = bare[1:-1].partition(",")
        item.low = int(low or 0)
        item.high = item.low if not comma else int(high) if high else None
    item.possessive = item.possessive or (len(token) > 1 and token.endswith("+"))


def tokens(pattern: str) -> Iterator[str]:
    """Split into escapes, classes, group openings, quantifiers with their suffix, and single characters."""
    i = 0
    while i < len(pattern):
        end = _token_end(pattern, i)
        yield pattern[i:end]
        i = end


def _token_end(pattern: str, i: int) -> int:
    c = pattern[i]
    if c == "\\":
        return _escape_end(pattern, i)
    if c == "[":
        return _class_end(pattern, i)
    if c == "(":
        if not pattern.startswith("(?", i):
            return i + 1
        for group in _GROUPS:
            if pattern.startswith(group, i):
                return i + len(group)
        raise PatternError(f"{pattern[i : i + 4]!r} is not allowed; groups are {' '.join(_GROUPS)} and (")
    if c not in "*+?{":
        return i + 1
    end = _braces_end(pattern, i) if c == "{" else i + 1
    quantifies = c != "{" or end > i + 1
    return end + (quantifies and pattern[end : end + 1] in ("+", "?"))


def _braces_end(pattern: str, i: int) -> int:
    """The end of a repeat such as {2,3}; of the brace alone if it is a character like any other."""
    close = pattern.find("}", i)
    inside = pattern[i + 1 : close]
    if close >= 0 and len(inside) < 30 and _FUZZY.match(inside):
        raise PatternError(f"{{{inside}}} is not allowed; write a brace as \\{{")
    if close < 0 or not inside.replace(",", "", 1).isdigit():
        return i + 1
    if len(inside) > 9:
        raise PatternError(f"{{{inside[:9]}…}} repeats too often")
    return close + 1


def _escape_end(pattern: str, i: int) -> int:
    following = pattern[i + 1 : i + 2]
    if not following:
        raise PatternError("a backslash at the end")
    if following in "123456789gkGKLRX":
        raise PatternError(f"\\{following} is not allowed")
    if following in "pPN" and pattern.startswith("{", i + 2):
        return pattern.index("}", i) + 1 if "}" in pattern[i:] else len(pattern)
    return i + 2 + {"x": 2, "u": 4, "U": 8}.get(following, 0)


def _class_end(pattern: str, i: int) -> int:
    j = i + 2 if pattern.startswith("[^", i) else i + 1
    if pattern.startswith("]", j):
        j += 1
    while j < len(pattern) and pattern[j] != "]":
        j += 2 if pattern[j] == "\\" else 1
    if j >= len(pattern):
        raise PatternError("a character class is not closed")
    return j + 1
