"""Code listings: which elements are one, its lines, and what stands in it and is no code (numbers, labels, buttons)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from cleaner.html import maths
from cleaner.html.blocks import Block
from cleaner.html.gutters import (
    LABELS,
    LEAST_LINES,
    MATHS,
    is_gutter,
    is_gutter_beside_code,
    is_line,
    numbered_rows,
    says,
)
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
_COPY = re.compile(
    r"(?:copy|copy code|copy to clipboard|copied!?|copy snippet|copy text|raw|wrap|toggle wrap|expand|view raw|run)",
    re.IGNORECASE,
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|table-row|list-item)", re.IGNORECASE)
_MARKED_LINE = "gatsby-highlight-code-line"
"""A line of its own, in a listing whose other lines only line breaks tell."""
_EMPTY_LINE = re.compile("[\u200b\ufeff\u2060]+(?=\n|$)")
_BLANK_HEAD = re.compile(r"\A(?:[ \t]*\n)+")
_FRAMES = 4  # elements around a listing whose head may be its label
_LABELS_ABOVE = 3  # blocks
_LABEL_SIZE = 40  # characters


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
    if is_gutter_beside_code(element):
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
        self._fresh = False  # an element has just begun a line
        self._lines = _lines_of(root)
        self._gutter = frozenset(row[0] for row in numbered_rows(root)) if root.tag == "table" else frozenset()
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
            if self._closed and not (self._fresh and "\n" not in text):
                text = text.partition("\n")[2] if self._exact else ""
        if not self._exact:
            text = text.replace("\xa0", " ")
        if text:
            self.out.append(text)
            self._closed = self._fresh = False

    def _visit(self, child: Element, tag: str) -> None:
        if tag == "br":
            self.out.append("\n")
        elif tag in _SILENT:
            if tag == "script" and (formula := maths.of_script(child)):
                self.out.append(formula.words)
        elif tag == "img":
            if formula := maths.of_image(child):
                self.out.append(formula.words)
        elif tag in _CONTROLS or child in self._gutter:
            self._label(child)
        elif tag in SCRIPTS:
            self._script(child, tag)
        else:
            told = says(child.items())
            if self._is_no_code(child, tag, told):
                self._label(child)
            elif (told & MATHS or tag in _FORMULAS) and (formula := _formula(child, tag)):
                self.out.append(formula.words)
            elif tag in _LINES or child in self._lines or child.get("class") == _MARKED_LINE:
                self._line(child)
            else:
                self.read(child)

    def _line(self, element: Element) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")
        before = len(self.out)
        self._fresh = True
        self.read(element)
        if len(self.out) > before:
            if not self.out[-1].endswith("\n"):
                self.out.append("\n")
        elif element in self._lines or element.tag in ("tr", "li") or is_line(element):
            self.out.append("\n")
        self._closed, self._fresh = True, False

    def _is_no_code(self, element: Element, tag: str, told: int) -> bool:
        if is_gutter(element, told):
            return True
        named = bool(told & LABELS)
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
    same = len({child.tag for child in children}) == 1 and len(children) >= LEAST_LINES
    if not same or (around.text or "").strip() or any((child.tail or "").strip() for child in children):
        return frozenset(blocks)
    lines = children[0].tag == "code" or all(is_line(child) for child in children)
    return frozenset(children if lines else blocks)


def label_above(element: Element, blocks: Sequence[Block]) -> str:
    """The language that a label directly above a listing names; the label, and buttons beside it, become asides."""
    found = ""
    head = _head(element)
    for block in reversed(blocks[-_LABELS_ABOVE:]):
        if block.element.tag == "textarea":
            continue  # the code once more, to be copied
        if head is None or block.kind not in ("paragraph", "control", "caption") or not _is_of(block, head):
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


def _is_of(block: Block, head: Element) -> bool:
    """Whether a block stands in the head of a listing, or is all of it."""
    if head.tag == "span" and block.text == " ".join("".join(head.itertext()).split()):
        return True
    return _is_in(block.element, head)


def _is_in(element: Element, head: Element) -> bool:
    while element is not None:
        if element is head:
            return True
        element = element.getparent()
    return False
