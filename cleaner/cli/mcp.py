"""`cleaner mcp`: clean for an assistant, over the Model Context Protocol."""

from __future__ import annotations

from cleaner.cli.codes import DONE, USAGE
from cleaner.cli.commands import parse
from cleaner.cli.options import settled, unreadable_rules
from cleaner.cli.serving import ServiceOptions, mcp_parser
from cleaner.cli.stop import Stop
from cleaner.formats.extras import way


def run(args: list[str]) -> int:
    """`cleaner mcp`."""
    asked = settled(parse(mcp_parser(), args, ServiceOptions()))
    try:
        from cleaner.service.assistant import serve
    except ImportError as error:
        raise Stop(USAGE, f"an assistant needs the package {error.name}: {way('mcp')}") from None
    try:
        serve(asked.options(), memory=int(asked.max_memory * 1_000_000))
    except OSError as error:
        raise unreadable_rules(error) from None
    return DONE
