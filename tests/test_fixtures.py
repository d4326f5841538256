"""Every fixture: what comes in, what must come out, and the report that says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.report import to_dict

HERE = Path(__file__).parent
NOISY = sorted(path for path in (HERE / "fixtures").iterdir() if path.is_dir())
CLEAN = sorted((HERE / "clean").iterdir())


def snapshot(report: cleaner.Report) -> dict[str, Any]:
    """The report without what changes with every release."""
    return {key: value for key, value in to_dict(report).items() if key != "cleaner"}


def test_there_are_enough() -> None:
    assert len(NOISY) >= 20
    assert len(CLEAN) >= 20


@pytest.mark.parametrize("folder", NOISY, ids=lambda p: p.name)
def test_noisy(folder: Path, shipped: cleaner.Cleaner, request: pytest.FixtureRequest) -> None:
    (source,) = folder.glob("input.*")
    data = source.read_bytes()
    result = shipped.clean(data, name=source.name)
    expected = source.with_name(f"expected{source.suffix}")
    assert result.text == expected.read_bytes().decode()
    assert cleaner.restore(result.text, result.report) == data
    report = folder / "expected.report.json"
    if request.config.getoption("--update-snapshots"):
        text = json.dumps(snapshot(result.report), ensure_ascii=False, indent=1)
        report.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert snapshot(result.report) == json.loads(report.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.name)
def test_clean(path: Path, shipped: cleaner.Cleaner) -> None:
    data = path.read_bytes()
    result = shipped.clean(data, name=path.name)
    assert [(r.line, r.rule, r.text) for r in result.report.removals] == []
    assert result.text == data.decode()
