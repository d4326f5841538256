"""The part of XPath that rules may write: linear in the size of the page, and with a literal to look it up by.

An expression is ``//`` and steps, each with predicates on attributes, own text and children::

    //div[h3[normalize-space(text())='Related']]
    //section[@data-kind='promo' and not(@data-story)]/ul

There is no second ``//``, no sibling and no ancestor axis, and no string value of an element with all that is in it:
each of these makes some page cost the square of its size.
"""

from __future__ import annotations

import re

from lxml import etree

from cleaner.rulebook.css import BadSelector

MAX_LENGTH = 500
_FUNCTIONS = {"contains": 2, "starts-with": 2, "normalize-space": 1, "not": 1, "translate": 3, "string-length": 1}
_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*')|(?P<text>text\(\))|(?P<attribute>@[A-Za-z][\w-]*)|(?P<number>\d{1,9})
    |(?P<word>[A-Za-z][\w-]*)|(?P<mark>//|\.\.|!=|<=|>=|[/\[\]()=<>,*]))\s*""",
    re.VERBOSE,
)
_COMPARE = ("=", "!=", "<", ">", "<=", ">=")


def literals(source: str) -> tuple[str, ...]:
    """The literals of an expression, of which one must be on the page before it is tried.

    Raises:
        BadSelector: it is not in the part of XPath that rules may write.
    """
    if len(source) > MAX_LENGTH:
        raise BadSelector(f"longer than {MAX_LENGTH} characters")
    reader = _Reader(source)
    reader.path()
    found = tuple(dict.fromkeys(text for text in reader.literals if any(map(str.isalnum, text))))
    try:
        etree.XPath(source)
    except etree.XPathError as error:
        raise BadSelector(str(error)) from None
    if not found:
        raise BadSelector("there is no literal in it by which to look it up, such as a class or a wording")
    return found


class _Reader:
    """Goes through an expression token by token, and stops where it leaves the allowed part."""

    def __init__(self, source: str) -> None:
        self.literals: list[str] = []
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None or match.lastgroup is None:
                raise BadSelector(f"XPath here has no {source[at]!r}")
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._at = 0

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _takes(self, text: str) -> bool:
        kind, value = self._peek()
        found = kind in ("mark", "word") and value == text
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._takes(text):
            raise BadSelector(f"{text!r} is expected before {self._peek()[1] or 'the end'!r}")

    def path(self) -> None:
        self._expect("//")
        self._step(first=True)
        while self._takes("/"):
            if not self._takes(".."):
                self._step()
        if self._peek()[0] != "end":
            raise BadSelector(f"{self._peek()[1]!r} is not allowed here")

    def _step(self, *, first: bool = False) -> None:
        named = self._takes("*") or self._next()[0] == "word"
        if not named:
            raise BadSelector("a step is the name of a tag, or *")
        star = self._tokens[self._at - 1][1] == "*"
        if first and star and self._peek()[1] != "[":
            raise BadSelector("//* alone is every element")
        while self._takes("["):
            self._any_of()
            self._expect("]")

    def _any_of(self) -> None:
        self._all_of()
        while self._takes("or"):
            self._all_of()

    def _all_of(self) -> None:
        self._comparison()
        while self._takes("and"):
            self._comparison()

    def _comparison(self) -> None:
        element = self._value()
        if self._peek()[1] in _COMPARE and self._peek()[0] == "mark":
            self._next()
            if self._value() or element:
                raise BadSelector("an element is not compared whole; compare its text() or an attribute")

    def _value(self) -> bool:
        """One operand; whether it is an element."""
        kind, value = self._peek()
        if kind in ("text", "attribute", "number", "literal"):
            self._next()
            if kind == "literal":
                self.literals.append(value[1:-1])
            return False
        if self._takes("("):
            self._any_of()
            self._expect(")")
            return False
        if kind == "word" and self._tokens[self._at + 1 : self._at + 2] == [("mark", "(")]:
            self._next()
            self._call(value)
            return False
        self._step()
        while self._takes("/"):
            if self._peek()[0] in ("attribute", "text"):
                self._next()
                return False
            self._step()
        return True

    def _call(self, name: str) -> None:
        if name not in _FUNCTIONS:
            raise BadSelector(f"{name}() is not allowed; there are {', '.join(f'{known}()' for known in _FUNCTIONS)}")
        self._expect("(")
        for number in range(_FUNCTIONS[name]):
            if number:
                self._expect(",")
            if name == "not":
                self._any_of()
            elif self._value():
                raise BadSelector(f"{name}() takes text() or an attribute, not an element with all that is in it")
        self._expect(")")
