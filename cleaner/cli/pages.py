"""Pages for the browser: where they go, and how they are shown."""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from cleaner.cli.codes import USAGE
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink, note
from cleaner.errors import shown


def check_place(output: str | None, *, open: bool) -> None:
    """See that a page has somewhere to go: it is no text for a terminal.

    Raises:
        Stop: it has not.
    """
    if output is None and not open and sys.stdout is not None and sys.stdout.isatty():
        raise Stop(USAGE, "a page is for a browser, not for a terminal; -o PAGE.html writes it, --open shows it")


def put(page: str, output: str | None, *, open: bool, name: str, of: Sequence[str] = ()) -> None:
    """Write a page to a file, or to standard output, and show it if asked; `name` is that of a temporary file.

    Args:
        of: the files it is made of, see `Sink`.
    """
    if output is None and open:
        output = os.path.join(tempfile.mkdtemp(prefix="cleaner-"), f"{name}.html")
    with Sink(output, of=of) as sink:
        sink.write(page.encode())
    if open and output is not None:
        show(output)


def show(path: str) -> None:
    """Show a file in the browser, or say where it is if there is none."""
    address = Path(os.path.abspath(path)).as_uri()
    try:
        shown_there = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        shown_there = False
    if not shown_there:
        note(f"cleaner: no browser was found; open {shown(address)}")
