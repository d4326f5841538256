"""What stands in a listing or beside it and is no code: the numbers of its lines, labels; and what is a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.etree import _Element as Element

from cleaner.html import maths

COUNTS, COUNTS_BY_NAME, LABELS, MATHS = 1, 2, 4, 8
"""Bits: it may hold numbers of lines, by its class too; it is a label; it may be a formula."""
_GUTTER = re.compile(
    r"(?:^|\s)(?:line-?num(?:ber)?s?(?:-rows|-wrapper)?|line\ number\d+|linenos?|linenodiv|lineno|lnt|ln|lnum|lnlinks"
    r"|gutter|rouge-gutter|hljs-ln-(?:numbers|n)|crayon-nums?|blob-num|code-gutter|cm-gutter\S*|CodeMirror-(?:linenumber|gutter\S*)"
    r"|react-syntax-highlighter-line-number|src-line-numbers|td-linenos|lntd|margin-view-overlays|ace_gutter\S*"
    r"|code__line-number|pre-numbering|code-snippet__line-index)(?=\s|$)",
    re.IGNORECASE,
)
_NO_SELECTION = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
_NUMBERS = re.compile(r"[\s\d.:|]*\d[\s\d.:|]*")
_LABEL = re.compile(
    r"(?:^|[\s_-])(?:copy|clipboard|copied|toolbar|code-?header|code-?title|lang(?:uage)?-?(?:label|name|tag|badge)"
    r"|code-?lang(?:uage)?|code-?label)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_LINE_CLASS = re.compile(r"(?:^|[\s_-])(?:line|row|cl)(?=[\s_-]|$)|(?:^|\s)\S*[Ll]ine(?=\s|$)")
_EDITED = frozenset({"cm-content", "ace_text-layer", "view-lines"})
"""Classes of what holds the lines of an editor."""
LEAST_LINES = 2
"""Of a listing that shows itself by its lines."""
_LONG = 9  # digits that number no line


def is_gutter(element: Element, told: int) -> bool:
    """Whether an element holds nothing but numbers of lines, or is there for them."""
    if not told & COUNTS:
        return False
    text = "".join(element.itertext())
    is_place = told & COUNTS_BY_NAME and element.tag in ("td", "th") and not text.strip()
    return _NUMBERS.fullmatch(text) is not None or bool(is_place)


def says(attributes: Iterable[tuple[str, str]]) -> int:
    """What the attributes of an element in a listing say, as bits."""
    found = 0
    for name, value in attributes:
        if name == "class":
            found |= _class_says(value)
        elif name == "data-line-number" or (name == "aria-hidden" and value == "true"):
            found |= COUNTS
        elif name == "style":
            if _NO_SELECTION.search(value):
                found |= COUNTS
        elif name in maths.TEX_ATTRIBUTES or name == "data-mathml":
            found |= MATHS
    return found


@lru_cache(maxsize=10_000)
def _class_says(names: str) -> int:
    found = COUNTS | COUNTS_BY_NAME if _GUTTER.search(names) else 0
    if _LABEL.search(names):
        found |= LABELS
    return found | MATHS if maths.role(names) else found


def is_gutter_beside_code(element: Element) -> bool:
    """Whether a listing is nothing but the numbers of the lines of the one behind it."""
    if len(element) > 1 and next(element.iter("code", "span", "div"), None) is None:
        return False
    text = "".join(element.itertext())
    if not _NUMBERS.fullmatch(text) or not _counts(text.split()):
        return False
    around: Element | None = element
    for _ in range(LEAST_LINES):
        if around is None:
            return False
        following = around.getnext()
        if following is not None and next(following.iter("pre", "code"), None) is not None:
            return True
        around = around.getparent()
    return False


def is_beside_code(element: Element) -> bool:
    """Whether an element named after numbers of lines holds nothing else, and stands beside a listing."""
    if not _NUMBERS.fullmatch("".join(element.itertext())) or next(element.iter("pre", "code"), None) is not None:
        return False
    around = element.getparent()
    if around is not None and around.get("class") == "margin":  # Monaco
        around = around.getparent()
    return around is not None and any(
        each.tag in ("pre", "code") or not _EDITED.isdisjoint((each.get("class") or "").split())
        for each in around.iterdescendants("pre", "code", "div")
    )


def _counts(numbers: list[str]) -> bool:
    """Whether these are consecutive numbers."""
    if len(numbers) < LEAST_LINES or not all(number.isdecimal() and len(number) < _LONG for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def numbered_rows(table: Element) -> list[list[Element]]:
    """The two cells of each row, if all have numbers or places for them in the first; else nothing."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if any(len(row) != LEAST_LINES for row in rows):
        return []
    named = all(is_gutter(row[0], says(row[0].items())) for row in rows)
    return rows if named or _is_numbered(rows) else []


def _is_numbered(cells: list[list[Element]]) -> bool:
    """Whether the numbers in the first column count lines of code in the second."""
    numbers: list[str] = []
    for first, second in cells:
        numbers += "".join(first.itertext()).split()
        if not numbers or next(second.iter("pre", "code"), None) is None:
            return False
    return _counts(numbers)


def is_line(element: Element) -> bool:
    if element.get("data-line") is not None or element.get("data-line-number") is not None:
        return True
    return _names_line(element.get("class") or "")


@lru_cache(maxsize=10_000)
def _names_line(names: str) -> bool:
    return _LINE_CLASS.search(names) is not None
