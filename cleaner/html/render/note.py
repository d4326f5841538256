"""Front matter for a note made of a page, as Obsidian's Web Clipper writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from cleaner.html.facts.names import several
from cleaner.model import Metadata

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML does not take, or takes for a line break."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)
_NO_LINK = frozenset("[]|#^")
"""What has a meaning of its own inside a wikilink."""


def front_matter(metadata: Metadata, *, created: str | None = None, tags: Sequence[str] = ()) -> str:
    """The YAML block that a Markdown note begins with, a blank line after it; empty if there is nothing to say.

    The keys are those of the clipper's default template, in its order (``title``, ``source``, ``author``,
    ``published``, ``created``, ``description``, ``tags``), and ``site`` and ``language``.  Each author is a wikilink.
    Dates are days, without quotes, as the clipper's type *date* is; all else is in double quotes, so that any YAML
    reader gives back the same strings.  What is empty is left out.

    Args:
        created: when the clipping was made, ISO 8601; not written if None.
        tags: tags for the note, without ``#``.
    """
    lines = [
        *_scalar("title", metadata.title),
        *_scalar("source", metadata.url),
        *_list("author", [_link(name) for name in several(metadata.author or "")]),
        *_date("published", metadata.published),
        *_date("created", created),
        *_scalar("site", metadata.site),
        *_scalar("language", metadata.language),
        *_scalar("description", metadata.description),
        *_list("tags", [tag for tag in tags if tag]),
    ]
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def block(fields: Mapping[str, object]) -> str:
    """A YAML block of any fields, in their order: strings in double quotes, lists of them, numbers, truth values."""
    lines: list[str] = []
    for key, value in fields.items():
        if isinstance(value, (list, tuple)):
            lines += _list(key, [str(one) for one in value])
        elif isinstance(value, str):
            lines += _scalar(key, value)
        elif value is not None:
            lines.append(f"{key}: {json.dumps(value)}")
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def _scalar(key: str, value: str | None) -> list[str]:
    return [f"{key}: {_quoted(value)}"] if value else []


def _list(key: str, values: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"  - {_quoted(value)}" for value in values)] if values else []


def _date(key: str, value: str | None) -> list[str]:
    """A day without quotes; what is no day stays a string."""
    match = _DAY.fullmatch(value or "")
    if match:
        try:
            return [f"{key}: {date.fromisoformat(match[1])}"]
        except ValueError:
            pass
    return _scalar(key, value)


def _link(name: str) -> str:
    return name if _NO_LINK.intersection(name) else f"[[{name}]]"


def _quoted(value: str) -> str:
    """A double-quoted scalar of YAML, which JSON's strings are but for a few characters."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
