"""Which elements are listings of code although they are no ``pre``."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from cleaner.html.gutters import LEAST_LINES, is_line, numbered_rows
from cleaner.html.tags import MONOSPACE

_CODE_STYLE = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_EDITORS = re.compile(
    r"(?:^|\s)(?:syntaxhighlighter|crayon-main|crayon-pre|CodeMirror-(?:code|lines)|cm-content|view-lines|ace_text-layer"
    r"|enlighter-code|enlighter|doxygen-code)(?=\s|$)"
)
_CODE_BLOCK = re.compile(r"(?:^|\s)(?:block|d-block|code-?block|hljs|highlight|prettyprint|sourceCode)(?=\s|$)")
_SAYS_CODE = re.compile(r"code|highlight|syntax|hljs|blob|source|chroma|rouge|snippet|listing", re.IGNORECASE)
_CODE_TABLE = re.compile(
    r"(?:^|\s)(?:lntable|highlighttable|rouge-table|hljs-ln|crayon-table|js-file-line-container|code-table|gist)(?=\s|$)"
)
_LINE = 90
"""Characters that a line of code seldom exceeds."""


def is_typed(element: Element) -> bool:
    """Whether an element that keeps its line breaks, in the letters of a typewriter, is a listing."""
    return next(element.iterdescendants("pre", "p", "li", "table"), None) is None and _has_lines(element)


def is_listing(element: Element, tag: str) -> bool:
    """Whether an element that is no ``pre`` is a listing all the same."""
    if tag in MONOSPACE:
        return _is_block_of_code(element)
    if tag == "table":
        return _is_table_of_code(element)
    names, style = element.get("class") or "", element.get("style") or ""
    if _EDITORS.search(names):
        lines = element.iter("pre", "textarea")
        return all("CodeMirror-line" in (line.get("class") or "") for line in lines) and _has_lines(element)
    if "fragment" in names.split():  # Doxygen
        return next(element.iterchildren("div"), None) is not None and all(map(is_line, element.iterchildren("div")))
    if "white-space" in style and "pre" in style and next(element.iter("pre"), None) is None:
        return (_CODE_STYLE.search(style) or _CODE_BLOCK.search(names)) is not None and _has_lines(element)
    return False


def _has_lines(element: Element) -> bool:
    return (
        "\n" in "".join(element.itertext()).strip()
        or len(element.findall(".//div")) + len(element.findall(".//pre")) + len(element.findall(".//br"))
        >= LEAST_LINES
    )


def _is_block_of_code(code: Element) -> bool:
    """Whether a ``code`` or the like outside of a ``pre`` has lines of its own and nothing beside it."""
    text = "".join(code.itertext()).strip()
    if "\n" not in text and next(code.iter("br", "div", "p"), None) is None:
        return False
    style = code.get("style") or ""
    if ("white-space" in style and "pre" in style) or _CODE_BLOCK.search(code.get("class") or ""):
        return True
    if code.tag != "code" and any(len(line.strip()) > _LINE for piece in code.itertext() for line in piece.split("\n")):
        return False  # prose in the letters of a typewriter
    before, around = code.getprevious(), code.getparent()
    beside = before.tail if before is not None else around.text if around is not None else ""
    if (beside or "").strip() or (code.tail or "").strip():
        return False
    others = [each for each in (before, code.getnext()) if each is not None]
    return all(
        each.tag in ("br", "p", "div", "ul", "ol", "pre", "table") or type(each.tag) is not str for each in others
    )


def _is_table_of_code(table: Element) -> bool:
    """Whether a table has one column of numbers, or of places for them, and one of code."""
    rows = list(table.iter("tr"))
    if not rows:
        return False
    if _CODE_TABLE.search(table.get("class") or ""):
        return True
    numbered = numbered_rows(table)
    return bool(numbered) and _says_code(table, numbered[0][1])


def _says_code(table: Element, cell: Element) -> bool:
    """Whether numbered lines are code, and no verses or rules."""
    if next(table.iter("pre", "code"), None) is not None:
        return True
    around = table.getparent()
    speakers = (table, cell, around, around.getparent() if around is not None else None)
    return any(_SAYS_CODE.search(each.get("class") or "") for each in speakers if each is not None)
