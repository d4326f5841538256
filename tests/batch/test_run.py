"""A folder into another one: what is written, what a second run does, and what is told."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.batch.state import State, path_of
from cleaner.errors import OutputError
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError
from cleaner.report import loads
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, Recorder, batch, contents, fill

pytestmark = pytest.mark.usefixtures("inline")

DOCUMENTS = {"a.txt": DIRTY, "notes/b.md": DIRTY, "notes/deep/c.html": PAGE, "d.txt": PARAGRAPH + "\n"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", DOCUMENTS)


def test_the_tree_is_mirrored(source: Path, tmp_path: Path) -> None:
    fill(source, {"photo.jpg": b"\xff\xd8", ".hidden.md": DIRTY, ".git/x.md": DIRTY})
    os.utime(source / "a.txt", ns=(10**18, 10**18))
    summary = batch(source, dest=tmp_path / "out")
    assert contents(tmp_path / "out") == {
        "a.txt": CLEAN.encode(),
        "notes/b.md": cleaner.clean(DIRTY, format="markdown").text.encode(),
        "notes/deep/c.md": cleaner.clean(PAGE).text.encode(),
        "d.txt": DOCUMENTS["d.txt"].encode(),
    }
    assert (tmp_path / "out/a.txt").stat().st_mtime_ns == 10**18
    assert (summary.tally.documents, summary.tally.changed, summary.failures) == (4, 3, 0)
    assert summary.planned.others == 1
    assert contents(source)["a.txt"] == DIRTY.encode()


def test_a_second_run_does_only_what_changed(source: Path, tmp_path: Path) -> None:
    dest = tmp_path / "out"
    batch(source, dest=dest)
    before = {name: os.stat(dest / name).st_ino for name in contents(dest)}
    os.utime(source / "d.txt")  # touched, not changed
    fill(source, {"a.txt": DIRTY + "One more line.\n", "new.txt": DIRTY})
    (dest / "notes/b.md").unlink()
    summary = batch(source, dest=dest)
    assert (summary.tally.documents, summary.same, summary.planned.current) == (3, 1, 1)
    after = {name: os.stat(dest / name).st_ino for name in contents(dest)}
    assert {name for name in before if before[name] == after[name]} == {"d.txt", "notes/deep/c.md"}
    assert b"One more line" in contents(dest)["a.txt"]
    assert batch(source, dest=dest).tally.documents == 0


def test_other_options_do_everything_again(source: Path, tmp_path: Path) -> None:
    batch(source, dest=tmp_path / "out")
    summary = batch(source, dest=tmp_path / "out", cleaning=Cleaning(to="text"))
    assert summary.tally.documents == 4
    assert "notes/deep/c.txt" in contents(tmp_path / "out")


def test_names_that_collide_are_reported(tmp_path: Path) -> None:
    source = fill(
        tmp_path / "in", {"a.md": DIRTY, "a.html": PAGE, "a.htm": PAGE, "b/x.txt": "One.\n", "c/x.txt": "Two.\n"}
    )
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert set(contents(tmp_path / "out")) == {"a.md", "a.html.md", "a.htm.md", "b/x.txt", "c/x.txt"}
    assert show.codes() == {"a.html": "renamed", "a.htm": "renamed"}
    assert summary.failures == 0
    flat = tmp_path / "flat"
    batch(source / "b/x.txt", source / "c/x.txt", dest=flat)
    assert contents(flat) == {"x.txt": b"One.\n", "x 2.txt": b"Two.\n"}
    assert batch(source / "b/x.txt", source / "c/x.txt", dest=flat).planned.current == 2


def test_two_pages_of_one_name(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", {"a.html": PAGE, "a.htm": PAGE})
    batch(source, dest=tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {"a.md", "a 2.md"}


def test_what_cleaner_did_not_write_stays(source: Path, tmp_path: Path) -> None:
    dest = fill(tmp_path / "out", {"a.txt": "My own words.\n"})
    show = Recorder()
    summary = batch(source, dest=dest, show=show)
    assert show.codes() == {"a.txt": "unwritable"}
    assert summary.failures == 1
    assert contents(dest)["a.txt"] == b"My own words.\n"
    assert batch(source, dest=dest).failures == 1  # not forgotten
    assert batch(source, dest=dest, overwrite=True).failures == 0
    assert contents(dest)["a.txt"] == CLEAN.encode()


def test_several_sources_get_folders_of_their_own(tmp_path: Path) -> None:
    one, two = fill(tmp_path / "one", {"a.txt": DIRTY}), fill(tmp_path / "two", {"a.txt": PARAGRAPH})
    batch(one, two, one / "a.txt", dest=tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {"one/a.txt", "two/a.txt"}


def test_a_destination_inside_the_source_is_not_cleaned_again(source: Path) -> None:
    batch(source, dest=source / "clean")
    assert batch(source, dest=source / "clean").planned.current == 4
    assert not (source / "clean/clean").exists()


def test_globs_and_hidden_names(source: Path, tmp_path: Path) -> None:
    fill(source, {"x.log": DIRTY, ".h.md": DIRTY, "drafts/z.md": DIRTY})
    options: list[dict[str, Any]] = [
        {"include": ("*.log", "a.*")},
        {"exclude": ("notes", "drafts/*.md", "*.log")},
        {"hidden": True},
    ]
    found = []
    for number, chosen in enumerate(options):
        batch(source, dest=tmp_path / f"out{number}", **chosen)
        found.append(set(contents(tmp_path / f"out{number}")))
    assert found == [
        {"x.log", "a.txt"},
        {"a.txt", "d.txt"},
        {"a.txt", "d.txt", ".h.md", "drafts/z.md", "notes/b.md", "notes/deep/c.md"},
    ]


def test_other_files_can_come_along(source: Path, tmp_path: Path) -> None:
    fill(source, {"photo.jpg": b"\xff\xd8", "notes/.obsidian/app.json": "{}"})
    summary = batch(source, dest=tmp_path / "out", copy_others=True)
    assert contents(tmp_path / "out")["photo.jpg"] == b"\xff\xd8"
    assert (summary.copied, summary.planned.others) == (1, 0)
    assert batch(source, dest=tmp_path / "out", copy_others=True).planned.current == 5


def test_links(source: Path, tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", {"secret.txt": DIRTY})
    (source / "out.txt").symlink_to(outside / "secret.txt")
    (source / "in.txt").symlink_to(source / "a.txt")
    (source / "loop").symlink_to(source)
    (source / "nowhere.txt").symlink_to(source / "gone")
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert {"in.txt", "a.txt"} <= set(contents(tmp_path / "out"))
    assert not (tmp_path / "out/in.txt").is_symlink()
    assert show.codes() == dict.fromkeys(("out.txt", "loop", "nowhere.txt"), "link")
    assert summary.failures == 0


def test_a_dry_run_writes_nothing(source: Path, tmp_path: Path) -> None:
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", dry_run=True, show=show)
    assert not (tmp_path / "out").exists()
    assert summary.tally.changed == 3
    assert {os.path.basename(name) for name, _ in show.changed} == {"a.txt", "b.md", "c.html"}


def test_reports_in_a_folder(source: Path, tmp_path: Path) -> None:
    dest, reports = tmp_path / "out", tmp_path / "why"
    fill(source, {"e.jsonl": json.dumps({"text": DIRTY}) + "\n" + json.dumps({"text": PARAGRAPH}) + "\n"})
    batch(source, dest=dest, report=str(reports))
    assert set(contents(reports)) == {
        "a.txt.report.json",
        "notes/b.md.report.json",
        "notes/deep/c.md.report.json",
        "d.txt.report.json",
        "e.jsonl.report.jsonl",
    }
    report = loads((reports / "a.txt.report.json").read_bytes())
    assert cleaner.restore((dest / "a.txt").read_text(), report) == DIRTY.encode()
    assert [json.loads(line)["document"] for line in (reports / "e.jsonl.report.jsonl").read_text().splitlines()] == [
        1,
        2,
    ]
    assert batch(source, dest=dest, report=str(reports)).planned.current == 5
    (reports / "a.txt.report.json").unlink()
    assert batch(source, dest=dest, report=str(reports)).tally.documents == 1


def test_reports_in_one_file_are_in_order_and_complete(source: Path, tmp_path: Path) -> None:
    reports = tmp_path / "why.jsonl"
    batch(source, dest=tmp_path / "out", report=str(reports))
    first = reports.read_bytes()
    names = [os.path.relpath(json.loads(line)["file"], source) for line in first.splitlines()]
    assert names == ["a.txt", "d.txt", "notes/b.md", "notes/deep/c.html"]
    reports.unlink()
    assert batch(source, dest=tmp_path / "out", report=str(reports)).planned.current == 4
    assert reports.read_bytes() == first


def test_records_become_files_or_lines(tmp_path: Path) -> None:
    rows = [
        {"title": "Ferry: a tale", "text": DIRTY, "url": "https://a.example/x"},
        {"title": "Two", "text": PARAGRAPH},
    ]
    source = fill(tmp_path / "in", {"all.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    batch(source, dest=tmp_path / "files", cleaning=Cleaning(records="files"))
    notes = contents(tmp_path / "files")
    assert len(notes) == 2
    assert all(name.startswith("all/") and name.endswith(".md") for name in notes)
    assert any(b'title: "Ferry: a tale"' in note and CLEAN.encode() in note for note in notes.values())
    batch(source, dest=tmp_path / "lines", cleaning=Cleaning(records="jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "lines/all.jsonl").read_text().splitlines()]
    assert [line["text"] for line in lines] == [CLEAN, PARAGRAPH]
    assert lines[0]["url"] == "https://a.example/x"


def test_two_runs_exclude_each_other(source: Path, tmp_path: Path) -> None:
    state = State(str(tmp_path / "out"))
    try:
        with pytest.raises(OutputError, match="another run of cleaner is at work here"):
            batch(source, dest=tmp_path / "out")
    finally:
        state.close()
    assert batch(source, dest=tmp_path / "out").tally.documents == 4


def test_a_damaged_or_foreign_memory_is_named(source: Path, tmp_path: Path) -> None:
    dest = tmp_path / "out"
    batch(source, dest=dest)
    with sqlite3.connect(path_of(str(dest))) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(OutputError, match="another version of cleaner"):
        batch(source, dest=dest)
    Path(path_of(str(dest))).write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match=r"\(file is not a database\); move .*state\.sqlite elsewhere") as error:
        batch(source, dest=dest)
    assert "do not delete it, since it holds what `cleaner undo` would bring back" in str(error.value)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file or folder; check the name"):
        batch(tmp_path / "gone", dest=tmp_path / "out")


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert batch(tmp_path / "in", dest=tmp_path / "out").tally.documents == 0


def test_files_of_many_documents_that_hold_none_are_no_failures(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", {"a.csv": "a,b\n1,2\n", "b.csv": "title,url\nx,https://a.example\n", "c.txt": DIRTY})
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {"a.csv": "other", "b.csv": "other"}
    assert (summary.failures, summary.tally.documents) == (0, 1)
    assert set(contents(tmp_path / "out")) == {"c.txt"}


@pytest.mark.parametrize("records", ["same", "jsonl", "files"])
def test_a_container_without_documents(tmp_path: Path, records: Any) -> None:
    source = fill(tmp_path / "in", {"none.jsonl": b""})
    show = Recorder()
    batch(source, dest=tmp_path / "out", show=show, cleaning=Cleaning(records=records))
    assert show.codes() == {}
    assert contents(tmp_path / "out") == ({} if records == "files" else {"none.jsonl": b""})
