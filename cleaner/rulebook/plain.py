"""Rules and packs as plain tuples, which is what the cache can hold, and back.

Where a file lies is left out: what is made of it depends on nothing but its content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from cleaner.model import Example, Pack, Rule, Section, Site

_NAMES = [field.name for field in fields(Rule)]
_PACK, _SECTION, _PATH = (_NAMES.index(name) for name in ("pack", "section", "path"))
_values = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in (Rule, Site, Section, Example)}


def plain(data: Rule | Site | Section | Example) -> tuple[Any, ...]:
    """The values of the fields, in their order."""
    values: tuple[Any, ...] = _values[type(data)](data)
    if not isinstance(data, Rule):
        return values
    section = data.section and plain(data.section)
    return (*values[:_SECTION], section, *values[_SECTION + 1 : _PATH], "", *values[_PATH + 1 :])


def rule_of(values: tuple[Any, ...], paths: Mapping[str, str]) -> Rule:
    """A rule back from its plain form; `paths` says where packs stand, by their names."""
    parts = list(values)
    parts[_PATH] = paths[parts[_PACK]]
    if parts[_SECTION] is not None:
        parts[_SECTION] = Section(*parts[_SECTION])
    return Rule(*parts)


def plain_pack(pack: Pack) -> tuple[Any, ...]:
    """A pack with all that is in it."""
    return (
        (pack.name, pack.kind, pack.description, pack.languages),
        [plain(rule) for rule in pack.rules],
        pack.site and plain(pack.site),
        pack.disable,
        {rule: [plain(example) for example in examples] for rule, examples in pack.examples.items()},
    )


def pack_of(values: tuple[Any, ...], path: str) -> Pack:
    """A pack back from its plain form; `path` is where it stands."""
    (name, kind, description, languages), rules, site, disable, examples = values
    return Pack(
        name=name,
        kind=kind,
        description=description,
        languages=languages,
        rules=tuple(rule_of(rule, {name: path}) for rule in rules),
        site=site and Site(*site),
        disable=disable,
        path=path,
        examples={rule: tuple(Example(*one) for one in found) for rule, found in examples.items()},
    )
