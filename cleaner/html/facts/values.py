"""Values of attributes, of JSON and of elements as plain text."""

from __future__ import annotations

import html
import re

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html.tags import BLOCKS, SILENT

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|div|em|font|i|mark|p|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


def plain(value: object, limit: int) -> str | None:
    """What stands in an attribute or in JSON, without markup and invisible characters, entities decoded, white space
    collapsed.

    None for what is no string, for one without a letter or digit, and for one longer than `limit` characters.
    """
    if not isinstance(value, str) or len(value) > 4 * limit + 1000:
        return None
    if "&" in value:
        for _ in range(2):  # many systems escape what is escaped already
            value = _ENTITY.sub(lambda entity: html.unescape(entity[0]), value)
    if "<" in value:
        value = _TAG.sub(" ", value)
    return collapsed(value, limit)


def collapsed(value: str, limit: int) -> str | None:
    """`value` without invisible characters, white space collapsed; None as for `plain`."""
    value = " ".join(_UNSEEN.sub("", value).split())
    return value if len(value) <= limit and any(map(str.isalnum, value)) else None


def text(element: Element, limit: int) -> str | None:
    """The words of an element; None if it has none, or more than `limit` characters.

    The element is only looked at until that is known.
    """
    pieces: list[str] = []
    left = visits = 2 * limit + 200
    silent = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        visits -= 1
        if left < 0 or visits < 0:
            return None
        tag = node.tag if isinstance(node.tag, str) else ""
        hushed = tag in SILENT or tag == "svg"
        if event == "start":
            silent += hushed
            piece = node.text
        else:
            silent -= hushed
            piece = node.tail if node is not element else None
        if tag in BLOCKS or tag == "br":
            pieces.append(" ")
        if piece and not silent:
            if pieces and pieces[-1][-1:].islower() and piece[0].isupper():
                pieces.append(" ")  # two elements that only their style keeps apart
            pieces.append(piece)
            left -= 1 if piece.isspace() else len(piece)
    return collapsed("".join(pieces), limit)
