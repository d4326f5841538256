"""Which lines begin and end an HTML block in Markdown (CommonMark 0.31, section 4.6)."""

from __future__ import annotations

import re

from cleaner.late import late

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_RAW = late(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_RAW_END = late(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_BLOCK = late(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE)
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_ALONE = late(rf"<(?:[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?|/[A-Za-z][A-Za-z0-9-]*\s*)>\s*$")
_MAX_TAG = 2000  # characters; bounds the backtracking of `_ALONE`
_DELIMITED = (
    ("<!--", late("-->")),
    ("<![CDATA[", late(r"\]\]>")),
    ("<?", late(r"\?>")),
)
_DECLARATION = late(r"<![A-Za-z]")
_DECLARATION_END = late(">")


def html_start(line: str, in_paragraph: bool) -> tuple[bool, re.Pattern[str] | None]:
    """Whether `line` (without indentation and terminator, beginning with ``<``) begins an HTML block.

    The second value is what ends it, on the same line or later; None stands for a blank line.
    """
    if _RAW.match(line):
        return True, _RAW_END
    for opening, closing in _DELIMITED:
        if line.startswith(opening):
            return True, closing
    if _DECLARATION.match(line):
        return True, _DECLARATION_END
    if _BLOCK.match(line):
        return True, None
    return not in_paragraph and len(line) <= _MAX_TAG and bool(_ALONE.match(line)), None
