"""The options of cleaning are stated once: every way in knows each of them."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

import cleaner
from cleaner.cli.batch import cleaning
from cleaner.cli.commands import PARSERS, parse
from cleaner.cli.options import Options, RunOptions
from cleaner.corpus.counter import LineCounter
from cleaner.corpus.table import write_table
from cleaner.errors import OptionError
from cleaner.formats.options import Cleaning
from cleaner.integrations import scrapy
from cleaner.options import CleanOptions, Option, OptionArguments, each_option
from cleaner.tools.new import new_pack

OPTIONS = [name for name, _, _ in each_option()]
CLEANING = {name: (option, default) for name, option, default in each_option()}


def another(name: str, folder: Path) -> Any:
    """A value that is not the default."""
    option, default = CLEANING[name]
    match option.kind:
        case "choice":
            return next(choice for choice in option.choices if choice != default)
        case "names":
            return (option.choices[0],)
        case "paths":
            pack = folder / "generic" / "own.yaml"
            pack.parent.mkdir()
            pack.write_text(new_pack("generic/own", "Zap it now"))
            return (str(folder),)
        case "path":
            write_table(str(folder / "lines"), [LineCounter()])
            return str(folder / "lines")
        case "switch":
            return not default
        case _:
            return default * 2


def typed(name: str, option: Option, value: Any) -> list[str]:
    """A value on the command line."""
    flag = f"--{option.flag or name.replace('_', '-')}"
    if option.kind == "switch":
        return [flag if value else f"--no-{flag[2:]}"]
    if option.kind in ("names", "paths"):
        return [part for one in value for part in (flag, one)]
    return [flag, str(value // option.unit if option.kind == "whole" else value)]


def test_the_keyword_arguments_are_the_fields() -> None:
    arguments = typing.get_type_hints(OptionArguments)
    fields = typing.get_type_hints(CleanOptions)
    assert set(arguments) == set(fields)
    for name, kept in fields.items():
        if CLEANING[name][0].kind in ("names", "paths"):
            assert typing.get_origin(arguments[name]) is Iterable
        elif CLEANING[name][0].kind != "path":
            assert arguments[name] == kept, name


@pytest.mark.parametrize("function", [cleaner.Cleaner, cleaner.clean])
def test_signatures_show_each_option_with_its_default(function: Any) -> None:
    shown = inspect.signature(function).parameters
    assert {name: shown[name].default for name in OPTIONS} == {name: default for name, _, default in each_option()}


@pytest.mark.parametrize("name", OPTIONS)
def test_cleaner_and_clean_take_each_option(name: str, tmp_path: Path) -> None:
    value = another(name, tmp_path)
    arguments: Any = {name: value}
    made = cleaner.Cleaner(**arguments)
    assert getattr(made.options, name) == value
    assert made.options != CleanOptions()
    assert cleaner.Cleaner(made.options).options == made.options
    assert cleaner.clean("Some words.", **arguments).text == "Some words."


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("command", ["", "batch", "cluster", "watch"])
def test_commands_take_each_option(command: str, name: str, tmp_path: Path) -> None:
    value = another(name, tmp_path)
    places = {"": [], "batch": ["in", "out"], "cluster": ["in", "out"], "watch": ["in"]}[command]
    asked = PARSERS[command]().parse_args([*places, *typed(name, CLEANING[name][0], value)], namespace=Options())
    assert asked.given()[name] == value


@pytest.mark.parametrize("name", OPTIONS)
def test_settings_of_scrapy_give_each_option(name: str, tmp_path: Path) -> None:
    value = another(name, tmp_path)
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    found = scrapy._options(Settings({f"CLEANER_{name.upper()}": text}))
    assert getattr(found, name) == value


@pytest.mark.parametrize("name", OPTIONS)
def test_a_run_does_again_what_comes_out_otherwise(name: str, tmp_path: Path) -> None:
    value: Any = {name: another(name, tmp_path)}
    changed = Cleaning(**value).fingerprint() != Cleaning().fingerprint()
    assert changed == CLEANING[name][0].traced == (name != "max_seconds")


def test_a_run_looks_at_what_options_mean(tmp_path: Path) -> None:
    one, other = (Cleaning(skip=skip).fingerprint() for skip in (("share", "print"), ("print", "share", "print")))
    assert one == other
    mine = Cleaning(rules=another("rules", tmp_path))
    before = mine.fingerprint()
    (tmp_path / "generic" / "own.yaml").write_text(new_pack("generic/own", "Zap them all now"))
    assert mine.fingerprint() != before


def test_values_take_one_form() -> None:
    made = CleanOptions(only="share", rules=Path("mine"), line_counts=Path("lines"))  # type: ignore[arg-type]
    assert (made.only, made.rules, made.line_counts) == (("share",), ("mine",), "lines")
    assert CleanOptions(skip=iter(["share"])).skip == ("share",)  # type: ignore[arg-type]
    assert {CleanOptions(): 1}[CleanOptions()] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": "brutal"}, "level must be one of safe, normal, aggressive, not 'brutal'"),
        ({"to": "pdf"}, "to must be one of markdown, text, html, not 'pdf'"),
        ({"extractor": "me"}, "extractor must be one of cleaner, trafilatura, readability, none, not 'me'"),
        ({"only": ["share", "spam"]}, "only: unknown category 'spam'; known: template-token, "),
        ({"level": None}, "level must be one of safe, normal, aggressive, not None"),
        (
            {"level": "agressive"},
            "level must be one of safe, normal, aggressive, not 'agressive'; did you mean aggressive?",
        ),
        ({"skip": "shares"}, "skip: unknown category 'shares'; did you mean share?; known: template-token, "),
        ({"skip": None}, "skip must be a list of names of categories, not None"),
        ({"only": [None]}, "only must be a list of names of categories, not None in it"),
        ({"rules": 3}, "rules must be a list of paths, not 3"),
        ({"rules": [None]}, "rules must be a path, not None"),
        ({"line_counts": 3}, "line_counts must be a path, not 3"),
        ({"images": "no"}, "images must be True or False, not 'no'"),
        ({"max_bytes": 0}, "max_bytes must be a whole number above 0, not 0"),
        ({"max_bytes": 1.5}, "max_bytes must be a whole number above 0, not 1.5"),
        ({"max_bytes": True}, "max_bytes must be a whole number above 0, not True"),
        ({"max_seconds": float("nan")}, "max_seconds must be a number above 0, not nan"),
        ({"max_seconds": None}, "max_seconds must be a number above 0, not None"),
    ],
)
def test_values_that_mean_nothing_are_refused(arguments: Any, message: str) -> None:
    for function in (CleanOptions, cleaner.Cleaner, Cleaning):
        with pytest.raises(OptionError) as caught:
            function(**arguments)
        assert str(caught.value).startswith(message)
    with pytest.raises(OptionError, match=r"must be|unknown"):
        cleaner.clean("", **arguments)


def test_a_name_that_is_none_is_refused() -> None:
    arguments: Any = {"levle": "safe"}
    with pytest.raises(TypeError, match=r"^got an unexpected keyword argument 'levle'; did you mean level\?$"):
        cleaner.Cleaner(**arguments)
    with pytest.raises(TypeError, match=r"^got an unexpected keyword argument 'output'; there are level, .*, to, "):
        cleaner.clean("x", output="markdown")  # type: ignore[call-arg]


def test_what_is_not_given_is_left_to_the_defaults() -> None:
    assert PARSERS[""]().parse_args([], namespace=Options()).given() == {}
    asked = parse(PARSERS["batch"](), ["in", "out"], RunOptions())
    assert (asked.given(), cleaning(asked).max_seconds) == ({}, 60)
    asked = parse(PARSERS["batch"](), ["in", "--max-seconds", "7", "out"], RunOptions())
    assert (asked.places, cleaning(asked).max_seconds) == (["in", "out"], 7)
