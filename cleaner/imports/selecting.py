"""Selectors of other tools as ours: what cannot be said in our part of CSS and XPath is refused with its reason."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import lxml.html
from lxml import etree

from cleaner.html.rules.selectors import NEVER
from cleaner.imports.taken import Refused
from cleaner.match.conditions import letters
from cleaner.rulebook import css, xpath
from cleaner.rulebook.selector import Compound, Selector, fits
from cleaner.rulebook.store import Store
from cleaner.tools.lint_selectors import too_common

KEPT = "<p>He went on with the story, and nobody in the harbour spoke of anything else that evening.</p>"
WORDS = "Some words that go."
_STRINGS = r"""(?:'([^']*)'|"([^"]*)")"""
_SPACE = r"(?:' '|\" \")"
_CLASS_WORD = re.compile(
    rf"contains\(\s*concat\(\s*{_SPACE}\s*,\s*(?:normalize-space\(\s*)?@(class|id)\s*\)?\s*,\s*{_SPACE}\s*\)\s*,"
    rf"\s*{_STRINGS}\s*\)"
)
_CONTAINS = re.compile(rf"contains\(\s*@([\w-]+)\s*,\s*{_STRINGS}\s*\)")
_STARTS = re.compile(rf"starts-with\(\s*@([\w-]+)\s*,\s*{_STRINGS}\s*\)")
_EQUALS = re.compile(rf"@([\w-]+)\s*=\s*{_STRINGS}")
_HAS = re.compile(r"@([\w-]+)")
_STEP = re.compile(r"(\*|[A-Za-z][\w-]*)((?:\[[^\[\]]*\])*)")
_TOKEN = re.compile(r"-?[A-Za-z_][\w-]*")


class _Settled(Refused):
    """It says nothing of what an element is, or nothing new, in whatever way it is written."""


@dataclass(frozen=True, slots=True)
class Selecting:
    """A selector in our form, and a piece of HTML in which it finds its element."""

    kind: str
    source: str
    example: str


def from_css(source: str, *, keep: bool = False) -> Selecting:
    """A selector of CSS; `keep`: of what stays.

    Raises:
        Refused: it says nothing of what an element is, cannot be said, or one of our rules has it.
    """
    source = " ".join(source.split())
    try:
        selector = css.parse(source)
    except css.BadSelector as error:
        raise Refused(str(error)) from None
    common = too_common(source)
    if common:
        raise _Settled(common)
    tag = selector[0][1][0]
    if tag in NEVER:
        raise Refused(f"<{tag}> is never taken")
    if not keep and selector in _shipped():
        raise _Settled("a rule that comes with cleaner has it")
    return _tried(Selecting("css", source, _example(selector)))


@cache
def _shipped() -> frozenset[Selector]:
    """The selectors of our own rules."""
    rules = (rule for pack in Store().packs() for rule in pack.rules)
    return frozenset(css.parse(source) for rule in rules if rule.matcher == "css" for source in rule.patterns)


def article_css(source: str) -> str:
    """A selector of CSS for what holds the article, which may say as little as `article`.

    Raises:
        Refused: it cannot be said.
    """
    source = " ".join(source.split())
    try:
        css.parse(source)
    except css.BadSelector as error:
        raise Refused(str(error)) from None
    return source


def from_xpath(source: str) -> list[Selecting]:
    """An expression of XPath as selectors of CSS, which are looked up, or as itself.

    Raises:
        Refused: as `from_css`.
    """
    return [one for part in _alternatives(source) for one in _from_path(part)]


def _from_path(source: str) -> list[Selecting]:
    try:
        return [from_css(selector) for selector in css_of(source)]
    except _Settled:
        raise
    except Refused as refused:
        return [_as_xpath(source, refused)]


def article_xpath(source: str) -> list[str]:
    """The same for what holds the article, of which there is only CSS."""
    return [article_css(selector) for part in _alternatives(source) for selector in css_of(part)]


def _as_xpath(source: str, refused: Refused) -> Selecting:
    try:
        xpath.literals(source)
    except css.BadSelector as error:
        raise Refused(str(error)) from None
    example = _xpath_example(source)
    if example is None:
        raise refused
    return _tried(Selecting("xpath", source, example))


def _alternatives(source: str) -> Iterator[str]:
    """The expressions of a union."""
    depth, start, quote = 0, 0, ""
    for at, char in enumerate(source):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "|" and depth == 0:
            yield source[start:at].strip()
            start = at + 1
    yield source[start:].strip()


def css_of(source: str) -> list[str]:
    """An expression as selectors of CSS.

    Parts of a class or an id are compared whole, which may find less and never more.

    Raises:
        Refused: there is something in it that CSS, or our part of it, cannot say.
    """
    if not source.startswith("//"):
        raise Refused("the expression must begin with //")
    selectors = [""]
    for number, step in enumerate(re.split(r"(?<!^)(//?)(?![^\[]*\])", source[2:])):
        if number % 2:
            selectors = [selector + (" > " if step == "/" else " ") for selector in selectors]
            continue
        match = _STEP.fullmatch(step.strip())
        if match is None:
            raise Refused("a step of the expression is more than a tag and conditions")
        tests = [""]
        for predicate in re.findall(r"\[([^\[\]]*)\]", match[2]):
            tests = [test + more for test in tests for more in _any_of(predicate)]
        tag = "" if match[1] == "*" else match[1]
        selectors = [selector + (tag + test or "*") for selector in selectors for test in tests]
    return selectors


def _any_of(predicate: str) -> list[str]:
    """What one of the alternatives of a predicate asks, as CSS."""
    return [_all_of(part) for part in re.split(r"\s+or\s+(?=(?:[^'\"]|'[^']*'|\"[^\"]*\")*$)", predicate.strip())]


def _all_of(text: str) -> str:
    return "".join(_test(part) for part in re.split(r"\s+and\s+(?=(?:[^'\"]|'[^']*'|\"[^\"]*\")*$)", text.strip()))


def _test(text: str) -> str:
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if match := _CLASS_WORD.fullmatch(text):
        return _named(match[1], (match[2] or match[3] or "").strip())
    if match := _EQUALS.fullmatch(text):
        return _named(match[1], _value(match))
    if match := _CONTAINS.fullmatch(text):
        if match[1] not in ("class", "id"):
            raise Refused(f"CSS here does not compare parts of {match[1]}")
        return _named(match[1], _value(match))
    if (match := _STARTS.fullmatch(text)) and match[1] != "class":
        return f'[{match[1]}^="{_inside(_value(match))}"]'
    if match := _HAS.fullmatch(text):
        return f"[{match[1]}]"
    raise Refused("a condition that is not about an attribute")


def _value(match: re.Match[str]) -> str:
    """The string of `_STRINGS`, whichever quotes it has."""
    return match[2] if match[2] is not None else match[3]


def _named(attribute: str, value: str) -> str:
    """An attribute with a value; of a class each of its names, and of a part of one the name that it would be."""
    if attribute not in ("class", "id"):
        return f'[{attribute}="{_inside(value)}"]'
    names = value.split()
    if not names or not all(map(_TOKEN.fullmatch, names)) or any(name[-1] in "-_" for name in names):
        raise Refused(f"a part of a {attribute} that is no name of its own")
    if attribute == "id" and len(names) > 1:
        raise Refused("an id with a space in it")
    return "".join(f"{'.' if attribute == 'class' else '#'}{name}" for name in names)


def _inside(value: str) -> str:
    if '"' in value or "\\" in value or not value.strip():
        raise Refused("a value with signs in it that a selector cannot have")
    return value


# --- examples -------------------------------------------------------------------------------------


def _example(selector: Selector) -> str:
    """A piece of HTML in which a selector finds the element with the words."""
    inner = _element(selector[0][1], WORDS)
    before = ""
    for combinator, compound in selector[1:]:
        if combinator == "+":
            before = _element(compound, "")
            inner = before + inner
        else:
            inner = _element(compound, inner)
    return _in_table(selector[-1][1][0], inner)


def _in_table(tag: str, inner: str) -> str:
    """A piece of HTML whose outermost element is `tag`, with the elements around it without which there is none."""
    if tag in ("td", "th"):
        return f"<table><tr>{inner}</tr></table>"
    return f"<table>{inner}</table>" if tag in ("tr", "tbody", "thead", "tfoot", "caption") else inner


def _element(compound: Compound, inner: str) -> str:
    tag, tests, _ = compound
    classes: list[str] = []
    attributes: dict[str, str] = {}
    for operator, name, value in tests:
        if name == "class":
            classes.append(value)
        elif operator == "has":
            attributes[name] = "x"
        else:
            attributes[name] = f"{value}x" if operator == "^=" else f"x{value}" if operator == "$=" else value
    if classes:
        attributes["class"] = " ".join(classes)
    tag = tag or "div"
    shown = "".join(f' {name}="{html.escape(value)}"' for name, value in sorted(attributes.items()))
    return f"<{tag}{shown}>{inner}</{tag}>"


def _xpath_example(source: str) -> str | None:
    """The same for an expression of plain steps and conditions on attributes and own texts."""
    steps = re.split(r"/(?![^\[]*\])", source.removeprefix("//"))
    inner = ""
    for step in reversed(steps):
        match = _STEP.fullmatch(step.strip())
        if match is None:
            return None
        attributes: dict[str, str] = {}
        text = ""
        for predicate in re.findall(r"\[([^\[\]]*)\]", match[2]):
            for found in (*_CONTAINS.finditer(predicate), *_STARTS.finditer(predicate), *_EQUALS.finditer(predicate)):
                attributes.setdefault(found[1], _value(found))
            words = re.search(rf"text\(\)\s*\)?\s*(?:=|,)\s*{_STRINGS}", predicate)
            text = (words[1] or words[2] or "") if words else text
        tag = "div" if match[1] == "*" else match[1]
        shown = "".join(f' {name}="{html.escape(value)}"' for name, value in sorted(attributes.items()))
        inner = f"<{tag}{shown}>{html.escape(text)}{inner or ('' if text else WORDS)}</{tag}>"
    return inner


def _tried(one: Selecting) -> Selecting:
    """The selector, if it finds the element of its example."""
    if not _finds(one):
        raise Refused("no example could be made for it")
    return one


def _finds(one: Selecting) -> bool:
    """Whether it finds all words of its example, and nothing in a plain paragraph."""
    page = lxml.html.document_fromstring(f"<html><body><div>{one.example}{KEPT}</div></body></html>")
    if one.kind == "css":
        selector = css.parse(one.source)
        found = [element for element in page.iter("*") if fits(selector, element)]
    else:
        found = list(etree.XPath(one.source)(page))
    words = "".join(" ".join(element.itertext()) for element in found)
    kept = lxml.html.fromstring(KEPT).text_content()
    left = len(letters(page.text_content())) - len(letters(words)) - len(letters(kept))
    return bool(letters(words)) and left <= 0 and kept not in words


def unique(found: Sequence[Selecting]) -> list[Selecting]:
    """Selectors without those that stand twice, whatever they are written like."""
    first: dict[object, Selecting] = {}
    for one in found:
        first.setdefault(css.parse(one.source) if one.kind == "css" else one.source, one)
    return list(first.values())
