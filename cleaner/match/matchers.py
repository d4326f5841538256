"""The three ways a rule finds its text in a view: phrases, a regex, and lines made of known labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import category

from cleaner.core import compiled
from cleaner.errors import CleanerError
from cleaner.model import Rule
from cleaner.remember import of_short_texts
from cleaner.rulebook import patterns
from cleaner.rulebook.needed import may_match
from cleaner.view import Span, View

if TYPE_CHECKING:
    from array import array

TIMEOUT = 1.0
"""Seconds of its own thread one search may take: the last line of defence behind the lint of the patterns."""
_REMEMBERED = 2_000
"""Characters of a text of which it is remembered what was found in it, since memory must have a bound."""
_T = TypeVar("_T")


class RuleFault(Exception):
    """A rule that cannot be used on a text, and why; it is left out."""

    def __init__(self, rule: Rule, why: str) -> None:
        super().__init__(f"rule {rule.id} {why}")
        self.rule = rule


@contextmanager
def faults_of(rule: Rule) -> Iterator[None]:
    """A ``with`` block whose errors are faults of a rule.

    Raises:
        RuleFault: for any error that nobody foresaw.
    """
    try:
        yield
    except (RuleFault, CleanerError, MemoryError):
        raise
    except Exception as error:
        raise RuleFault(rule, f"failed ({type(error).__name__})") from error


def in_time(rule: Rule, look: Callable[[float], _T]) -> _T:
    """What `look` finds, which is told how many seconds it may take.

    The time-out of `regex` counts what all threads of the process take.  So a look that ran into it is taken again,
    with the clock of this thread beside it, and with more time until this thread alone took `TIMEOUT`.  That clock is
    not asked before: a look takes microseconds, and so does the clock.

    Raises:
        RuleFault: it took too long.
    """
    try:
        return look(TIMEOUT)
    except TimeoutError:
        started, allowed = thread_time(), TIMEOUT
    while True:
        try:
            return look(allowed)
        except TimeoutError:  # noqa: PERF203 – there is no other way to ask
            if thread_time() - started >= 0.9 * TIMEOUT:  # the two clocks differ a little
                raise RuleFault(rule, "took too long") from None
            allowed *= 2


def pattern_in(rule: Rule, pattern: str, text: str) -> bool:
    """Whether a pattern of a rule's conditions is found in a text.

    Raises:
        RuleFault: it takes too long, or is no pattern.
    """
    return _is_in(text, rule, pattern)


@of_short_texts(2048, most=_REMEMBERED)  # what stands around a hit does so in the next round, too
def _is_in(text: str, rule: Rule, pattern: str) -> bool:
    if not may_match(patterns.known(pattern, False).ways, text):
        return False
    compiled = _of(rule, pattern, False)
    return in_time(rule, lambda allowed: compiled.search(text, timeout=allowed) is not None)


class Matcher:
    """Finds where a rule matches.

    Attributes:
        is_its_keywords: the keywords that were found are the matches, if they fit; nothing else is looked at.
        stays_in_line: it is only tried on the line of a keyword, not on those around it.
    """

    __slots__ = ("rule",)
    is_its_keywords = False
    stays_in_line = False

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @staticmethod
    def of(rule: Rule) -> Matcher:
        """The matcher a rule asks for."""
        return _MATCHERS[rule.matcher](rule)

    def fitting(self, view: View, hits: array[int]) -> list[Span]:
        """Which of the places of a keyword, given as starts and ends in turn, are matches by themselves."""
        return []

    def find(self, view: View, start: int, end: int) -> Iterator[Span]:
        """The matches in `start:end`, which begins and ends at line ends or inside a long line."""
        return iter(())


class Phrases(Matcher):
    """Fixed wordings.  The automaton has found them; what is left to ask is whether they are words of their own."""

    __slots__ = ()
    is_its_keywords = True

    def fitting(self, view: View, hits: array[int]) -> list[Span]:
        return fitting(view.text, hits)


class Regex(Matcher):
    """A pattern of the dialect in `rulebook.pattern`, which is compiled when it is first tried."""

    __slots__ = ("_known",)

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule)
        self._known = patterns.known(rule.patterns[0], rule.case_sensitive)

    def find(self, view: View, start: int, end: int) -> Iterator[Span]:
        if self._known.reach is None or end - start > _REMEMBERED:
            return iter(self.spans(view.text, start, end))
        # What is found depends on nothing but this piece, which is the same in the next round.
        first = max(0, start - self._known.reach)
        found = _spans(self, view.text[first : end + self._known.reach], start - first, end - first)
        return ((first + one, first + other) for one, other in found)

    def spans(self, text: str, start: int, end: int) -> list[Span]:
        """Where the pattern matches in `start:end` of a text."""

        if not may_match(self._known.ways, text[start:end]):
            return []
        compiled = _of(self.rule, self.rule.patterns[0], self.rule.case_sensitive)

        def look(allowed: float) -> list[Span]:
            found = compiled.finditer(text, start, end, timeout=allowed)
            return [m.span() for m in found if m.end() > m.start()]

        return in_time(self.rule, look)


@lru_cache(maxsize=8192)
def _spans(matcher: Regex, piece: str, start: int, end: int) -> Sequence[Span]:
    return matcher.spans(piece, start, end)


class LineOf(Matcher):
    """A line that consists of known labels and nothing else, glued or not: ``Icon FacebookIcon Mail``."""

    __slots__ = ("_atoms", "_need")
    stays_in_line = True

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule)
        self._need = frozenset(rule.need)
        self._atoms: dict[str, list[str]] = {}
        for atom in sorted(rule.patterns, key=len, reverse=True):
            self._atoms.setdefault(atom[0], []).append(atom)

    def find(self, view: View, start: int, end: int) -> Iterator[Span]:
        atoms = self._tiling(view.folded(start, end))
        if len(atoms) >= self.rule.min_atoms and (not self._need or not self._need.isdisjoint(atoms)):
            yield start, end

    def _tiling(self, line: str) -> list[str]:
        """The atoms the whole line is made of, longest first where there is a choice; empty if it cannot be."""
        came_from: dict[int, tuple[int, str]] = {0: (-1, "")}
        for at in range(len(line)):
            if at not in came_from:
                continue
            if not line[at].isalnum():
                came_from.setdefault(at + 1, (at, ""))
            for atom in self._atoms.get(line[at], ()):
                if line.startswith(atom, at):
                    came_from.setdefault(at + len(atom), (at, atom))
        if len(line) not in came_from:
            return []
        atoms: list[str] = []
        at = len(line)
        while at > 0:
            at, atom = came_from[at]
            if atom:
                atoms.append(atom)
        return atoms


_MATCHERS: dict[str, type[Matcher]] = {"regex": Regex, "phrases": Phrases, "line_of": LineOf}


@compiled
def word_edge(text: str, at: int) -> bool:
    """Whether a phrase may begin or end at `at`: no letters run through it, unless glued there by a change of case
    (``this monthThis is``) or in a script that writes no spaces."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (_in_word(before) and _in_word(after)):
        return True
    if before.isdigit() != after.isdigit():
        return False
    return (after.isupper() and not before.isupper()) or _caseless(before) or _caseless(after)


@compiled
def fitting(text: str, hits: array[int]) -> list[Span]:
    """Those of some places that begin and end where a phrase may, within one block.

    Args:
        hits: starts and ends of the places in turn.
    """
    return [
        (start, end)
        for start, end in zip(hits[::2], hits[1::2], strict=True)
        if word_edge(text, start) and word_edge(text, end) and "\n\n" not in text[start:end]
    ]


def _in_word(c: str) -> bool:
    """Whether a character is a letter, a digit, or a vowel sign of the scripts of India and beyond."""
    return c.isalnum() or ("\u0900" <= c <= "\u109f" and category(c)[0] == "M")


def _caseless(c: str) -> bool:
    return c > "\u0e00" and c.isalpha() and c.lower() == c.upper()


def _of(rule: Rule, pattern: str, case_sensitive: bool) -> Any:
    import regex

    try:
        return patterns.ready(pattern, case_sensitive)
    except (regex.error, ValueError, LookupError, OverflowError, RecursionError):
        raise RuleFault(rule, "has a pattern that cannot be compiled") from None
