"""Asks a kernel and its twin in Python the same."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from cleaner.core import TWINS

WHERE = (
    *("html.score.characters", "lines.around", "lines.lexicon", "lines.rows", "lines.told", "lines.words"),
    *("match.conditions", "match.matchers", "rulebook.keywords", "rulebook.needed", "trees", "view"),
)
"""Where the twins stand."""
for module in WHERE:
    import_module(f"cleaner.{module}")

kernels: Any = pytest.importorskip("cleaner.core._core", reason="nothing was compiled")


def both(name: str, *arguments: Any) -> Any:
    """What the kernel says, if the twin says the same."""
    said = getattr(kernels, name)(*arguments)
    assert said == TWINS[name](*arguments)
    return said
