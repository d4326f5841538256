"""Libraries that only some kinds of files need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.isolation.problem import DocumentError


def way(extra: str) -> str:
    """The command that installs what an extra is about."""
    return f"pip install '.[{extra}]' in a clone of cleaner"


def need(module: str, extra: str, what: str) -> Any:
    """The module, for `what`.

    Raises:
        DocumentError: `missing`, with the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError:
        raise DocumentError("missing", f"{what} needs one more package: {way(extra)}") from None
