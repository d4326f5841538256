"""The layout of a report as JSON, as classes: what `to_dict` writes, and what the schema is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from cleaner._version import VERSION
from cleaner.about import About
from cleaner.categories import CATEGORIES
from cleaner.model import Format, Kept, Level, PageFacts, Removal, Repair, ReportFacts, SiteMatch

SCHEMA_VERSION: Literal[2] = 2
Counted = Annotated[int, About("how many", {"minimum": 1})]


@dataclass(frozen=True, slots=True)
class InputFacts:
    """The input and how it was read."""

    sha256: Annotated[str, About("of the bytes (of the UTF-8 form of a str)", {"pattern": "^[0-9a-f]{64}$"})]
    format: Annotated[Format, About("as given or recognised")]
    encoding: Annotated[str, About("of the bytes that the clean text is written as (of HTML: UTF-8)")]
    bom: Annotated[str, About("byte order mark, in hexadecimal", {"pattern": "^([0-9a-f]{2})*$"})]
    errors: Annotated[str, About("how bytes outside of the encoding were carried along")]
    characters: Annotated[int, About("code points of the decoded input", {"minimum": 0})]
    lines: Annotated[int, About("lines of the input", {"minimum": 0})]
    url: Annotated[str | None, About("where the clipping is from, if known")]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums."""

    removals: Annotated[int, About("number of removals", {"minimum": 0})]
    characters: Annotated[int, About("code points that went, repairs included", {"minimum": 0})]
    categories: Annotated[
        Mapping[str, Counted], About("removals by category", {"propertyNames": {"enum": list(CATEGORIES)}})
    ]


@dataclass(frozen=True, slots=True)
class Layout:
    """What cleaner did to one input. With the clean text it gives the input back: `cleaner restore`."""

    version: Annotated[Literal[2], About("of this layout; it changes when old readers would fail")]
    cleaner: Annotated[str, About("version of the program")]
    level: Annotated[Level, About("how much was asked for")]
    input: InputFacts
    page: PageFacts | None
    site: SiteMatch | None
    packs: Annotated[tuple[str, ...], About("packs whose rules matched something")]
    counts: Counts
    removals: Annotated[tuple[Removal, ...], About("what was taken out, in the order of the text")]
    repairs: Annotated[tuple[Repair, ...], About("white space that went with it")]
    kept: Annotated[tuple[Kept, ...], About("what rules matched and did not get")]
    warnings: Annotated[tuple[str, ...], About("what the reader should know")]


def laid_out(report: ReportFacts) -> Layout:
    """A report in its layout."""
    return Layout(
        version=SCHEMA_VERSION,
        cleaner=VERSION,
        level=report.level,
        input=InputFacts(
            sha256=report.input_sha256,
            format=report.format,
            encoding=report.encoding,
            bom=report.bom,
            errors=report.errors,
            characters=report.characters,
            lines=report.lines,
            url=report.url,
        ),
        page=report.page,
        site=report.site,
        packs=report.packs,
        counts=Counts(len(report.removals), report.removed_characters, report.counts),
        removals=report.removals,
        repairs=report.repairs,
        kept=report.kept,
        warnings=report.warnings,
    )
