"""`cleaner batch`, `undo` and `stats` as people meet them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch import inline as inlined
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, contents, fill
from tests.cli.conftest import Call

inline = inlined.inline  # the fixture
pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", {"a.txt": DIRTY, "b.html": PAGE, "c.md": PARAGRAPH})


def test_the_summary(call: Call, source: Path, tmp_path: Path) -> None:
    ran = call("batch", "--jobs", "1", str(source), str(tmp_path / "out"))
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.startswith("3 documents cleaned, 2 lost something, 0 set aside, in ")
    assert "  subscription" in ran.err
    assert f"cleaner stats {tmp_path / 'out'} -o stats.html" in ran.err
    again = call("batch", str(source), str(tmp_path / "out"))
    assert again.err.startswith("0 documents cleaned, 0 lost something, 3 unchanged since the last run, 0 set aside")


def test_quiet_says_nothing(call: Call, source: Path, tmp_path: Path) -> None:
    ran = call("batch", "-q", "-j", "1", str(source), str(tmp_path / "out"))
    assert (ran.code, ran.out, ran.err) == (0, b"", "")


def test_quiet_hides_no_failure(call: Call, source: Path, tmp_path: Path) -> None:
    fill(source, {"d.html": b"%PDF-1.7\0" * 99})
    ran = call("batch", "-q", "-j", "1", str(source), str(tmp_path / "out"))
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.startswith(f"cleaner: {source / 'd.html'}: this is no HTML but a PDF")
    assert ran.err.count("\n") == 1
    again = call("batch", "-q", "-j", "1", str(source), str(tmp_path / "out"))
    assert (again.code, again.err) == (
        1,
        "cleaner: 1 file set aside by an earlier run; --retry-failed tries them again\n",
    )


@pytest.mark.parametrize("name", ["a\x9b2J.txt", "a\u202etxt.exe.txt", "a\u2066.txt"])
def test_names_that_would_command_a_terminal(call: Call, tmp_path: Path, name: str) -> None:
    source = fill(tmp_path / "in", {name: DIRTY, f"{name}.html": b"%PDF-1.7\0" * 99})
    for number, args in enumerate((["--json"], ["--dry-run"], [])):
        ran = call("batch", "-j", "1", *args, str(source), str(tmp_path / f"out{number}"))
        told = ran.out.decode() + ran.err
        assert ".txt" in told
        assert not set(told) & set("\x9b\u202e\u2066")


def test_events(call: Call, source: Path, tmp_path: Path) -> None:
    fill(source, {"d.html": b"%PDF-1.7\0" * 99})
    ran = call("batch", "--json", "-j", "1", str(source), str(tmp_path / "out"))
    assert (ran.code, ran.err) == (1, "")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert events[0] == {
        "event": "planned",
        "files": 4,
        "bytes": sum(len(data) for data in contents(source).values()),
        "current": 0,
        "failed": 0,
        "others": 0,
        "own": 0,
    }
    (failure,) = [event for event in events if event["event"] == "failure"]
    assert (os.path.basename(failure["file"]), failure["code"]) == ("d.html", "unsupported")
    assert events[-1]["event"] == "done"
    assert (events[-1]["documents"], events[-1]["changed"], events[-1]["failures"]) == (3, 2, 1)


def test_what_failed_is_named_and_remembered(call: Call, source: Path, tmp_path: Path) -> None:
    fill(source, {"d.html": b"%PDF-1.7\0" * 99})
    ran = call("batch", "-j", "1", str(source), str(tmp_path / "out"))
    assert ran.code == 1
    assert f"cleaner: {source / 'd.html'}: this is no HTML but a PDF" in ran.err
    assert "set aside: unsupported 1" in ran.err
    again = call("batch", "-j", "1", str(source), str(tmp_path / "out"))
    assert again.code == 1
    assert "set aside by an earlier run: 1; --retry-failed tries them again" in again.err
    fill(source, {"d.html": PAGE})
    assert call("batch", "-j", "1", str(source), str(tmp_path / "out")).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_bar_on_a_terminal(source: Path, tmp_path: Path) -> None:
    import pty

    fill(source, {f"{n}.txt": DIRTY for n in range(200)})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cleaner", "batch", "-j", "1", str(source), str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"}) as run:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal that is gone ends
            while part := os.read(ours, 4096):
                shown += part
    os.close(ours)
    assert run.returncode == 0
    told = shown.decode()
    assert "━" in told
    assert "characters removed" in told
    assert "203 documents cleaned" in told
    assert "\x1b[?25h" in told  # the cursor is back


def test_a_dry_run_lists_what_would_go(call: Call, source: Path, tmp_path: Path) -> None:
    ran = call("batch", "--dry-run", "-j", "1", str(source), str(tmp_path / "out"))
    assert ran.code == 0
    rows = ran.out.decode().splitlines()
    assert [os.path.basename(row.split("  (")[0]) for row in rows] == ["a.txt", "b.html"]
    assert rows[0].endswith("(subscription)")
    assert "3 documents looked at, 2 would lose something" in ran.err
    assert not (tmp_path / "out").exists()


def test_check_tells_by_its_exit_code(call: Call, tmp_path: Path) -> None:
    dirty, clean = fill(tmp_path / "d", {"a.md": DIRTY}), fill(tmp_path / "c", {"a.md": CLEAN})
    assert call("batch", "--in-place", "--all-notes", "--check", "-q", "-j", "1", str(dirty)).code == 1
    assert call("batch", "--in-place", "--all-notes", "--check", "-q", "-j", "1", str(clean)).code == 0
    assert call("batch", "--in-place", "--check", "-q", "-j", "1", str(dirty)).code == 0  # a note, and no clipping
    assert call("batch", "--in-place", "--check", "-q", "-j", "1", str(dirty / "a.md")).code == 1  # it is named
    assert contents(dirty)["a.md"] == DIRTY.encode()
    assert not (dirty / ".cleaner").exists()


def test_in_place_and_undo(call: Call, tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY, "b.md": DIRTY})
    assert call("batch", "--in-place", "--all-notes", "-q", "-j", "1", str(folder)).code == 0
    assert set(contents(folder).values()) == {CLEAN.encode()}
    assert call("undo", "--dry-run", str(folder)).out == b"run 1: 2 files would be brought back\n"
    fill(folder, {"a.md": "Other words.\n"})
    ran = call("undo", str(folder))
    assert (ran.code, ran.out) == (1, b"run 1: 1 file brought back, 1 left alone\n")
    assert f"cleaner: {folder / 'a.md'}: it was edited since" in ran.err
    assert call("undo", "--into", str(tmp_path / "old"), str(folder)).code == 0
    assert contents(tmp_path / "old") == {"a.md": DIRTY.encode()}
    assert call("undo", "--run", "9", str(folder)).err == (
        "cleaner: there is no run 9 to be undone; --list shows those there are\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["in"], 2, "name a DEST folder for what is clean, or pass --in-place"),
        (["in", "in"], 2, "in: is source and DEST; pass --in-place"),
        (["in", "in/a.txt"], 2, "in/a.txt: is a file; the last name is the folder that gets what is clean"),
        (["gone", "out"], 3, "no such file or folder; check the name"),
        (["-j", "0", "in", "out"], 2, "argument -j/--jobs: a whole number above 0 is needed"),
        (["--only", "adverts", "in", "out"], 2, "only: unknown category 'adverts'"),
        (["--rules", "none", "in", "out"], 4, "none"),
        (["in", "/proc/none"], 5, "cannot be written"),
    ],
)
def test_errors_name_the_way_out(
    call: Call, source: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, told: str
) -> None:
    monkeypatch.chdir(source.parent)
    ran = call("batch", *args)
    assert ran.code == code, ran.err
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", ["undo", "stats"])
def test_where_no_run_has_been(call: Call, tmp_path: Path, command: str) -> None:
    ran = call(command, str(tmp_path))
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert not (tmp_path / ".cleaner").exists()


def test_statistics(call: Call, source: Path, tmp_path: Path) -> None:
    fill(source, {"d.html": b"%PDF-1.7\0" * 99})
    call("batch", "-q", "-j", "1", str(source), str(tmp_path / "out"))
    figures = json.loads(call("stats", "--json", str(tmp_path / "out")).out)
    assert (figures["documents"], figures["changed"], figures["notes"]) == (3, 2, {"unsupported": 1})
    assert figures["categories"]["subscription"][0] == 1
    page = call("stats", str(tmp_path / "out"), "-o", str(tmp_path / "stats.html"))
    assert (page.code, page.out) == (0, b"")
    html = (tmp_path / "stats.html").read_text()
    assert "a.txt" in html
    assert "d.html" in html
    assert "subscription" in html


@pytest.mark.parametrize("command", ["batch", "watch", "undo", "stats"])
def test_help_is_enough_to_start(call: Call, command: str) -> None:
    ran = call(command, "--help")
    assert ran.code == 0
    assert b"exit codes:" in ran.out
    assert all(len(line) <= 112 for line in ran.out.decode().splitlines())
