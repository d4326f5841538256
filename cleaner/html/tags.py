"""What the tags of HTML mean to a reader."""

from __future__ import annotations

from itertools import islice

from lxml.etree import _Element as Element

SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "meta",
        "link",
        "base",
        "iframe",
        "object",
        "applet",
        "param",
        "area",
        "map",
        "canvas",
        "audio",
        "video",
        "frame",
        "frameset",
        "noframes",
        "input",
        "rp",
        "datalist",
    ]
)
"""Elements without text of their own that a reader could see."""

BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dd",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "template",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "textarea",
        "button",
        "ul",
        "xmp",
        "listing",
    ]
)
"""Elements that begin on a line of their own."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
CODE = frozenset({"pre", "xmp", "listing"})
CELLS = frozenset({"td", "th"})
ROLES = {
    "caption": "caption",
    "rowgroup": "tbody",
    "row": "tr",
    "columnheader": "th",
    "rowheader": "th",
    "cell": "td",
    "gridcell": "td",
}
"""What elements of other tags are in a table that says by roles that it is one."""
CONTROLS = frozenset({"button", "select", "option", "textarea", "label", "optgroup", "legend"})

EMPHASIS = {
    "em": "*",
    "i": "*",
    "var": "*",
    "strong": "**",
    "b": "**",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
    "mark": "==",
}
"""Inline elements and the Markdown that stands for them."""

MONOSPACE = frozenset({"code", "kbd", "samp", "tt"})

_FEW = 8
"""Elements that are sooner asked one by one than lxml is told what to look for."""


def holds_block(element: Element) -> bool:
    """Whether a block stands somewhere in an element."""
    few = [one.tag for one in islice(element.iterdescendants(), _FEW)]
    if len(few) < _FEW or not BLOCKS.isdisjoint(few):
        return not BLOCKS.isdisjoint(few)
    return next(element.iterdescendants(*BLOCKS), None) is not None


def titled(element: Element, tag: str) -> str:
    """The tag of an element that has the role of a heading: of a heading of its level, if it holds no block.

    The title of a document of Word's is one of level one.
    """
    stated = "1" if "MsoTitle" in (element.get("class") or "") else (element.get("aria-level") or "2").strip()
    is_title = tag in ("div", "p", "section") and stated in ("1", "2", "3", "4", "5", "6") and not holds_block(element)
    return f"h{stated}" if is_title else tag
