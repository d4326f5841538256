"""Every fixture: what comes in, what must come out, and the report that says why.

`expected.*` is what a careful person would leave, written before the rules.  Where the rules do not get there yet,
`today.*` holds what they leave: the article must be whole in it, and it must go when the leftovers do.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner
from benchmarks.fixtures import gone, visible
from tests import fixture

HERE = Path(__file__).parent
NOISY = sorted(path for path in fixture.FIXTURES.iterdir() if path.is_dir() and not fixture.is_page(path))
CLEAN = sorted((HERE / "clean").iterdir())
NOTES = sorted((HERE / "notes").iterdir())


def test_there_are_enough() -> None:
    assert len(NOISY) >= 120
    assert len(CLEAN) >= 80
    assert len(NOTES) >= 60


@pytest.mark.parametrize("folder", NOISY, ids=lambda p: p.name)
def test_noisy(folder: Path, shipped: cleaner.Cleaner, request: pytest.FixtureRequest) -> None:
    result = fixture.clean(folder, shipped)
    if request.config.getoption("--update-snapshots"):
        fixture.update(folder, result)
    expected, today = fixture.read(fixture.expected(folder)), fixture.today(folder)
    assert cleaner.restore(result.text, result.report) == fixture.source(folder).read_bytes()
    assert not gone(visible(expected), visible(result.text))
    assert result.text == (fixture.read(today) if today.exists() else expected)
    assert not today.exists() or fixture.read(today) != expected
    wanted = json.loads((folder / "expected.report.json").read_text(encoding="utf-8"))
    assert fixture.snapshot(folder, result) == wanted


@pytest.mark.parametrize("path", [*CLEAN, *NOTES], ids=lambda p: p.name)
def test_clean(path: Path, shipped: cleaner.Cleaner) -> None:
    data = path.read_bytes()
    result = shipped.clean(data, name=path.name)
    assert [(r.line, r.rule, r.text) for r in result.report.removals] == []
    assert result.text == data.decode()
