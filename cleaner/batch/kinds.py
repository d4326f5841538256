"""Which kind of file a name promises, and what becomes of it."""

from __future__ import annotations

import os
from typing import Literal

from cleaner.batch.cleaning import Cleaning
from cleaner.batch.formats import container_of

Kind = Literal["text", "page", "container", "other"]

_TEXT = frozenset({".txt", ".text", ".md", ".markdown", ".mdown", ".mkd"})
_PAGE = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})
_SUFFIX = {"markdown": ".md", "text": ".txt", "html": ".html"}


def kind_of(name: str) -> Kind:
    """The kind of a file, by its name alone."""
    if container_of(name):
        return "container"
    suffix = os.path.splitext(name)[1].lower()
    return "text" if suffix in _TEXT else "page" if suffix in _PAGE else "other"


def target_of(name: str, kind: Kind, cleaning: Cleaning) -> str:
    """The file name of what an input called `name` becomes."""
    if kind == "page":
        return os.path.splitext(name)[0] + _SUFFIX[cleaning.to]
    container = container_of(name) if kind == "container" else None
    if container is None:
        return name
    if cleaning.records == "same":
        return container.target(name)
    stem = name[: -len(next(s for s in container.suffixes if name.lower().endswith(s)))]
    return stem if cleaning.records == "files" else f"{stem}.jsonl"
