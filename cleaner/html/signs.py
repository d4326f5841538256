"""What classes, styles and other attributes say about how an element is laid out, as bits of an integer.

`cleaner.html.attributes` reads them for whoever asks, and remembers what a class or a style says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.html.maths import ROLES

MATHS, LISTING, LINE, PERHAPS_LINE, NUMBERS = 1, 2, 4, 8, 16
"""Bits: it may be a formula; it may be a listing; it stands on lines of its own, by its style or as far as its class
says; it may hold the numbers of the lines of a listing."""
KEPT, TYPED, COLLAPSED, TABLE = 32, 64, 128, 256
"""It keeps the line breaks of its text, also in the letters of a typewriter; not so; it is called a table."""
RAISED, LOWERED, VERSES = 512, 1024, 2048
"""It stands above the line, or below it; it holds verses."""
STRONG, SLANTED, STRUCK = 4096, 8192, 16384
"""It is bold, italic, struck through."""
EMPHASIZED = STRONG | SLANTED | STRUCK
TITLE = 32768
"""It has the role of a heading, or is the title of a document of Word's."""

_EDITORS = (
    "syntaxhighlighter crayon-main crayon-pre CodeMirror-code CodeMirror-lines cm-content view-lines ace_text-layer "
    "enlighter-code enlighter doxygen-code fragment"
)
_GUTTERS = (
    "line-numbers line-numbers-wrapper line-number line-nums linenos lineno cm-gutters CodeMirror-gutters gutter "
    "ace_gutter margin-view-overlays pre-numbering code-snippet__line-index"
)
_BY_TOKEN = {
    **dict.fromkeys(ROLES, MATHS),
    **dict.fromkeys(_EDITORS.split(), LISTING),
    **dict.fromkeys(_GUTTERS.split(), NUMBERS),
    "MsoTitle": TITLE,
    **dict.fromkeys(["block", "d-block", "d-flex", "d-grid", "display-block", "ltx_bibblock"], PERHAPS_LINE),
}
_TABLE = re.compile(r"(?:^|\s)(?:[\w-]*[-_])?[a-z]{0,4}table(?=\s|$)", re.IGNORECASE)
_TABLE_STYLE = re.compile(r"display\s*:\s*table(?=\s|;|!|$)", re.IGNORECASE)
_VERSES = re.compile(
    r"(?:^|[\s_-])(?:poems?|poetry|verses?|stanzas?|lyrics?|strophe|linegroup|lg)(?=$|[\s_-])", re.IGNORECASE
)
_EMPHASIS = {
    STRONG: re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    SLANTED: re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
    STRUCK: re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE),
}
_LINE_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)(?=\s|;|!|$)", re.IGNORECASE)
_KEEPS_LINES = re.compile(
    r"white-space(?:-collapse)?\s*:\s*(?:pre(?:-wrap|-line|serve)?|break-spaces)(?![\w-])", re.IGNORECASE
)
_COLLAPSES = re.compile(r"white-space\s*:\s*(?:normal|nowrap)(?![\w-])", re.IGNORECASE)
_SHIFT = re.compile(r"vertical-align\s*:\s*(super|sub)(?![\w-])", re.IGNORECASE)
_TYPEWRITER = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_UTILITIES = frozenset(["whitespace-pre", "whitespace-pre-wrap", "whitespace-pre-line", "whitespace-break-spaces"])
"""Classes of Tailwind that keep line breaks."""
_KEEPS_SPACE = re.compile(r"white-space\s*:\s*pre(?=\s|;|!|$)", re.IGNORECASE)
_APART_STYLE = re.compile(
    r"display\s*:\s*(?:inline-(?:block|flex|grid|table)|table-cell)|(?:margin|padding)(?:-left|-right|-inline\S*)?\s*:"
    r"[^;]*[1-9]|(?<![\w-])gap\s*:\s*[1-9.]",
    re.IGNORECASE,
)


def by_class(names: str) -> int:
    """What the classes of an element say; 0: nothing."""
    found = 0
    tokens = names.split()
    for name in tokens:
        found |= _BY_TOKEN.get(name, 0)
    if _VERSES.search(names):
        found |= VERSES
    if _TABLE.search(names):
        found |= TABLE
    if "whitespace-" in names and not _UTILITIES.isdisjoint(tokens):
        found |= KEPT | TYPED if "font-mono" in tokens else KEPT
    return found


def by_style(style: str) -> int:
    """What the style of an element says."""
    found = LINE if "display" in style and _LINE_STYLE.search(style) else 0
    if "vertical-align" in style:
        found |= shifted(style)
    if "table" in style and _TABLE_STYLE.search(style):
        found |= TABLE
    if "font-" in style or "line-through" in style:
        found |= sum(bit for bit, says in _EMPHASIS.items() if says.search(style))
    if "white-space" not in style:
        return found
    if _COLLAPSES.search(style):
        return found | COLLAPSED
    return found | lines_kept(style) & KEPT | (LISTING if _KEEPS_SPACE.search(style) else 0)


def lines_kept(style: str) -> int:
    """Whether a style, or a rule of a style sheet, keeps line breaks, as bits."""
    if not _KEEPS_LINES.search(style):
        return 0
    return KEPT | TYPED if _TYPEWRITER.search(style) else KEPT


def shifted(style: str) -> int:
    """Whether a style, or a rule of a style sheet, moves text above the line or below it, as a bit."""
    found = _SHIFT.search(style)
    return 0 if found is None else RAISED if found[1].lower() == "super" else LOWERED


@lru_cache(maxsize=10_000)
def sets_apart(style: str) -> bool:
    """Whether a style leaves room beside an inline element."""
    return _APART_STYLE.search(style) is not None
