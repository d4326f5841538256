"""The service as an ASGI application: what each address does, and the limits."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cleaner._version import VERSION
from cleaner.errors import OptionError
from cleaner.isolation.problem import Code, Problem
from cleaner.options import CleanOptions
from cleaner.service.guard import Guard
from cleaner.service.jobs import Answer, Job, Kind
from cleaner.service.openapi import document
from cleaner.service.page import page
from cleaner.service.query import read_query
from cleaner.service.workers import Budget, Workers

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")
BODY_SECONDS = 30.0
"""That a body may take to arrive, and an answer to be fetched."""
DRAIN_SECONDS = 5.0
"""That the rest of a body which was refused may take to pass by."""
WAIT_SECONDS = 60.0
"""That a request may wait for its turn."""
HELD = 32_000_000
"""Bytes of bodies that are held at once, or those of one body if it may be larger.  The others wait outside, unread."""

_STATUS: Mapping[Code, int] = {"timeout": 504, "crash": 500, "memory": 500}


class Refused(Exception):
    """Ends a request with a code of HTTP and a message."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.answer = JSONResponse({"error": message}, status, headers)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service takes on.

    Attributes:
        body: bytes of a request.
        queue: how many requests may wait; one more is turned away.
        jobs: how many are worked at.
    """

    body: int
    queue: int
    jobs: int


class Service:
    """What requests share.

    Args:
        folder: where rules that are made of lines belong into; None: nowhere.
    """

    def __init__(
        self, options: CleanOptions, limits: Limits, workers: Workers[Job, Answer], folder: str | None
    ) -> None:
        self.options = options
        self.limits = limits
        self.workers = workers
        self.folder = folder
        self.writing = anyio.Lock()
        self.edition = 0
        self._budget = Budget(max(HELD, limits.body))
        self._inside = 0

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[None]:
        """A place in the queue.

        Raises:
            Refused: there is none.
        """
        if self._inside >= self.limits.queue + self.limits.jobs:
            raise Refused(503, "too many requests wait already; try again", {"Retry-After": "1"})
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def body(self, request: Request, held: AsyncExitStack) -> bytes:
        """The body of a request, as long as its bytes are held.

        Raises:
            Refused: it is too large, comes too slowly, or is no JSON.
        """
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "the body must be a JSON object, and its Content-Type application/json")
        stated = request.headers.get("content-length", "")
        size = int(stated) if stated.isascii() and stated.isdigit() else self.limits.body
        self._check(size)
        await _turn(held, self._budget.hold(size))
        body = bytearray()
        try:
            with anyio.fail_after(BODY_SECONDS):
                async for chunk in request.stream():
                    self._check(len(body) + len(chunk))
                    body += chunk
        except TimeoutError:
            raise Refused(
                408, f"the body did not arrive within {BODY_SECONDS:.0f} s", {"Connection": "close"}
            ) from None
        return bytes(body)

    def written(self) -> None:
        """There is a new rule: from now on it holds."""
        self.edition += 1
        if self.folder is not None:
            self.options = with_folder(self.options, self.folder)

    def _check(self, size: int) -> None:
        if size > self.limits.body:
            most = f"{self.limits.body / 1_000_000:g} MB"
            raise Refused(413, f"the body is larger than {most}; see --max-megabytes", {"Connection": "close"})

    async def answer(self, request: Request, job: Job) -> Answer:
        """What came of a job.

        Raises:
            Refused: it took too long, or its process died.
        """
        async with AsyncExitStack() as held:
            do = await _turn(held, self.workers.one())
            if await request.is_disconnected():
                raise ClientDisconnect
            answer = await do(job)
        if isinstance(answer, Problem):
            raise Refused(_STATUS.get(answer.code, 500), answer.text)
        return answer


def with_folder(options: CleanOptions, folder: str) -> CleanOptions:
    """The options with a folder of rules that may be among them already."""
    if os.path.realpath(folder) in map(os.path.realpath, options.rules):
        return options
    return replace(options, rules=(*options.rules, folder))


async def _turn(held: AsyncExitStack, what: AbstractAsyncContextManager[T]) -> T:
    """Wait for what others may have.

    Raises:
        Refused: it took too long.
    """
    try:
        with anyio.fail_after(WAIT_SECONDS):
            return await held.enter_async_context(what)
    except TimeoutError:
        raise Refused(503, "too much work waits; try again later", {"Retry-After": "10"}) from None


class Post:
    """Answers a clipping that is sent with what a job makes of it."""

    also: tuple[str, ...] = ()

    def __init__(self, service: Service, kind: Kind) -> None:
        self._service = service
        self._kind: Kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(self._service.admitted())
                answer = await self._answer(request, held)
                response = Response(answer.body, answer.status, media_type="application/json")
            except Refused as error:
                response = error.answer
                await _drain(request)
            except ClientDisconnect:
                return
            with anyio.fail_after(BODY_SECONDS):
                await response(scope, receive, send)

    async def _answer(self, request: Request, held: AsyncExitStack) -> Answer:
        return await self._service.answer(request, await self._job(request, held))

    async def _job(self, request: Request, held: AsyncExitStack) -> Job:
        service = self._service
        try:
            asked = read_query(request.query_params.multi_items(), service.options, self.also)
        except OptionError as error:
            raise Refused(400, str(error)) from None
        return Job(
            self._kind,
            await service.body(request, held),
            asked.options,
            asked.format,
            asked.line,
            service.edition,
            service.folder or "",
            asked.save,
        )


class PostLine(Post):
    """The same, for all lines or one."""

    also = ("line",)


class PostRule(Post):
    """Answers lines with a rule, and writes it if that is asked for: one at a time."""

    also = ("save",)

    async def _answer(self, request: Request, held: AsyncExitStack) -> Answer:
        service = self._service
        if service.folder is None:
            raise Refused(422, "there is no folder for rules; start the service with --save-rules DIR")
        job = await self._job(request, held)
        async with service.writing:
            answer = await service.answer(request, replace(job, edition=service.edition))
            if job.save and answer.status == 200:
                service.written()
        return answer


async def _drain(request: Request) -> None:
    """Let the rest of a body pass by: an answer would be lost if the connection ended while it is still sent."""
    if "expect" in request.headers:
        return  # it is not sent before we ask for it
    with anyio.move_on_after(DRAIN_SECONDS), contextlib.suppress(ClientDisconnect, RuntimeError):
        async for _ in request.stream():
            pass


def application(service: Service, *, token: str | None) -> ASGIApp:
    """The service."""
    html = page()

    async def shown(_: Request) -> Response:
        return HTMLResponse(html.text, headers={"Content-Security-Policy": html.policy})

    async def described(_: Request) -> Response:
        return JSONResponse(document())

    async def health(_: Request) -> Response:
        return JSONResponse({"cleaner": VERSION})

    async def failed(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        what = {404: "there is nothing at this address; see /openapi.json", 405: "not with this method"}
        return JSONResponse({"error": what.get(error.status_code, error.detail)}, error.status_code, error.headers)

    routes = [
        Route("/", shown),
        Route("/openapi.json", described),
        Route("/health", health),
        Route("/clean", Post(service, "clean"), methods=["POST"]),
        Route("/explain", PostLine(service, "explain"), methods=["POST"]),
        Route("/rules", PostRule(service, "grow"), methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: failed})
    return Guard(app, token=token, public=frozenset({"/"}))
