"""What may stand in settings: all options of cleaning, by their names on the command line, and those of runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.options import Kind, Option, each_option

_RECORDS = ("same", "files", "jsonl")
_COLOUR = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the settings.

    Attributes:
        field: of the options that get the value.
        default: as it would be written in a file; None: nothing.
        cleaning: whether it says how a text is cleaned, and not how a run goes.
    """

    name: str
    field: str
    option: Option
    default: Any
    cleaning: bool = False

    def checked(self, value: Any) -> Any:
        """The value of the field.

        Raises:
            OptionError: it means nothing.
        """
        value = self.option.checked(self.name, value)
        return value if self.option.unit == 1 else int(value * self.option.unit)


def _key(name: str, kind: Kind, help: str, default: Any = None, **more: Any) -> Key:
    return Key(name, name.replace("-", "_"), Option(kind, help, **more), default)


def _cleaning() -> Iterator[Key]:
    for name, option, default in each_option():
        stated = list(default) if isinstance(default, tuple) else default
        if option.unit != 1:
            option, stated = _large(option), default // option.unit
        yield Key((option.flag or name).replace("_", "-"), name, option, stated, cleaning=True)


def _large(option: Option) -> Option:
    """An option whose unit is large: half of one is a value, too."""
    return Option("number", option.help, flag=option.flag, unit=option.unit)


_RUNS = (
    _key(
        "clipping-folders",
        "texts",
        "folders of a vault that hold clippings: globs of a name, or of a path from the file of settings",
        [],
    ),
    _key("clipping-tags", "texts", "tags that clippings of a vault have", []),
    _key("include", "texts", "of a folder only these names, whatever their ending", []),
    _key("exclude", "texts", "of a folder not these names or folders", []),
    _key("hidden", "switch", "also names that begin with a dot", False),
    _key("copy-others", "switch", "copy files that hold no clipping", False),
    _key("jobs", "whole", "worker processes; as many as there are cores"),
    _key("max-memory", "number", "memory a document may need, in MB", 4000),
    _key("records", "choice", "what files of many documents become", "same", choices=_RECORDS),
    _key("text-field", "text", "field or column with the text to clean", "text"),
    _key("html-field", "text", "field or column with HTML to clean if there is no text", "html"),
    _key("url-field", "text", "field or column with the address", "url"),
    _key("report-field", "text", "add a field with the report"),
    _key("metadata-field", "text", "add a field with title, author, date …"),
    _key("color", "choice", "of messages", "auto", choices=_COLOUR),
)

KEYS: Mapping[str, Key] = {key.name: key for key in (*_cleaning(), *_RUNS)}
"""All keys, by their names, in the order in which they are shown."""
