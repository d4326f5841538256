"""The script that fuzzes: what it asks of Atheris, and what it tells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz import run
from tests.fuzz.corpus import FOLDER
from tests.fuzz.targets import TARGETS

ATHERIS = """
import contextlib, sys

def instrument_imports(include):
    return contextlib.nullcontext()

def Setup(argv, target):
    options = [one for one in argv[1:] if one.startswith("-")]
    assert "-max_total_time=5" in options, argv  # argv[0] is the name of the program, and is not read
    assert argv[-1] == {corpus!r}, argv
    target(b"x")

def Fuzz():
    print("#12 NEW cov: 1")
    print("Done 34 runs in 5 second(s)")
    sys.exit({code})
"""


@pytest.mark.parametrize("code", [0, 77])
def test_what_atheris_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    (tmp_path / "atheris.py").write_text(ATHERIS.format(corpus=str(FOLDER / "report"), code=code))
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    assert run.guided("report", 5, tmp_path) == (34, int(code != 0))


def test_without_it_inputs_are_mutated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def target(data: bytes) -> None:
        if b"a" in data:
            raise ValueError("broken")

    monkeypatch.setitem(TARGETS, "report", target)
    runs, faults = run.mutating("report", 1, tmp_path, 0)
    assert 0 < faults <= runs
    assert any(b"a" in kept.read_bytes() for kept in tmp_path.iterdir())
