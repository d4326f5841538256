"""Values of rules in words, for the pages about rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def code(text: str) -> str:
    """A text as Markdown code that shows it as it is, on one line."""
    flat = " ".join(text.split())
    ticks = "`"
    while ticks in flat:
        ticks += "`"
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def codes(texts: Iterable[str]) -> str:
    """Texts as code, one after the other."""
    return ", ".join(map(code, texts))


def pattern(source: str) -> str:
    """A pattern as it was written, before its spaces were made explicit."""
    return source.replace("[ \\n]", " ")


def percent(share: Any) -> str:
    """A share from 0 to 1."""
    return f"{round(share * 100)} %"
