"""The parsers of the commands that grow rules: `cleaner learn`, and what `cleaner rules` has for that."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cleaner.cli.parser import Parser, colour, exit_codes, new, only, whole

FORMATS = ("ftr", "easylist", "miniflux", "postlight")
"""The kinds of rules that `cleaner rules import` reads."""


def learn_parser() -> Parser:
    """`cleaner learn`."""
    about = (
        "Read clippings, find what repeats across the documents of a site and is no article, and write it down as\n"
        "rules: one pack a site, each rule with its evidence and its tests.  Nothing uses them until you say so."
    )
    examples = """\
examples:
  cleaner learn vault/Clippings/                    packs into learned-rules/, with what was found
  cleaner learn vault/Clippings/ -i                 ask rule by rule, with a preview
  cleaner learn saved/ --site example.com           documents that do not say where they are from
  cleaner rules diff - learned-rules/ vault/        what they would take that is not taken today
  cleaner batch vault/ out/ --rules learned-rules   use them"""
    parser = new("cleaner learn", about, "\n\n".join((examples, exit_codes())))
    parser.add_argument("sources", nargs="+", metavar="FOLDER", help="folders and files, containers too, as of batch")
    parser.add_argument("--site", metavar="HOST", help="only this site; documents without an address count to it")
    parser.add_argument(
        "--least", type=whole, metavar="N", help="documents of a site in which something must stand (3)"
    )
    parser.add_argument("-i", "--interactive", action="store_true", help="ask of each rule whether to write it")
    parser.add_argument("-o", "--output", metavar="DIR", help="where the packs go (learned-rules)")
    parser.add_argument("--overwrite", action="store_true", help="replace packs that are there already")
    only(parser, "rules")
    colour(parser)
    return parser


def add_actions(action: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands of `cleaner rules` that look at a clipping or a corpus, or read rules of others."""
    why = action("why", "name the rules that nearly matched a line, and what was missing")
    why.usage = "cleaner rules why [options] FILE:LINE"
    why.add_argument("file", metavar="FILE:LINE", help="the clipping and the line, as cleaner explain counts them")
    why.add_argument("--url", help="where the clipping is from")
    only(why, "rules", "level")
    colour(why)
    diff = action("diff", "show what two folders of rules do differently on a corpus")
    diff.add_argument("old", metavar="OLD", help="a folder or file of rules; -: only those that come with cleaner")
    diff.add_argument("new", metavar="NEW", help="another one")
    diff.add_argument("corpus", metavar="CORPUS", help="clippings to try both on")
    diff.add_argument("--json", action="store_true", help="as JSON lines")
    only(diff, "level")
    colour(diff)
    take = action("import", "turn rules of other tools into packs")
    take.add_argument("kind", choices=FORMATS, metavar="KIND", help=f"whose: {', '.join(FORMATS)}")
    take.add_argument("path", metavar="PATH", help="your copy: a folder, or a file")
    take.add_argument("-o", "--output", metavar="DIR", help="where the packs go (imported-rules/KIND)")
    take.add_argument("--overwrite", action="store_true", help="replace packs that are there already")
    take.add_argument("--list", metavar="FILE", help="write of each line what became of it, or why it was left out")
    colour(take)
