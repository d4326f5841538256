"""What the parsers of the commands are made of.  The options of cleaning come from `CleanOptions`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from cleaner.cli.codes import USAGE
from cleaner.cli.stop import Stop
from cleaner.cli.streams import write_text
from cleaner.formats.options import RECORDS, Records
from cleaner.model import FORMATS
from cleaner.options import Option, each_option

RUN_SECONDS = 60
"""That a document may take in a run, where nobody waits for one that takes longer."""

_RECORDS: dict[Records, str] = {
    "same": "the same kind of file (default)",
    "files": "a folder with one file a document",
    "jsonl": "JSON lines",
}


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, like any other error.  The defaults are those of the options' class."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False, argument_default=argparse.SUPPRESS)

    def _print_message(self, message: str, file: object = None) -> None:
        write_text(message)  # argparse would swallow a full disk and a closed pipe

    def error(self, message: str) -> NoReturn:
        raise Stop(USAGE, f"{message}; see {self.prog} --help")


class Repeat(argparse.Action):
    """Collects the values of an option that may be repeated."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, (*getattr(namespace, self.dest, ()), *self.each(values)))

    def each(self, value: str) -> Sequence[str]:
        """What is in a value."""
        return (value,)


class RepeatNames(Repeat):
    """Collects names, which may also be given as ``a,b``."""

    def each(self, value: str) -> Sequence[str]:
        return [name for part in value.split(",") if (name := part.strip())]


def new(prog: str, about: str, epilog: str = "") -> Parser:
    """A parser without arguments."""
    return Parser(
        prog=prog,
        description=about,
        epilog=epilog,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=30, width=110),
    )


# --- the options of cleaning ----------------------------------------------------------------------


def cleaning(parser: argparse.ArgumentParser, *, single: bool = True) -> None:
    """How texts are cleaned, and where a `single` one is from."""
    group = parser.add_argument_group("cleaning")
    if single:
        group.add_argument("--url", help="where the clipping is from: picks the rules of the site; nothing is fetched")
        group.add_argument("--format", choices=("auto", *FORMATS), help="of the input (auto: tells from name and text)")
    for name, option, default in each_option():
        if not option.pages:
            _add(group, name, option, default)


def pages(parser: argparse.ArgumentParser, **defaults: Any) -> None:
    """How pages become text; some options may have defaults of their own here."""
    group = parser.add_argument_group("web pages (HTML)")
    for name, option, default in each_option():
        if option.pages:
            _add(group, name, option, defaults.get(name, default), own=name in defaults)


def only(parser: argparse._ActionsContainer, *names: str) -> None:
    """Some options of cleaning."""
    for name, option, default in each_option():
        if name in names:
            _add(parser, name, option, default)


def _add(parser: argparse._ActionsContainer, name: str, option: Option, default: Any, *, own: bool = False) -> None:
    """Add an option of cleaning; what is not given is left to `CleanOptions`, unless the default is its `own`."""
    settings: dict[str, Any] = {"dest": name, "help": option.help}
    if option.kind in ("whole", "number"):
        settings["help"] = option.help.format(default=f"{default / option.unit:g}")
    elif option.kind == "choice":
        settings["help"] = option.help.format(default=default)
    if own:
        settings["default"] = default
    if option.metavar:
        settings["metavar"] = option.metavar
    match option.kind:
        case "choice":
            settings["choices"] = option.choices
        case "names":
            settings["action"] = RepeatNames
        case "paths":
            settings["action"] = Repeat
        case "switch":
            settings["action"] = argparse.BooleanOptionalAction if default else "store_true"
        case "whole":
            settings["type"] = _times(option.unit)
        case "number":
            settings["type"] = _positive
    parser.add_argument(f"--{option.flag or name.replace('_', '-')}", **settings)


# --- groups of other options ------------------------------------------------------------------------


def files(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Which files are taken."""
    group = parser.add_argument_group("files")
    group.add_argument("--include", action=Repeat, metavar="GLOB", help="only these names, whatever their ending")
    group.add_argument("--exclude", action=Repeat, metavar="GLOB", help="not these names or folders: drafts, 'a/*.md'")
    group.add_argument("--hidden", action="store_true", help="also names that begin with a dot")
    return group


def run(parser: argparse.ArgumentParser, *, records: Sequence[Records] = RECORDS, reports: bool = True) -> None:
    """How a run goes, and how it cleans."""
    group = parser.add_argument_group("the run")
    group.add_argument("-j", "--jobs", type=_count, metavar="N", help="worker processes (as many as there are cores)")
    group.add_argument("--max-memory", type=_positive, metavar="MB", help="memory a document may need (4000)")
    if reports:
        group.add_argument(
            "--report", metavar="DIR|FILE", help="write reports: one a document into a folder, or all into FILE.jsonl"
        )
    shown = group.add_mutually_exclusive_group()
    shown.add_argument("-q", "--quiet", action="store_true", help="show nothing but errors")
    shown.add_argument("--json", action="store_true", help="show events as JSON lines on standard output")
    colour(group)
    cleaning(parser, single=False)
    pages(parser, max_seconds=RUN_SECONDS)
    _records(parser, records)


def _records(parser: argparse.ArgumentParser, choices: Sequence[Records]) -> None:
    group = parser.add_argument_group("files of many documents")
    kinds = [_RECORDS[choice] for choice in choices]
    group.add_argument("--records", choices=choices, help=f"what they become: {', '.join(kinds[:-1])}, or {kinds[-1]}")
    group.add_argument(
        "--max-unpacked", type=_times(1_000_000), metavar="MB", help="what one may unpack to (200 times its own size)"
    )
    for name, about in (
        ("text", "the text to clean (text)"),
        ("html", "HTML to clean if there is no text (html)"),
        ("url", "the address (url)"),
    ):
        group.add_argument(f"--{name}-field", metavar="NAME", help=f"field or column with {about}")
    for name, about in (("report", "the report"), ("metadata", "title, author, date …")):
        group.add_argument(f"--{name}-field", metavar="NAME", help=f"add a field with {about}")


def colour(parser: argparse._ActionsContainer) -> None:
    """Whether there is colour."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        help="auto (default): on terminals, unless NO_COLOR or FORCE_COLOR is set",
    )


# --- values -------------------------------------------------------------------------------------------


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return number


def _times(unit: int) -> Callable[[str], int]:
    """Reads a number above 0 of units that are so large; gives how many small ones they are, at least one."""

    def number(text: str) -> int:
        return max(1, int(min(_positive(text) * unit, sys.maxsize)))  # inf is a number, too

    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a whole number above 0 is needed")
    return number


def line_number(text: str) -> int:
    """The number of a line."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("lines are counted from 1")
    return number
