"""Formulas as TeX, and the lines of a code listing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

_DISPLAY = re.compile(
    r"(?:^|\s)(?:katex-display|MathJax_Display|mathjax-display|mwe-math-mathml-display|math-block)(?=\s|$)"
)
_SILENT = frozenset({"button", "style", "script"})
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def tex(element: Element) -> str:
    """The TeX of a ``math`` element, as its annotation or its ``alttext`` gives it; empty if neither does."""
    for annotation in element.iter("annotation", _MATHML + "annotation"):
        if "tex" in (annotation.get("encoding") or "").lower():
            return _bare("".join(annotation.itertext()))
    return _bare(element.get("alttext") or "")


def is_display(element: Element) -> bool:
    """Whether a formula stands on a line of its own."""
    if element.get("display") == "block" or "mode=display" in (element.get("type") or ""):
        return True
    around = element.getparent()
    for _ in range(4):
        if around is None:
            return False
        if _DISPLAY.search(around.get("class") or ""):
            return True
        around = around.getparent()
    return False


def script(element: Element) -> str:
    """The TeX of a MathJax ``script``; empty for any other script."""
    kind = element.get("type") or ""
    return _bare(element.text or "") if kind.startswith("math/tex") else ""


def _bare(text: str) -> str:
    text = " ".join(text.split())
    if text.startswith("{\\displaystyle") and text.endswith("}"):
        text = text[len("{\\displaystyle") : -1].strip()
    return text


def lines(element: Element) -> Iterator[str]:
    """The text of a code listing without its buttons, with a line break for each ``br``, row and block in it."""
    if element.text:
        yield element.text
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif type(child.tag) is str and child.tag not in _SILENT:
            yield from lines(child)
            if child.tag in ("div", "tr", "li"):
                yield "\n"
        if child.tail:
            yield child.tail
