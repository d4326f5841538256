"""The parsers and options of `serve` and `mcp`."""

from __future__ import annotations

import argparse

from cleaner.cli.options import Given
from cleaner.cli.parser import Parser, cleaning, exit_codes, new, pages, positive, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.options import CleanOptions

PORT = 8377
SECONDS = 20
BYTES = 10_000_000

_SERVE = """\
Clean for other programs and for people while it runs: POST /clean and /explain take the objects of --jsonl, / is a page
to paste into, /openapi.json tells the rest.  Only this machine is served, unless --host says otherwise; then each
request must carry a token.  Nothing is fetched.  It needs two packages more: pip install '.[serve]' in a clone."""
_SERVE_EXAMPLES = """\
examples:
  cleaner serve                                      then open http://127.0.0.1:8377/
  curl http://127.0.0.1:8377/clean --json '{"text": "The story."}'
  CLEANER_TOKEN=... cleaner serve --host 0.0.0.0     for other machines, which send the token"""
_MCP = """\
Let an assistant clean and explain clippings: the tools clean and explain over the Model Context Protocol, on standard
input and output.  It is started by the assistant's program.  Nothing is fetched, and no file is read or written."""
_MCP_EXAMPLES = """\
to use it, tell your assistant's program this command:
  {"mcpServers": {"cleaner": {"command": "cleaner", "args": ["mcp"]}}}"""


class ServiceOptions(Given):
    """The options of `serve` and `mcp`."""

    host: str = "127.0.0.1"
    port: int = PORT
    token_file: str | None = None
    save_rules: str | None = None
    jobs: int = 0
    queue: int = 256
    max_memory: float = 1000

    def options(self) -> CleanOptions:
        """How to clean what is not sent with options of its own."""
        from cleaner.options import CleanOptions

        return CleanOptions(**{"max_seconds": SECONDS, "max_bytes": BYTES, **self.given()})


def serve_parser() -> Parser:
    """`cleaner serve`."""
    parser = new("cleaner serve", _SERVE, f"{_SERVE_EXAMPLES}\n\n{exit_codes()}")
    service = parser.add_argument_group("the service")
    service.add_argument("--host", metavar="ADDRESS", help="listen here (127.0.0.1: this machine alone)")
    service.add_argument("--port", type=_port, metavar="N", help=f"and at this port ({PORT}; 0: any that is free)")
    service.add_argument(
        "--token-file",
        metavar="FILE",
        help="a file with the token that requests must carry; or let it be in CLEANER_TOKEN",
    )
    service.add_argument("-j", "--jobs", type=whole, metavar="N", help="worker processes (as many as there are cores)")
    service.add_argument("--queue", type=whole, metavar="N", help="requests that may wait; more are turned away (256)")
    service.add_argument(
        "--save-rules",
        metavar="DIR",
        help="where rules from the page are written (.cleaner/rules beside the settings, or the user's own folder)",
    )
    _limits(parser)
    return parser


def mcp_parser() -> Parser:
    """`cleaner mcp`."""
    parser = new("cleaner mcp", _MCP, f"{_MCP_EXAMPLES}\n\n{exit_codes()}")
    _limits(parser)
    return parser


def _limits(parser: Parser) -> None:
    group = parser.add_argument_group("limits")
    group.add_argument("--max-memory", type=positive, metavar="MB", help="memory a clipping may need (1000)")
    cleaning(parser, single=False)
    pages(parser, max_seconds=SECONDS, max_bytes=BYTES)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)
