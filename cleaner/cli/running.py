"""The parsers of the commands that clean folders and long runs, and of what looks at them afterwards."""

from __future__ import annotations

from cleaner.cli.parser import Parser, exit_codes, files, new, only, run, settings, takes_page


def batch_parser() -> Parser:
    """`cleaner batch`."""
    about = (
        "Clean files and folders into another folder, which mirrors their tree, or in place.  Takes text, Markdown,\n"
        "web pages (HTML, MHTML, SingleFile) and files of many documents: JSON lines, CSV, Parquet, Evernote's ENEX,\n"
        "WARC and WACZ, zipped exports of read-it-later services.  A document that hangs or crashes is set aside.\n"
        "What is done is remembered in DEST/.cleaner: the same command again does only what is new or has changed."
    )
    examples = """\
examples:
  cleaner batch clippings/ cleaned/                 a folder into another one
  cleaner batch --in-place --dry-run vault/         what would go from the notes of a vault
  cleaner batch --in-place vault/                   replace them; cleaner undo vault/ brings them back
  cleaner batch export.enex notes/ --records files  one Markdown file a note, with its attachments
  cleaner batch crawl.warc.gz out/ --records jsonl  one JSON object a page
  cleaner batch pages.jsonl.zst out/ --text-field body --report-field why"""
    parser = new("cleaner batch", about, "\n\n".join((examples, exit_codes())))
    parser.usage = "cleaner batch [options] SOURCE... DEST\n       cleaner batch --in-place [options] SOURCE..."
    parser.add_argument("places", nargs="+", metavar="SOURCE", help="files and folders; the last: DEST")
    parser.add_argument(
        "--in-place", action="store_true", help="replace the clippings among notes; undo brings them back"
    )
    parser.add_argument(
        "--all-notes", action="store_true", help="in place: also notes that are no clippings, at level safe"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing, and list what would go from which file")
    parser.add_argument("--check", action="store_true", help="as --dry-run, and exit with 1 if something would go")
    parser.add_argument("--retry-failed", action="store_true", help="try again what an earlier run set aside")
    group = files(parser)
    group.add_argument("--copy-others", action="store_true", help="copy files that hold no clipping, such as pictures")
    group.add_argument("--overwrite", action="store_true", help="replace files in DEST that cleaner did not write")
    run(parser)
    return parser


def cluster_parser() -> Parser:
    """`cleaner cluster`."""
    about = (
        "Clean a crawl on all nodes of a Ray cluster: JSON lines, Parquet, WARC and other files of many documents, in\n"
        "a folder or at any address that fsspec knows, into another one.  The output is the same as that of cleaner\n"
        "batch, byte for byte.  A document that hangs or crashes is set aside, a node may die.  What is done is\n"
        "remembered in DEST/.cleaner: the same command again does only what is missing.  It needs one package more:\n"
        "pip install '.[ray]' in a clone."
    )
    examples = """\
examples:
  cleaner cluster crawl/ clean/                               on this machine alone
  cleaner cluster s3://bucket/crawl s3://bucket/clean --address auto
  cleaner cluster crawl/ clean/ --records jsonl --json > events.jsonl"""
    parser = new("cleaner cluster", about, "\n\n".join((examples, exit_codes())))
    parser.usage = "cleaner cluster [options] SOURCE DEST"
    parser.add_argument("source", metavar="SOURCE", help="a file or folder, or the address of one")
    parser.add_argument("dest", metavar="DEST", help="the folder that gets what is clean, or its address")
    parser.add_argument(
        "--address",
        metavar="ADDRESS",
        help="of the Ray cluster: auto for the one this machine is part of, or host:port; without it what RAY_ADDRESS "
        "says, else a cluster of this machine alone",
    )
    parser.add_argument("--retry-failed", action="store_true", help="try again what an earlier run set aside")
    group = files(parser)
    group.add_argument("--overwrite", action="store_true", help="replace files in DEST that cleaner did not write")
    parser.add_argument(
        "--count-lines",
        action="store_true",
        help="count first in how many documents of its site each line stands: what repeats is likely to be a leftover",
    )
    run(parser, records=("same", "jsonl"), reports=False)
    return parser


def watch_parser() -> Parser:
    """`cleaner watch`."""
    about = (
        "Clean new clippings in a folder as they arrive, and those that change: in place, with a journal for\n"
        "cleaner undo, or into another folder.  A file is taken once nothing writes to it any more.  Ctrl-C ends it."
    )
    parser = new("cleaner watch", about, exit_codes())
    parser.usage = "cleaner watch [options] FOLDER [DEST]"
    parser.add_argument("folder", metavar="FOLDER", help="what to watch")
    parser.add_argument("dest", nargs="?", metavar="DEST", help="where the clean ones go; without it they are replaced")
    parser.add_argument("--existing", action="store_true", help="first clean what is there already")
    parser.add_argument(
        "--all-notes", action="store_true", help="in place: also notes that are no clippings, at level safe"
    )
    files(parser)
    run(parser)
    return parser


def undo_parser() -> Parser:
    """`cleaner undo`."""
    about = (
        "Bring back, byte for byte, what cleaner -i, cleaner batch --in-place or cleaner watch replaced: what the\n"
        "last run did, or another one.  Files that were edited since are left alone and named."
    )
    parser = new("cleaner undo", about, exit_codes())
    parser.add_argument("folder", metavar="FOLDER|FILE", help="what was cleaned: a folder, or one file of it")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--run", type=int, metavar="N", help="undo this run (see --list), not the last one")
    which.add_argument("--all", action="store_true", help="undo all runs, the last first")
    which.add_argument("--list", action="store_true", help="list the runs that can be undone")
    parser.add_argument("--into", metavar="FOLDER", help="write the former files into this folder instead")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be brought back")
    return parser


def stats_parser() -> Parser:
    """`cleaner stats`."""
    about = (
        "Show what runs on a folder removed, as one HTML page with charts: by category, site, rule and document, what\n"
        "was set aside, and what to look at first.  The page is complete in itself and sends no request."
    )
    parser = new("cleaner stats", about, exit_codes())
    parser.add_argument("folder", metavar="DEST", help="the folder that was filled, or cleaned in place")
    takes_page(parser, "the page")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object, not a page")
    parser.add_argument(
        "--pages",
        metavar="REPORT",
        help="what cleaner view wrote for a folder, to which documents are linked (where the page goes)",
    )
    only(parser, "rules")
    settings(parser)
    return parser
