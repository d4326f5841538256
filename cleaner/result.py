"""What a cleaning gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cleaner.model import Metadata, ReportFacts

_NO_METADATA = Metadata()
_SHOWN = 60
"""Characters of a text that its `repr` shows."""


@dataclass(frozen=True, slots=True, repr=False)
class Report(ReportFacts):
    """All that was done to one input, and how it is written down."""

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the layout of `docs/report.schema.json`."""
        from cleaner.report.json import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """As JSON, in the same layout; `cleaner restore` and `cleaner explain --report` read it."""
        from cleaner.report.json import dumps

        return dumps(self.to_dict(), indent=indent)


class Result:
    """The clean text and the report of what went.

    Attributes:
        report: made when it is first asked for; until then the result of a page keeps the page.
        source: the text that the report's offsets count in: the input as decoded, or the whole page as rendered.
        metadata: what the page, or the front matter of a clipping, says of it.
    """

    __slots__ = ("_report", "metadata", "source", "text")

    def __init__(
        self, text: str, report: Report | Callable[[], Report], source: str = "", metadata: Metadata = _NO_METADATA
    ) -> None:
        self.text = text
        self._report = report
        self.source = source
        self.metadata = metadata

    @property
    def report(self) -> Report:
        """All that was done."""
        report = self._report
        if not isinstance(report, Report):
            report = self._report = report()
        return report

    def __reduce__(self) -> tuple[type[Result], tuple[str, Report, str, Metadata]]:
        return type(self), (self.text, self.report, self.source, self.metadata)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        begin = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return f"<Result {begin!r}, {len(self.report.removals)} removals>"

    def encoded(self) -> bytes:
        """The clean text in the encoding of the input, with its byte order mark; of a page in UTF-8."""
        from cleaner.read.decode import encode

        return encode(self.text, self.report.encoding, bytes.fromhex(self.report.bom), self.report.errors)

    @property
    def title(self) -> str | None:
        """The headline."""
        return self.metadata.title

    @property
    def author(self) -> str | None:
        """The names of the authors, joined by ``", "``."""
        return self.metadata.author

    @property
    def published(self) -> str | None:
        """The day, or day and time, in ISO 8601."""
        return self.metadata.published

    @property
    def language(self) -> str | None:
        """A language tag such as ``en``."""
        return self.metadata.language

    @property
    def site(self) -> str | None:
        """The site's name."""
        return self.metadata.site

    @property
    def url(self) -> str | None:
        """The page's permanent address, or the one that it was given."""
        return self.metadata.url or self.report.url
