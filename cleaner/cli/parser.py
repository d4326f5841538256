"""What the parsers of the commands are made of.  The options of cleaning come from `CleanOptions`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from cleaner.cli.codes import MEANING, USAGE
from cleaner.cli.help import Help
from cleaner.cli.stop import Stop
from cleaner.cli.streams import write_text
from cleaner.errors import did_you_mean
from cleaner.formats.options import RECORDS, RUN_SECONDS, Records
from cleaner.model import FORMATS
from cleaner.options import Option, each_option

_RECORDS: dict[Records, str] = {
    "same": "the same kind of file (default)",
    "files": "a folder with one file a document",
    "jsonl": "JSON lines",
}


_UNKNOWN = re.compile(r"unrecognized arguments: (-[^\s=]*)")
_NO_CHOICE = re.compile(r"invalid choice: '?(.*?)'? \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, like any other error.  The defaults are those of the options' class."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False, argument_default=argparse.SUPPRESS)

    def _print_message(self, message: str, file: object = None) -> None:
        write_text(message)  # argparse would swallow a full disk and a closed pipe

    def error(self, message: str) -> NoReturn:
        raise Stop(USAGE, f"{message}{self._meant(message)}; see {self.prog} --help")

    def _meant(self, message: str) -> str:
        """What may be meant by an option or a word that is unknown."""
        if unknown := _UNKNOWN.match(message):
            return did_you_mean(unknown[1], self._option_string_actions)
        if choice := _NO_CHOICE.search(message):
            return did_you_mean(choice[1], [known.strip("' ") for known in choice[2].split(",")])
        return ""


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
    return Parser(prog=prog, description=about, epilog=epilog, formatter_class=Help)


def exit_codes() -> str:
    """The exit codes, for the help."""
    return "\n".join(("exit codes:", *(f"  {code:<5} {meaning}" for code, meaning in MEANING.items())))


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
    settings(group)


def settings(parser: argparse._ActionsContainer) -> None:
    """Which files of settings are read."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--config", metavar="FILE", help="read settings from here, not from cleaner.toml and the like")
    choice.add_argument("--no-config", action="store_const", const="off", dest="config", help="read no settings")


def pages(parser: argparse.ArgumentParser, **defaults: Any) -> None:
    """How pages become text; some options may have defaults of their own here, which the help tells."""
    group = parser.add_argument_group("web pages (HTML)")
    for name, option, default in each_option():
        if option.pages:
            _add(group, name, option, defaults.get(name, default))


def only(parser: argparse._ActionsContainer, *names: str) -> None:
    """Some options of cleaning."""
    for name, option, default in each_option():
        if name in names:
            _add(parser, name, option, default)


def takes_page(group: argparse._ActionsContainer, what: str) -> None:
    """Where a page for the browser goes."""
    group.add_argument("-o", "--output", metavar="FILE", help=f"write {what} here, as a whole or not at all")
    group.add_argument("--open", action="store_true", help="show it in the browser; without -o from a temporary file")


def _add(parser: argparse._ActionsContainer, name: str, option: Option, default: Any) -> None:
    """Add an option of cleaning; what is not given is left to the settings and to `CleanOptions`."""
    settings: dict[str, Any] = {"dest": name, "help": option.help}
    if option.kind in ("whole", "number"):
        settings["help"] = option.help.format(default=f"{default / option.unit:g}")
    elif option.kind == "choice":
        settings["help"] = option.help.format(default=default)
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
            settings["type"] = positive
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
    group.add_argument("-j", "--jobs", type=whole, metavar="N", help="worker processes (as many as there are cores)")
    group.add_argument("--max-memory", type=positive, metavar="MB", help="memory a document may need (4000)")
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


def positive(text: str) -> float:
    """A number above 0."""
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return number


def _times(unit: int) -> Callable[[str], int]:
    """Reads a number above 0 of units that are so large; gives how many small ones they are, at least one."""

    def number(text: str) -> int:
        return max(1, int(min(positive(text) * unit, sys.maxsize)))  # inf is a number, too

    return number


def whole(text: str) -> int:
    """A whole number above 0."""
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
