"""The rules as the engine asks for them."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.model import Rule, Site
from cleaner.rulebook.keywords import Keywords
from cleaner.rulebook.plain import rule_of
from cleaner.rulebook.store import Payload, Store

if TYPE_CHECKING:
    from cleaner.rulebook.keywords import Hit


class PackInfo:
    """What the engine needs to know of a pack."""

    __slots__ = ("disable", "kind", "name", "site")

    def __init__(self, name: str, kind: str, site: tuple[Any, ...] | None, disable: tuple[str, ...]) -> None:
        self.name = name
        self.kind = kind
        self.site = Site(*site) if site else None
        self.disable = frozenset(disable)


class Rulebook:
    """All rules, each made when it is first asked for.  Safe to share between threads, and picklable."""

    def __init__(self, payload: Payload, keywords: Keywords, paths: Mapping[str, str]) -> None:
        """What `compile_rules` made of packs, and where they stand, by their names."""
        self._payload = payload
        self._keywords = keywords
        self._paths = paths
        self._rules: dict[int, Rule] = {}

    @classmethod
    def from_store(cls, store: Store) -> Rulebook:
        """The rules of a store."""
        return cls(store.payload, store.keywords, store.paths)

    def __reduce__(self) -> tuple[type[Rulebook], tuple[Payload, Keywords, Mapping[str, str]]]:
        return type(self), (self._payload, self._keywords, self._paths)

    @cached_property
    def packs(self) -> tuple[PackInfo, ...]:
        """All packs, by name."""
        return tuple(PackInfo(*values) for values in self._payload["packs"])

    @cached_property
    def pack_of(self) -> dict[str, PackInfo]:
        """The packs by their names."""
        return {pack.name: pack for pack in self.packs}

    @cached_property
    def hosts(self) -> dict[str, tuple[PackInfo, ...]]:
        """The packs of sites by their hosts."""
        hosts: dict[str, tuple[PackInfo, ...]] = {}
        for pack in self.packs:
            for host in pack.site.hosts if pack.site else ():
                hosts[host] = (*hosts.get(host, ()), pack)
        return hosts

    def pack_with(self, number: int) -> PackInfo:
        """The pack that has the rule with that number; the rule need not be made for that."""
        return self.packs[bisect_right(self._payload["ends"], number)]

    def __len__(self) -> int:
        return len(self._payload["rules"])

    def rule(self, number: int) -> Rule:
        """The rule with that number."""
        rule = self._rules.get(number)
        if rule is None:
            rule = self._rules[number] = rule_of(marshal.loads(self._payload["rules"][number]), self._paths)
        return rule

    def hits(self, haystack: str) -> list[Hit]:
        """Every keyword in `haystack`: its start and end, the rules it wakes, the packs whose site it speaks for."""
        return self._keywords.hits(haystack)
