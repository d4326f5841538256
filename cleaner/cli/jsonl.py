"""`--jsonl`: one object a line in, the same object with clean text and a report out, line by line.

A line is not rebuilt but edited: only the value of `text` is replaced and a `report` is added (or replaced), for pages
also what they say of themselves, so that
all other fields keep their order, their numbers and their spelling.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from cleaner.cli.clean import facts
from cleaner.cli.codes import DONE, FINDINGS
from cleaner.cli.stop import shown
from cleaner.cli.streams import Sink, name_of, note, read_lines
from cleaner.errors import InputError
from cleaner.model import Span
from cleaner.report import dumps, to_dict

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.cli.options import CleanOptions

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=float)  # numbers are never written again; this one takes any length


class BadLine(ValueError):
    """A line that cannot be cleaned."""


@dataclass(frozen=True, slots=True)
class Line:
    """One object: the raw JSON, and for each field its value and where that stands."""

    raw: str
    values: Mapping[str, Any]
    spans: Mapping[str, Span]
    end: int

    def edited(self, fields: Mapping[str, object]) -> str:
        """The JSON with some fields replaced or added."""
        text = self.raw[: self.end]
        added = "".join(f', "{name}": {dumps(value)}' for name, value in fields.items() if name not in self.spans)
        if not self.spans:
            added = added.removeprefix(", ")
        text += added + self.raw[self.end :]
        for name in sorted(self.spans.keys() & fields.keys(), key=lambda n: -self.spans[n][0]):
            start, end = self.spans[name]
            text = text[:start] + dumps(fields[name]) + text[end:]
        return text


def read_line(raw: str) -> Line:
    """The object in `raw`.

    Raises:
        BadLine: there is none, or a field that counts stands twice.
    """
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    try:
        at = _skip(raw, 0)
        if raw[at : at + 1] != "{":
            raise BadLine("no JSON object")
        at = _skip(raw, at + 1)
        while raw[at : at + 1] != "}":
            at = _field(raw, at, values, spans)
    except JSONDecodeError as error:
        raise BadLine(f"no JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadLine("no JSON: nested too deeply") from None
    if _skip(raw, at + 1) != len(raw):
        raise BadLine("no JSON: something follows the object")
    end = at
    while raw[end - 1] in " \t\r\n":
        end -= 1
    return Line(raw, values, spans, end)


def _field(raw: str, at: int, values: dict[str, Any], spans: dict[str, Span]) -> int:
    """Read the field that begins at `at`; return where the next one does, or the closing brace."""
    if raw[at : at + 1] != '"':
        raise JSONDecodeError("a field name is missing", raw, at)
    name, at = _DECODER.raw_decode(raw, at)
    if name in spans and name in ("text", "url", "report", "metadata"):
        raise BadLine(f"{name!r} stands twice")
    at = _skip(raw, at)
    if raw[at : at + 1] != ":":
        raise JSONDecodeError("a colon is missing", raw, at)
    start = _skip(raw, at + 1)
    values[name], end = _DECODER.raw_decode(raw, start)
    spans[name] = start, end
    at = _skip(raw, end)
    if raw[at : at + 1] == ",":
        at = _skip(raw, at + 1)
        if raw[at : at + 1] == '"':
            return at
        raise JSONDecodeError("a field name is missing", raw, at)
    if raw[at : at + 1] != "}":
        raise JSONDecodeError("a comma or closing brace is missing", raw, at)
    return at


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def clean_lines(options: CleanOptions) -> int:
    """Clean a stream of lines; a bad line is told and does not stop it."""
    cleaner = options.cleaner()
    code = DONE
    with Sink(options.output) as sink:
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


def _answer(cleaner: Cleaner, options: CleanOptions, data: bytes) -> tuple[str, str]:
    """What to write for a line, and what is wrong with it (empty if nothing)."""
    try:
        raw = data.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        problem = "not UTF-8"
        return dumps({"error": problem, "input": data.decode("utf-8", "surrogateescape").rstrip("\r\n")}), problem
    line = None
    try:
        line = read_line(raw)
        return _cleaned(cleaner, options, line), ""
    except (BadLine, InputError) as error:
        problem = str(error)
        return (line.edited({"error": problem}) if line else dumps({"error": problem, "input": raw})), problem


def _cleaned(cleaner: Cleaner, options: CleanOptions, line: Line) -> str:
    text, url = line.values.get("text"), line.values.get("url")
    if not isinstance(text, str):
        raise BadLine("'text' is no string" if "text" in line.values else "'text' is missing")
    if not isinstance(url, (str, type(None))):
        raise BadLine("'url' is no string")
    result = cleaner.clean(text, url=url or options.url, format=options.format)
    return line.edited({**facts(result), "report": to_dict(result.report)})
