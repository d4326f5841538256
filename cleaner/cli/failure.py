"""From an exception to one line on stderr and an exit code."""

from __future__ import annotations

import os
import sys

from cleaner.cli import codes
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note
from cleaner.errors import CleanerError, InputError, OptionError, OutputError, RestoreError, RuleError, shown

_CODES = {
    InputError: codes.INPUT,
    OptionError: codes.USAGE,
    OutputError: codes.OUTPUT,
    RestoreError: codes.FINDINGS,
    RuleError: codes.RULES,
}


def fail(error: BaseException) -> int:
    """Tell what went wrong; return the exit code."""
    code, message = _explained(error)
    if message:
        note(f"cleaner: {shown(message)}")
    if os.environ.get("CLEANER_DEBUG") and code not in (codes.CLOSED_PIPE, codes.INTERRUPTED):
        import traceback

        note("".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip())
    if code in (codes.CLOSED_PIPE, codes.OUTPUT, codes.INTERRUPTED):
        _silence()
    return code


def _explained(error: BaseException) -> tuple[int, str]:
    if isinstance(error, Stop):
        return error.code, str(error)
    if isinstance(error, BrokenPipeError):
        return codes.CLOSED_PIPE, ""
    if isinstance(error, KeyboardInterrupt):
        return codes.INTERRUPTED, ""
    if isinstance(error, CleanerError):
        code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), codes.INTERNAL)
        return code, str(error)
    if isinstance(error, MemoryError):
        return codes.INTERNAL, "not enough memory for this input; split it, or give cleaner more memory"
    what = f"{type(error).__name__}: {error}"
    return codes.INTERNAL, f"internal error: {what} (please report; CLEANER_DEBUG=1 shows more)"


def _silence() -> None:
    """Point standard output nowhere, or Python would complain about it once more at its exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        pass  # standard output is closed, or is no file
