"""What somebody meets who uses `cleaner` in a program."""

from __future__ import annotations

import json
import pydoc
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.report import dumps, loads, to_dict
from tests.batch.support import CLEAN, DIRTY, PARAGRAPH, contents, fill

SOURCE = "---\nsource: https://example.com/a\n---\n\n"


def test_dir_and_help_show_all_there_is() -> None:
    program = "import cleaner, pydoc; print(dir(cleaner)); print(pydoc.plain(pydoc.render_doc(cleaner)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names, _, text = done.stdout.partition("\n")
    assert names == str(sorted(cleaner.__all__))
    for name in set(cleaner.__all__) - {"__version__"}:
        assert name in text
    assert "clean_folder(folder" in text
    assert "level: 'Level' = 'normal'" in text


def test_short_reprs() -> None:
    result = cleaner.clean(DIRTY)
    assert repr(result) == f"<Result {DIRTY[:60] + '…'!r}, 1 removals>"
    assert repr(result.report) == "<Report of text at level normal: 1 removals, 63 of 183 characters>"
    assert repr(cleaner.clean("Hi.")) == "<Result 'Hi.', 0 removals>"
    assert repr(cleaner.Cleaner(level="safe", skip="share")) == "Cleaner(level='safe', skip=('share',))"
    assert repr(cleaner.Cleaner()) == "Cleaner()"


def test_the_name_of_a_file_tells_its_format() -> None:
    assert [cleaner.clean("A mill", name=name).report.format for name in ("a.txt", "a.md")] == ["text", "markdown"]


def test_a_report_as_data() -> None:
    report = cleaner.clean(DIRTY).report
    assert report.to_dict() == to_dict(report)
    assert report.to_json() == dumps(to_dict(report))
    assert json.loads(report.to_json(indent=1)) == report.to_dict()
    assert loads(report.to_json()) == report


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")])
def test_the_bytes_of_a_result(encoding: str, mark: bytes) -> None:
    result = cleaner.clean(mark + DIRTY.encode(encoding))
    assert result.encoded() == mark + CLEAN.encode(encoding)


def test_a_path_is_read(tmp_path: Path) -> None:
    fill(tmp_path, {"a.md": DIRTY})
    result = cleaner.clean(tmp_path / "a.md")
    assert (result.text, result.report.format) == (CLEAN, "markdown")
    assert cleaner.Cleaner().clean(tmp_path / "a.md").report == result.report
    with pytest.raises(cleaner.InputError, match=r"none\.md: cannot be read: No such file"):
        cleaner.clean(tmp_path / "none.md")


@pytest.mark.parametrize("source", [None, 3, float("nan"), ["a"], bytearray(b"a")])
def test_what_is_no_source(source: Any) -> None:
    for call in (cleaner.clean, cleaner.Cleaner().clean):
        with pytest.raises(cleaner.OptionError) as caught:
            call(source)
        assert str(caught.value) == f"source must be text (str), bytes or a path (pathlib.Path), not {source!r}"


def test_what_is_no_address() -> None:
    address: Any = 3
    with pytest.raises(cleaner.OptionError, match="url must be a str or None, not 3"):
        cleaner.clean("a", url=address)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("asia.nikkei.com/x", "https://asia.nikkei.com/x"),
        ("example.com:80/x?a=1#b", "https://example.com:80/x?a=1#b"),
        ("http://example.com/x", "http://example.com/x"),
        ("file:///tmp/a.html", "file:///tmp/a.html"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("my notes", "my notes"),
        ("", None),
        (None, None),
    ],
)
def test_an_address_needs_no_scheme(given: str | None, known: str | None) -> None:
    assert cleaner.clean("a", url=given).report.url == known


def test_one_name_is_a_list_of_one() -> None:
    text = f"{PARAGRAPH}\n\nShare this article on Facebook\n\n{PARAGRAPH}\n"
    assert "Share this" not in cleaner.clean(text).text
    assert "Share this" in cleaner.clean(text, skip="share").text
    assert "Share this" not in cleaner.clean(text, only="share").text


def test_a_folder_by_one_call(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in", {"a.md": DIRTY, "b/c.txt": DIRTY, "d.md": SOURCE + DIRTY, "no.md": DIRTY})
    done = cleaner.clean_folder(folder, tmp_path / "out", exclude=["no.*"], jobs=1, report=tmp_path / "r.jsonl")
    assert (done.tally.documents, done.tally.changed, done.failures) == (3, 3, 0)
    assert contents(tmp_path / "out") == {
        "a.md": CLEAN.encode(),
        "b/c.txt": CLEAN.encode(),
        "d.md": (SOURCE + CLEAN).encode(),
    }
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 3
    done = cleaner.clean_folder(folder, in_place=True, dry_run=True, jobs=1, clipping_folders=["b"])
    assert (done.tally.documents, done.planned.own) == (2, 2)
    cleaner.clean_folder(str(folder), in_place=True, jobs=1, only="share")
    assert contents(folder)["d.md"] == (SOURCE + DIRTY).encode()
    cleaner.clean_folder(folder, in_place=True, all_notes=True, jobs=1)
    assert contents(folder)["no.md"] == CLEAN.encode()


def test_a_folder_that_cannot_be_cleaned(tmp_path: Path) -> None:
    with pytest.raises(cleaner.OptionError, match="name either dest, a folder for what is clean, or in_place=True"):
        cleaner.clean_folder(tmp_path)
    with pytest.raises(cleaner.OptionError, match="level must be one of"):
        cleaner.clean_folder(tmp_path, in_place=True, level="brutal")  # type: ignore[arg-type]
    with pytest.raises(cleaner.InputError, match="no such file or folder; check the name"):
        cleaner.clean_folder(tmp_path / "none", tmp_path / "out")
    assert "CleanOptions" in pydoc.plain(pydoc.render_doc(cleaner.load_options))


def test_settings_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANER_CONFIG")
    fill(tmp_path, {"cleaner.toml": 'level = "safe"\n', "a/b.md": DIRTY})
    assert cleaner.load_options(tmp_path / "a/b.md").level == "safe"
    assert cleaner.load_options(tmp_path / "a", only="off").level == "normal"
    assert cleaner.Cleaner(cleaner.load_options(tmp_path)).options.level == "safe"
