"""Who is let in: programs on this machine and this service's own page, and else whoever has the token.

A page of another site can send requests to this machine, too.  It cannot hide where it is from: a browser says so in
`Origin` and `Sec-Fetch-Site`.  A name that suddenly leads to this machine (DNS rebinding) makes the page's site and
this service the same to the browser, but then `Host` has that name.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LEAST_TOKEN = 16  # characters
_READING = ("GET", "HEAD")
_OWN = ("same-origin", "none")  # what `Sec-Fetch-Site` says of our page, and of what a person does
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Of every answer; the page has a policy of its own."""


class Guard:
    """Turns away who may not come in, and gives each answer its headers.

    Args:
        token: that requests must carry; None: whoever names this machine in `Host` is let in.
        public: paths that everybody may read, since nobody's data is in them.
    """

    def __init__(self, app: ASGIApp, *, token: str | None, public: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._token = token
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope, Headers(scope=scope))
        await (refused or self._app)(scope, receive, with_headers)

    def _refused(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if self._token is None and _name(host) not in LOOPBACK:
            return _no(403, f"the host {host!r} is not this machine; a service with a token answers to other names")
        if origin is not None and not (host and origin.partition("://")[2] == host):
            return _no(403, f"a page of {origin!r} may not use this service")
        if scope["method"] not in _READING and headers.get("sec-fetch-site", "none") not in _OWN:
            return _no(403, "a page of another site may not use this service")
        if self._token is None or (scope["method"] in _READING and scope["path"] in self._public):
            return None
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._token.encode()):
            return None
        return JSONResponse(
            {"error": "the token is missing or wrong; send the header Authorization: Bearer TOKEN"},
            401,
            {"WWW-Authenticate": "Bearer"},
        )


def _name(host: str) -> str:
    """The name in a `Host`, without the port; empty if there is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _no(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
