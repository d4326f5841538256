"""Which HTML in our Markdown is known to be ours and to do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLAIN = (
    "table|tr|td|th|p|ul|ol|li|pre|blockquote|dl|dt|dd|strong|em|del|mark|code|sup|sub|br|u|kbd|ins|small|ruby|rt|rp|rb"
)
_SPAN = r' (?:col|row)span="\d{1,5}"'
_ADDRESS = re.compile(r'(?:href|src)="([^"<>]*)"')
_TAG = re.compile(
    rf'<(?:/?(?:{_PLAIN})|t[dh](?:{_SPAN}){{1,2}}|/a|a href="[^"<>]*"|img src="[^"<>]*" alt="[^"<>]*"'
    r'|input class="task-list-item-checkbox"(?: checked="checked")? disabled="disabled" type="checkbox")>',
    re.IGNORECASE,
)


def is_harmless(html: str, is_safe: Callable[[str], bool]) -> bool:
    """Whether all tags in a stretch of HTML are plain ones, and all addresses safe."""
    return "<" not in _TAG.sub("", html) and all(map(is_safe, _ADDRESS.findall(html)))
