"""What there is to say of a field, for the schema that is made from its class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """What a field holds.

    Attributes:
        limits: further keywords of JSON Schema.
    """

    text: str
    limits: Mapping[str, Any] = field(default_factory=dict)
