"""The page `docs/options.md`: all options of cleaning, by all their names, and what else may stand in settings."""

from __future__ import annotations

import json
from typing import Any

from cleaner.options import Option, each_option
from cleaner.settings.keys import KEYS, Key
from cleaner.tools.words import cell

_TOP = """\
# Options of cleaning

<!-- Made by `python -m cleaner.tools.generate`; edit cleaner/options.py instead. -->

Each option has the same meaning everywhere: on the command line, in [settings](settings.md), as an argument of
`cleaner.clean`, `cleaner.Cleaner`, `clean_column`, `clean_dataset` and `CleanerStep`, and as a setting of Scrapy.
Options of pages say nothing about text and Markdown. In runs (`batch`, `cluster`, `watch`) a document may take 60
seconds, not 120.

| command line | in settings | argument | Scrapy | default | meaning |
|---|---|---|---|---|---|
"""
_MORE = """
## In settings only, or of runs

| in settings | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    options = "".join(_row(name, option, default) for name, option, default in each_option())
    return _TOP + options + _MORE + "".join(_key(key) for key in KEYS.values() if not key.cleaning)


def _row(name: str, option: Option, default: Any) -> str:
    unit = f"{default / option.unit:g}" if option.kind in ("whole", "number") else default
    meaning = option.help.format(default=unit)
    key = next(key.name for key in KEYS.values() if key.cleaning and key.field == name)
    names = (_flag(name, option, default), f"`{key}`", f"`{name}`", f"`CLEANER_{name.upper()}`")
    return f"| {' | '.join((*names, f'`{default!r}`', cell(meaning)))} |\n"


def _key(key: Key) -> str:
    stated = "none" if key.default is None else f"`{json.dumps(key.default)}`"
    choices = f" ({', '.join(key.option.choices)})" if key.option.choices else ""
    return f"| `{key.name}` | {stated} | {cell(key.option.help)}{choices} |\n"


def _flag(name: str, option: Option, default: Any) -> str:
    flag = option.flag or name.replace("_", "-")
    if option.kind == "switch":
        return f"`--no-{flag}`" if default else f"`--{flag}`"
    choices = "\\|".join(option.choices) if option.kind == "choice" else ""
    return f"`--{flag} {option.metavar or choices}`"
