"""Bare addresses in running text."""

from __future__ import annotations

import re

from cleaner.model import Span
from cleaner.read.spans import FILL

_URL = re.compile(rf"(?:[hH][tT]{{2}}[pP][sS]?://|[wW]{{3}}\.)[^\s<>\"`{FILL}]+")
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""An address whose scheme was left out: a host with a dot in it, and what may follow."""
_TRAILING = ".,;:!?'*_~|\\"
_MIN = 8  # characters; shorter is no address


def with_scheme(url: str | None) -> str | None:
    """An address as it is, or with ``https://`` before it if it has none."""
    return f"https://{url}" if url and _BARE.fullmatch(url) else url


def urls(text: str) -> list[Span]:
    """The spans of ``http(s)://…`` and ``www.…`` addresses, without the punctuation that follows them."""
    if "://" not in text and "www." not in text.lower():
        return []
    out: list[Span] = []
    for match in _URL.finditer(text):
        start = match.start()
        if start and text[start - 1].isalnum():
            continue
        url = match[0].rstrip(_TRAILING)
        for opening, closing in ("()", "[]", "{}"):
            if url.endswith(closing) and opening not in url:
                url = url[: url.index(closing)].rstrip(_TRAILING)
        if len(url) >= _MIN:
            out.append((start, start + len(url)))
    return out
