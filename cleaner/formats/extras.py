"""Libraries that only some kinds of files need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.isolation.problem import DocumentError


def need(module: str, extra: str, what: str) -> Any:
    """The module, for `what`.

    Raises:
        DocumentError: `missing`, with the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError:
        raise DocumentError(
            "missing", f"{what} needs one more package: pip install 'clipping-cleaner[{extra}]'"
        ) from None
