"""The layout of a report as JSON Schema, made from its classes: the promise `docs/report.schema.json` makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from cleaner.about import About
from cleaner.reasons import Params
from cleaner.report.layout import Layout

Json = dict[str, Any]

_PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean"}


def json_schema() -> Json:
    """JSON Schema (2020-12) of a report."""
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "title": "cleaner report", **schema_of(Layout)}


def schema_of(kind: Any) -> Json:
    """The schema of what a field of this type holds."""
    origin, of = get_origin(kind), get_args(kind)
    if origin is Annotated:
        about = next(one for one in of[1:] if isinstance(one, About))
        return {**schema_of(of[0]), **about.limits, "description": about.text}
    if is_dataclass(kind):
        return _object(kind)
    if origin is Literal:
        return {"const": of[0]} if len(of) == 1 else {"enum": list(of)}
    if origin in (Union, UnionType):  # or None
        (one,) = (schema_of(each) for each in of if each is not NoneType)
        return {"type": [one["type"], "null"]} if "properties" not in one else {"anyOf": [one, {"type": "null"}]}
    if kind == Params:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if origin is tuple:
        return {"type": "array", "items": schema_of(of[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": schema_of(of[1])}
    return {"type": _PLAIN[kind]}


def _object(kind: Any) -> Json:
    hints = get_type_hints(kind, include_extras=True)
    properties = {one.name: schema_of(hints[one.name]) for one in fields(kind)}
    about = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
