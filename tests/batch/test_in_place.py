"""Notes replaced where they are, and brought back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cleaner
from cleaner.batch.journal import Journal
from cleaner.batch.state import State
from cleaner.batch.undo import undo
from cleaner.report import loads
from tests.batch import vault
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, Recorder, batch, contents, fill
from tests.cli.conftest import Call

pytestmark = pytest.mark.usefixtures("inline")


def undone(folder: Path, into: str | None = None) -> list[tuple[str, str]]:
    """Undo the last run; gives what could not be brought back, with the reason."""
    state = State(str(folder), durable=True)
    try:
        run = state.journal.runs()[0][0]
        return [
            (os.path.basename(one.path), one.problem) for one in undo(state, str(folder), run, into=into) if one.problem
        ]
    finally:
        state.close()


def test_a_vault_of_250_notes(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    wanted = vault.make(folder, 250)
    before = contents(folder)
    times = {name: (folder / name).stat().st_mtime_ns for name in before}
    (folder / "0/Note 22 – the mill.md").chmod(0o640)
    summary = batch(folder)
    assert contents(folder) == wanted
    assert summary.tally.changed == sum(before[name] != wanted[name] for name in wanted) > 150
    assert summary.failures == 0
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == times
    assert (folder / "0/Note 22 – the mill.md").stat().st_mode & 0o777 == 0o640
    again = batch(folder)
    assert (again.tally.documents, again.planned.current) == (0, 250)
    assert undone(folder) == []
    assert contents(folder) == before
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == times


def test_an_interrupted_run_is_undone_too(tmp_path: Path, call: Call) -> None:
    folder = tmp_path / "vault"
    vault.make(folder, 200)
    before = contents(folder)
    command = [sys.executable, "-m", "cleaner", "batch", "--in-place", "--all-notes", "-q", "-j", "1", str(folder)]
    for _ in range(3):
        run = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + 30
        seen = _inodes(folder)
        while _inodes(folder) == seen and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(run.pid, 9)
        run.wait()
    changed = contents(folder)
    assert before != changed != {}
    assert call("undo", "--all", str(folder)).code == 0
    assert {name: data for name, data in contents(folder).items() if not name.endswith(".tmp")} == before
    batch(folder)
    assert not [name for name in contents(folder) if name.endswith(".tmp")]


def _inodes(folder: Path) -> dict[Path, int]:
    """Which change when files are replaced."""
    return {path: path.stat().st_ino for path in folder.rglob("*.md")}


def test_edited_and_removed_files_are_left_alone(tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY, "b.md": DIRTY, "c.md": DIRTY, "d.md": PARAGRAPH})
    batch(folder)
    fill(folder, {"a.md": CLEAN + "A thought of mine.\n"})
    (folder / "b.md").unlink()
    assert undone(folder) == [
        ("b.md", "it was moved or removed since; --into FOLDER writes its former content elsewhere"),
        ("a.md", "it was edited since; --into FOLDER writes its former content elsewhere"),
    ]
    assert contents(folder) == {
        "a.md": (CLEAN + "A thought of mine.\n").encode(),
        "c.md": DIRTY.encode(),
        "d.md": PARAGRAPH.encode(),
    }
    assert undone(folder, into=str(tmp_path / "old")) == []
    assert contents(tmp_path / "old") == dict.fromkeys(("a.md", "b.md"), DIRTY.encode())
    assert undone(folder, into=str(tmp_path / "old"))[0][1].endswith("is there already; choose an empty folder")


def test_what_is_undone_is_cleaned_again_and_runs_are_undone_one_by_one(tmp_path: Path, call: Call) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    batch(folder)
    fill(folder, {"b.md": DIRTY})
    batch(folder)
    assert undone(folder) == []
    assert contents(folder) == {"a.md": CLEAN.encode(), "b.md": DIRTY.encode()}
    assert batch(folder).tally.changed == 1
    assert call("undo", "--list", str(folder)).out.count(b"1 file\n") == 2
    assert call("undo", "--all", str(folder)).code == 0
    assert set(contents(folder).values()) == {DIRTY.encode()}
    assert call("undo", "--list", str(folder)).out == b"nothing can be undone\n"


def test_a_vault_may_move_before_it_is_undone(tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"deep/a.md": DIRTY})
    batch(folder)
    moved = tmp_path / "elsewhere"
    shutil.move(folder, moved)
    assert undone(moved) == []
    assert contents(moved) == {"deep/a.md": DIRTY.encode()}


def test_pages_are_not_replaced(tmp_path: Path) -> None:
    files = {"a.html": PAGE, "b.txt": PAGE, "c.jsonl": '{"text": "x"}\n', "d.md": DIRTY}
    folder = fill(tmp_path / "vault", files)
    show = Recorder()
    summary = batch(folder, show=show)
    assert contents(folder) == {name: text.encode() for name, text in files.items()} | {"d.md": CLEAN.encode()}
    assert show.codes() == {"b.txt": "unsupported"}
    assert summary.planned.others == 2


def test_links_are_not_replaced_twice(tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    (folder / "b.md").symlink_to("a.md")
    batch(folder)
    assert (folder / "b.md").is_symlink()
    assert contents(folder)["a.md"] == CLEAN.encode()


def test_a_note_that_is_edited_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    real = Journal.record

    def record(journal: Journal, run: int, changes: object) -> list[int]:
        ids = real(journal, run, changes)  # type: ignore[arg-type]
        fill(folder, {"a.md": DIRTY + "Typed in this very moment.\n"})
        return ids

    monkeypatch.setattr(Journal, "record", record)
    show = Recorder()
    batch(folder, show=show)
    assert show.codes() == {"a.md": "vanished"}
    assert b"this very moment" in contents(folder)["a.md"]
    monkeypatch.undo()
    assert batch(folder).tally.changed == 1
    assert undone(folder) == []
    assert b"this very moment" in contents(folder)["a.md"]


def test_reports_of_what_is_replaced(tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"deep/a.md": DIRTY})
    batch(folder, report=str(tmp_path / "why"))
    report = loads((tmp_path / "why/deep/a.md.report.json").read_bytes())
    assert cleaner.restore((folder / "deep/a.md").read_bytes(), report) == DIRTY.encode()
    batch(folder, report=str(tmp_path / "why.jsonl"))
    assert json.loads((tmp_path / "why.jsonl").read_bytes())["counts"]["removals"] == 0


LINKS = "".join(f"- [Boat {number}](https://example.com/{number})\n" for number in range(30))
WIKI = "".join(f"- [[Boat {number}]]\n" for number in range(30))
PROSE = f"{PARAGRAPH} {PARAGRAPH}\n\n" * 4
SOURCE = "---\nsource: https://example.com/a\n---\n\n"


def test_a_list_of_links_in_a_note_of_ones_own_is_no_menu(tmp_path: Path) -> None:
    own = {"map.md": f"# Boats\n\n{LINKS}\n{PROSE}", "wiki.md": f"{SOURCE}# Boats\n\n{WIKI}\n{PROSE}"}
    folder = fill(tmp_path / "vault", {**own, "clip.md": f"{SOURCE}# Boats\n\n{LINKS}\n{PROSE}"})
    batch(folder)
    assert {name: data for name, data in contents(folder).items() if name in own} == {
        name: text.encode() for name, text in own.items()
    }
    assert b"[Boat 0]" not in contents(folder)["clip.md"]
