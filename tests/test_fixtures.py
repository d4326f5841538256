"""Every fixture: what comes in, what must come out, and the report that says why.

`expected.*` is what a careful person would leave, written before the rules.  Where the rules do not get there yet,
`today.*` holds what they leave: the article must be whole in it, and it must go when the leftovers do.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cleaner
from benchmarks.fixtures import gone, visible
from cleaner.report import to_dict

HERE = Path(__file__).parent
NOISY = sorted(path for path in (HERE / "fixtures").iterdir() if path.is_dir() and not path.name.startswith("html--"))
CLEAN = sorted((HERE / "clean").iterdir())


def snapshot(report: cleaner.Report) -> dict[str, Any]:
    """The report without what changes with every release."""
    return {key: value for key, value in to_dict(report).items() if key != "cleaner"}


def update(folder: Path, suffix: str, result: cleaner.Result, expected: str) -> None:
    """Write what the rules leave today, where that is not what is expected, and the report."""
    today = folder / f"today{suffix}"
    today.unlink(missing_ok=True)
    if result.text != expected:
        today.write_bytes(result.text.encode())
    report = json.dumps(snapshot(result.report), ensure_ascii=False, indent=1)
    (folder / "expected.report.json").write_text(report + "\n", encoding="utf-8", newline="\n")


def test_there_are_enough() -> None:
    assert len(NOISY) >= 120
    assert len(CLEAN) >= 80


@pytest.mark.parametrize("folder", NOISY, ids=lambda p: p.name)
def test_noisy(folder: Path, shipped: cleaner.Cleaner, request: pytest.FixtureRequest) -> None:
    (source,) = folder.glob("input.*")
    data = source.read_bytes()
    result = shipped.clean(data, name=source.name)
    expected = (folder / f"expected{source.suffix}").read_bytes().decode()
    if request.config.getoption("--update-snapshots"):
        update(folder, source.suffix, result, expected)
    today = folder / f"today{source.suffix}"
    assert cleaner.restore(result.text, result.report) == data
    assert not gone(visible(expected), visible(result.text))
    assert result.text == (today.read_bytes().decode() if today.exists() else expected)
    assert not today.exists() or today.read_bytes().decode() != expected
    assert snapshot(result.report) == json.loads((folder / "expected.report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.name)
def test_clean(path: Path, shipped: cleaner.Cleaner) -> None:
    data = path.read_bytes()
    result = shipped.clean(data, name=path.name)
    assert [(r.line, r.rule, r.text) for r in result.report.removals] == []
    assert result.text == data.decode()
