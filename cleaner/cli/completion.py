"""`cleaner completion`: completion scripts, which shtab makes from the parsers, so that they cannot drift."""

from __future__ import annotations

import argparse
from typing import Any, cast

import shtab

from cleaner.categories import CATEGORIES
from cleaner.cli.codes import DONE
from cleaner.cli.commands import PARSERS, completion_parser, main_parser, parse
from cleaner.cli.options import CompletionOptions
from cleaner.cli.streams import write_text

_ALSO_FILES = {
    "bash": ("complete -o bashdefault -F", "complete -o bashdefault -o default -F"),
    "zsh": ("_describe 'cleaner commands' _commands", "_describe 'cleaner commands' _commands; _files"),
}
"""What a first argument may be beside a command; shtab knows no such place, and fish needs no word."""
_FILES = (
    *("FILE", "DIR", "DIR|FILE", "FILE|DIR", "FOLDER", "FOLDER|FILE", "PATH"),
    *("CLEAN", "BENCH", "FILE[:LINE]", "FILE:LINE", "SOURCE", "DEST", "REPORT", "CORPUS", "OLD", "NEW"),
)


def run(args: list[str]) -> int:
    """`cleaner completion SHELL`."""
    options = parse(completion_parser(), args, CompletionOptions())
    write_text(script(options.shell))
    return DONE


def script(shell: str) -> str:
    """The completion script of a shell."""
    made = shtab.complete(whole_parser(), shell)
    only, also = _ALSO_FILES.get(shell, ("", ""))
    return made.replace(only, also, 1).rstrip() + "\n"


def whole_parser() -> argparse.ArgumentParser:
    """One parser for all commands.  It is good for completion only: a first argument is a file or a command there."""
    parser = main_parser()
    (file,) = parser._get_positional_actions()
    parser._remove_action(file)
    commands = parser.add_subparsers(
        metavar="COMMAND", parser_class=cast(Any, lambda prog: PARSERS[prog.split()[-1]]())
    )
    parser.usage = None
    for name, make in PARSERS.items():
        if name:
            commands.add_parser(name, help=(make().description or "").partition("\n")[0])
    _describe(parser)
    return parser


def _describe(parser: argparse.ArgumentParser) -> None:
    """Say of each argument what may stand there."""
    for action in parser._actions:
        about = cast(Any, action)
        if action.metavar == "CATEGORY":
            action.choices = CATEGORIES
        elif action.metavar in _FILES:
            about.complete = shtab.FILE
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                _describe(child)
