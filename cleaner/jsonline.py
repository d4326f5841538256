"""One JSON object on a line, edited rather than rebuilt: what is not replaced keeps its order, numbers and spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Literal

from cleaner.model import Format, Span
from cleaner.report import dumps, to_dict
from cleaner.result import Result

if TYPE_CHECKING:
    from cleaner.api import Cleaner

CLIPPING = ("text", "url", "report", "metadata")
"""The fields of an object that mean something; none of them may stand twice."""
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=float)  # numbers are never written again; this one takes any length


class BadLine(ValueError):
    """A line that cannot be cleaned."""


@dataclass(frozen=True, slots=True)
class Line:
    """One object: the raw JSON, and for each field its value and where that stands.

    Attributes:
        values: by name; whole numbers are floats.
        end: where a further field would be added.
    """

    raw: str
    values: Mapping[str, Any]
    spans: Mapping[str, Span]
    end: int

    def edited(self, fields: Mapping[str, object]) -> str:
        """The JSON with some fields replaced or added."""
        text = self.raw[: self.end]
        added = "".join(f", {dumps(name)}: {dumps(value)}" for name, value in fields.items() if name not in self.spans)
        if not self.spans:
            added = added.removeprefix(", ")
        text += added + self.raw[self.end :]
        for name in sorted(self.spans.keys() & fields.keys(), key=lambda n: -self.spans[n][0]):
            start, end = self.spans[name]
            text = text[:start] + dumps(fields[name]) + text[end:]
        return text


def read_line(raw: str, once: Collection[str] = ()) -> Line:
    """The object in `raw`, white space around it allowed.

    Args:
        once: names of fields that may not stand twice; of others the last one counts.

    Raises:
        BadLine: there is none, or one of `once` stands twice.
    """
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    try:
        at = _skip(raw, 0)
        if raw[at : at + 1] != "{":
            raise BadLine("no JSON object")
        at = _skip(raw, at + 1)
        while raw[at : at + 1] != "}":
            at = _field(raw, at, values, spans, once)
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


def clipping(line: Line) -> tuple[str, str | None]:
    """The text of the clipping in an object, and where it is from.

    Raises:
        BadLine: there is no text, or one of the two is no string.
    """
    text, url = line.values.get("text"), line.values.get("url")
    if not isinstance(text, str):
        raise BadLine("'text' is no string" if "text" in line.values else "'text' is missing")
    if not isinstance(url, (str, type(None))):
        raise BadLine("'url' is no string")
    return text, url


def cleaned(line: Line, cleaner: Cleaner, *, url: str | None, format: Format | Literal["auto"]) -> str:
    """The object with its text clean and a report added; of a page also what it says of itself.

    Args:
        url, format: of the clipping, where the object does not say it.

    Raises:
        BadLine: there is no clipping in it.
        InputError: the clipping cannot be cleaned.
    """
    text, own = clipping(line)
    result = cleaner.clean(text, url=own or url, format=format)
    return line.edited({**facts(result), "report": to_dict(result.report)})


def facts(result: Result) -> dict[str, object]:
    """The clean text; of a page also what it says of itself."""
    if result.report.page is None:
        return {"text": result.text}
    from dataclasses import asdict

    return {"text": result.text, "metadata": asdict(result.metadata)}


def _field(raw: str, at: int, values: dict[str, Any], spans: dict[str, Span], once: Collection[str]) -> int:
    """Read the field that begins at `at`; return where the next one does, or the closing brace."""
    if raw[at : at + 1] != '"':
        raise JSONDecodeError("a field name is missing", raw, at)
    name, at = _DECODER.raw_decode(raw, at)
    if name in spans and name in once:
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
