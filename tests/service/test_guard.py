"""Who is let in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cleaner.service.guard import HEADERS
from tests.service.conftest import CLEAN, STORY, Reply, Running, running

TOKEN = "a-token-that-is-long-enough"
CLIPPING = {"text": STORY}


@pytest.fixture(scope="module")
def guarded() -> Iterator[Running]:
    """A service with a token, which other machines could reach."""
    with running("--host", "0.0.0.0", token=TOKEN) as made:
        yield made


def refused(reply: Reply) -> str:
    """Why a request was turned away."""
    assert reply.status == 403
    return str(reply.json["error"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:99", "[::1]:8377"])
def test_names_of_this_machine(host: str, service: Running) -> None:
    assert service.post("/clean", CLIPPING, Host=host).json["text"] == CLEAN


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.rebound.example", "localhost.example:8377", "", "[::1"])
def test_a_name_that_suddenly_leads_here(host: str, service: Running) -> None:
    for reply in (service.post("/clean", CLIPPING, Host=host), service.ask("GET", "/", Host=host)):
        why = f"the host {host!r} is not this machine; a service with a token answers to other names"
        assert refused(reply) == why


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://[", "http://127.0.0.1:1", "http://127.0.0.1"]
)
def test_pages_of_other_sites(origin: str, service: Running) -> None:
    host = f"127.0.0.1:{service.port}"
    reply = service.post("/clean", CLIPPING, Host=host, Origin=origin)
    assert refused(reply) == f"a page of {origin!r} may not use this service"
    assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_browsers_that_say_where_a_request_is_from(site: str, service: Running) -> None:
    reply = service.post("/clean", CLIPPING, Sec_Fetch_Site=site)
    assert refused(reply) == "a page of another site may not use this service"


def test_its_own_page(service: Running) -> None:
    host = f"127.0.0.1:{service.port}"
    reply = service.post("/clean", CLIPPING, Host=host, Origin=f"http://{host}", Sec_Fetch_Site="same-origin")
    assert reply.json["text"] == CLEAN


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer é"]
)
def test_a_wrong_token(given: str, guarded: Running) -> None:
    for method, path, body in (("POST", "/clean", CLIPPING), ("GET", "/health", None), ("GET", "/openapi.json", None)):
        reply = guarded.ask(method, path, body, Authorization=given)
        assert reply.status == 401
        assert reply.json == {"error": "the token is missing or wrong; send the header Authorization: Bearer TOKEN"}
        assert reply.headers["www-authenticate"] == "Bearer"


def test_the_right_token(guarded: Running) -> None:
    assert guarded.post("/clean", CLIPPING, Host="clean.example").json["text"] == CLEAN
    assert guarded.post("/clean", CLIPPING, Authorization=f"bearer {TOKEN}").json["text"] == CLEAN


def test_a_token_lets_no_other_site_in(guarded: Running) -> None:
    reply = guarded.post("/clean", CLIPPING, Host="clean.example", Origin="https://evil.example")
    assert refused(reply) == "a page of 'https://evil.example' may not use this service"


def test_the_page_has_nobodys_data_and_needs_no_token(guarded: Running) -> None:
    assert guarded.ask("GET", "/", Authorization="").status == 200


def test_every_answer_has_its_headers(service: Running) -> None:
    replies = [
        service.ask("GET", "/health"),
        service.ask("GET", "/nowhere"),
        service.ask("GET", "/health", Host="evil.example"),
        service.post("/clean", b"nonsense"),
    ]
    for reply in replies:
        assert {name: reply.headers.get(name.lower()) for name in HEADERS} == HEADERS
    policy = service.ask("GET", "/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.endswith("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
