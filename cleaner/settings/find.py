"""Where settings stand: in the folder of a clipping or the nearest one above it that has some, and with the user.

The filter looks for them at every start, so this costs a few system calls and imports nothing that is slow.
"""

from __future__ import annotations

import os
import sys

NAME = "cleaner.toml"
PROJECT = "pyproject.toml"
RULES = os.path.join(".cleaner", "rules")
"""A folder of rules beside the settings, which needs no mention."""
VARIABLE = "CLEANER_CONFIG"
"""An environment variable: `off` for no settings at all, or the one file of settings."""
OFF = "off"
_TABLE = b"tool.cleaner"


def places(folder: str, only: str | None = None) -> tuple[str, ...]:
    """The files and rule folders with the settings for what lies in a folder, those that go before others first.

    Args:
        folder: empty: the current one.
        only: the one file of settings, or `off`; None: as the environment says.
    """
    only = only or os.environ.get(VARIABLE)
    if only == OFF:
        return ()
    if only:
        return (only, *_beside(os.path.dirname(os.path.abspath(only)), RULES))
    try:
        folder = os.path.abspath(folder)
    except OSError:
        return _users()  # the current folder is no more
    return (*_nearest(folder), *_users())


def _nearest(folder: str) -> tuple[str, ...]:
    """Those of the first folder that has any, going up."""
    while True:
        found = (*(_beside(folder, NAME) or _project(folder)), *_beside(folder, RULES))
        above = os.path.dirname(folder)
        if found or above == folder:
            return found
        folder = above


def _beside(folder: str, name: str) -> tuple[str, ...]:
    path = os.path.join(folder, name)
    return (path,) if os.path.exists(path) else ()


def _project(folder: str) -> tuple[str, ...]:
    there = _beside(folder, PROJECT)
    try:
        return there if there and _holds_table(there[0]) else ()
    except OSError:  # it is not ours, so not ours to complain about
        return ()


def _holds_table(path: str) -> bool:
    with open(path, "rb") as stream:
        return _TABLE in stream.read()


def _users() -> tuple[str, ...]:
    folder = user_folder()
    return () if folder is None else (*_beside(folder, NAME), *_beside(folder, "rules"))


def user_folder() -> str | None:
    """Where the user's own settings and rules stand."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", "")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "cleaner") if os.path.isabs(base) else None
