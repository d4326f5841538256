"""What must stand in a text before a pattern can match it: words that a look at the text finds much faster.

A pattern that is tried says no most of the time, and a word that is missing says so for a hundredth of the price; it
need not even be compiled then.  Letters are looked for whatever their case, but for those for which `regex` takes a
third one, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.core import compiled
from cleaner.rulebook.pattern import LOOKS, PatternError, tokens

Words = tuple[str, ...]
Ways = tuple[tuple[Words, ...], ...]
"""One of the ways must be open: of each of its groups of words one must be there."""
OPEN: Ways = ((),)
"""Nothing must be there."""
_ODD = "ſıİᲀᲁᲂᲃᲄᲅᲆϐϑϕϖϰϱϵ\u0345\u1fbe"
"""Letters that `regex` may take for others than their lower case, and that hardly any text has: where one is, anything
may match."""
_UNSURE = frozenset(f"{_ODD}µμςσΐ\u1fd3ΰ\u1fe3ṡẛﬅﬆѣᲇꙋᲈ")
"""Lower-case letters of which `regex` takes others for the same that are not them in lower case and are not odd."""
_SPACES = frozenset({" ", "[ \\n]"})
_LITERAL_ESCAPES = frozenset(".,;:!?()[]{}|*+-/\\^$#&'\"<>@=%~_")


def needed(pattern: str) -> Ways:
    """The words that a match of a pattern must hold, in lower case, with spaces for line breaks."""
    try:
        ways = _ways(tokens(pattern))
    except (PatternError, ValueError, RecursionError):
        return OPEN
    return tuple(map(tuple, ways)) if all(ways) else OPEN


@compiled
def may_match(ways: Ways, text: str) -> bool:
    """Whether a pattern with these ways may match in a text."""
    if ways == OPEN or any(letter in text for letter in _ODD):
        return True
    flat = text.lower().replace("\n", " ")
    return any(all(any(word in flat for word in words) for words in groups) for groups in ways)


def _ways(rest: Iterator[str], closing: bool = False) -> list[list[Words]]:
    """The ways of a pattern or of a group, up to its end."""
    branches = [_Branch()]
    for token in rest:
        branch = branches[-1]
        if token == ")":
            if closing:
                break
            raise PatternError("a closing parenthesis too many")
        if token == "|":
            branches.append(_Branch())
        elif token.startswith("("):
            inside = _ways(rest, closing=True)
            branch.group([[]] if token in LOOKS else inside)
        elif token[0] in "*+?" or (token[0] == "{" and len(token) > 1):
            branch.repeat(token)
        else:
            branch.add(_literal(token))
    else:
        if closing:
            raise PatternError("a group is not closed")
    return [way for branch in branches for way in branch.ended()]


def _one_of(ways: list[list[Words]]) -> list[Words]:
    """Words of which one must be there whichever way is taken, if every way needs some."""
    if not all(ways):
        return []
    return [tuple(word for groups in ways for word in max(groups, key=lambda words: min(map(len, words))))]


def _literal(token: str) -> str:
    """The character that a token stands for; empty if there is more than one, or it is of no use."""
    if token in _SPACES:
        return " "
    if len(token) == 2 and token[0] == "\\" and token[1] in _LITERAL_ESCAPES:
        return token[1]
    if len(token) > 1 or token in ".^$\n":
        return ""
    low = token.lower()
    return low if len(low) == 1 and low not in _UNSURE else ""


class _Branch:
    """What one branch needs, so far."""

    def __init__(self) -> None:
        self._groups: list[Words] = []
        self._ways: list[list[Words]] = [[]]  # of the group that has most of them; of others only what all ways need
        self._word = ""
        self._last: list[list[Words]] | None = None  # of the group that stood last, which may be repeated

    def add(self, character: str) -> None:
        self._settle()
        if character:
            self._word += character
        else:
            self._end_word()

    def group(self, ways: list[list[Words]]) -> None:
        self._settle()
        self._end_word()
        self._last = ways

    def repeat(self, token: str) -> None:
        optional = token[0] in "*?" or (token[0] == "{" and not int(token[1:].partition("}")[0].partition(",")[0] or 0))
        if self._last is not None:
            if optional:
                self._last = None
            self._settle()
        elif optional:
            self._word = self._word[:-1]
        self._end_word()

    def ended(self) -> list[list[Words]]:
        self._settle()
        self._end_word()
        return [[*self._groups, *way] for way in self._ways]

    def _settle(self) -> None:
        ways, self._last = self._last, None
        if ways is None:
            return
        if len(ways) > len(self._ways):
            ways, self._ways = self._ways, ways
        self._groups += _one_of(ways)

    def _end_word(self) -> None:
        if len(self._word) > 1 or (not self._word.isalnum() and self._word.strip()):
            self._groups.append((self._word,))
        self._word = ""
