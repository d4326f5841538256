"""Writing the reports of a run, over earlier ones and over nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from cleaner.batch.options import BatchOptions
from cleaner.draft import Draft, writing
from cleaner.errors import OutputError, shown
from cleaner.isolation.problem import DocumentError

PRIVATE = 0o600
"""Of a file with the reports of many documents, some of which may be open to nobody else."""
_HEAD = 1 << 16  # bytes
_REPORT = re.compile(rb'\{.*?"version": ?\d+,\s*"cleaner": ?"', re.DOTALL)
_OTHER = "is there and is no report of cleaner; choose another --report"


def check_reports(options: BatchOptions) -> None:
    """Refuse a file for all reports that is something else, before anything is done.

    Raises:
        OutputError: it is one of the sources, or no report.
    """
    if options.report is None or not options.reports_in_one or not os.path.exists(options.report):
        return
    if any(os.path.samefile(source, options.report) for source in options.sources if os.path.exists(source)):
        raise OutputError(f"{shown(options.report)}: is what is to be cleaned; choose another --report")
    try:
        is_one = _is_report(options.report)
    except OSError as error:
        raise OutputError(f"{shown(options.report)}: {error.strerror or error}; choose another --report") from None
    if not is_one:
        raise OutputError(f"{shown(options.report)}: {_OTHER}")


def write_report(path: str, lines: Iterable[bytes], *, mode: int = PRIVATE, token: str = "") -> None:
    """Write a file of reports as a whole, with its folders.

    Raises:
        DocumentError: `unwritable`.
    """
    with writing(path):
        if os.path.lexists(path) and not _is_report(path):
            raise DocumentError("unwritable", f"{path}: {_OTHER}")
        with Draft(path, mode=mode, token=token) as draft:
            draft.stream.writelines(lines)


def _is_report(path: str) -> bool:
    """Whether a file begins as reports do, or is empty."""
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as stream:
        head = stream.read(_HEAD)
    return not head or _REPORT.match(head) is not None
