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
    starts = (link.start for link in document.links if text.startswith("[[", link.start))
    return any(text[start + 2 : start + 3] not in _NO_NAME for start in starts)
