"""New fixtures: made of an input, red until somebody and the rules agree, and recorded where they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner
from tests import fixture

CLIP = "Lamps are lit again in the old harbour, says the harbour master.\r\nShare this article\r\nGlimmer on demand\r\n"
STORY = (
    "The lamps of the old harbour were lit again on Tuesday, for the first time in nine years, and many came to see."
)
PAGE = (
    "<!doctype html><html lang=en><head><title>Lamps</title></head><body><nav><a href=/a>Home</a> <a href=/b>News</a>"
    f"</nav><article><h1>Lamps</h1>{f'<p>{STORY}</p>' * 4}</article><footer><p>Share this article</p></footer></body>"
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fixture, "FIXTURES", tmp_path / "fixtures")
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "clip.txt").write_bytes(CLIP.encode())
    (tmp_path / "page.htm").write_text(PAGE)
    return tmp_path


def test_a_clipping(shelf: Path, shipped: cleaner.Cleaner, capsys: pytest.CaptureFixture[str]) -> None:
    assert fixture.main(["share--lamps-in-the-harbour", str(shelf / "clip.txt")]) == 0
    folder = shelf / "fixtures" / "share--lamps-in-the-harbour"
    assert f"-k {folder.name}" in capsys.readouterr().out
    assert (folder / "input.txt").read_bytes() == (folder / "expected.txt").read_bytes() == CLIP.encode()
    report = json.loads((folder / "expected.report.json").read_text())
    assert [removal["text"].strip() for removal in report["removals"]] == ["Share this article"]
    lines = CLIP.splitlines(keepends=True)
    (folder / "expected.txt").write_bytes(lines[0].encode())  # a careful person takes out both leftovers
    fixture.update(folder, fixture.clean(folder, shipped))
    assert fixture.read(fixture.today(folder)) == lines[0] + lines[2]  # and the rules know only one of them
    (folder / "expected.txt").write_bytes((lines[0] + lines[2]).encode())
    fixture.update(folder, fixture.clean(folder, shipped))
    assert not fixture.today(folder).exists()


def test_a_page(shelf: Path, shipped: cleaner.Cleaner) -> None:
    assert fixture.main(["html--lamps", str(shelf / "page.htm")]) == 0
    folder = shelf / "fixtures" / "html--lamps"
    assert fixture.source(folder).name == "input.html"
    assert "Share this article" in fixture.read(fixture.expected(folder))  # the whole page, before anybody looked
    assert fixture.read(fixture.today(folder)) == shipped.clean(PAGE).text
    wanted = json.loads((folder / "expected.metadata.json").read_text())
    assert (wanted["title"], wanted["language"]) == ("Lamps", "en")
    (folder / "expected.metadata.json").write_text(json.dumps({**wanted, "author": "L. Amp"}))
    fixture.update(folder, fixture.clean(folder, shipped))
    assert json.loads((folder / "today.metadata.json").read_text()) == {"author": None}


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Share--lamps", "clip.txt"),
        ("spam--lamps", "clip.txt"),
        ("share-lamps", "clip.txt"),
        ("share--lamps", "page.htm"),
        ("html--lamps", "clip.txt"),
        ("share--lamps", "missing.txt"),
        ("share--there", "clip.txt"),
    ],
)
def test_what_makes_no_fixture(name: str, file: str, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf / "fixtures" / "share--there").mkdir()
    assert fixture.main([name, str(shelf / file)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [path.name for path in (shelf / "fixtures").iterdir()] == ["share--there"]
