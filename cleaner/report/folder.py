"""The index of the pages of `cleaner view FOLDER`: all documents, the largest removals first.

The page stands alone (see `cleaner.report.frame`); its links lead to the pages of the documents beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from cleaner.report.charts import bar
from cleaner.report.frame import frame
from cleaner.report.numbers import count, share

MAX_KINDS = 3


@dataclass(frozen=True, slots=True)
class Viewed:
    """A document that has a page.

    Attributes:
        name: its path below the folder.
        page: the path of its page below the index, with `/` between folders.
        characters, removed: in code points.
        removals: how many there are.
        categories: of what went, the one that took most first.
        site: the pack of its site; empty if there is none.
        warnings: how many there are.
    """

    name: str
    page: str
    characters: int
    removed: int
    removals: int
    categories: tuple[str, ...] = ()
    site: str = ""
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """A document in the table."""

    name: str
    href: str
    removals: int
    removed: int
    share: str
    part: str
    length: str
    categories: Sequence[str]
    more: int
    warnings: int


def address(path: str) -> str:
    """The address of a path (with `/` between folders) from where a page is; bytes that are no text stay themselves."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:  # what Windows allows
        return quote(path, errors="surrogatepass")


def folder_page(title: str, level: str, documents: Sequence[Viewed], unseen: Sequence[tuple[str, str]]) -> str:
    """One self-contained HTML page about some documents; it can always be encoded as UTF-8.

    Args:
        title: name of the folder.
        unseen: documents that have no page, with the reason.
    """
    order = sorted(documents, key=lambda one: (-one.removed, -one.removals, one.name))
    most = max((one.removed for one in order), default=0)
    return frame(
        "folder",
        look="stats",
        title=title,
        level=level,
        figures=list(_figures(order)),
        rows=[_row(one, most) for one in order],
        unseen=unseen,
    )


def _figures(documents: Sequence[Viewed]) -> Iterator[tuple[str, str, str]]:
    """Term, figure, and what there is to say of it."""
    changed = sum(one.removed > 0 for one in documents)
    removed, characters = (sum(sizes) for sizes in (
        [one.removed for one in documents], [one.characters for one in documents]
    ))  # fmt: skip
    yield "Documents", f"{len(documents):,}", "each has a page"
    yield "Lost something", f"{changed:,}", f"{share(changed, len(documents))} of them"
    yield "Removed", share(removed, characters), f"{removed:,} of {count(characters, 'character')}"


def _row(one: Viewed, most: int) -> _Row:
    part = one.removed / max(1, one.characters)
    return _Row(
        name=one.name,
        href=address(one.page),
        removals=one.removals,
        removed=one.removed,
        share=share(one.removed, one.characters),
        part=f"{part:.6f}",
        length=bar(one.removed, most),
        categories=one.categories[:MAX_KINDS],
        more=len(one.categories[MAX_KINDS:]),
        warnings=one.warnings,
    )
