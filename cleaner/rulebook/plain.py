"""Rules as plain tuples, which is what the cache can hold, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from cleaner.model import Rule, Section, Site

_SECTION = [field.name for field in fields(Rule)].index("section")


def plain(data: Rule | Site | Section) -> tuple[Any, ...]:
    """The values of the fields, in their order."""
    values = (getattr(data, field.name) for field in fields(data))
    return tuple(plain(value) if isinstance(value, Section) else value for value in values)


def rule_of(values: tuple[Any, ...]) -> Rule:
    """A rule back from its plain form."""
    parts = list(values)
    if parts[_SECTION] is not None:
        parts[_SECTION] = Section(*parts[_SECTION])
    return Rule(*parts)
