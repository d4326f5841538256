"""Every HTML fixture: a page of our own, the Markdown a careful reader would keep, and what the page says of itself.

Where the road does not get there yet, `today.md` holds what it gives, and `today.metadata.json` the facts that are
otherwise.  How much of all articles is missing, and how much stands beside them, has a ceiling.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cleaner
from benchmarks.fixtures import gone, visible

MISSING = 0.05
"""Of all lines."""
EXTRA = 0.105
HERE = Path(__file__).parent
PAGES = sorted(path for path in (HERE / "fixtures").iterdir() if path.name.startswith("html--"))


def snapshot(result: cleaner.Result) -> dict[str, Any]:
    """What went and on whose word, without the numbers that follow from it."""
    report = result.report
    return {
        "warnings": list(report.warnings),
        "removals": [[r.rule, r.category, r.path, r.text] for r in report.removals],
        "kept": [[k.rule, k.veto, k.text] for k in report.kept],
    }


def update(folder: Path, result: cleaner.Result, expected: str) -> None:
    today = folder / "today.md"
    today.unlink(missing_ok=True)
    if result.text != expected:
        today.write_bytes(result.text.encode())
    text = json.dumps(snapshot(result), ensure_ascii=False, indent=1)
    (folder / "expected.report.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    said, wanted = metadata(result), json.loads((folder / "expected.metadata.json").read_text(encoding="utf-8"))
    other = {name: value for name, value in said.items() if value != wanted[name]}
    missed = folder / "today.metadata.json"
    missed.unlink(missing_ok=True)
    if other:
        missed.write_text(json.dumps(other, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def metadata(result: cleaner.Result) -> dict[str, str | None]:
    facts = result.metadata
    day = (facts.published or "")[:10] or None
    return {
        "title": facts.title,
        "author": facts.author,
        "published": day,
        "language": facts.language,
        "site": facts.site,
        "url": facts.url,
    }


def test_there_are_enough() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_page(folder: Path, shipped: cleaner.Cleaner, request: pytest.FixtureRequest) -> None:
    result = shipped.clean((folder / "input.html").read_bytes(), name="input.html")
    expected = (folder / "expected.md").read_bytes().decode()
    if request.config.getoption("--update-snapshots"):
        update(folder, result, expected)
    today = folder / "today.md"
    assert result.text == (today.read_bytes().decode() if today.exists() else expected)
    assert not today.exists() or today.read_bytes().decode() != expected
    assert snapshot(result) == json.loads((folder / "expected.report.json").read_text(encoding="utf-8"))
    assert cleaner.restore(result.text, result.report).decode() == result.source
    assert shipped.clean(result.text, format="markdown").text == result.text


@pytest.mark.parametrize("folder", PAGES, ids=lambda p: p.name)
def test_metadata(folder: Path, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean((folder / "input.html").read_bytes(), name="input.html")
    wanted = json.loads((folder / "expected.metadata.json").read_text(encoding="utf-8"))
    today = folder / "today.metadata.json"
    missed = json.loads(today.read_text(encoding="utf-8")) if today.exists() else {}
    assert metadata(result) == {**wanted, **missed}
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
