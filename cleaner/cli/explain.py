"""`cleaner explain`: why each line went or stayed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from cleaner.cli.codes import DONE, INPUT, USAGE
from cleaner.cli.commands import explain_parser, parse
from cleaner.cli.options import ExplainOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import name_of, note, read_bytes, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import InputError, shown
from cleaner.explain import LineStory, Story, Trace, explain
from cleaner.report.paint import BOLD, DIM, GREEN, STRUCK, YELLOW, Paint, shortened, visible
from cleaner.report.wording import words

_MARK = {"stayed": " ", "went": "-", "partly": "~", "blank": " "}
_SAYS = {"took": "taken by", "saved": "saved from", "failed": "no match for", "keyword": "keyword of"}
_SAW = 70


def run(args: list[str]) -> int:
    """`cleaner explain FILE[:LINE]`."""
    options = parse(explain_parser(), args, ExplainOptions())
    file, line = options.file, options.line
    if line is None:
        file, line = split_line(file)
    data = read_bytes(file)
    try:
        cleaner = options.cleaner()
        work = cleaner.work(data, url=options.url, format=options.format, name=None if file == "-" else file)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(file)}: {error}") from None
    story = explain(cleaner, work, keywords=line is not None)
    if line is not None and not 1 <= line <= len(story.lines):
        raise Stop(USAGE, f"{name_of(file)}: no line {line}; it has {len(story.lines)}")
    paint = Paint(wants_colour(options.color, sys.stdout))
    write_text("".join(f"{row}\n" for row in _rows(story, line, paint)))
    for warning in story.warnings:
        note(f"cleaner: {name_of(file)}: warning: {shown(warning)}")
    return DONE


def split_line(argument: str) -> tuple[str, int | None]:
    """`FILE:LINE` as file and line.  A file that has the whole argument as its name goes first; so ``C:\\clip.txt``
    and a file whose name ends in ``:12`` are files."""
    file, colon, line = argument.rpartition(":")
    if not colon or not file or not (line.isascii() and line.isdigit()) or os.path.lexists(argument):
        return argument, None
    return file, int(line[:9])


def _rows(story: Story, line: int | None, paint: Paint) -> Iterator[str]:
    if line is not None:
        yield from _line(story.lines[line - 1], paint, len(str(line)), detailed=True)
        return
    site = f"{story.site.pack} (by {story.site.how})" if story.site else "not known"
    yield paint(f"format: {story.format}; site: {site}", DIM)
    digits = max(3, len(str(len(story.lines))))
    for each in story.lines:
        yield from _line(each, paint, digits, detailed=False)


def _line(story: LineStory, paint: Paint, digits: int, *, detailed: bool) -> Iterator[str]:
    text = _marked(story, paint)
    yield f"{paint(f'{story.number:>{digits}}', DIM)} {paint(_MARK[story.fate], BOLD)} {text}".rstrip()
    indent = " " * (digits + 3)
    for trace in story.traces:
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
    yield f"└ {_SAYS[trace.part]} {rule} {facts}: {visible(words(trace.why))}"
    if trace.saw.strip() != story.text.strip():
        yield f"    matched “{_inline(trace.saw)}”"
    for evidence in trace.evidence:
        yield f"    {paint('evidence', DIM)} {evidence.rule}: “{_inline(words(evidence.saw))}”"
    if detailed and trace.where:
        yield paint(f"    {visible(trace.where)}", DIM)


def _inline(text: str) -> str:
    return shortened(visible(" ".join(text.split())), _SAW)
