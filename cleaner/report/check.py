"""Whether what was read is laid out as a report is: only then can it be taken for one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cleaner.report.schema import json_schema

_KINDS: dict[str, tuple[str, Any]] = {
    "object": ("an object", Mapping),
    "array": ("a list", list),
    "string": ("a text", str),
    "integer": ("a whole number", int),
    "null": ("nothing", type(None)),
}


def fault(data: Mapping[str, Any], version: int) -> str:
    """What is wrong with the types in the plain form of a report, the first thing; empty if nothing is.

    What is missing, and what values mean, is not looked at.
    """
    return _fault(data, _layout(version), "")


@cache
def _layout(version: int) -> Mapping[str, Any]:
    schema = json_schema()
    if version == 1:  # it had the words of reasons where their codes are now
        kept, removals = (schema["properties"][name]["items"]["properties"] for name in ("kept", "removals"))
        kept["veto"] = removals["evidence"]["items"]["properties"]["saw"] = {"type": "string"}
    return schema


def _fault(value: Any, schema: Mapping[str, Any], at: str) -> str:
    if "anyOf" in schema:
        return "" if value is None else _fault(value, schema["anyOf"][0], at)
    kinds = schema.get("type", "integer" if isinstance(schema.get("const"), int) else "string")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds == ["object"] and "properties" not in schema and _are_pairs(value):  # so Arrow gives a map
        value = dict(value)
    if isinstance(value, bool) or not any(isinstance(value, _KINDS[kind][1]) for kind in kinds):
        return f"{at or 'it'} is not {' or '.join(_KINDS[kind][0] for kind in kinds)}"
    if isinstance(value, Mapping):
        known, other = schema.get("properties", {}), schema.get("additionalProperties")
        inner = [(one, known.get(name, other), f"{at}.{name}".lstrip(".")) for name, one in value.items()]
    elif isinstance(value, list):
        inner = [(one, schema["items"], f"{at}[{number}]") for number, one in enumerate(value)]
    else:
        return ""
    return next((found for one, rule, place in inner if rule and (found := _fault(one, rule, place))), "")


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, tuple | list) and len(one) == 2 and isinstance(one[0], str) for one in value
    )
