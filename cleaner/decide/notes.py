"""Which texts are somebody's own notes and no clippings: in these only what is certain may go."""

from __future__ import annotations

from cleaner.model import Document

_NO_NAME = ' :$"\t\r\n'
"""What a name of a note does not begin with: ``[[ -f x ]]`` and ``[[:alpha:]]`` are of the shell."""


def is_note(document: Document) -> bool:
    """Whether a document has front matter that names no address, or wikilinks in its prose.

    A text without front matter may well be a clipping: what is pasted or dumped has none.
    """
    if document.url is None and any(zone.kind == "front-matter" for zone in document.zones):
        return True
    text = document.text
    links = ((one.start, one.end) for one in document.links if text.startswith("[[", one.start))
    return any(text[start + 2] not in _NO_NAME and _is_wikilink(text, end) for start, end in links)


def _is_wikilink(text: str, end: int) -> bool:
    """Whether what begins with two brackets is one, and no link of the web whose words stand in brackets."""
    return text.endswith("]]", 0, end) and not text.startswith("(", end)
