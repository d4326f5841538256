"""The kinds of values a rule file may hold.

One description serves three ends: reading strictly, the JSON Schema for editors, and the reference in the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cleaner.errors import RuleError
from cleaner.rulebook.nodes import Node

Json = dict[str, Any]


class Kind(Protocol):
    """A kind of value."""

    def read(self, node: Node, path: str, name: str) -> Any:
        """The value of `node`, or a `RuleError` that names the line."""

    def json_schema(self) -> Json:
        """The kind as JSON Schema."""

    def __str__(self) -> str:
        """The kind in a few words, for the docs."""


@dataclass(frozen=True)
class Text:
    """A text that is not empty."""

    def read(self, node: Node, path: str, name: str) -> str:
        if not isinstance(node.value, str) or not node.value.strip():
            raise RuleError(f"{name} must be a text that is not empty", path, node.line)
        return node.value

    def json_schema(self) -> Json:
        return {"type": "string", "minLength": 1}

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, path: str, name: str) -> str:
        if node.value not in self.words:
            given = repr(node.value) if isinstance(node.value, str) else "this"
            raise RuleError(f"{name}: {given} is not one of {', '.join(self.words)}", path, node.line)
        return str(node.value)

    def json_schema(self) -> Json:
        return {"enum": list(self.words)}

    def __str__(self) -> str:
        return ", ".join(f"`{word}`" for word in self.words)


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    low: int = 1
    high: int = 1_000_000

    def read(self, node: Node, path: str, name: str) -> int:
        text = node.value if isinstance(node.value, str) else ""
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not self.low <= int(text) <= self.high:
            raise RuleError(f"{name} must be a whole number from {self.low} to {self.high}", path, node.line)
        return int(text)

    def json_schema(self) -> Json:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def __str__(self) -> str:
        return f"whole number from {self.low}"


@dataclass(frozen=True)
class Share:
    """A share, written `40%`; read as a number from 0 to 1."""

    def read(self, node: Node, path: str, name: str) -> float:
        text = node.value if isinstance(node.value, str) else ""
        number = text.removesuffix("%")
        digits = number.isascii() and number.isdigit() and len(number) <= 3
        if not text.endswith("%") or not digits or not 0 < int(number) <= 100:
            raise RuleError(f"{name} must be a share from 1% to 100%", path, node.line)
        return int(number) / 100

    def json_schema(self) -> Json:
        return {"type": "string", "pattern": "^(100|[1-9][0-9]?)%$"}

    def __str__(self) -> str:
        return "share such as `40%`"


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""

    def read(self, node: Node, path: str, name: str) -> bool:
        if node.value not in ("true", "false"):
            raise RuleError(f"{name} must be true or false", path, node.line)
        return node.value == "true"

    def json_schema(self) -> Json:
        return {"type": "boolean"}

    def __str__(self) -> str:
        return "`true` or `false`"


@dataclass(frozen=True)
class Many:
    """A list of values of one kind, with at least one in it; as a tuple."""

    kind: Kind

    def read(self, node: Node, path: str, name: str) -> tuple[Any, ...]:
        if not isinstance(node.value, list) or not node.value:
            raise RuleError(f"{name} must be a list that is not empty", path, node.line)
        return tuple(self.kind.read(item, path, f"{name}[{i}]") for i, item in enumerate(node.value, 1))

    def json_schema(self) -> Json:
        return {"type": "array", "minItems": 1, "items": self.kind.json_schema()}

    def __str__(self) -> str:
        return f"list of {self.kind}"


@dataclass(frozen=True)
class TextOrMany:
    """A text, or a list of texts; as a tuple."""

    def read(self, node: Node, path: str, name: str) -> tuple[str, ...]:
        one = isinstance(node.value, str)
        return (Text().read(node, path, name),) if one else Many(Text()).read(node, path, name)

    def json_schema(self) -> Json:
        return {"anyOf": [Text().json_schema(), Many(Text()).json_schema()]}

    def __str__(self) -> str:
        return "text, or list of text"


@dataclass(frozen=True)
class Field:
    """A key of a mapping: what it holds and what it is for."""

    kind: Kind
    about: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A mapping with known keys; any other key is an error.

    `one_of` names groups of keys of which exactly one must be there.
    """

    name: str
    fields: Mapping[str, Field]
    one_of: tuple[str, ...] = ()

    def read(self, node: Node, path: str, name: str) -> dict[str, Any]:
        if not isinstance(node.value, dict):
            raise RuleError(f"{name} must be a mapping with keys such as {', '.join(self.fields)}", path, node.line)
        for key, value in node.value.items():
            if key not in self.fields:
                raise RuleError(f"unknown key {key!r} in {name}; known: {', '.join(self.fields)}", path, value.line)
        for key, known in self.fields.items():
            if known.required and key not in node.value:
                raise RuleError(f"{name} lacks {key!r}", path, node.line)
        if self.one_of and len(given := [key for key in self.one_of if key in node.value]) != 1:
            have = f"it has {' and '.join(given)}" if given else "it has none"
            raise RuleError(f"{name} needs exactly one of {', '.join(self.one_of)}; {have}", path, node.line)
        return {key: self.fields[key].kind.read(value, path, key) for key, value in node.value.items()}

    def json_schema(self) -> Json:
        schema: Json = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {**known.kind.json_schema(), "description": known.about} for key, known in self.fields.items()
            },
            "required": [key for key, known in self.fields.items() if known.required],
        }
        if self.one_of:
            schema["oneOf"] = [{"required": [key]} for key in self.one_of]
        return schema

    def __str__(self) -> str:
        return f"{self.name} (below)"


@dataclass(frozen=True)
class Choice:
    """A mapping whose `key` says which of two tables it follows: `table` if it is `word`, else `other`."""

    key: str
    word: str
    table: Table
    other: Table

    def read(self, node: Node, path: str, name: str) -> dict[str, Any]:
        chosen = isinstance(node.value, dict) and self.key in node.value and node.value[self.key].value == self.word
        return (self.table if chosen else self.other).read(node, path, name)

    def json_schema(self) -> Json:
        return {
            "if": {"properties": {self.key: {"const": self.word}}, "required": [self.key]},
            "then": self.table.json_schema(),
            "else": self.other.json_schema(),
        }

    def __str__(self) -> str:
        return f"{self.other}, or {self.table} where `{self.key}` is `{self.word}`"


@dataclass(frozen=True)
class Either:
    """A plain value, or a mapping where that would not do."""

    table: Table
    plain: Kind = Text()

    def read(self, node: Node, path: str, name: str) -> Any:
        kind = self.plain if isinstance(node.value, str) else self.table
        return kind.read(node, path, name)

    def json_schema(self) -> Json:
        return {"anyOf": [self.plain.json_schema(), self.table.json_schema()]}

    def __str__(self) -> str:
        return f"{self.plain}, or {self.table}"
