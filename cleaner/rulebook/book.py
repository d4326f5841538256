"""The rules as the engine asks for them."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cleaner.model import Rule, Site
from cleaner.rulebook.keywords import Keywords
from cleaner.rulebook.plain import rule_of
from cleaner.rulebook.store import Payload, Store

if TYPE_CHECKING:
    from cleaner.rulebook.keywords import Hit, Woken


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
        self._packs: dict[int, PackInfo] = {}

    @classmethod
    def from_store(cls, store: Store) -> Rulebook:
        """The rules of a store."""
        return cls(store.payload, store.keywords, store.paths)

    def __reduce__(self) -> tuple[type[Rulebook], tuple[Payload, Keywords, Mapping[str, str]]]:
        return type(self), (self._payload, self._keywords, self._paths)

    def pack(self, number: int) -> PackInfo:
        """The pack with that number."""
        pack = self._packs.get(number)
        if pack is None:
            # Threads may make it at the same time; it is compared by identity, so the first one counts.
            pack = self._packs.setdefault(number, PackInfo(*self._payload["packs"][number]))
        return pack

    def pack_of(self, name: str) -> PackInfo:
        """The pack with that name."""
        return self.pack(self._numbers[name])

    def packs_of_host(self, host: str) -> list[PackInfo]:
        """The packs of sites that name a host, by their names."""
        return [self.pack(number) for number in self._hosts.get(host, ())]

    def pack_with(self, number: int) -> PackInfo:
        """The pack that has the rule with that number; the rule need not be made for that."""
        return self.pack(bisect_right(self._payload["ends"], number))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, (name, *_) in enumerate(self._payload["packs"])}

    @cached_property
    def _hosts(self) -> dict[str, list[int]]:
        hosts: dict[str, list[int]] = {}
        for number, (_, _, site, _) in enumerate(self._payload["packs"]):
            for host in site[0] if site else ():  # its first field
                hosts.setdefault(host, []).append(number)
        return hosts

    def __len__(self) -> int:
        return len(self._payload["rules"])

    def rule(self, number: int) -> Rule:
        """The rule with that number."""
        rule = self._rules.get(number)
        if rule is None:
            rule = self._rules[number] = rule_of(marshal.loads(self._payload["rules"][number]), self._paths)
        return rule

    def hits(self, haystack: str) -> Iterator[Hit]:
        """Every keyword in `haystack`: its start and end, the rules it wakes, the packs whose site it speaks for."""
        return self._keywords.hits(haystack)

    def woken(self, haystack: str, most: int) -> Woken:
        """What the keywords in `haystack` wake; see `Keywords.woken`."""
        return self._keywords.woken(haystack, most)
