"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cleaner.late import late


def test_it_does_what_a_pattern_does() -> None:
    pattern = late(r"(\w)x", re.IGNORECASE)
    assert [match[1] for match in pattern.finditer("aX bx")] == ["a", "b"]
    assert pattern.sub("-", "aX") == "-"
    assert pattern.pattern == r"(\w)x"
    assert pattern.flags & re.IGNORECASE


def test_nothing_is_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compile_it = re.compile

    def noted(source: str, flags: int = 0) -> re.Pattern[str]:
        made.append(source)
        return compile_it(source, flags)

    monkeypatch.setattr(re, "compile", noted)
    pattern = late("a+")
    assert not made
    assert pattern.search("baa")
    assert pattern.search("baa")
    assert made == ["a+"]


def test_what_nobody_asks_for_is_not_compiled_at_the_start() -> None:
    told = "import re, cleaner.view; print(sum(cleaner.view.GLYPH in pattern for _, pattern, _ in re._cache))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
