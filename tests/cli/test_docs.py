"""The commands in the documentation are commands, and the recipes are what their services read."""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.cli.commands import PARSERS, parse
from cleaner.settings.load import load
from tests.conftest import ROOT

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NIGHTLY = (ROOT / "docs/nightly.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(path: Path) -> Iterator[list[str]]:
    """The arguments of each call of `cleaner` in the blocks for a shell."""
    text = path.read_text("utf-8")
    for block in (*blocks(text, "sh"), *blocks(text, "cron")):
        for line in block.replace("\\\n", " ").splitlines():
            for call in re.split(r" [|>&]+ | < ", line.removeprefix("$ ")):
                words = shlex.split(call, comments=True)
                at = next((at for at, word in enumerate(words) if Path(word).name == "cleaner"), None)
                if at is not None and not {"[options]", "..."} & set(words):
                    yield words[at + 1 :]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_can_be_given(path: Path) -> None:
    for args in commands(path):
        name = args[0] if args and args[0] in PARSERS else ""
        parse(PARSERS[name](), args[1:] if name else args, argparse_namespace())


def argparse_namespace() -> object:
    """Something that takes what was given."""
    return type("Given", (), {})()


def test_there_are_commands() -> None:
    assert sum(len(list(commands(path))) for path in DOCS) > 30
    assert ["batch", "--in-place", "--quiet", "/home/ann/vault"] in list(commands(ROOT / "docs/nightly.md"))


def test_the_agent_of_launchd() -> None:
    (agent,) = blocks(NIGHTLY, "xml")
    read = plistlib.loads(agent.encode())
    parse(PARSERS["batch"](), read["ProgramArguments"][2:], argparse_namespace())
    assert read["StartCalendarInterval"] == {"Hour": 3, "Minute": 15}


def test_the_units_of_systemd() -> None:
    service, timer = (configparser.ConfigParser(interpolation=None) for _ in range(2))
    for unit, block in zip((service, timer), blocks(NIGHTLY, "ini"), strict=True):
        unit.read_string(block)
    parse(PARSERS["batch"](), service["Service"]["ExecStart"].split()[2:], argparse_namespace())
    assert timer["Timer"]["OnCalendar"].startswith("*-*-* 03:15")


def test_the_settings_that_are_shown(tmp_path: Path) -> None:
    for name in ("settings.md", "batch.md"):
        for number, block in enumerate(blocks((ROOT / "docs" / name).read_text("utf-8"), "toml")):
            file = tmp_path / f"{name}-{number}.toml"
            file.write_text(block, encoding="utf-8")
            assert load(str(tmp_path), str(file)).values


@pytest.mark.skipif(sys.platform == "win32", reason="a path of other systems")
def test_the_task_of_windows() -> None:
    (task,) = blocks(NIGHTLY, "powershell")
    (arguments,) = re.findall(r'-Argument "(.*)"$', task, re.MULTILINE)
    words = shlex.split(arguments.replace('`"', '"'))
    parse(PARSERS["batch"](), words[1:], argparse_namespace())
