"""The layout of a report as JSON Schema: the promise `docs/report.schema.json` makes."""

from __future__ import annotations

from typing import Any

from cleaner.categories import CATEGORIES
from cleaner.model import CONFIDENCES, FORMATS, LEVELS, PAGE_KINDS
from cleaner.report.json import SCHEMA_VERSION
from cleaner.report.wording import WORDING

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}


def _object(about: str, properties: Json) -> Json:
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _about(kind: Json, about: str) -> Json:
    return {**kind, "description": about}


def _list(items: Json, about: str) -> Json:
    return {"type": "array", "items": items, "description": about}


_PLACE: Json = {
    "start": _about(_COUNT, "offset of the first character, in code points of the input (of HTML: the rendered page)"),
    "end": _about({"type": "integer", "minimum": 1}, "offset behind the last character"),
    "line": _about({"type": "integer", "minimum": 1}, "line of the start, from 1"),
    "text": _about({"type": "string", "minLength": 1}, "input[start:end]"),
}
_RULE: Json = {
    "rule": _about(_TEXT, "id of the rule"),
    "pack": _about(_TEXT, "pack of the rule; `engine` for what falls for the company it keeps"),
    "category": _about({"enum": list(CATEGORIES)}, "kind of leftover"),
    "confidence": _about({"enum": list(CONFIDENCES)}, "how sure the rule is"),
}
_REASON = _object(
    "a reason",
    {
        "code": _about({"enum": list(WORDING)}, "which"),
        "params": {
            "type": "object",
            "description": "what the code leaves open",
            "additionalProperties": {"type": "string"},
        },
    },
)
_EVIDENCE = _object(
    "one more reason", {"rule": _about(_TEXT, "a rule, `company` or `scorer`"), "saw": _about(_REASON, "what it saw")}
)
_REMOVAL = _object(
    "a stretch that was taken out",
    {
        "id": _about({"type": "string", "pattern": "^r[1-9][0-9]*$"}, "r1, r2, … in the order of the text"),
        **_RULE,
        **_PLACE,
        "reason": _about(_TEXT, "what the rule is for"),
        "evidence": _list(_EVIDENCE, "what else spoke for it"),
        "path": _about(_TEXT, "of HTML, the XPath of the element that held it; else empty"),
    },
)
_REPAIR = _object(
    "white space that went because its neighbour did", {key: _PLACE[key] for key in ("start", "end", "text")}
)
_KEPT = _object(
    "a match that did not get its text", {**_RULE, **_PLACE, "veto": _about(_REASON, "what saved the text")}
)
_INPUT = _object(
    "the input and how it was read",
    {
        "sha256": _about({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "of the bytes (of the UTF-8 form of a str)"),
        "format": _about({"enum": list(FORMATS)}, "as given or recognised"),
        "encoding": _about(_TEXT, "of the bytes that the clean text is written as (of HTML: UTF-8)"),
        "bom": _about({"type": "string", "pattern": "^([0-9a-f]{2})*$"}, "byte order mark, in hexadecimal"),
        "errors": _about(_TEXT, "how bytes outside of the encoding were carried along"),
        "characters": _about(_COUNT, "code points of the decoded input"),
        "lines": _about(_COUNT, "lines of the input"),
        "url": _about({"type": ["string", "null"]}, "where the clipping is from, if known"),
    },
)
_PAGE = _object(
    "of HTML, how the page became the text that all offsets count in",
    {
        "rendered": _about({"enum": ["markdown", "text"]}, "its form"),
        "sha256": _about({"type": "string", "pattern": "^[0-9a-f]{64}$"}, "of the rendered page in UTF-8"),
        "kind": _about({"enum": list(PAGE_KINDS)}, "how the page was saved"),
        "encoding": _about(_TEXT, "of the page's bytes"),
    },
)
_SITE = _object(
    "the site that was recognised",
    {
        "pack": _about(_TEXT, "its pack"),
        "how": _about({"enum": ["url", "front-matter", "fingerprints"]}, "what told it"),
        "evidence": _list(_TEXT, "the host name, or the wordings found"),
    },
)
_COUNTS = _object(
    "sums",
    {
        "removals": _about(_COUNT, "number of removals"),
        "characters": _about(_COUNT, "code points that went, repairs included"),
        "categories": {
            "type": "object",
            "description": "removals by category",
            "propertyNames": {"enum": list(CATEGORIES)},
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
    },
)


def json_schema() -> Json:
    """JSON Schema (2020-12) of a report."""
    report = _object(
        "What cleaner did to one input. With the clean text it gives the input back: `cleaner restore`.",
        {
            "version": _about({"const": SCHEMA_VERSION}, "of this layout; it changes when old readers would fail"),
            "cleaner": _about(_TEXT, "version of the program"),
            "level": _about({"enum": list(LEVELS)}, "how much was asked for"),
            "input": _INPUT,
            "page": {"anyOf": [_PAGE, {"type": "null"}]},
            "site": {"anyOf": [_SITE, {"type": "null"}]},
            "packs": _list(_TEXT, "packs whose rules matched something"),
            "counts": _COUNTS,
            "removals": _list(_REMOVAL, "what was taken out, in the order of the text"),
            "repairs": _list(_REPAIR, "white space that went with it"),
            "kept": _list(_KEPT, "what rules matched and did not get"),
            "warnings": _list(_TEXT, "what the reader should know"),
        },
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cleaner report", **report}
