"""Reports as a column of Arrow: a struct whose type is the layout of `docs/report.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from cleaner.formats.parquetfile import arrow
from cleaner.report.schema import json_schema

_LOST = "what is no Unicode in this report is shown as \ufffd; it cannot restore the input"


@cache
def report_type() -> Any:
    """The type of the column, a `pyarrow.StructType`; `counts.categories` is a map.

    Raises:
        DocumentError: `missing`, pyarrow is not installed.
    """
    return _type(json_schema())


def report_column(reports: Iterable[Mapping[str, Any] | None]) -> Any:
    """Reports in their plain form (`cleaner.report.to_dict`) as a `pyarrow.StructArray`; None becomes null."""
    rows = [None if report is None else _row(report) for report in reports]
    try:
        return arrow().array(rows, report_type())
    except UnicodeEncodeError:
        return arrow().array([_encodable(row) for row in rows], report_type())


def _type(schema: Mapping[str, Any]) -> Any:
    library = arrow()
    if "anyOf" in schema:  # or null, which all of Arrow's types know
        return _type(schema["anyOf"][0])
    if "const" in schema:
        return library.int64()
    kind = schema.get("type", "string")
    if kind == "object":
        if "properties" not in schema:
            return library.map_(library.string(), _type(schema["additionalProperties"]))
        return library.struct([(name, _type(value)) for name, value in schema["properties"].items()])
    if kind == "array":
        return library.list_(_type(schema["items"]))
    return library.int64() if kind == "integer" else library.string()


def _row(report: Mapping[str, Any]) -> dict[str, Any]:
    counts = report["counts"]
    return {**report, "counts": {**counts, "categories": list(counts["categories"].items())}}


def _encodable(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """A row without lone surrogates, which stand for bytes that are no text."""
    if row is None or (plain := _replaced(row)) == row:
        return row
    plain["warnings"].append(_LOST)
    return dict(plain)


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _replaced(one) for key, one in value.items()}
    return [_replaced(one) for one in value] if isinstance(value, list) else value  # pairs are those of a category
