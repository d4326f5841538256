"""Front matter: the block of metadata that Markdown tools put before a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.model import Span

_MAX = 65536  # characters; a longer block is no front matter
_MAX_KEYS = 1000
_OPEN = re.compile("\ufeff?(---|\\+\\+\\+)[ \t]*(?:\r\n?|\n)")
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_KEY = re.compile(r"""["']?([A-Za-z_][\w .-]{0,60}?)["']?[ \t]*([:=])(?:[ \t]+|$|(?<==))(.*)""")
_COMMENT = re.compile(r"[ \t](?:#.*)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?")
_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_URL_KEYS = (
    *("source", "url", "source_url", "source-url", "sourceurl", "canonical_url", "canonical-url", "canonicalurl"),
    *("canonical", "original_url", "original", "page_url", "article_url", "web_url", "link", "permalink", "uri"),
)


_OWN_KEYS = frozenset({"canonical_url", "canonical-url", "canonicalurl", "canonical", "permalink", "link", "uri"})
"""Of these, those that may be the address of the text itself, as of somebody's own blog."""


def front_matter(text: str) -> tuple[Span | None, dict[str, str]]:
    """The front matter at the very start of `text` (a byte order mark may stand before it).

    Returns its span, which takes in the end of the closing line, and its top-level scalars with lower-cased keys and
    bare values; ``(None, {})`` when there is none.  A text that begins with a horizontal rule has none: what stands
    between the marks must be ``key: value`` lines (``key = value`` between ``+++``) and their indented children.
    """
    opening = _OPEN.match(text)
    if not opening:
        return None, {}
    toml = opening[1] == "+++"
    closing = ("+++",) if toml else ("---", "...")
    keys: dict[str, str] = {}
    seen = False
    at = opening.end()
    while at < len(text) and at < _MAX:
        match = _LINE.match(text, at)
        if match is None:
            break
        line, at = match[1], match.end()
        if line.rstrip(" \t") in closing:
            return ((0, at), keys) if seen else (None, {})
        if not line.strip() or line[0] in " \t#]}" or (line[0] == "[" and toml):
            continue
        if line[0] == "-" and seen and not toml:  # an item of a list under the last key
            continue
        key = _KEY.match(line)
        if not key or (key[2] == "=") != toml or len(keys) >= _MAX_KEYS:
            break
        seen = True
        value = _scalar(key[3])
        if value is not None:
            keys.setdefault(key[1].lower(), value)
    return None, {}


def url_of(front: Mapping[str, str]) -> str | None:
    """The address the front matter gives for the page, or None; only http and https addresses count."""
    for key in _URL_KEYS:
        match = _URL.fullmatch(front.get(key, ""))
        if match:
            return match[0]
    return None


def source_of(front: Mapping[str, str]) -> str | None:
    """The address of the page that a clipping says it is from, or None."""
    return url_of({key: value for key, value in front.items() if key not in _OWN_KEYS})


def _scalar(value: str) -> str | None:
    """The value without quotes and comment; None for what is not a scalar on this line."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        return value[1:end] if end > 0 else value[1:]
    if value[:1] in ("[", "{", "&", "*") or _BLOCK_SCALAR.fullmatch(value):
        return None
    return _COMMENT.split(value, maxsplit=1)[0].strip() or None
