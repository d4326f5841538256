"""`--jsonl`: one object a line in, the same object with clean text and a report out, line by line.

Only the value of `text` is replaced and a `report` is added (or replaced), for pages also what they say of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.cli.codes import DONE, FINDINGS
from cleaner.cli.streams import Sink, name_of, note, read_lines
from cleaner.errors import InputError, shown
from cleaner.jsonline import CLIPPING, BadLine, cleaned, read_line
from cleaner.report import dumps

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.cli.options import MainOptions

__all__ = ["BadLine", "clean_lines", "read_line"]


def clean_lines(options: MainOptions) -> int:
    """Clean a stream of lines; a bad line is told and does not stop it."""
    cleaner = options.cleaner()
    code = DONE
    with Sink(options.output, of=[options.file]) as sink:
        for number, data in enumerate(read_lines(options.file), 1):
            if number == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            if not data.strip():
                continue
            answer, problem = _answer(cleaner, options, data)
            if problem:
                code = FINDINGS
                note(f"cleaner: {name_of(options.file)}:{number}: {shown(problem)}; the line is passed on as it is")
            sink.write(answer.encode() + b"\n")
    return code


def _answer(cleaner: Cleaner, options: MainOptions, data: bytes) -> tuple[str, str]:
    """What to write for a line, and what is wrong with it (empty if nothing)."""
    try:
        raw = data.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        problem = "not UTF-8"
        return dumps({"error": problem, "input": data.decode("utf-8", "surrogateescape").rstrip("\r\n")}), problem
    line = None
    try:
        line = read_line(raw, CLIPPING)
        return cleaned(line, cleaner, url=options.url, format=options.format), ""
    except (BadLine, InputError) as error:
        problem = str(error)
        return (line.edited({"error": problem}) if line else dumps({"error": problem, "input": raw})), problem
