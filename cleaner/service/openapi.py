"""What the service says of itself: an OpenAPI document, made from the options and the layouts of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner._version import VERSION
from cleaner.model import Metadata
from cleaner.report.schema import json_schema, schema_of
from cleaner.service.growing import Grown
from cleaner.service.layout import Explained
from cleaner.service.query import parameters

Json = dict[str, Any]

_ABOUT = """\
Turns a web clipping (text, Markdown, HTML) into the clean article, and says of each line why it stayed or went.
Nothing is fetched. All offsets count Unicode code points."""
_REFUSALS = {
    400: "the body or a parameter cannot be read",
    401: "the token is missing or wrong",
    403: "the request is from a page of another site",
    408: "the body did not arrive in time",
    413: "the body is too large",
    415: "the body is not sent as JSON",
    422: "this cannot be cleaned",
    500: "an error of the service, or of the process that cleaned",
    503: "too many requests wait; try again later",
    504: "it took longer than the service allows",
}
_CLIPPING: Json = {
    "type": "object",
    "description": "A clipping. Other fields are allowed; /clean gives them back as they are.",
    "properties": {
        "text": {"type": "string", "description": "text, Markdown or HTML"},
        "url": {"type": ["string", "null"], "description": "where it is from: picks the rules of the site"},
    },
    "required": ["text"],
    "examples": [{"id": 7, "url": "https://example.com/story", "text": "The story.\n\nSign up for our newsletter\n"}],
}
_LINES: Json = {
    **_CLIPPING,
    "description": "Lines of a clipping, and what shall become of them.",
    "properties": {
        **_CLIPPING["properties"],
        "first": {"type": "integer", "minimum": 1, "description": "the first line, as /explain counts"},
        "last": {"type": "integer", "minimum": 1, "description": "the last line"},
        "action": {"enum": ["remove", "keep"]},
    },
    "required": ["text", "first", "last", "action"],
    "examples": [{"text": "The story.\n\nBecome a keeper\n", "first": 3, "last": 3, "action": "remove"}],
}


def document() -> Json:
    """The document (OpenAPI 3.1)."""
    report = json_schema()
    del report["$schema"]
    cleaned = {
        "type": "object",
        "description": "The same object, its text clean and a report added.",
        "properties": {
            "text": {"type": "string", "description": "the clean text"},
            "metadata": {**schema_of(Metadata), "description": "of a web page: what it says of itself"},
            "report": report,
        },
        "required": ["text", "report"],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "cleaner", "version": VERSION, "description": _ABOUT, "license": {"name": "Apache-2.0"}},
        "paths": {
            "/clean": {"post": _post("clean", "Clean a clipping", "The clean clipping", cleaned)},
            "/explain": {
                "post": _post(
                    "explain",
                    "Say of each line why it stayed or went",
                    "The lines of the clipping",
                    schema_of(Explained),
                    also=("line",),
                )
            },
            "/rules": {
                "post": _post(
                    "grow",
                    "Make a rule of lines, with its tests: to take them, or to keep them",
                    "The rule, and what it changes in this clipping",
                    schema_of(Grown),
                    asks="Lines",
                    also=("save",),
                )
            },
            "/health": {"get": _get("health", "Is the service there?", "The version", _object(cleaner="string"))},
        },
        "components": {
            "schemas": {"Clipping": _CLIPPING, "Lines": _LINES, "Error": _object(error="string")},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _post(
    name: str, summary: str, gives: str, schema: Json, *, asks: str = "Clipping", also: Sequence[str] = ()
) -> Json:
    return {
        **_get(name, summary, gives, schema),
        "parameters": [
            {"name": key, "in": "query", "description": about, "schema": kind, **_style(kind)}
            for key, (about, kind) in parameters(also).items()
        ],
        "requestBody": {"required": True, "content": _json({"$ref": f"#/components/schemas/{asks}"})},
    }


def _get(name: str, summary: str, gives: str, schema: Json) -> Json:
    error = {"$ref": "#/components/schemas/Error"}
    refusals = {str(code): {"description": what, "content": _json(error)} for code, what in _REFUSALS.items()}
    answers = {"200": {"description": gives, "content": _json(schema)}, **refusals}
    return {"operationId": name, "summary": summary, "responses": answers}


def _style(kind: Json) -> Json:
    return {"style": "form", "explode": False} if kind["type"] == "array" else {}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _object(**properties: str) -> Json:
    fields = {name: {"type": kind} for name, kind in properties.items()}
    return {"type": "object", "properties": fields, "required": list(fields)}
