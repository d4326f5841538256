"""The manual page (`man cleaner`), made from the parsers, so that it cannot drift.  A wheel brings it along.

It is the same whatever the version of Python, whose own help changes: builds are compared byte by byte.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Iterator

from cleaner._version import VERSION
from cleaner.cli.codes import MEANING
from cleaner.cli.commands import PARSERS

_PART = re.compile(r"(?m)^([a-z ]+):\n((?:  .*\n?|\n)+)")
"""A part of what the help says at its end: a title, and rows that are indented."""
Row = tuple[str, str]
"""An argument: how it is given, and what it does."""
_LEFT_OUT = ("commands", "exit codes")
"""What has a section of its own here."""


def page() -> str:
    """The page, in the language of man(7)."""
    return "".join(f"{row}\n" for row in _page())


def _page() -> Iterator[str]:
    main = PARSERS[""]()
    yield f'.TH CLEANER 1 "" "cleaner {VERSION}" "User Commands"'
    yield ".SH NAME"
    yield _text("cleaner - turns a web clipping you already have into the clean article")
    yield ".SH SYNOPSIS"
    yield from _synopsis(main)
    yield ".SH DESCRIPTION"
    yield from _prose(main.description or "")
    yield ".SH OPTIONS"
    yield from _options(main, ())
    yield ".SH COMMANDS"
    yield _text("A first argument that is one of these names is that command.")
    for name, make in PARSERS.items():
        if name:
            yield from _command(make(), _rows(main))
    yield from _parts(main.epilog or "", ".SH")
    yield ".SH EXIT STATUS"
    for code, meaning in MEANING.items():
        yield from (".TP", rf"\fB{code}\fR", _text(meaning))
    yield ".SH FILES"
    for place, what in (
        ("cleaner.toml", "settings, in the folder of what is cleaned or the nearest one above it that has some"),
        (".cleaner/rules/", "rules beside them"),
    ):
        yield from (".TP", rf"\fI{_escaped(place)}\fR", _text(what))


def _command(parser: argparse.ArgumentParser, known: Collection[Row]) -> Iterator[str]:
    yield f".SS {_quoted(parser.prog)}"
    yield from _prose(parser.description or "")
    yield from (".PP", *_synopsis(parser))
    yield from _options(parser, known)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from _command(child, known)
    yield from _parts(parser.epilog or "", ".PP")


def _synopsis(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The usage in bold, each row of it on a line of its own."""
    usage = parser.usage
    if usage is None:
        places = [_place(action) for action in parser._get_positional_actions()]
        usage = " ".join((parser.prog, "[options]", *places))
    for number, row in enumerate(usage.split("\n")):
        if number:
            yield ".br"
        yield rf"\fB{_escaped(' '.join(row.split()))}\fR"


def _place(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest.upper())
    many = {"*": f"[{name}...]", "?": f"[{name}]", "+": f"{name}..."}
    return many.get(str(action.nargs), name)


def _options(parser: argparse.ArgumentParser, known: Collection[Row]) -> Iterator[str]:
    """The options by their groups; what is `known` from above is only named."""
    for group in parser._action_groups:
        rows = [(_invocation(one), _text(_help(parser, one))) for one in group._group_actions if _is_shown(one)]
        if rows and group.title and group not in (parser._positionals, parser._optionals):
            yield from (".PP", rf"\fI{_escaped(group.title)}\fR")
        for row in rows:
            if row not in known:
                yield from (".TP", *row)
        if same := [name for name, about in rows if (name, about) in known]:
            yield from (".TP", "as above", ", ".join(same))


def _rows(parser: argparse.ArgumentParser) -> set[Row]:
    return {(_invocation(one), _text(_help(parser, one))) for one in parser._actions if _is_shown(one)}


def _is_shown(action: argparse.Action) -> bool:
    kinds = (argparse._HelpAction, argparse._SubParsersAction)
    return not isinstance(action, kinds) and action.help is not argparse.SUPPRESS


def _invocation(action: argparse.Action) -> str:
    value = action.metavar or (
        "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper()
    )
    if not action.option_strings:
        return rf"\fI{_escaped(str(value))}\fR"
    names = ", ".join(rf"\fB{_escaped(name)}\fR" for name in action.option_strings)
    return names if action.nargs == 0 else rf"{names} \fI{_escaped(str(value))}\fR"


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return (action.help or "") % {"prog": parser.prog, "default": action.default}


def _parts(epilog: str, macro: str) -> Iterator[str]:
    """Examples and the like, as they are laid out."""
    for title, rows in _PART.findall(epilog):
        if title in _LEFT_OUT:
            continue
        yield f"{macro} {_quoted(title.upper())}" if macro == ".SH" else macro
        if macro != ".SH":
            yield rf"\fI{_escaped(title)}\fR"
        yield ".nf"
        yield from (_text(row) for row in rows.strip("\n").split("\n"))
        yield ".fi"


def _prose(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _text(text: str) -> str:
    """A line of text: one that begins like a request is none."""
    escaped = _escaped(text)
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _escaped(text: str) -> str:
    marks = {"\\": r"\e", "-": r"\-", "…": "...", "“": r"\(lq", "”": r"\(rq", "→": r"\(->", "×": r"\(mu"}
    return "".join(marks.get(c, c) for c in text)


def _quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', r"\(dq") + '"'
