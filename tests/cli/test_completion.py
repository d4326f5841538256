"""The completion scripts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cleaner.cli.completion import commands
from tests.cli.conftest import Call

SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_is_there(shell: str, call: Call) -> None:
    script = call("completion", shell).out.decode()
    for command in commands():
        for word in command.path:
            assert word in script
        for option in command.options:
            for flag in option.flags:
                assert (flag if shell != "fish" else flag.lstrip("-")) in script


@pytest.mark.parametrize("shell", SHELLS)
def test_the_syntax(shell: str, call: Call, tmp_path: Path) -> None:
    found = shutil.which(shell)
    if not found:
        pytest.skip(f"no {shell} here")
    script = tmp_path / "script"
    script.write_bytes(call("completion", shell).out)
    done = subprocess.run([found, "-n", str(script)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["cleaner", "--le"], {"--level"}),
        (["cleaner", "--level", "a"], {"aggressive"}),
        (["cleaner", "ru"], {"rules"}),
        (["cleaner", "rules", ""], {"list", "show", "lint", "test", "coverage", "new"}),
        (["cleaner", "rules", "list", "--ca"], {"--category"}),
        (["cleaner", "rules", "list", "--category", "don"], {"donation"}),
        (["cleaner", "completion", "f"], {"fish"}),
        (["cleaner", "a-fi"], {"a-file.txt"}),
        (["cleaner", "restore", "x", "--report", "a-f"], {"a-file.txt"}),
        (["cleaner", "--url", "a"], set()),
    ],
)
def test_bash_completes(words: list[str], expected: set[str], call: Call, tmp_path: Path) -> None:
    (tmp_path / "a-file.txt").touch()
    script = call("completion", "bash").out.decode()
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _cleaner; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    done = subprocess.run(["bash", "-c", script + ask], capture_output=True, check=True, cwd=tmp_path, text=True)
    assert set(filter(None, done.stdout.split("\n"))) == expected
