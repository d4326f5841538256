"""What a record says of its document, under the names that notes use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from cleaner.result import Result

_NAMES = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("url", "link", "source", "source_url", "originalurl"), "url"),
    **dict.fromkeys(("author", "authors", "byline", "creator"), "author"),
    **dict.fromkeys(("published", "publishedat", "published_at", "date_published", "pubdate", "date"), "published"),
    **dict.fromkeys(("created", "savedat", "saved_at", "time_added", "timestamp"), "created"),
    **dict.fromkeys(("site", "site_name", "sitename"), "site"),
    **dict.fromkeys(("language", "lang"), "language"),
    **dict.fromkeys(("description", "excerpt"), "description"),
    **dict.fromkeys(("tags", "labels", "keywords"), "tags"),
}
"""What exports call a thing (in lower case), and what front matter does."""
_SECONDS = re.compile(r"\d{9,10}", re.ASCII)  # since 1970, for the years 1973 to 2286
_EMPTY: tuple[object, ...] = (None, "", [])


def front(stated: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """The fields of a record, those that notes know first; what the document says fills the gaps.

    Args:
        stated: the fields by their own names.  What is neither plain nor a list of plain values is left out.
    """
    known: dict[str, Any] = dict.fromkeys(_NAMES.values())
    other: dict[str, Any] = {}
    for name, value in stated.items():
        if value in _EMPTY or not _is_plain(value):
            continue
        common = _NAMES.get(name.lower())
        if common is None or known[common] is not None or (common == "url" and not is_address(value)):
            other[name] = value
        else:
            known[common] = _tags(value) if common == "tags" else _moment(value) if common == "created" else value
    page = result.metadata
    said = {
        "title": page.title,
        "url": result.url,
        "author": page.author,
        "published": page.published,
        "site": page.site,
        "language": page.language,
        "description": page.description,
    }
    known = {name: said.get(name) if value is None else value for name, value in known.items()}
    return {name: value for name, value in {**known, **other}.items() if value not in _EMPTY}


def is_address(value: object) -> bool:
    """Whether it is an address of the web; in a field called ``source`` there may be anything."""
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def _is_plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, (str, int, float)) for one in value)
    return isinstance(value, (str, int, float))


def _tags(value: Any) -> Any:
    """Tags as a list, which CSV has no form for: some write JSON, some ``a|b``, most ``a, b``."""
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            pass
    return [tag for part in value.split("|" if "|" in value else ",") if (tag := part.strip())]


def _moment(value: Any) -> Any:
    """Seconds since 1970 as ISO 8601; all else as it is."""
    if isinstance(value, bool) or not _SECONDS.fullmatch(str(value)):
        return value
    return datetime.fromtimestamp(int(value), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
