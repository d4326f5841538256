"""`--jsonl`: one object a line in, the same object with clean text and a report out, line by line.

Only the value of `text` is replaced and a `report` is added (or replaced), for pages also what they say of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.cli.codes import DONE, FINDINGS
from cleaner.cli.streams import Sink, name_of, note, read_lines
from cleaner.errors import InputError, shown
from cleaner.jsonline import BadLine, Line, read_line
from cleaner.report import dumps, to_dict

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.cli.options import MainOptions
    from cleaner.model import Result

__all__ = ["BadLine", "clean_lines", "read_line"]

_ONCE = ("text", "url", "report", "metadata")


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
        line = read_line(raw, _ONCE)
        return _cleaned(cleaner, options, line), ""
    except (BadLine, InputError) as error:
        problem = str(error)
        return (line.edited({"error": problem}) if line else dumps({"error": problem, "input": raw})), problem


def _cleaned(cleaner: Cleaner, options: MainOptions, line: Line) -> str:
    text, url = line.values.get("text"), line.values.get("url")
    if not isinstance(text, str):
        raise BadLine("'text' is no string" if "text" in line.values else "'text' is missing")
    if not isinstance(url, (str, type(None))):
        raise BadLine("'url' is no string")
    result = cleaner.clean(text, url=url or options.url, format=options.format)
    return line.edited({**facts(result), "report": to_dict(result.report)})


def facts(result: Result) -> dict[str, object]:
    """The clean text; of a page also what it says of itself."""
    if result.report.page is None:
        return {"text": result.text}
    from dataclasses import asdict

    return {"text": result.text, "metadata": asdict(result.metadata)}
