"""What is answered beside the objects of `--jsonl`, as classes: the answers and their schemas are made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from cleaner.about import About
from cleaner.explain import Fate, LineStory, Part, Story, Trace
from cleaner.model import Confidence, Format, Metadata, SiteMatch, Span
from cleaner.reasons import Reason
from cleaner.report.plainly import plainly, together
from cleaner.result import Result


@dataclass(frozen=True, slots=True)
class Because:
    """What spoke for a removal, as one rule saw it."""

    rule: Annotated[str, About("its id")]
    why: Annotated[str, About("in words")]


@dataclass(frozen=True, slots=True)
class ExplainedTrace:
    """A rule's part in the fate of a line."""

    part: Annotated[
        Part,
        About("took: it took text of the line; saved: a veto saved the text; failed, keyword: no match"),
    ]
    rule: Annotated[str, About("its id")]
    category: Annotated[str, About("of leftovers; empty for rules that keep")]
    confidence: Annotated[str, About("how sure the rule is")]
    why: Annotated[str, About("in words")]
    reason: Annotated[Reason, About("the same for programs")]
    saw: Annotated[str, About("the text it matched")]
    where: Annotated[str, About("file and line of the rule; empty for the engine's own rules")]
    evidence: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """What became of one line."""

    number: Annotated[int, About("counted from 1", {"minimum": 1})]
    text: Annotated[str, About("without its line end")]
    fate: Annotated[Fate, About("of the line")]
    gone: Annotated[tuple[Span, ...], About("the parts that went: from and to, in code points of the line")]
    traces: tuple[ExplainedTrace, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why each line of a clipping stayed or went; of a page, the lines of the whole page as Markdown or text."""

    format: Annotated[Format, About("as given or recognised")]
    site: SiteMatch | None
    lines: tuple[ExplainedLine, ...]
    warnings: Annotated[tuple[str, ...], About("what the reader should know")]


def explained(story: Story, line: int | None = None) -> Explained:
    """A story, or what it says of one line, in its layout."""
    lines = story.lines if line is None else story.lines[line - 1 : line]
    return Explained(story.format, story.site, tuple(map(_line, lines)), story.warnings)


def _line(story: LineStory) -> ExplainedLine:
    return ExplainedLine(story.number, story.text, story.fate, story.gone, tuple(map(_trace, story.traces)))


def _trace(trace: Trace) -> ExplainedTrace:
    return ExplainedTrace(
        trace.part,
        trace.rule,
        trace.category,
        trace.confidence,
        plainly(trace.why),
        trace.why,
        trace.saw,
        trace.where,
        tuple(
            Because(rule, together(one.saw for one in same))
            for rule, same in groupby(trace.evidence, lambda one: one.rule)
        ),
    )


@dataclass(frozen=True, slots=True)
class Removed:
    """What went, shortly."""

    line: Annotated[int, About("where it began, counted from 1", {"minimum": 1})]
    text: Annotated[str, About("what went")]
    category: Annotated[str, About("the kind of leftover")]
    rule: Annotated[str, About("the id of the rule")]
    confidence: Annotated[Confidence, About("how sure the rule is")]
    reason: Annotated[str, About("why, in words")]


@dataclass(frozen=True, slots=True)
class Brief:
    """The clean text of a clipping, and what went."""

    text: Annotated[str, About("the clean text")]
    metadata: Annotated[Metadata | None, About("what a web page says of itself; null for text and Markdown")]
    removed: tuple[Removed, ...]
    warnings: Annotated[tuple[str, ...], About("what the reader should know")]


def brief(result: Result) -> Brief:
    """A result without what restoring it takes."""
    report = result.report
    return Brief(result.text, result.metadata if report.page else None, tuple(_removed(result)), report.warnings)


def _removed(result: Result) -> Iterator[Removed]:
    for one in result.report.removals:
        yield Removed(
            one.line, one.text, one.category, one.rule, one.confidence, plainly(Reason.of("words", text=one.reason))
        )
