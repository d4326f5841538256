"""`cleaner learn`: rules for what repeats on a site and is no article."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from cleaner.cli.asking import Asking
from cleaner.cli.codes import DONE, INPUT, OUTPUT
from cleaner.cli.commands import parse
from cleaner.cli.growing import learn_parser
from cleaner.cli.options import LearnOptions, settled, unreadable_rules
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink, note, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import shown
from cleaner.isolation.problem import DocumentError
from cleaner.learn.library import Library
from cleaner.learn.proposal import Proposal, linted, propose
from cleaner.learn.rules import Learned
from cleaner.report.numbers import count
from cleaner.report.paint import BOLD, DIM, Paint, shortened, visible
from cleaner.rulebook.store import rule_files, shipped_rules
from cleaner.settings.find import RULES

_MOST_NAMED = 5
_SHOWN = 70


def run(args: list[str]) -> int:
    """`cleaner learn FOLDER`."""
    options = parse(learn_parser(), args, LearnOptions())
    settled(options, options.sources[0])
    paint = Paint(wants_colour(options.color, sys.stdout))
    proposals = _proposals(options)
    if not any(one.rules for one in proposals):
        note("cleaner: nothing repeats that would not go anyway; more clippings of a site tell more")
        return DONE
    written = 0
    asking = Asking(paint) if options.interactive else None
    for one in proposals:
        rules = one.rules if asking is None else asking.chosen(one)
        if rules:
            path = _write(options, one, rules)
            written += len(rules)
            write_text("".join(f"{row}\n" for row in _rows(one, rules, path, paint)))
        if asking is not None and asking.ended:
            break
    if written:
        used = os.path.abspath(options.output).endswith(os.sep + RULES)
        how = "used from now on" if used else f"nothing uses them yet: --rules {shown(options.output)} does"
        note(f"cleaner: {count(written, 'rule')} written; {how}")
    else:
        note("cleaner: nothing was written")
    return DONE


def _proposals(options: LearnOptions) -> list[Proposal]:
    from cleaner.api import Cleaner

    try:
        cleaner = Cleaner(rules=options.rules)
        shipped = [*rule_files([shipped_rules()]), *rule_files(options.rules)]
    except OSError as error:
        raise unreadable_rules(error) from None
    progress = _Progress()
    try:
        library = Library(tuple(options.sources), host=options.site, seen=progress.read)
    except DocumentError as error:
        raise Stop(INPUT, str(error.problem.text)) from None
    with library:
        sites = library.sites(options.least)
        _tell(library, sites_left=len(sites))
        if not sites and not library.size:
            raise Stop(INPUT, _nothing(options, library))
        found = []
        for site in sites:
            progress.site(site.host, site.size)
            proposal, _ = propose(site, cleaner, least=options.least, seen=progress.looked)
            found.append(proposal)
        progress.end()
    return linted([one for one in found if one.rules], shipped)


def _nothing(options: LearnOptions, library: Library) -> str:
    if library.homeless and options.site is None:
        return (
            f"none of {count(library.homeless, 'document')} says where it is from (front matter with source or url, "
            "or a saved page's address); --site HOST takes them for a site's"
        )
    what = f" of {shown(options.site)}" if options.site else ""
    return f"no clippings{what} in {', '.join(map(shown, options.sources))}; see cleaner learn --help"


def _tell(library: Library, *, sites_left: int) -> None:
    if library.size:
        note(f"cleaner: {count(library.size, 'document')} read, {count(sites_left, 'site')} with enough of them")
    if library.homeless and library.size and not library.host:
        note(
            f"cleaner: {count(library.homeless, 'document')} without an address passed over; "
            "--site HOST takes them for a site's"
        )
    for line in library.unread[:_MOST_NAMED]:
        note(f"cleaner: {shown(line)}")
    if len(library.unread) > _MOST_NAMED:
        note(f"cleaner: and {len(library.unread) - _MOST_NAMED} more that cannot be read")


class _Progress:
    """One line on a terminal that says how far it is; nothing elsewhere."""

    def __init__(self) -> None:
        self._on = sys.stderr is not None and sys.stderr.isatty()
        self._done = 0

    def read(self, number: int) -> None:
        if number % 100 == 0:
            self._show(f"{number:,} documents read")

    def site(self, host: str, size: int) -> None:
        self._done = 0
        self._host = f"{visible(host)}: {{}} of {size:,} documents"

    def looked(self) -> None:
        self._done += 1
        self._show(self._host.format(f"{self._done:,}"))

    def end(self) -> None:
        self._show("")

    def _show(self, text: str) -> None:
        if self._on:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


def _write(options: LearnOptions, one: Proposal, rules: Sequence[Learned]) -> str:
    path = os.path.join(options.output, one.file)
    if os.path.lexists(path) and not options.overwrite:
        raise Stop(OUTPUT, f"{shown(path)}: is there already; --overwrite replaces it, -o DIR writes elsewhere")
    try:
        os.makedirs(options.output, exist_ok=True)
    except OSError as error:
        raise Stop(OUTPUT, f"{shown(options.output)}: cannot be made: {error.strerror or error}") from None
    with Sink(path) as sink:
        sink.write(one.pack(rules).text().encode())
    return path


def _rows(one: Proposal, rules: Sequence[Learned], path: str, paint: Paint) -> Iterator[str]:
    found = f"{count(one.documents, 'document')}, {count(len(rules), 'rule')}"
    yield f"{paint(visible(one.host), BOLD)}: {found} -> {visible(path)}"
    wide = max(len(rule.draft.id) for rule in rules)
    for rule in rules:
        category = paint.category(f"{rule.draft.category:14}", rule.draft.category)
        facts = paint(f"{rule.draft.confidence:8}{rule.evidence}", DIM)
        yield f"  {rule.draft.id:{wide}}  {category}  {facts}  {shortened(visible(rule.sample), _SHOWN)}"
