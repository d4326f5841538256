"""YAML, read safely and with line numbers.

Only the plain core of YAML is accepted: mappings, sequences and scalars, each scalar as the text it was written as
(so the language `no` stays `no`).  Anchors, aliases and tags are refused, which also ends every "YAML bomb".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from cleaner.errors import RuleError

MAX_BYTES = 4_000_000
MAX_DEPTH = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node:
    """A value with the line it stands on: `value` is a str, a list of nodes, a dict of nodes, or None if empty."""

    __slots__ = ("line", "value")

    def __init__(self, value: Any, line: int) -> None:
        self.value: str | list[Node] | dict[str, Node] | None = value
        self.line = line


def child(node: Node, *keys: str | int) -> Node:
    """The node below `node`, by keys and places in lists, or as near to it as there is one."""
    for key in keys:
        below = _below(node.value, key)
        if below is None:
            return node
        node = below
    return node


def _below(value: str | list[Node] | dict[str, Node] | None, key: str | int) -> Node | None:
    if isinstance(value, dict):
        return value.get(str(key))
    return value[key] if isinstance(value, list) and isinstance(key, int) and key < len(value) else None


def items(node: Node, *keys: str) -> list[Node]:
    """The items of a list below `node`; none if there is no such list."""
    value = child(node, *keys).value
    return value if isinstance(value, list) else []


def parse(data: bytes, path: str) -> Node:
    """Parse one YAML document.

    Raises:
        RuleError: bad UTF-8 or YAML, an alias, anchor or tag, a duplicate key, too large or too deep.
    """
    if len(data) > MAX_BYTES:
        raise RuleError(f"rule file is larger than {MAX_BYTES // 1_000_000} MB; split it", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError("not UTF-8; save the file as UTF-8", path, line) from None
    try:
        return _document(iter(yaml.parse(text, Loader=_Loader)), path)
    except yaml.YAMLError as error:
        raise _syntax_error(error, path, text) from None


def _syntax_error(error: yaml.YAMLError, path: str, text: str) -> RuleError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    hint = "; a value that starts with { [ & * ! | > % @ ` needs quotes"
    return RuleError(f"invalid YAML: {problem}{hint}", path, line)


def _document(events: Iterator[Any], path: str) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent)):
            continue
        if isinstance(event, yaml.DocumentEndEvent):
            continue
        if root is not None:
            raise RuleError("more than one YAML document; a file holds one pack", path, event.start_mark.line + 1)
        root = _value(event, events, path, 0)
    if root is None:
        raise RuleError("empty file; a pack needs `format`, `pack` and `rules`", path)
    return root


def _value(event: Any, events: Iterator[Any], path: str, depth: int) -> Node:
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise RuleError("anchors and aliases (& and *) are not allowed; write the value out or quote it", path, line)
    if depth > MAX_DEPTH:
        raise RuleError(f"nested deeper than {MAX_DEPTH} levels", path, line)
    if getattr(event, "tag", None):
        raise RuleError(f"tag {event.tag!r} is not allowed; quote the value", path, line)
    if isinstance(event, yaml.ScalarEvent):
        empty = event.implicit[0] and event.value in ("", "~", "null")
        return Node(None if empty else event.value, line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(list(_items(events, yaml.SequenceEndEvent, path, depth)), line)
    flat = _items(events, yaml.MappingEndEvent, path, depth)
    mapping: dict[str, Node] = {}
    for key, value in zip(flat, flat, strict=True):
        if not isinstance(key.value, str):
            raise RuleError("a key must be plain text; quote a value that starts with {", path, key.line)
        if key.value in mapping:
            raise RuleError(
                f"duplicate key {key.value!r}; the first is on line {mapping[key.value].line}", path, key.line
            )
        mapping[key.value] = Node(value.value, key.line if isinstance(value.value, (str, type(None))) else value.line)
    return Node(mapping, line)


def _items(events: Iterator[Any], end: type, path: str, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _value(event, events, path, depth + 1)
