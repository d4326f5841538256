"""Which column of a table holds what."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.formats.options import Fields
from cleaner.formats.rows import read_row
from cleaner.isolation.problem import DocumentError

_TEXT = ("text", "content", "body", "article", "selection", "markdown")
_URL = ("url", "link", "source", "href")
_SHOWN = 10  # columns in a message


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header says.

    Attributes:
        text, html, url: where these columns are; None: nowhere.
        added: names of the columns that come behind the others.
    """

    names: tuple[str, ...]
    text: int | None = None
    html: int | None = None
    url: int | None = None
    added: tuple[str, ...] = ()

    def find(self, *names: str) -> int | None:
        """Where the first of these columns is that there is."""
        known = [name.strip().lower() for name in self.names]
        return next((known.index(name.lower()) for name in names if name.lower() in known), None)

    def place(self, name: str) -> int:
        """Where the column called `name` is, or will be."""
        found = self.find(name)
        return len(self.names) + self.added.index(name) if found is None else found


def columns_of(header: str, fields: Fields) -> Columns:
    """The columns under a header.

    Raises:
        DocumentError: `unsupported`, the column that was named is not there; `other`, there is none that holds text.
    """
    names = Columns(tuple(read_row(header).values()))
    stated = fields.text != Fields().text
    text, html = names.find(fields.text, *(() if stated else _TEXT)), names.find(fields.html)
    if text is None and html is None:
        shown = ", ".join(names.names[:_SHOWN])
        if stated:
            raise DocumentError("unsupported", f"it has no column {fields.text!r}; its columns are: {shown}")
        if names.find(fields.url, *_URL) is not None:
            raise DocumentError("other", f"a list of links, which holds no text to be cleaned (columns: {shown})")
        raise DocumentError(
            "other",
            f"no column is called {fields.text!r}: name the one that holds the text with --text-field: {shown}",
        )
    wanted = (fields.text if text is None else None, fields.report, fields.metadata)
    added = tuple(name for name in wanted if name is not None and names.find(name) is None)
    return Columns(names.names, text, html, names.find(fields.url, *_URL), added)
