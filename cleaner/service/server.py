"""Listens, serves, and stops when it is told to: what is being worked at is finished first."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import uvicorn

from cleaner.options import CleanOptions
from cleaner.service.app import Limits, Service, application
from cleaner.service.jobs import Answer, Job, Start
from cleaner.service.workers import Workers

_CONNECTIONS = 64
"""That may be open beside those whose requests wait."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0: any that is free.

    Raises:
        OSError: it cannot be had.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(1024)
    except OSError:
        sock.close()
        raise
    return sock


def address(sock: socket.socket) -> str:
    """The address of the service, for people."""
    host, port = sock.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(
    sock: socket.socket,
    options: CleanOptions,
    limits: Limits,
    *,
    memory: int,
    token: str | None,
    folder: str | None,
    ready: Callable[[], None],
) -> None:
    """Serve until Ctrl-C or SIGTERM; a second one does not wait for what is being worked at.

    Args:
        memory: bytes a clipping may need.
        folder: where rules that are made of lines belong into.
        ready: called when requests are answered.

    Raises:
        RuleError, OptionError: as `Cleaner`.
    """
    asyncio.run(_serve(sock, options, limits, memory, token, folder, ready))


async def _serve(
    sock: socket.socket,
    options: CleanOptions,
    limits: Limits,
    memory: int,
    token: str | None,
    folder: str | None,
    ready: Callable[[], None],
) -> None:
    workers: Workers[Job, Answer] = Workers(
        Start(options), jobs=limits.jobs, seconds=options.max_seconds, memory=memory
    )
    try:
        await workers.warm(Job("brief", b'{"text": ""}', options))
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())
        logging.getLogger("uvicorn").propagate = False
        server = _Server(
            uvicorn.Config(
                application(Service(options, limits, workers, folder), token=token),
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=limits.queue + limits.jobs + _CONNECTIONS,
                timeout_graceful_shutdown=int(2 * options.max_seconds) + 10,
            ),
            ready,
        )
        with _meant_to_end():
            await server.serve([sock])
    finally:
        workers.close()


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


@contextmanager
def _meant_to_end() -> Iterator[None]:
    """When it has stopped, uvicorn raises the signal once more; here that is nothing but the end."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
