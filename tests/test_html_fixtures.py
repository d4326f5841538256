"""Every HTML fixture: a page of our own, the Markdown a careful reader would keep, and what the page says of itself.

Where the pipeline does not get there yet, `today.md` holds what it gives, and `today.metadata.json` the facts that are
otherwise.  How much of all articles is missing, and how much stands beside them, has a ceiling.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner
from benchmarks.fixtures import gone, visible
from tests import fixture

MISSING = 0.05
"""Of all lines."""
EXTRA = 0.105
PAGES = sorted(filter(fixture.is_page, fixture.FIXTURES.iterdir()))


def test_there_are_enough() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_page(folder: Path, shipped: cleaner.Cleaner, request: pytest.FixtureRequest) -> None:
    result = fixture.clean(folder, shipped)
    if request.config.getoption("--update-snapshots"):
        fixture.update(folder, result)
    expected, today = fixture.read(fixture.expected(folder)), fixture.today(folder)
    assert result.text == (fixture.read(today) if today.exists() else expected)
    assert not today.exists() or fixture.read(today) != expected
    wanted = json.loads((folder / "expected.report.json").read_text(encoding="utf-8"))
    assert fixture.snapshot(folder, result) == wanted
    assert cleaner.restore(result.text, result.report).decode() == result.source
    assert shipped.clean(result.text, format="markdown").text == result.text


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_metadata(folder: Path, shipped: cleaner.Cleaner) -> None:
    result = fixture.clean(folder, shipped)
    wanted = json.loads((folder / "expected.metadata.json").read_text(encoding="utf-8"))
    today = folder / "today.metadata.json"
    missed = json.loads(today.read_text(encoding="utf-8")) if today.exists() else {}
    assert fixture.metadata(result) == {**wanted, **missed}
    assert not [name for name, value in missed.items() if value == wanted[name]]


def test_what_the_road_reaches() -> None:
    """Lines of all articles that are missing, and lines beyond them, today; neither may grow."""
    missing = extra = lines = 0
    for folder in PAGES:
        expected = visible((folder / "expected.md").read_text(encoding="utf-8"))
        today = folder / "today.md"
        result = visible(today.read_text(encoding="utf-8")) if today.exists() else expected
        lines += len(expected)
        missing += gone(expected, result).total()
        extra += gone(result, expected).total()
    assert missing <= MISSING * lines
    assert extra <= EXTRA * lines
