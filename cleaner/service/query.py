"""What a caller may say in the query of an address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from cleaner.errors import OptionError
from cleaner.model import FORMATS, Format
from cleaner.options import CleanOptions, Option, check_choice, each_option

Json = dict[str, Any]

EXTRAS: Mapping[str, tuple[str, Json]] = {
    "line": ("the only line to explain, in full", {"type": "integer", "minimum": 1}),
    "save": ("whether to write the rule, or only to show it", {"type": "boolean"}),
}
"""What may be asked for at some addresses, as `parameters` gives it."""

_SWITCH = {"true": True, "false": False}
_FORMATS = ("auto", *FORMATS)


@dataclass(frozen=True, slots=True)
class Asked:
    """How to clean or explain a clipping, or to make a rule of it."""

    options: CleanOptions
    format: Format | Literal["auto"] = "auto"
    line: int | None = None
    save: bool = False


def choosable() -> Iterator[tuple[str, Option, Any]]:
    """The options of cleaning that a caller may choose, as `each_option` gives them: neither files nor limits."""
    return (each for each in each_option() if each[1].kind in ("choice", "names", "switch"))


def read_query(pairs: Iterable[tuple[str, str]], defaults: CleanOptions, also: Collection[str] = ()) -> Asked:
    """What the pairs of a query ask for; a name may stand twice where several values are taken.

    Args:
        defaults: the options where nothing else is asked for.
        also: what else may be asked for, of `EXTRAS`.

    Raises:
        OptionError: an unknown name, or a value that means nothing.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    options = {name: _value(name, option, given.pop(name)) for name, option, _ in choosable() if name in given}
    asked = Asked(replace(defaults, **options))
    if "format" in given:
        word = _single("format", given.pop("format"))
        check_choice("format", word, _FORMATS)
        asked = replace(asked, format=cast(Any, word))
    if "line" in also and "line" in given:
        number = _single("line", given.pop("line"))
        if not (number.isascii() and number.isdigit() and int(number[:9]) > 0):
            raise OptionError(f"line must be a whole number above 0, not {number!r}")
        asked = replace(asked, line=int(number[:9]))
    if "save" in also and "save" in given:
        word = _single("save", given.pop("save"))
        asked = replace(asked, save=_switch("save", word))
    if given:
        raise OptionError(f"unknown parameter {min(given)!r}; known: {', '.join(parameters(also))}")
    return asked


def _value(name: str, option: Option, values: list[str]) -> Any:
    if option.kind == "names":
        return tuple(filter(None, (part for value in values for part in value.split(","))))
    value = _single(name, values)
    if option.kind == "choice":
        return value
    return _switch(name, value)


def _switch(name: str, value: str) -> bool:
    if value not in _SWITCH:
        raise OptionError(f"{name} must be true or false, not {value!r}")
    return _SWITCH[value]


def _single(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise OptionError(f"{name} stands twice")
    return values[0]


def parameters(also: Collection[str] = ()) -> dict[str, tuple[str, Json]]:
    """What may stand in a query: by name, what it is about and the JSON Schema of its value."""
    known: dict[str, tuple[str, Json]] = {
        "format": ("of the input; auto tells from the text", {"type": "string", "enum": list(_FORMATS)})
    }
    for name, option, default in choosable():
        about = option.help.split(": ")[0] if option.kind == "names" else option.help.format(default=default)
        known[name] = about, _schema(option)
    return known | {name: EXTRAS[name] for name in also}


def _schema(option: Option) -> Json:
    if option.kind == "switch":
        return {"type": "boolean"}
    one = {"type": "string", "enum": list(option.choices)}
    return {"type": "array", "items": one} if option.kind == "names" else one
