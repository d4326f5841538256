"""Colours: only on a terminal, unless somebody says otherwise."""

from __future__ import annotations

import os
import sys
from typing import Literal, TextIO

Colour = Literal["auto", "always", "never"]


def wants_colour(choice: Colour, stream: TextIO | None, *, to_file: bool = False) -> bool:
    """Whether to colour what goes to `stream`.

    `--color` goes before the environment: `NO_COLOR` (https://no-color.org), then `FORCE_COLOR`, then the terminal.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if to_file or stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        os.system("")  # makes old consoles understand escape sequences
    return True


def width(stream: TextIO | None) -> int | None:
    """The columns of a terminal; None if `stream` is none."""
    try:
        if stream is None or not stream.isatty():
            return None
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None
