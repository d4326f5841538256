"""`cleaner explain`: why each line went or stayed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import groupby

from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.commands import explain_parser, parse
from cleaner.cli.inputs import read_clipping
from cleaner.cli.options import ExplainOptions, settled
from cleaner.cli.stop import Stop
from cleaner.cli.streams import name_of, note, read_bytes, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import InputError, RestoreError, shown
from cleaner.explain import LineStory, Story, Trace, explain, told
from cleaner.model import ReportFacts
from cleaner.report import loads
from cleaner.report.numbers import count, share
from cleaner.report.paint import BOLD, DIM, GREEN, STRUCK, YELLOW, Paint, shortened, visible
from cleaner.report.plainly import plainly, together

_MARK = {"stayed": " ", "went": "-", "partly": "~", "blank": " "}
_SAYS = {"took": "taken by", "saved": "saved from", "failed": "no match for", "keyword": "no match for"}
_SAW = 70
_SAID = 300


def run(args: list[str]) -> int:
    """`cleaner explain FILE[:LINE]`, or `cleaner explain --report FILE`."""
    options = parse(explain_parser(), args, ExplainOptions())
    paint = Paint(wants_colour(options.color, sys.stdout))
    if options.report is not None:
        rows = _of_report(options, paint)
        warnings: tuple[str, ...] = ()
    else:
        rows, warnings = _of_clipping(options, paint)
    write_text("".join(f"{row}\n" for row in rows))
    for warning in warnings:
        note(f"cleaner: {name_of(options.file)}: warning: {shown(warning)}")
    return DONE


def _of_clipping(options: ExplainOptions, paint: Paint) -> tuple[Iterator[str], tuple[str, ...]]:
    if "file" not in vars(options):
        raise Stop(USAGE, "name a FILE (-: standard input), or a --report; see cleaner explain --help")
    line = options.line
    if line is None:
        options.file, line = split_line(options.file)
    file = options.file
    settled(options, file)
    data = read_clipping(options, file)
    try:
        cleaner = options.cleaner()
        work = cleaner.work(data, url=options.url, format=options.format, name=None if file == "-" else file)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(file)}: {error}") from None
    story = explain(cleaner, work, keywords=line is not None)
    if line is not None and not 1 <= line <= len(story.lines):
        raise Stop(USAGE, f"{name_of(file)}: no line {line}; it has {len(story.lines)}")
    if line is not None:
        return _line(story.lines[line - 1], paint, len(str(line)), detailed=True), story.warnings
    return _rows(story, f"format: {story.format}; site: {_site(story)}", paint), story.warnings


def _of_report(options: ExplainOptions, paint: Paint) -> Iterator[str]:
    """What was removed, and kept, when the report was written."""
    if "file" in vars(options):
        raise Stop(USAGE, "--report needs no FILE: the report quotes what went; leave one of them out")
    file = options.report or ""
    try:
        report = loads(read_bytes(file))
        return iter(list(_told(options, report, paint)))
    except RestoreError as error:
        raise Stop(INPUT, f"{name_of(file)}: {error}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # of a hand that was not ours
        raise Stop(INPUT, f"{name_of(file)}: not a report of cleaner: {type(error).__name__}: {error}") from None


def _told(options: ExplainOptions, report: ReportFacts, paint: Paint) -> Iterator[str]:
    file = options.report or ""
    story = told(report)
    if options.line is not None:
        found = [line for line in story.lines if line.number == options.line]
        if not found:
            raise Stop(USAGE, f"{name_of(file)}: nothing went from line {options.line}, and nothing there was in doubt")
        return _line(found[0], paint, len(str(options.line)), detailed=True)
    part = share(report.removed_characters, report.characters)
    went = f"{count(len(report.removals), 'removal')}, {part} of {count(report.characters, 'character')}"
    facts = f"{went}; format: {report.format}; level: {report.level}; site: {_site(story)}"
    return _rows(story, facts, paint)


def split_line(argument: str) -> tuple[str, int | None]:
    """`FILE:LINE` as file and line.  A file that has the whole argument as its name goes first; so ``C:\\clip.txt``
    and a file whose name ends in ``:12`` are files."""
    file, colon, line = argument.rpartition(":")
    if not colon or not file or not (line.isascii() and line.isdigit()) or os.path.lexists(argument):
        return argument, None
    return file, int(line[:9])


def _site(story: Story) -> str:
    return f"{story.site.pack} (by {story.site.how})" if story.site else "not known"


def _rows(story: Story, head: str, paint: Paint) -> Iterator[str]:
    """All lines; what is told of one holds for those below it, as long as nothing else is told."""
    yield paint(head, DIM)
    digits = max(3, *(len(str(line.number)) for line in story.lines), 0)
    before: LineStory | None = None
    for each in story.lines:
        again = before is not None and before.traces == each.traces and before.number + 1 == each.number
        yield from _line(each, paint, digits, detailed=False, traces=not again)
        before = each


def _line(story: LineStory, paint: Paint, digits: int, *, detailed: bool, traces: bool = True) -> Iterator[str]:
    text = _marked(story, paint)
    yield f"{paint(f'{story.number:>{digits}}', DIM)} {paint(_MARK[story.fate], BOLD)} {text}".rstrip()
    indent = " " * (digits + 3)
    for trace in story.traces if traces else ():
        yield from (indent + row for row in _trace(trace, story, paint, detailed))
    if detailed and not story.traces:
        yield indent + _untouched(story)


def _marked(story: LineStory, paint: Paint) -> str:
    pieces: list[str] = []
    done = 0
    category = next((trace.category for trace in story.traces if trace.part == "took"), "")
    for start, end in story.gone:
        gone = visible(story.text[start:end])
        if not paint.on and story.fate == "partly":
            gone = f"[-{gone}-]"
        pieces += visible(story.text[done:start]), paint.category(gone, category, STRUCK)
        done = end
    return "".join((*pieces, visible(story.text[done:])))


def _untouched(story: LineStory) -> str:
    if story.fate == "blank":
        return "a blank line"
    if story.fate == "went":
        return "a blank line that went with its neighbours"
    return "stayed: no rule matches here"


def _trace(trace: Trace, story: LineStory, paint: Paint, detailed: bool) -> Iterator[str]:
    colour = {"took": paint.category(trace.rule, trace.category), "saved": paint(trace.rule, GREEN)}
    rule = colour.get(trace.part) or paint(trace.rule, YELLOW)
    facts = paint(f"({trace.category}, {trace.confidence})", DIM)
    yield f"└ {_SAYS[trace.part]} {rule} {facts}: {visible(plainly(trace.why))}"
    if trace.saw.strip() != story.text.strip():
        yield f"    matched “{_inline(trace.saw)}”"
    for rule, evidence in groupby(trace.evidence, lambda one: one.rule):
        said = visible(" ".join(together(one.saw for one in evidence).split()))
        yield f"    {paint('evidence', DIM)} {rule}: {shortened(said, _SAID)}"
    if detailed and trace.where:
        yield paint(f"    {visible(trace.where)}", DIM)


def _inline(text: str) -> str:
    return shortened(visible(" ".join(text.split())), _SAW)
