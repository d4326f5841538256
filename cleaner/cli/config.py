"""`cleaner config`: the settings that hold, and where each of them stands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from cleaner.cli.codes import DONE, INPUT
from cleaner.cli.commands import config_parser, parse
from cleaner.cli.options import ConfigOptions
from cleaner.cli.stop import Stop
from cleaner.cli.streams import write_text
from cleaner.errors import shown
from cleaner.settings.find import NAME, PROJECT, user_folder
from cleaner.settings.keys import KEYS
from cleaner.settings.load import Settings, load


def run(args: list[str]) -> int:
    """`cleaner config [PATH]`."""
    options = parse(config_parser(), args, ConfigOptions())
    place = options.place
    if place and not os.path.lexists(place):
        raise Stop(INPUT, f"{shown(place)}: no such file or folder; name one that is there")
    settings = load(place if os.path.isdir(place) else os.path.dirname(place), options.config)
    if options.json:
        write_text(json.dumps(_facts(settings), indent=2, ensure_ascii=False) + "\n")
    else:
        write_text("".join(f"{row}\n" for row in _rows(settings)))
    return DONE


def _facts(settings: Settings) -> dict[str, Any]:
    values = {}
    for name, key in KEYS.items():
        one = settings.values.get(name)
        where = {"file": one.path, "line": one.line} if one else {"file": None, "line": None}
        values[name] = {"value": key.default if one is None else one.stated, **where}
    return {"files": list(settings.files), "rules": list(settings.rules), "values": values}


def _rows(settings: Settings) -> Iterator[str]:
    """TOML, with where each value stands as a comment."""
    if not settings.files:
        users = shown(user_folder() or "your home")
        yield f"# no {NAME} and no {PROJECT} with [tool.cleaner] is read: there is none here or above, or in {users}"
    for path in settings.files:
        yield f"# settings: {shown(path)}"
    for path in settings.rules:
        yield f"# rules: {shown(path)}"
    yield ""
    rows = []
    for name, key in KEYS.items():
        one = settings.values.get(name)
        value = key.default if one is None else one.stated
        rows.append(
            (f"# {name} =" if value is None else f"{name} = {_toml(value)}", "default" if one is None else one.where)
        )
    wide = max(len(row) for row, _ in rows)
    yield from (f"{row:{wide}}  # {where}" for row, where in rows)


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # texts, numbers, booleans and lists of texts look the same in TOML
