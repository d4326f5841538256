"""`cleaner mcp` as a client sees it: the official one, and one that writes the lines itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import jsonschema
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.client import ConnectMode

from tests.conftest import ROOT
from tests.service.conftest import CLEAN, STORY

PATH = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
SERVER = StdioServerParameters(
    command=sys.executable,
    args=["-m", "cleaner", "mcp", "--max-seconds", "0.2"],
    env={
        "PYTHONPATH": PATH,
        "CLEANER_CACHE": os.environ["CLEANER_CACHE"],
        "CLEANER_WORKER_HOOK": "tests.service.harm:harm",
    },
)
KILLED = "the process that cleaned it was ended by SIGKILL, perhaps by the system for want of memory"


def with_client(do: Callable[[Client], Awaitable[None]], mode: ConnectMode = "auto") -> None:
    """Do something as a client that has just connected."""

    async def run() -> None:
        async with Client(stdio_client(SERVER), mode=mode) as client:
            await do(client)

    anyio.run(run)


def said(result: Any) -> str:
    """The text of a result."""
    (content,) = result.content
    return str(content.text)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_of_either_era(mode: ConnectMode) -> None:
    async def do(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["clean", "explain"]
        for tool in tools:
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
        result = await client.call_tool("clean", {"text": STORY, "url": "https://example.com/a"})
        assert not result.is_error
        assert result.structured_content == {
            "text": CLEAN,
            "metadata": None,
            "removed": [
                {
                    "line": 3,
                    "text": "Sign up for our newsletter\n",
                    "category": "newsletter",
                    "rule": "newsletter.heading",
                    "confidence": "high",
                    "reason": "the heading or button of a newsletter box",
                }
            ],
            "warnings": [],
        }
        assert json.loads(said(result)) == result.structured_content
        jsonschema.validate(result.structured_content, tools[0].output_schema or {})
        kept = await client.call_tool("clean", {"text": STORY, "skip": ["newsletter"], "title": False})
        assert kept.structured_content["text"] == STORY
        explained = await client.call_tool("explain", {"text": STORY, "line": 3})
        jsonschema.validate(explained.structured_content, tools[1].output_schema or {})
        assert [line["fate"] for line in explained.structured_content["lines"]] == ["went"]

    with_client(do, mode)


def test_what_is_wrong_is_said_and_it_goes_on() -> None:
    async def do(client: Client) -> None:
        for arguments, error in (
            ({"text": STORY, "level": "wild"}, "level must be one of safe, normal, aggressive, not 'wild'"),
            ({"text": STORY, "images": "yes"}, "images must be true or false, not 'yes'"),
            ({"text": 7}, "'text' is no string"),
            ({}, "'text' is missing"),
            (
                {"text": "KILL"},
                "the process that cleaned it was ended by SIGKILL, perhaps by the system for want of memory",
            ),
            ({"text": "HANG"}, "nothing came of it for 5 s"),
            ({"text": "FAULT"}, "internal error: KeyError: 'fault' (please report)"),
        ):
            result = await client.call_tool("clean", arguments)
            assert (result.is_error, said(result)) == (True, error)
        result = await client.call_tool("explain", {"text": STORY, "line": 9})
        assert (result.is_error, said(result)) == (True, "no line 9; it has 3")
        result = await client.call_tool("fetch", {})
        assert (result.is_error, said(result)) == (True, "there is no tool 'fetch'; there are clean, explain")
        result = await client.call_tool("clean", {"text": STORY})
        assert result.structured_content["text"] == CLEAN

    with_client(do)


def test_lines_that_are_no_messages() -> None:
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    }
    lines = [
        b"nonsense",
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}).encode(),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode(),
        b"[" * 10_000,
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "no/such"}).encode(),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "ping"}).encode(),
    ]
    answers = {}
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": PATH},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"\n".join(lines) + b"\n")
        process.stdin.flush()
        while 3 not in answers:
            answer = json.loads(process.stdout.readline())
            answers[answer.get("id")] = answer
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.wait(30) == 0
    assert answers[1]["result"]["protocolVersion"] == "2025-06-18"
    assert answers[1]["result"]["serverInfo"]["name"] == "cleaner"
    assert answers[2]["error"]["code"] == -32601
    assert answers[3]["result"] == {}
