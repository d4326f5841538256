"""What the service answers to whom it lets in."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate

from cleaner.service.openapi import document
from tests.cli.conftest import spawn
from tests.service.conftest import CLEAN, STORY, Running

PAGE = (
    "<!doctype html><html lang=en><title>The mill on the brook</title><body><nav><a href=/>Home</a></nav><article>"
    "<h1>The mill on the brook</h1><p>The mill has stood at the brook for three hundred years, and its wheel turns.</p>"
    "<p>Last winter the ice took two of its paddles, which the miller carved anew from the oak behind the barn.</p>"
    "</article></body></html>"
)


def _schema(path: str) -> Any:
    return document()["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]


def test_clean_answers_as_jsonl_does(service: Running) -> None:
    line = json.dumps({"id": 7, "n": 1.10, "url": "https://example.com/a", "text": STORY, "tags": ["é"]})
    reply = service.post("/clean", line.encode())
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.body + b"\n" == spawn("--jsonl", stdin=line.encode() + b"\n").out
    assert reply.json["text"] == CLEAN
    jsonschema.validate(reply.json, _schema("/clean"))


def test_a_page(service: Running) -> None:
    reply = service.post("/clean", {"text": PAGE})
    assert reply.json["text"].startswith("# The mill on the brook\n\nThe mill has stood")
    assert reply.json["metadata"]["title"] == "The mill on the brook"
    jsonschema.validate(reply.json, _schema("/clean"))
    assert service.post("/clean?to=text&title=false", {"text": PAGE}).json["text"].startswith("The mill has stood")


def test_markdown(service: Running) -> None:
    text = (
        "# A day\n\nThe day was **long** enough to be told of.\n\n[Sign up for our newsletter](https://example.com/n)\n"
    )
    reply = service.post("/clean?format=markdown", {"text": text}).json
    assert reply["text"] == "# A day\n\nThe day was **long** enough to be told of.\n"
    assert reply["report"]["input"]["format"] == "markdown"


def test_options(service: Running) -> None:
    assert service.post("/clean?skip=newsletter,share", {"text": STORY}).json["text"] == STORY
    assert service.post("/clean?only=newsletter&only=share", {"text": STORY}).json["text"] == CLEAN
    assert service.post("/clean?level=aggressive", {"text": STORY}).json["report"]["level"] == "aggressive"


def test_explain(service: Running) -> None:
    reply = service.post("/explain", {"text": STORY}).json
    jsonschema.validate(reply, _schema("/explain"))
    story, blank, gone = reply.pop("lines")
    assert reply == {"format": "text", "site": None, "warnings": []}
    assert story == {"number": 1, "text": STORY.partition("\n")[0], "fate": "stayed", "gone": [], "traces": []}
    assert (blank["number"], blank["text"]) == (2, "")
    assert (gone["number"], gone["fate"], gone["gone"]) == (3, "went", [[0, 26]])
    (trace,) = gone["traces"]
    assert trace["where"].endswith("newsletter.yaml:9")
    assert {name: trace[name] for name in ("part", "rule", "category", "confidence", "why", "saw")} == {
        "part": "took",
        "rule": "newsletter.heading",
        "category": "newsletter",
        "confidence": "high",
        "why": "the heading or button of a newsletter box",
        "saw": "Sign up for our newsletter\n",
    }
    assert trace["evidence"][1] == {"rule": "newsletter.signup-here", "why": "“Sign up”"}


def test_explain_one_line(service: Running) -> None:
    (line,) = service.post("/explain?line=3", {"text": STORY}).json["lines"]
    assert line["number"] == 3
    reply = service.post("/explain?line=4", {"text": STORY})
    assert (reply.status, reply.json) == (422, {"error": "no line 4; it has 3"})


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("/clean", b"nonsense", 400, "no JSON object"),
        ("/clean", b'{"text": "\xff"}', 400, "not UTF-8"),
        ("/clean", b'{"text": ' + b"[" * 100_000, 400, "no JSON: nested too deeply"),
        ("/clean", b'{"text": "a", "text": "b"}', 400, "'text' stands twice"),
        ("/explain", b"{}", 400, "'text' is missing"),
        ("/clean", b'{"text": 1}', 400, "'text' is no string"),
        ("/clean", b'{"text": "", "url": 1}', 400, "'url' is no string"),
        ("/clean?level=wild", b"{}", 400, "level must be one of safe, normal, aggressive, not 'wild'"),
        ("/clean?images=yes", b"{}", 400, "images must be true or false, not 'yes'"),
        ("/clean?level=safe&level=safe", b"{}", 400, "level stands twice"),
        ("/clean?format=pdf", b"{}", 400, "format must be one of auto, text, markdown, html, not 'pdf'"),
        ("/explain?line=0", b"{}", 400, "line must be a whole number above 0, not '0'"),
        (
            "/clean?rules=/etc",
            b"{}",
            400,
            "unknown parameter 'rules'; known: format, level, only, skip, to, images, front_matter, title, dates, "
            "extractor",
        ),
        ("/nowhere", b"{}", 404, "there is nothing at this address; see /openapi.json"),
    ],
)
def test_what_is_wrong_is_said(path: str, body: bytes, status: int, error: str, service: Running) -> None:
    reply = service.post(path, body)
    assert (reply.status, reply.json) == (status, {"error": error})


def test_other_methods_and_types(service: Running) -> None:
    reply = service.ask("GET", "/clean")
    assert (reply.status, reply.json, reply.headers["allow"]) == (405, {"error": "not with this method"}, "POST")
    reply = service.post("/clean", b'{"text": ""}', Content_Type="text/plain")
    assert reply.status == 415
    assert reply.json == {"error": "the body must be a JSON object, and its Content-Type application/json"}


def test_lone_surrogates_and_nothing_at_all(service: Running) -> None:
    assert service.post("/clean", rb'{"text": "a \ud800 b"}').json["text"] == "a \ud800 b"
    assert service.post("/clean", {"text": ""}).json["text"] == ""
    assert service.post("/explain", {"text": ""}).json["lines"] == []


def test_the_openapi_document(service: Running) -> None:
    reply = service.ask("GET", "/openapi.json")
    assert reply.json == json.loads(json.dumps(document()))
    validate(reply.json)


def test_health(service: Running) -> None:
    from cleaner import __version__

    assert service.ask("GET", "/health").json == {"cleaner": __version__}
