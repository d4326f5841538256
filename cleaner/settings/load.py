"""The settings that hold for what lies in a folder, each with the file and line that says so."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike, fspath
from typing import Any

from cleaner.errors import OptionError, did_you_mean, shown
from cleaner.options import CleanOptions
from cleaner.settings.find import PROJECT, places
from cleaner.settings.keys import KEYS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_TABLE = "tool.cleaner"
_HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")
_SYNTAX = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


@dataclass(frozen=True, slots=True)
class Value:
    """What a file says of an option: as it stands there, as the option has it, and where it stands."""

    stated: Any
    value: Any
    path: str
    line: int

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)


@dataclass(frozen=True, slots=True)
class Settings:
    """What files say of how what lies in a folder is to be cleaned.

    Attributes:
        files: that were read, those that go before others first.
        values: by key.
        rules: folders of rules that stand beside settings.
    """

    files: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def fields(self, *, cleaning: bool) -> dict[str, Any]:
        """The values by the names of the fields that get them: of `CleanOptions`, or of what asks for a run."""
        found = {KEYS[key].field: one.value for key, one in self.values.items() if KEYS[key].cleaning == cleaning}
        if cleaning and self.rules:
            found["rules"] = with_rules(self.rules, found.get("rules", ()))
        return found

    def options(self) -> CleanOptions:
        """How to clean."""
        return CleanOptions(**self.fields(cleaning=True))


def load(folder: str, only: str | None = None) -> Settings:
    """The settings for what lies in `folder`; see `cleaner.settings.find` for where they are looked for.

    Args:
        only: the one file of settings, or `off` for none.

    Raises:
        OptionError: a file cannot be read or is no TOML, or something in it is unknown or means nothing; with file and
            line.
    """
    files, rules = [], []
    values: dict[str, Value] = {}
    for path in places(folder, only):
        if os.path.isdir(path):
            rules.append(path)
            continue
        files.append(path)
        for key, value in _read(path):
            values.setdefault(key, value)
    return Settings(tuple(files), values, tuple(rules))


def load_options(place: str | PathLike[str] = ".", *, only: str | None = None) -> CleanOptions:
    """How the settings say that a file, or what lies in a folder, is to be cleaned; for a `Cleaner`.

    Args:
        only: the one file of settings, or `off` for none.

    Raises:
        OptionError: as `load`.
    """
    path = fspath(place)
    return load(path if os.path.isdir(path) else os.path.dirname(path), only).options()


def with_rules(beside: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """Rules of folders beside settings, and those that somebody named, each once."""
    inside = [os.path.join(os.path.realpath(folder), "") for folder in beside]
    others = [one for one in named if not os.path.join(os.path.realpath(one), "").startswith(tuple(inside))]
    return (*beside, *others)


def _read(path: str) -> Iterator[tuple[str, Value]]:
    text = _text(path)
    try:
        stated: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(path, error) from None
    table = ""
    if os.path.basename(path) == PROJECT:
        table = _TABLE
        for name in table.split("."):
            stated = stated.get(name, {}) if isinstance(stated, dict) else {}
    if not isinstance(stated, dict):
        raise OptionError(f"{shown(path)}: {table} must be a table")
    for key, one in stated.items():
        line = _line(text, table, key)
        where = f"{shown(path)}:{line}" if line else shown(path)
        if key not in KEYS:
            raise OptionError(f"{where}: unknown key {key!r}{_meant(key)}; cleaner config lists all of them")
        try:
            value = _placed(KEYS[key].checked(one), path, KEYS[key].option.kind)
        except OptionError as error:
            raise OptionError(f"{where}: {error}") from None
        yield key, Value(one, value, path, line)


def _text(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            return stream.read().decode("utf-8-sig")
    except OSError as error:
        raise OptionError(f"{shown(path)}: settings cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise OptionError(f"{shown(path)}: settings must be UTF-8; save them so") from None


def _broken(path: str, error: Exception) -> OptionError:
    if isinstance(error, RecursionError):
        return OptionError(f"{shown(path)}: no TOML: nested too deep")
    place = _SYNTAX.search(str(error))
    where = f"{shown(path)}:{place[1]}" if place and place[1] else shown(path)
    return OptionError(f"{where}: no TOML: {_SYNTAX.sub('', str(error))}")


def _meant(key: str) -> str:
    """A hint, also for who has written a field's name."""
    same = next((name for name, known in KEYS.items() if key in (known.field, f"no-{name}")), None)
    return f"; did you mean {same}?" if same else did_you_mean(key, KEYS)


def _placed(value: Any, path: str, kind: str) -> Any:
    """Paths count from the file that names them."""
    folder = os.path.dirname(os.path.abspath(path))
    if kind == "paths":
        return tuple(os.path.join(folder, os.path.expanduser(one)) for one in value)
    return os.path.join(folder, os.path.expanduser(value)) if kind == "path" and value is not None else value


def _line(text: str, table: str, key: str) -> int:
    """The line of a key in a table, from 1; 0 if it is not written as one expects it."""
    wanted = re.compile(rf"""\s*(["']?){re.escape(key)}\1\s*[=.]""")
    headers = {f"{table}.{key}" if table else key}
    inside = not table
    for number, row in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(row):
            name = header[1].replace(" ", "").replace('"', "").replace("'", "")
            if name in headers:
                return number
            inside = name == table
        elif inside and wanted.match(row):
            return number
    return 0
