"""The page `docs/options.md`: all options of cleaning, by all their names."""

from __future__ import annotations

from typing import Any

from cleaner.options import Option, each_option
from cleaner.tools.words import cell

_TOP = """\
# Options of cleaning

<!-- Made by `python -m cleaner.tools.generate`; edit cleaner/options.py instead. -->

Each option has the same meaning everywhere: on the command line, as an argument of `cleaner.clean`, `cleaner.Cleaner`,
`clean_column`, `clean_dataset` and `CleanerStep`, and as a setting of Scrapy. Options of pages say nothing about text
and Markdown. In runs (`batch`, `cluster`, `watch`) a document may take 60 seconds, not 120.

| command line | argument | Scrapy | default | meaning |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _TOP + "".join(_row(name, option, default) for name, option, default in each_option())


def _row(name: str, option: Option, default: Any) -> str:
    unit = f"{default / option.unit:g}" if option.kind in ("whole", "number") else default
    meaning = option.help.format(default=unit)
    cells = (_flag(name, option, default), f"`{name}`", f"`CLEANER_{name.upper()}`", f"`{default!r}`", cell(meaning))
    return f"| {' | '.join(cells)} |\n"


def _flag(name: str, option: Option, default: Any) -> str:
    flag = option.flag or name.replace("_", "-")
    if option.kind == "switch":
        return f"`--no-{flag}`" if default else f"`--{flag}`"
    choices = "\\|".join(option.choices) if option.kind == "choice" else ""
    return f"`--{flag} {option.metavar or choices}`"
