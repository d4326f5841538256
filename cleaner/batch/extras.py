"""Libraries that only some kinds of files need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.batch.problem import Trouble


def need(module: str, extra: str, what: str) -> Any:
    """The module, for `what`.

    Raises:
        Trouble: `missing`, with the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError:
        raise Trouble("missing", f"{what} needs one more package: pip install 'clipping-cleaner[{extra}]'") from None
