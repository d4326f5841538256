"""Which of the two is at work, and how the core is built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import build_core
from cleaner.core import AT_WORK, NUMBER, TWINS
from tests.core.twins import kernels

ROOT = Path(build_core.__file__).parent
ASK = "import cleaner.core as core; print(core.AT_WORK)"
MISSING = "import sys; sys.modules['cleaner.core._core'] = None; "
OLDER = "import sys, types; sys.modules['cleaner.core._core'] = types.SimpleNamespace(NUMBER=0); "


def asked(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, which has not yet chosen."""
    kept = {name: value for name, value in os.environ.items() if name != "CLEANER_CORE"}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=kept | environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_kernel_has_a_twin_and_every_twin_a_kernel() -> None:
    assert set(TWINS) == {name for name in dir(kernels) if name[0] != "_"} - {"NUMBER", "SOURCES"}


def test_it_was_compiled_of_these_sources() -> None:
    assert (build_core.digest(), NUMBER) == (kernels.SOURCES, kernels.NUMBER), "run `python build_core.py`"


def test_it_is_at_work_unless_told_otherwise() -> None:
    assert AT_WORK is (os.environ.get("CLEANER_CORE") != "off")
    assert asked(ASK).stdout == "True\n"
    assert asked(ASK, CLEANER_CORE="required").stdout == "True\n"
    assert asked(ASK, CLEANER_CORE="off").stdout == "False\n"


@pytest.mark.parametrize("state", [MISSING, OLDER])
def test_without_it_python_does_the_same(state: str) -> None:
    assert asked(state + ASK).stdout == "False\n"
    refused = asked(state + ASK, CLEANER_CORE="required")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Error: " in refused.stderr.splitlines()[-1]


def test_a_compiler_that_does_not_work_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "/bin/false")
    monkeypatch.delenv("CLEANER_CORE", raising=False)
    assert build_core.build(tmp_path) is None
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("CLEANER_CORE", "required")
    with pytest.raises(Exception, match="false"):
        build_core.build(tmp_path)


def test_it_is_not_built_where_nobody_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CORE", "off")
    assert build_core.build(tmp_path) is None
