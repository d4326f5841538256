"""Where in a rule file the parts of a rule stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cleaner.model import Pack
from cleaner.rulebook.nodes import Node, items, parse


class Source:
    """A rule file that could be read: its pack, and its nodes, for which it is parsed when they are asked for."""

    def __init__(self, pack: Pack, data: bytes, root: Node | None = None) -> None:
        self.pack = pack
        self._data = data
        if root is not None:
            self.root = root

    @cached_property
    def root(self) -> Node:
        """The whole file."""
        return parse(self._data, self.pack.path)

    def line(self, rule: int, key: str, item: int) -> int:
        """The line of an item of a list in the rule with that number."""
        return items(entries(self.root)[rule], key)[item].line


def entries(root: Node) -> list[Node]:
    """The rules of a pack in the order in which they are read: rules, then keep rules."""
    if not isinstance(root.value, dict):
        return []
    return [entry for key in ("rules", "keep") if key in root.value for entry in items(root, key)]


def one_by_one(root: Node) -> Iterator[tuple[int, Node]]:
    """The pack with only one of its rules in it, once for each rule, with the rule's number in its list."""
    if not isinstance(root.value, dict):
        return
    rest = {key: value for key, value in root.value.items() if key not in ("rules", "keep")}
    for key in ("rules", "keep"):
        for number, entry in enumerate(items(root, key) if key in root.value else (), 1):
            yield number, Node({**rest, key: Node([entry], entry.line)}, root.line)
