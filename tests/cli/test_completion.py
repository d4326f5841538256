"""The completion scripts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from cleaner.cli.commands import PARSERS
from tests.cli.conftest import Call

SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_is_there(shell: str, call: Call) -> None:
    script = call("completion", shell).out.decode()
    for name, make in PARSERS.items():
        assert name in script
        for action in make()._actions:
            for flag in action.option_strings:
                assert (flag if shell != "fish" else f"{flag.lstrip('-')} ") in script


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
        (["cleaner", "rules", ""], {"list", "show", "lint", "test", "coverage", "new", "why", "diff", "import"}),
        (["cleaner", "rules", "list", "--ca"], {"--category"}),
        (["cleaner", "rules", "list", "--category", "don"], {"donation"}),
        (["cleaner", "completion", "f"], {"fish"}),
        (["cleaner", "explain", "a-fi"], {"a-file.txt"}),
        (["cleaner", "batch", "in", "more", "--records", "j"], {"jsonl"}),
        (["cleaner", "restore", "x", "--report", "a-f"], {"a-file.txt"}),
        (["cleaner", "--url", "a"], set()),
    ],
)
def test_bash_completes(words: list[str], expected: set[str], call: Call, tmp_path: Path) -> None:
    (tmp_path / "a-file.txt").touch()
    script = call("completion", "bash").out.decode()
    quoted = " ".join(f"'{word}'" for word in words)
    ask = (
        f"\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _shtab_cleaner; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    )
    done = subprocess.run(["bash", "-c", script + ask], capture_output=True, check=True, cwd=tmp_path, text=True)
    assert set(filter(None, done.stdout.split("\n"))) == expected


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_offers_files_where_a_command_may_stand(call: Call) -> None:
    """The first argument is a command or a file; files are what readline offers where no command fits."""
    script = call("completion", "bash").out.decode()
    done = subprocess.run(["bash", "-c", f"{script}\ncomplete -p cleaner"], capture_output=True, check=True, text=True)
    assert done.stdout == "complete -o bashdefault -o default -F _shtab_cleaner cleaner\n"


def test_zsh_offers_files_where_a_command_may_stand(call: Call) -> None:
    assert "_describe 'cleaner commands' _commands; _files\n" in call("completion", "zsh").out.decode()
