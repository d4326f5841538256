"""Code listings: which elements are one, its lines, and what stands in it and is no code (numbers, labels, buttons)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element as Element

from cleaner.html import maths
from cleaner.html.blocks import Block
from cleaner.html.languages import labelled, language
from cleaner.html.parts import ICON
from cleaner.html.scripts import TAGS as SCRIPTS
from cleaner.html.scripts import script

_LISTINGS = frozenset({"pre", "xmp", "listing"})
_SILENT = frozenset({"style", "script", "template"})
_LINES = frozenset({"div", "p", "li", "tr", "pre", "ol", "ul", "table", "figure", "section"})
_LAID_OUT = frozenset({"table", "tbody", "thead", "tr", "ol", "ul"})
_CONTROLS = frozenset({"button", "textarea"})
_FORMULAS = frozenset({*maths.MATH_TAGS, "mjx-container"})
_COUNTS, _COUNTS_BY_NAME, _LABELS, _MATHS = 1, 2, 4, 8
"""Bits: it may hold numbers of lines, by its class too; it is a label; it may be a formula."""
_GUTTER = re.compile(
    r"(?:^|\s)(?:line-?num(?:ber)?s?(?:-rows|-wrapper)?|line\ number\d+|linenos?|linenodiv|lineno|lnt|ln|lnum|lnlinks"
    r"|gutter|rouge-gutter|hljs-ln-(?:numbers|n|line)|crayon-nums?|blob-num|code-gutter|cm-gutter\S*|CodeMirror-(?:line|gutter)\S*"
    r"|react-syntax-highlighter-line-number|src-line-numbers|td-linenos|lntd|margin-view-overlays|ace_gutter\S*"
    r"|code__line-number)(?=\s|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|[\s_-])(?:copy|clipboard|copied|toolbar|code-?header|code-?title|lang(?:uage)?-?(?:label|name|tag|badge)"
    r"|code-?lang(?:uage)?|code-?label)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"(?:copy|copy code|copy to clipboard|copied!?|copy snippet|copy text|raw|wrap|toggle wrap|expand|view raw|run)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[\s\d.:|]*\d[\s\d.:|]*")
_LINE_CLASS = re.compile(r"(?:^|[\s_-])(?:line|row|cl)(?=[\s_-]|$)|(?:^|\s)\S*[Ll]ine(?=\s|$)")
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|table-row|list-item)", re.IGNORECASE)
_CODE_STYLE = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_NO_SELECTION = re.compile(r"user-select\s*:\s*none", re.IGNORECASE)
_EDITORS = re.compile(
    r"(?:^|\s)(?:syntaxhighlighter|crayon-main|crayon-pre|CodeMirror-(?:code|lines)|cm-content|view-lines|ace_text-layer"
    r"|enlighter-code|enlighter|doxygen-code)(?=\s|$)"
)
_CODE_BLOCK = re.compile(r"(?:^|\s)(?:block|d-block|code-?block|hljs|highlight|prettyprint|sourceCode)(?=\s|$)")
_SAYS_CODE = re.compile(r"code|highlight|syntax|hljs|blob|source|chroma|rouge|snippet|listing", re.IGNORECASE)
_CODE_TABLE = re.compile(
    r"(?:^|\s)(?:lntable|highlighttable|rouge-table|hljs-ln|crayon-table|js-file-line-container|code-table|gist)(?=\s|$)"
)
_EMPTY_LINE = re.compile("[\u200b\ufeff\u2060]+(?=\n|$)")
_BLANK_HEAD = re.compile(r"\A(?:[ \t]*\n)+")
_FRAMES = 4  # elements around a listing whose head may be its label
_LABELS_ABOVE = 3  # blocks
_LABEL_SIZE = 40  # characters
_LEAST_LINES = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """The code of a listing.

    Attributes:
        text: its lines, as they are.
        language: lower case; empty if the page does not say.
        labels: the words in it that are no code; empty if there are none.
    """

    text: str
    language: str
    labels: str


def listing(element: Element) -> Listing:
    """What a listing holds."""
    if _is_gutter_beside_code(element):
        return Listing("", "", " ".join("".join(element.itertext()).split()))
    reader = _Reader(element)
    reader.read(element)
    labels = " ".join(" ".join(reader.labels).split())
    return Listing(_tidied("".join(reader.out)), language(element) or reader.language, labels)


def _tidied(text: str) -> str:
    """Without blank lines at the ends, and without characters that only hold empty lines open."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _EMPTY_LINE.sub("", text) if "\u200b" in text or "\ufeff" in text or "\u2060" in text else text
    return _BLANK_HEAD.sub("", text).rstrip()


class _Reader:
    """Reads the lines of one listing."""

    def __init__(self, root: Element) -> None:
        self.out: list[str] = []
        self.labels: list[str] = []
        self.language = ""
        self._exact = root.tag in _LISTINGS  # else its white space is that of HTML, and its indents do not break
        self._closed = False  # the last line was ended by its element
        self._lines = _lines_of(root)
        self._gutter = frozenset(row[0] for row in _numbered_rows(root)) if root.tag == "table" else frozenset()
        self._root = root

    def read(self, element: Element) -> None:
        """Read what is in an element."""
        laid_out = element.tag in _LAID_OUT
        if element.text:
            self._text(element.text, laid_out)
        for child in element:
            tag = child.tag
            if type(tag) is str:
                self._visit(child, tag)
            if child.tail:
                self._text(child.tail, laid_out)

    def _text(self, text: str, laid_out: bool) -> None:
        if text.isspace():
            if laid_out:
                return
            if self._closed:
                text = text.partition("\n")[2] if self._exact else ""
        if not self._exact:
            text = text.replace("\xa0", " ")
        if text:
            self.out.append(text)
            self._closed = False

    def _visit(self, child: Element, tag: str) -> None:
        if tag == "br":
            self.out.append("\n")
        elif tag in _SILENT:
            return
        elif tag in _CONTROLS or child in self._gutter:
            self._label(child)
        elif tag in SCRIPTS:
            self._script(child, tag)
        else:
            says = _says(child.items())
            if self._is_no_code(child, tag, says):
                self._label(child)
            elif (says & _MATHS or tag in _FORMULAS) and (formula := _formula(child, tag)):
                self.out.append(formula.words)
            elif tag in _LINES or child in self._lines:
                self._line(child)
            else:
                self.read(child)

    def _line(self, element: Element) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")
        before = len(self.out)
        self.read(element)
        if len(self.out) > before:
            if not self.out[-1].endswith("\n"):
                self.out.append("\n")
        elif element in self._lines or element.tag in ("tr", "li") or _is_line(element):
            self.out.append("\n")
        self._closed = True

    def _is_no_code(self, element: Element, tag: str, says: int) -> bool:
        if says & _COUNTS and _is_gutter(element, says):
            return True
        named = bool(says & _LABELS)
        if tag in ("td", "th", "pre", "code") or not (named or tag in ("div", "header")):
            return False
        words = [text.strip() for text in element.itertext() if text.strip()]
        if not words or sum(map(len, words)) > _LABEL_SIZE:
            return False
        return named or (not self._has_code() and all(map(_is_label, words)))

    def _has_code(self) -> bool:
        return any(not piece.isspace() for piece in self.out)

    def _label(self, element: Element) -> None:
        for text in element.itertext():
            if text.strip():
                self.labels.append(text)
                self.language = self.language or labelled(text) or ""

    def _script(self, element: Element, tag: str) -> None:
        words = "".join(element.itertext())
        before = "".join(self.out[-2:]).rpartition("\n")[2]
        found = script(tag, words, before, linked=False)
        self.out.append(found.opening)
        self.read(element)
        self.out.append(found.closing)


def _is_label(words: str) -> bool:
    return _COPY.fullmatch(words) is not None or labelled(words) is not None


def _formula(element: Element, tag: str) -> maths.Formula | None:
    return maths.of_mathml(element) if tag in maths.MATH_TAGS else maths.of_element(element)


def _is_gutter(element: Element, says: int) -> bool:
    """Whether an element holds nothing but numbers of lines, or is there for them."""
    if not says & _COUNTS:
        return False
    text = "".join(element.itertext())
    is_place = says & _COUNTS_BY_NAME and element.tag in ("td", "th") and not text.strip()
    return _NUMBERS.fullmatch(text) is not None or bool(is_place)


def _says(attributes: Iterable[tuple[str, str]]) -> int:
    """What the attributes of an element in a listing say, as bits."""
    found = 0
    for name, value in attributes:
        if name == "class":
            found |= _class_says(value)
        elif name == "data-line-number" or (name == "aria-hidden" and value == "true"):
            found |= _COUNTS
        elif name == "style":
            if _NO_SELECTION.search(value):
                found |= _COUNTS
        elif name in maths.TEX_ATTRIBUTES or name == "data-mathml":
            found |= _MATHS
    return found


@lru_cache(maxsize=10_000)
def _class_says(names: str) -> int:
    found = _COUNTS | _COUNTS_BY_NAME if _GUTTER.search(names) else 0
    if _LABEL.search(names):
        found |= _LABELS
    return found | _MATHS if maths.role(names) else found


def _is_gutter_beside_code(element: Element) -> bool:
    """Whether a listing is nothing but the numbers of the lines of the one behind it."""
    if len(element) > 1 and next(element.iter("code", "span", "div"), None) is None:
        return False
    text = "".join(element.itertext())
    if not _NUMBERS.fullmatch(text) or not _counts(text.split()):
        return False
    around: Element | None = element
    for _ in range(_LEAST_LINES):
        if around is None:
            return False
        following = around.getnext()
        if following is not None and next(following.iter("pre", "code"), None) is not None:
            return True
        around = around.getparent()
    return False


def _counts(numbers: list[str]) -> bool:
    """Whether these are consecutive numbers."""
    if len(numbers) < _LEAST_LINES or not all(number.isdecimal() and len(number) < _LABEL_SIZE for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def _lines_of(root: Element) -> frozenset[Element]:
    """The inline elements of a listing that are a line each, where no line break says so."""
    text = "".join(root.itertext())
    if "\n" in text.strip():
        return frozenset()
    blocks = {child for child in root.iter("span", "code") if _BLOCK_STYLE.search(child.get("style") or "")}
    if next(root.iter("br", "div", "tr", "li", "p"), None) is not None:
        return frozenset(blocks)
    around = root
    while len(around) == 1 and not (around.text or "").strip() and not (around[0].tail or "").strip():
        around = around[0]
    children = [child for child in around if type(child.tag) is str and child.tag != "button"]
    same = len({child.tag for child in children}) == 1 and len(children) >= _LEAST_LINES
    if not same or (around.text or "").strip() or any((child.tail or "").strip() for child in children):
        return frozenset(blocks)
    lines = children[0].tag == "code" or all(_is_line(child) for child in children)
    return frozenset(children if lines else blocks)


def _is_line(element: Element) -> bool:
    if element.get("data-line") is not None or element.get("data-line-number") is not None:
        return True
    return _names_line(element.get("class") or "")


@lru_cache(maxsize=10_000)
def _names_line(names: str) -> bool:
    return _LINE_CLASS.search(names) is not None


def label_above(element: Element, blocks: Sequence[Block]) -> str:
    """The language that a label directly above a listing names; the label, and buttons beside it, become asides."""
    found = ""
    head = _head(element)
    for block in reversed(blocks[-_LABELS_ABOVE:]):
        if head is None or block.kind not in ("paragraph", "control", "caption") or not _is_in(block.element, head):
            return found
        names = labelled(block.text)
        if names is None and not _COPY.fullmatch(block.text) and not block.icons:
            return found
        found = found or names or ""
        if not block.icons:
            block.parts = [(ICON, ""), *block.parts, (-ICON, "")]
            block.icons = len(block.text.replace(" ", ""))
    return found


def _head(element: Element) -> Element | None:
    """What stands directly before a listing, in the element that only frames it."""
    around: Element | None = element
    for _ in range(_FRAMES):
        if around is None:
            return None
        before = around.getprevious()
        if before is not None:
            return before if before.tag in ("div", "span", "header", "button", "small", "figcaption") else None
        around = around.getparent()
    return None


def _is_in(element: Element, head: Element) -> bool:
    while element is not None:
        if element is head:
            return True
        element = element.getparent()
    return False


# --- which elements are listings ----------------------------------------------------------------


def is_listing(element: Element, tag: str) -> bool:
    """Whether an element that is no ``pre`` is a listing all the same."""
    if tag == "code":
        return _is_block_of_code(element)
    if tag == "table":
        return _is_table_of_code(element)
    names, style = element.get("class") or "", element.get("style") or ""
    if _EDITORS.search(names):
        return next(element.iter("pre", "textarea"), None) is None and _has_lines(element)
    if "fragment" in names.split():  # Doxygen
        return next(element.iterchildren("div"), None) is not None and all(map(_is_line, element.iterchildren("div")))
    if "white-space" in style and "pre" in style and next(element.iter("pre"), None) is None:
        return (_CODE_STYLE.search(style) or _CODE_BLOCK.search(names)) is not None and _has_lines(element)
    return False


def _has_lines(element: Element) -> bool:
    return (
        "\n" in "".join(element.itertext()).strip()
        or len(element.findall(".//div")) + len(element.findall(".//br")) >= _LEAST_LINES
    )


def _is_block_of_code(code: Element) -> bool:
    """Whether a ``code`` outside of a ``pre`` has lines of its own and nothing beside it."""
    text = "".join(code.itertext()).strip()
    if "\n" not in text and next(code.iter("br", "div", "p"), None) is None:
        return False
    style = code.get("style") or ""
    if ("white-space" in style and "pre" in style) or _CODE_BLOCK.search(code.get("class") or ""):
        return True
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
    numbered = _numbered_rows(table)
    return bool(numbered) and _says_code(table, numbered[0][1])


def _numbered_rows(table: Element) -> list[list[Element]]:
    """The two cells of each row, if all have numbers or places for them in the first; else nothing."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if any(len(row) != _LEAST_LINES for row in rows):
        return []
    named = all(_is_gutter(row[0], _says(row[0].items())) for row in rows)
    return rows if named or _is_numbered(rows) else []


def _says_code(table: Element, cell: Element) -> bool:
    """Whether numbered lines are code, and no verses or rules."""
    if next(table.iter("pre", "code"), None) is not None:
        return True
    around = table.getparent()
    speakers = (table, cell, around, around.getparent() if around is not None else None)
    return any(_SAYS_CODE.search(each.get("class") or "") for each in speakers if each is not None)


def _is_numbered(cells: list[list[Element]]) -> bool:
    """Whether the numbers in the first column count lines of code in the second."""
    numbers: list[str] = []
    for first, second in cells:
        numbers += "".join(first.itertext()).split()
        if not numbers or next(second.iter("pre", "code"), None) is None:
            return False
    return _counts(numbers)
