"""The command line.

Start-up counts here: a filter that is called once a file must cost little more than Python itself.  So this module
imports nothing but `sys`, the usual small input takes the quick way out (see `quick`), and every other module is
imported by the command that needs it.
"""

from __future__ import annotations

import sys

COMMANDS = (
    "restore",
    "explain",
    "view",
    "batch",
    "cluster",
    "watch",
    "undo",
    "stats",
    "learn",
    "serve",
    "mcp",
    "rules",
    "config",
    "completion",
)


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv` (that of the process if None); return the exit code.

    Every failure ends as one line on stderr; no exception leaves, whatever happens.
    """
    args = sys.argv[1:] if argv is None else argv
    try:
        code = _run(args)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 70
    except BaseException as error:
        from cleaner.cli.failure import fail

        return fail(error)


def _run(args: list[str]) -> int:
    if not args or args == ["-"]:
        return _filter()
    if args[0] in COMMANDS:
        from importlib import import_module

        code: int = import_module(f"cleaner.cli.{args[0]}").run(args[1:])
        return code
    from cleaner.cli.clean import run

    return run(args)


def _filter() -> int:
    """stdin to stdout without any option; `streams`, which says it well when something fails, only then."""
    if sys.stdin is None or sys.stdin.isatty():
        from cleaner.cli.streams import read_stdin

        data = read_stdin()
    else:
        data = sys.stdin.buffer.read()
    from cleaner.cli.quick import unchanged
    from cleaner.settings.find import places

    if places("") or not unchanged(data):
        from cleaner.cli.clean import run_default

        return run_default(data)
    try:
        if sys.stdout is not None:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            return 0
    except BrokenPipeError:
        raise
    except OSError as error:
        from cleaner.cli.streams import unwritable

        raise unwritable("standard output", error) from None
    from cleaner.cli.streams import write_stdout

    write_stdout(data)
    return 0
