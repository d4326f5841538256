"""The parsers of all commands: what `--help` shows and what the completion scripts are made from."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from cleaner._version import VERSION
from cleaner.cli.codes import MEANING, USAGE
from cleaner.cli.stop import Stop
from cleaner.cli.streams import write_text
from cleaner.model import CATEGORIES, EXTRACTORS, FORMATS, LEVELS, TARGETS

T = TypeVar("T")

ABOUT = """\
Turn a web clipping you already have (plain text or Markdown) into the clean article: leftovers of paywalls, icon
fonts, ads, share bars and the like are deleted by rules.  Nothing else is changed, and nothing is fetched.

The clean text goes to standard output, in the encoding of the input; messages go to standard error."""

COMMANDS = """\
commands:
  cleaner restore CLEAN --report R   give the input back, byte for byte
  cleaner explain FILE[:LINE]        say of each line why it stayed or went
  cleaner view FILE -o PAGE.html     the clipping as a page that shows what went, and why
  cleaner rules ...                  list, show, lint, test and write rules
  cleaner completion SHELL           print a completion script for bash, zsh or fish

  A first argument that is one of these names is that command; a file called rules is reached by ./rules."""

EXAMPLES = """\
examples:
  cleaner clip.md                                  the clean text on the screen
  cleaner clip.txt -o clean.txt --report r.json    clean text and report into files
  cleaner restore clean.txt --report r.json        the input again
  cleaner --diff clip.md                           what would go, in colour
  cleaner explain clip.md:17                       why line 17 stayed or went
  pbpaste | cleaner --url https://example.com/a --summary
  cleaner --jsonl < clips.jsonl > clean.jsonl      {"id", "url", "text"} in, clean text and report out"""


def exit_codes() -> str:
    """The exit codes, for the help."""
    rows = []
    for code, meaning in MEANING.items():
        rows += textwrap.wrap(f"{code:<5} {meaning}", 100, initial_indent="  ", subsequent_indent=" " * 8)
    return "exit codes:\n" + "\n".join(rows)


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
        values: object,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, (*getattr(namespace, self.dest, ()), values))


def parse(parser: argparse.ArgumentParser, args: list[str], options: T) -> T:
    """Read `args` into `options`."""
    return parser.parse_args(args, namespace=options)


def _new(prog: str, about: str, epilog: str = "") -> Parser:
    return Parser(
        prog=prog,
        description=about,
        epilog=epilog,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=30, width=110),
    )


def main_parser() -> Parser:
    """`cleaner`."""
    parser = _new("cleaner", ABOUT, "\n\n".join((COMMANDS, EXAMPLES, exit_codes())))
    parser.usage = "cleaner [options] [FILE|-]\n       cleaner restore | explain | view | rules | completion  ..."
    parser.add_argument("file", nargs="?", metavar="FILE", help="the clipping; - or nothing: standard input")
    _how_to_clean(parser)
    _pages(parser)
    output = parser.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FILE", help="write here, as a whole or not at all, not to stdout")
    output.add_argument("--report", metavar="FILE", help="write the report, as JSON; what restore needs")
    form = output.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help='write one JSON object {"text", "report"} instead of the text'
    )
    form.add_argument("--diff", action="store_true", help="show what goes and why, instead of the text")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='read one {"id", "url", "text"} a line and write it with the clean text and a report, line by line',
    )
    output.add_argument("--summary", action="store_true", help="say on stderr in a few lines what went")
    output.add_argument("-q", "--quiet", action="store_true", help="no warnings on stderr")
    _colour(output)
    parser.add_argument("--version", action="version", version=f"cleaner {VERSION}")
    return parser


def restore_parser() -> Parser:
    """`cleaner restore`."""
    about = "Give the input of a cleaning back, byte for byte, from the clean text and the report."
    parser = _new("cleaner restore", about, exit_codes())
    parser.add_argument("clean", metavar="CLEAN", help="the clean text; -: standard input")
    parser.add_argument("--report", metavar="FILE", required=True, help="the report that --report wrote")
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, as a whole or not at all, not to stdout")
    return parser


def explain_parser() -> Parser:
    """`cleaner explain`."""
    about = (
        "Say of each line (or of one) whether it stayed or went, and why: the rule and its evidence;\n"
        "for lines that stayed the rules that came near, the condition they failed and the veto that saved it."
    )
    parser = _new("cleaner explain", about, exit_codes())
    parser.usage = "cleaner explain [options] FILE[:LINE]"
    parser.add_argument("file", metavar="FILE[:LINE]", help="the clipping, and a line of it; -: standard input")
    parser.add_argument("--line", type=_line, metavar="N", help="the line, for a FILE whose name ends like :12")
    _how_to_clean(parser)
    _extractor(parser)
    _colour(parser)
    return parser


def view_parser() -> Parser:
    """`cleaner view`."""
    about = (
        "Show a clipping as one HTML page: what went is struck through and coloured by category, with rule, reason\n"
        "and evidence, filters and keys.  The page is complete in itself and sends no request."
    )
    parser = _new("cleaner view", about, exit_codes())
    parser.usage = "cleaner view [options] FILE"
    parser.add_argument("file", metavar="FILE", help="the clipping; -: standard input")
    _how_to_clean(parser)
    _extractor(parser)
    output = parser.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FILE", help="write here, as a whole or not at all, not to stdout")
    return parser


def rules_parser() -> Parser:
    """`cleaner rules`."""
    parser = _new("cleaner rules", "List, show, check and write rules.", exit_codes())
    actions = parser.add_subparsers(dest="action", metavar="COMMAND", required=True, parser_class=Parser)

    def action(name: str, about: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=about, description=about.capitalize() + ".")

    listing = action("list", "all rules, one a line")
    listing.add_argument("--category", choices=CATEGORIES, metavar="CATEGORY", help="only this category")
    listing.add_argument("--pack", metavar="PACK", help="only this pack: generic/share, or a folder of packs: sites")
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    _rules(listing)
    _colour(listing)
    show = action("show", "one rule, as its file has it")
    show.add_argument("id", metavar="ID", help="of the rule")
    _rules(show)
    _colour(show)
    lint = action("lint", "check rule files for faults")
    lint.add_argument("dirs", nargs="*", metavar="DIR", help="folders or files; the shipped rules if none is named")
    _colour(lint)
    test = action("test", "run the rules' own examples")
    test.add_argument("dirs", nargs="*", metavar="DIR", help="folders or files; the shipped rules if none is named")
    test.add_argument("--clean", action=Repeat, metavar="DIR", help="also clean these texts, of which nothing may go")
    _colour(test)
    coverage = action("coverage", "count, for each rule, its hits on a bench, and those in the article itself")
    coverage.add_argument("bench", metavar="BENCH", help="folder of clippings with their gold text")
    coverage.add_argument("--level", choices=LEVELS, help="as for cleaner (normal)")
    _rules(coverage)
    new = action("new", "print a new pack to start from")
    new.add_argument("name", metavar="NAME", help="name of the pack: sites/example, generic/greetings")
    new.add_argument("--example", metavar="TEXT", help="a leftover that its first rule shall take")
    new.add_argument("-o", "--output", metavar="FILE", help="write here instead of stdout")
    return parser


def completion_parser() -> Parser:
    """`cleaner completion`."""
    install = """\
to use it:
  bash   cleaner completion bash > ~/.local/share/bash-completion/completions/cleaner
  zsh    cleaner completion zsh > "${fpath[1]}/_cleaner"
  fish   cleaner completion fish > ~/.config/fish/completions/cleaner.fish"""
    parser = _new("cleaner completion", "Print a completion script.", install)
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")
    return parser


PARSERS: dict[str, Callable[[], Parser]] = {
    "": main_parser,
    "restore": restore_parser,
    "explain": explain_parser,
    "view": view_parser,
    "rules": rules_parser,
    "completion": completion_parser,
}


def _how_to_clean(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("cleaning")
    group.add_argument("--url", help="where the clipping is from: picks the rules of the site; nothing is fetched")
    group.add_argument("--format", choices=("auto", *FORMATS), help="of the input (auto: tells from name and text)")
    group.add_argument(
        "--level",
        choices=LEVELS,
        help="safe: only what is certain; normal (default): also what is likely; aggressive: also what is doubtful",
    )
    group.add_argument("--only", action=Repeat, metavar="CATEGORY", help="clean only these (a,b or repeated)")
    group.add_argument("--skip", action=Repeat, metavar="CATEGORY", help=f"leave these: {', '.join(CATEGORIES)}")
    _rules(group)


def _pages(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("web pages (HTML)")
    group.add_argument("--to", choices=TARGETS, help="what a page becomes (markdown)")
    group.add_argument("--images", action=argparse.BooleanOptionalAction, help="show pictures, or not (shown)")
    group.add_argument(
        "--front-matter", action="store_true", help="begin the Markdown of a page with its title, author, date, source"
    )
    group.add_argument("--max-megabytes", type=_positive, metavar="N", help="refuse larger pages (100)")
    group.add_argument("--max-seconds", type=_positive, metavar="N", help="refuse pages that take longer (120)")
    group.add_argument("--dates", action="store_true", help="search a page that states no date for one; slow")
    _extractor(group)


def _extractor(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--extractor",
        choices=EXTRACTORS,
        help="who tells a page's article from the rest: cleaner (default), cleaner with the vote of trafilatura or "
        "readability (slower), none: only rules",
    )


def _rules(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--rules", action=Repeat, metavar="DIR", help="rules of your own, beside the shipped ones (repeatable)"
    )


def _colour(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        help="auto (default): on terminals, unless NO_COLOR or FORCE_COLOR is set",
    )


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("a number above 0 is needed")
    return number


def _line(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("lines are counted from 1")
    return number
