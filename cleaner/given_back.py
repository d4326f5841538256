"""What a report and a result do for callers by layers that stand above them: a caller looks at the thing itself."""

from __future__ import annotations

from typing import Any, cast

_SHOWN = 60
"""Characters of a text that its `repr` shows."""


class AsData:
    """A `Report` as plain data and as JSON."""

    __slots__ = ()

    def __repr__(self) -> str:
        report = cast(Any, self)
        took = f"{len(report.removals)} removals, {report.removed_characters:,} of {report.characters:,} characters"
        return f"<Report of {report.format} at level {report.level}: {took}>"

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the layout of `docs/report.schema.json`."""
        from cleaner.report.json import to_dict

        return to_dict(cast(Any, self))

    def to_json(self, *, indent: int | None = None) -> str:
        """As JSON, in the same layout; `cleaner restore` and `cleaner explain --report` read it."""
        from cleaner.report.json import dumps

        return dumps(self.to_dict(), indent=indent)


class AsBytes:
    """The text of a `Result` as bytes."""

    __slots__ = ()

    def __repr__(self) -> str:
        result = cast(Any, self)
        begin = result.text if len(result.text) <= _SHOWN else f"{result.text[:_SHOWN]}…"
        return f"<Result {begin!r}, {len(result.report.removals)} removals>"

    def encoded(self) -> bytes:
        """The clean text in the encoding of the input, with its byte order mark; of a page in UTF-8."""
        from cleaner.read.decode import encode

        result = cast(Any, self)
        return encode(result.text, result.report.encoding, bytes.fromhex(result.report.bom), result.report.errors)
