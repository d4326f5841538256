"""The help of the commands, as wide as the terminal."""

from __future__ import annotations

import argparse
import re
import shutil
import textwrap
from collections.abc import Iterator

_WIDEST = 110
_NARROWEST = 40
_COLUMN = re.compile(r"(\s+)(\S.*?)(\s{2,})(\S.*)")
"""A row of two columns: indented, with at least two spaces between them."""
_ROOM = 24
"""Characters that the second column needs; with less it goes below the first."""


class Help(argparse.HelpFormatter):
    """Wraps paragraphs, and in rows of two columns the second one."""

    def __init__(self, prog: str) -> None:
        columns = shutil.get_terminal_size((_WIDEST, 24)).columns
        width = max(_NARROWEST, min(_WIDEST, columns))
        super().__init__(prog, max_help_position=min(30, width // 3), width=width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(
            row for block in text.split("\n\n") for row in (*_block(block.strip("\n"), width), "")
        ).rstrip()

    def _format_usage(self, usage: str | None, *rest: object) -> str:
        formatted: str = super()._format_usage(usage, *rest)  # type: ignore[arg-type]
        if usage is None:
            return formatted
        return "".join(f"{row}\n" for line in formatted.split("\n") for row in _usage(line, self._width))


def _usage(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _block(block: str, width: int) -> Iterator[str]:
    """The rows of a paragraph, of a title, of a table of two columns."""
    prose: list[str] = []
    for line in block.split("\n"):
        if not line.startswith(" "):
            prose.append(line)
            continue
        yield from _wrapped(prose, width)
        prose = []
        yield from _row(line, width)
    yield from _wrapped(prose, width)


def _wrapped(prose: list[str], width: int) -> list[str]:
    return textwrap.wrap(" ".join(prose), width, break_on_hyphens=False)


def _row(line: str, width: int) -> list[str]:
    parts = _COLUMN.fullmatch(line)
    if parts is None:
        indent = line[: len(line) - len(line.lstrip())]
        return textwrap.wrap(line.strip(), width, initial_indent=indent, subsequent_indent=indent)
    indent, left, gap, right = parts.groups()
    start = indent + left + gap
    if width - len(start) >= min(_ROOM, len(right)):
        return textwrap.wrap(
            right, width, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
        )
    deeper = indent + "    "
    below = textwrap.wrap(right, width, initial_indent=deeper, subsequent_indent=deeper, break_on_hyphens=False)
    return [indent + left, *below]
