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
    """The type of the column, a `pyarrow.StructType`; `counts.categories` and `params` are maps.

    Raises:
        DocumentError: `missing`, pyarrow is not installed.
    """
    return _type(_layout())


def report_column(reports: Iterable[Mapping[str, Any] | None]) -> Any:
    """Reports in their plain form (`cleaner.report.to_dict`) as a `pyarrow.StructArray`; None becomes null."""
    rows = list(reports)
    try:
        return arrow().array(map(_row, rows), report_type())
    except UnicodeEncodeError:
        return arrow().array([_row(_encodable(row)) for row in rows], report_type())


@cache
def _layout() -> Mapping[str, Any]:
    return json_schema()


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


def _row(report: Mapping[str, Any] | None) -> Any:
    return None if report is None else _cell(report, _layout())


def _cell(value: Any, schema: Mapping[str, Any]) -> Any:
    """A value as Arrow takes it: what is a map there as pairs."""
    if isinstance(value, Mapping):
        kinds = schema.get("anyOf", [schema])[0].get("properties")
        return {key: _cell(one, kinds[key]) for key, one in value.items()} if kinds else list(value.items())
    return [_cell(one, schema["items"]) for one in value] if isinstance(value, list) else value


def _encodable(row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
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
    return [_replaced(one) for one in value] if isinstance(value, list) else value
