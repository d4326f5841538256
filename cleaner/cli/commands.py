"""The parsers of all commands: what `--help` shows and what the completion scripts are made from."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from cleaner._version import VERSION
from cleaner.categories import CATEGORIES
from cleaner.cli import COMMANDS as COMMAND_NAMES
from cleaner.cli.growing import add_actions, learn_parser
from cleaner.cli.help import Help
from cleaner.cli.parser import (
    Parser,
    Repeat,
    cleaning,
    colour,
    exit_codes,
    files,
    line_number,
    new,
    only,
    pages,
    settings,
    takes_page,
    whole,
)
from cleaner.cli.running import batch_parser, cluster_parser, stats_parser, undo_parser, watch_parser
from cleaner.cli.serving import mcp_parser, serve_parser

T = TypeVar("T")

ABOUT = """\
Turn web clippings you already have (plain text, Markdown, saved pages) into the clean article: leftovers of paywalls,
icon fonts, ads, share bars and the like are deleted.  Nothing else is changed, and nothing is fetched.

The clean text goes to standard output, in the encoding of the input; messages go to standard error."""

COMMANDS = """\
commands:
  cleaner restore CLEAN --report R   give the input back, byte for byte
  cleaner explain FILE[:LINE]        say of each line why it stayed or went
  cleaner view FILE -o PAGE.html     the clipping as a page that shows what went, and why
  cleaner view FOLDER -o REPORT/     such a page of each document, and an index
  cleaner batch SOURCE... DEST       clean folders, exports and crawls; goes on where it was stopped
  cleaner batch --in-place VAULT     replace the notes themselves; cleaner undo VAULT brings them back
  cleaner cluster SOURCE DEST        the same for crawls, on all nodes of a Ray cluster
  cleaner watch FOLDER [DEST]        clean new clippings as they arrive
  cleaner stats DEST -o PAGE.html    what a run removed, by category, site, rule and document
  cleaner serve                      clean for other programs, and on a page to paste into
  cleaner mcp                        clean for an assistant, over the Model Context Protocol
  cleaner learn FOLDER               write rules for what repeats on a site and is no article
  cleaner rules ...                  list, show, lint, test, write, import and compare rules
  cleaner config [PATH]              the settings that hold for a file or folder, and where each stands
  cleaner completion SHELL           print a completion script for bash, zsh or fish

  A first argument that is one of these names is that command; a file called rules is reached by ./rules."""

EXAMPLES = """\
examples:
  cleaner clip.md                                  the clean text on the screen
  cleaner clip.txt -o clean.txt --report r.json    clean text and report into files
  cleaner restore clean.txt --report r.json        the input again
  cleaner --diff clip.md                           what would go, in colour
  cleaner -i clip.md notes/*.md                    clean them where they are; cleaner undo clip.md takes it back
  cleaner page.html -o page.md                     a saved page as Markdown; .txt and .html are known, too
  cleaner explain clip.md:17                       why line 17 stayed or went
  cleaner batch clippings/ cleaned/                all of a folder, with as many processes as there are cores
  pbpaste | cleaner --url https://example.com/a --summary
  cleaner --jsonl < clips.jsonl > clean.jsonl      {"id", "url", "text"} in, clean text and report out"""


def parse(parser: argparse.ArgumentParser, args: list[str], options: T) -> T:
    """Read `args` into `options`; names of files may stand before, between and behind the options."""
    if parser._subparsers is not None:
        return parser.parse_args(args, namespace=options)
    return parser.parse_intermixed_args(args, namespace=options)


def main_parser() -> Parser:
    """`cleaner`."""
    parser = new("cleaner", ABOUT, "\n\n".join((COMMANDS, EXAMPLES, exit_codes())))
    parser.usage = f"cleaner [options] [FILE...|-]\n       cleaner {' | '.join(COMMAND_NAMES)}  ..."
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="clippings, or globs of them; - or nothing: standard input"
    )
    cleaning(parser)
    pages(parser)
    output = parser.add_argument_group("output")
    output.add_argument(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help="write here, as a whole or not at all, not to stdout; several files go into a folder",
    )
    output.add_argument(
        "-i", "--in-place", action="store_true", help="replace the files; cleaner undo brings them back"
    )
    output.add_argument(
        "--report", metavar="FILE|DIR", help="write the report, as JSON; what restore and explain --report need"
    )
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
    colour(output)
    parser.add_argument("-V", "--version", action="version", version=f"cleaner {VERSION}")
    return parser


def restore_parser() -> Parser:
    """`cleaner restore`."""
    about = "Give the input of a cleaning back, byte for byte, from the clean text and the report."
    parser = new("cleaner restore", about, exit_codes())
    parser.add_argument("clean", metavar="CLEAN", help="the clean text; -: standard input")
    parser.add_argument("--report", metavar="FILE", required=True, help="the report that --report wrote")
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, as a whole or not at all, not to stdout")
    return parser


def explain_parser() -> Parser:
    """`cleaner explain`."""
    about = (
        "Say of each line (or of one) whether it stayed or went, and why: the rule and its evidence;\n"
        "for lines that stayed the rules that came near, the condition they failed and the veto that saved it.\n"
        "With --report what was removed another day, from its report alone."
    )
    parser = new("cleaner explain", about, exit_codes())
    parser.usage = "cleaner explain [options] FILE[:LINE]\n       cleaner explain --report FILE [--line N]"
    parser.add_argument(
        "file", nargs="?", metavar="FILE[:LINE]", help="the clipping, and a line of it; -: standard input"
    )
    parser.add_argument("--report", metavar="FILE", help="explain this report, which --report wrote; needs no clipping")
    parser.add_argument("--line", type=line_number, metavar="N", help="the line, for a FILE whose name ends like :12")
    cleaning(parser)
    only(parser, "extractor")
    colour(parser)
    return parser


def view_parser() -> Parser:
    """`cleaner view`."""
    about = (
        "Show a clipping as one HTML page: what went is struck through and coloured by category, with rule, reason\n"
        "and evidence, filters and keys.  The page is complete in itself and sends no request.  Of a folder there is\n"
        "such a page of each document and an index, the largest removals first; of one that a run has filled or\n"
        "cleaned in place they show what the run was given."
    )
    parser = new("cleaner view", about, exit_codes())
    parser.usage = "cleaner view [options] FILE -o PAGE.html\n       cleaner view [options] FOLDER -o REPORT/"
    parser.add_argument("file", metavar="FILE", help="the clipping, or a folder of them; -: standard input")
    cleaning(parser)
    only(parser, "extractor")
    takes_page(parser.add_argument_group("output"), "the page (of a folder: all pages)")
    group = files(parser)
    group.add_argument("-j", "--jobs", type=whole, metavar="N", help="worker processes (as many as there are cores)")
    group.add_argument("-q", "--quiet", action="store_true", help="show nothing but errors")
    return parser


def rules_parser() -> Parser:
    """`cleaner rules`."""
    parser = new("cleaner rules", "List, show, check and write rules.", exit_codes())
    actions = parser.add_subparsers(dest="action", metavar="COMMAND", required=True, parser_class=Parser)

    def action(name: str, about: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=about, description=about.capitalize() + ".", formatter_class=Help)

    listing = action("list", "all rules, one a line")
    listing.add_argument("--category", choices=CATEGORIES, metavar="CATEGORY", help="only this category")
    listing.add_argument("--pack", metavar="PACK", help="only this pack: generic/share, or a folder of packs: sites")
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    only(listing, "rules")
    settings(listing)
    colour(listing)
    show = action("show", "one rule, as its file has it")
    show.add_argument("id", metavar="ID", help="of the rule")
    only(show, "rules")
    settings(show)
    colour(show)
    lint = action("lint", "check rule files for faults")
    lint.add_argument("dirs", nargs="*", metavar="DIR", help="folders or files; the shipped rules if none is named")
    colour(lint)
    test = action("test", "run the rules' own examples")
    test.add_argument("dirs", nargs="*", metavar="DIR", help="folders or files; the shipped rules if none is named")
    test.add_argument("--clean", action=Repeat, metavar="DIR", help="also clean these texts, of which nothing may go")
    colour(test)
    coverage = action("coverage", "count, for each rule, its hits on a bench, and those in the article itself")
    coverage.add_argument("bench", metavar="BENCH", help="folder of clippings with their gold text")
    only(coverage, "level", "rules")
    settings(coverage)
    start = action("new", "print a new pack to start from, or turn lines of a clipping into a rule")
    start.usage = "cleaner rules new [options] NAME\n       cleaner rules new [options] --from FILE:LINE[-LINE] [NAME]"
    start.add_argument(
        "name", nargs="?", metavar="NAME", help="name of the pack: sites/example, generic/greetings (that of the site)"
    )
    what = start.add_mutually_exclusive_group()
    what.add_argument("--example", metavar="TEXT", help="a leftover that its first rule shall take")
    what.add_argument("--from", dest="lines", metavar="FILE:10-14", help="lines of a clipping, which become a rule")
    start.add_argument("--url", help="where the clipping is from")
    start.add_argument(
        "-o", "--output", metavar="FILE", help="write here instead of stdout; a rule of --from is added to FILE"
    )
    add_actions(action)
    return parser


def config_parser() -> Parser:
    """`cleaner config`."""
    about = (
        "Show the settings that hold for a file or folder, and where each of them stands.\n\n"
        "Settings stand in cleaner.toml, or in pyproject.toml below [tool.cleaner]: in the folder of what is cleaned,\n"
        "or the nearest one above it that has some.  What they leave open the user's own file says, and then the\n"
        "default.  Options on the command line go before all of them.  Rules in .cleaner/rules/ beside the settings\n"
        "hold, too."
    )
    parser = new("cleaner config", about, exit_codes())
    parser.add_argument("place", nargs="?", metavar="PATH", help="a file or folder (the current one)")
    parser.add_argument("--json", action="store_true", help="as a JSON object")
    settings(parser)
    return parser


def completion_parser() -> Parser:
    """`cleaner completion`."""
    install = """\
to use it:
  bash   cleaner completion bash > ~/.local/share/bash-completion/completions/cleaner
  zsh    cleaner completion zsh > "${fpath[1]}/_cleaner"
  fish   cleaner completion fish > ~/.config/fish/completions/cleaner.fish"""
    parser = new("cleaner completion", "Print a completion script.", install)
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")
    return parser


PARSERS: dict[str, Callable[[], Parser]] = {
    "": main_parser,
    "restore": restore_parser,
    "explain": explain_parser,
    "view": view_parser,
    "batch": batch_parser,
    "cluster": cluster_parser,
    "watch": watch_parser,
    "undo": undo_parser,
    "stats": stats_parser,
    "learn": learn_parser,
    "serve": serve_parser,
    "mcp": mcp_parser,
    "rules": rules_parser,
    "config": config_parser,
    "completion": completion_parser,
}
