"""The tools of `cleaner mcp`, for assistants that speak the Model Context Protocol.

The protocol has changed its wire format more than once, so its own package speaks it, and we say what the tools do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from cleaner._version import VERSION
from cleaner.errors import OptionError
from cleaner.isolation.problem import Problem
from cleaner.options import CleanOptions
from cleaner.report.schema import schema_of
from cleaner.service.jobs import Answer, Job, Kind, Start
from cleaner.service.layout import Brief, Explained
from cleaner.service.query import parameters, read_query
from cleaner.service.workers import Workers

_INSTRUCTIONS = (
    "Takes leftovers (subscription boxes, share bars, cookie notices, menus) out of web clippings that you already "
    "have. Nothing is fetched, and no file is read: pass the text."
)
_TEXT = {"type": "string", "description": "the clipping: text, Markdown or HTML"}
_URL = {"type": "string", "description": "where it is from, if known: picks the rules of the site; it is not fetched"}
_TOOLS: Mapping[str, tuple[Kind, str, str, type]] = {
    "clean": (
        "brief",
        "Clean a web clipping",
        "Gives the clean article of a web clipping or a saved page, and what was taken out of it and why. Nothing is "
        "rewritten: the clean text is the input with parts left out.",
        Brief,
    ),
    "explain": (
        "explain",
        "Explain a cleaning",
        "Says of each line of a clipping (or of one) whether cleaning takes it or leaves it, by which rule and why.",
        Explained,
    ),
}
_ALSO: Mapping[Kind, tuple[str, ...]] = {"brief": (), "explain": ("line",)}


def serve(options: CleanOptions, *, memory: int) -> None:
    """Serve one client on standard input and output until it goes.

    Args:
        memory: bytes a clipping may need.

    Raises:
        RuleError, OptionError: as `Cleaner`.
    """
    anyio.run(_serve, options, memory)


async def _serve(options: CleanOptions, memory: int) -> None:
    workers: Workers[Job, Answer] = Workers(Start(options), jobs=1, seconds=options.max_seconds, memory=memory)
    try:
        await workers.warm(Job("brief", b'{"text": ""}', options))
        server = _server(options, workers)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        workers.close()


def _server(options: CleanOptions, workers: Workers[Job, Answer]) -> Server[Any]:
    async def tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(_tools()))

    async def call(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        if asked.name not in _TOOLS:
            return _failed(f"there is no tool {asked.name!r}; there are {', '.join(_TOOLS)}")
        try:
            job = _job(asked.name, dict(asked.arguments or {}), options)
        except OptionError as error:
            return _failed(str(error))
        async with workers.one() as do:
            answer = await do(job)
        return _failed(answer.text) if isinstance(answer, Problem) else _result(answer)

    return Server("cleaner", version=VERSION, instructions=_INSTRUCTIONS, on_list_tools=tools, on_call_tool=call)


def _tools() -> Iterator[types.Tool]:
    for name, (kind, title, about, layout) in _TOOLS.items():
        options = {key: {**schema, "description": words} for key, (words, schema) in parameters(_ALSO[kind]).items()}
        yield types.Tool(
            name=name,
            title=title,
            description=about,
            input_schema={
                "type": "object",
                "properties": {"text": _TEXT, "url": _URL, **options},
                "required": ["text"],
                "additionalProperties": False,
            },
            output_schema=schema_of(layout),
            annotations=types.ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
            ),
        )


def _job(tool: str, arguments: dict[str, Any], options: CleanOptions) -> Job:
    """What a call asks for; its text and address are checked where they are used.

    Raises:
        OptionError: it cannot be told.
    """
    kind = _TOOLS[tool][0]
    clipping = {name: arguments.pop(name) for name in ("text", "url") if name in arguments}
    asked = read_query(_pairs(arguments), options, _ALSO[kind])
    return Job(kind, json.dumps(clipping).encode(), asked.options, asked.format, asked.line)


def _pairs(arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in arguments.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one if isinstance(one, str) else json.dumps(one)


def _result(answer: Answer) -> types.CallToolResult:
    text = answer.body.decode()
    data = json.loads(text)
    if answer.status != 200:
        return _failed(data["error"])
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=data)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
