"""What stands in the destination: nothing of anybody else's is overwritten, and nobody may read more than before."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from cleaner.batch.home import prepared
from cleaner.batch.outputs import noted
from cleaner.batch.run import Batch
from cleaner.batch.state import State, path_of
from cleaner.draft import PREFIX, SUFFIX
from cleaner.errors import OutputError
from cleaner.formats.options import Cleaning
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, Recorder, batch, contents, fill

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def source(tmp_path: Path, dest: Path) -> Path:
    """A folder that was cleaned."""
    folder = fill(tmp_path / "in", {"a.txt": DIRTY, "b.html": PAGE})
    batch(folder, dest=dest)
    return folder


def test_what_somebody_edited_stays(source: Path, dest: Path) -> None:
    fill(dest, {"a.txt": CLEAN + "A thought of mine.\n"})
    show = Recorder()
    assert batch(source, dest=dest, show=show).failures == 0
    assert show.codes() == {"a.txt": "edited"}
    fill(source, {"a.txt": DIRTY + "News.\n"})
    assert batch(source, dest=dest, show=show).failures == 1
    assert show.notes[-1][1:] == (
        "unwritable",
        "'a.txt' was changed since cleaner wrote it, and stays; move it away, or --overwrite it",
    )
    assert b"thought of mine" in contents(dest)["a.txt"]
    assert batch(source, dest=dest, cleaning=Cleaning(level="safe")).failures == 1
    assert b"thought of mine" in contents(dest)["a.txt"]
    assert batch(source, dest=dest, overwrite=True).failures == 0
    assert contents(dest)["a.txt"] == (CLEAN + "News.\n").encode()


def test_what_is_edited_while_the_run_is_at_work_stays(
    source: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(source, {"a.txt": DIRTY + "News.\n", "new.txt": DIRTY})
    real = Batch._chunks

    def chunks(run: Batch, number: int) -> object:
        fill(dest, {"a.txt": "Typed in this moment.\n", "new.txt": "This, too.\n"})
        return real(run, number)

    monkeypatch.setattr(Batch, "_chunks", chunks)
    show = Recorder()
    batch(source, dest=dest, show=show)
    assert show.codes() == {"a.txt": "unwritable", "new.txt": "unwritable"}
    assert contents(dest)["a.txt"] == b"Typed in this moment.\n"
    assert contents(dest)["new.txt"] == b"This, too.\n"


def test_what_was_only_touched_or_copied_is_not_made_anew(source: Path, dest: Path) -> None:
    os.utime(dest / "a.txt")
    before = os.stat(dest / "a.txt").st_ino
    assert batch(source, dest=dest).planned.current == 2
    assert os.stat(dest / "a.txt").st_ino == before


@pytest.mark.parametrize("left", [b"", CLEAN.encode()[:20]])
def test_what_the_power_failed_at_is_made_anew(source: Path, dest: Path, left: bytes) -> None:
    facts = os.stat(dest / "a.txt")
    (dest / "a.txt").write_bytes(left)
    os.utime(dest / "a.txt", ns=(facts.st_mtime_ns, facts.st_mtime_ns))
    assert batch(source, dest=dest).failures == 0
    assert contents(dest)["a.txt"] == CLEAN.encode()


def test_what_a_killed_worker_wrote_is_known(source: Path, dest: Path) -> None:
    state = State(str(dest))
    state._db.execute("DELETE FROM own")
    state._db.execute("UPDATE item SET status = 'pending'")
    written = [["a.txt", len(CLEAN), 1, _digest(CLEAN.encode())], ["b.md", 1, 1, "00" * 32]]
    fill(dest, {".cleaner/1.written": "".join(json.dumps(line) + "\n" for line in written) + '["c.t'})
    assert [one.name for one in noted(str(dest / ".cleaner"), str(dest))] == ["a.txt"]
    fill(dest, {".cleaner/1.written": json.dumps(written[0]) + "\n"})
    state.close()
    fill(source, {"a.txt": DIRTY + "News.\n"})  # and then the clipping changed
    assert batch(source, dest=dest).failures == 0
    assert contents(dest)["a.txt"] == (CLEAN + "News.\n").encode()
    assert not list((dest / ".cleaner").glob("*.written"))


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_notes_of_a_container_that_somebody_edited_stay(tmp_path: Path, dest: Path) -> None:
    rows = [{"title": title, "text": DIRTY} for title in ("One", "Two")]
    source = fill(tmp_path / "in", {"all.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    files = Cleaning(records="files")
    batch(source, dest=dest, cleaning=files)
    fill(dest, {"all/One.md": "Mine.\n"})
    fill(source, {"all.jsonl": "".join(json.dumps({**row, "text": DIRTY + "News.\n"}) + "\n" for row in rows)})
    show = Recorder()
    assert batch(source, dest=dest, cleaning=files, show=show).failures == 1
    assert show.notes[0][2].startswith("'all/One.md' was changed since cleaner wrote it")
    assert contents(dest)["all/One.md"] == b"Mine.\n"
    assert contents(dest)["all/Two.md"].endswith(b"News.\n")


def test_notes_of_a_container_that_a_killed_run_wrote_are_known(tmp_path: Path, dest: Path) -> None:
    source = fill(tmp_path / "in", {"all.jsonl": json.dumps({"title": "One", "text": DIRTY}) + "\n"})
    batch(source, dest=dest, cleaning=Cleaning(records="files"))
    state = State(str(dest))
    state._db.execute("DELETE FROM own WHERE path = ?", (b"all",))  # comes last, when all files are written
    state._db.execute("UPDATE item SET status = 'pending'")
    state.close()
    options = Cleaning(records="files", only=("donation",))
    assert batch(source, dest=dest, cleaning=options).failures == 0
    assert contents(dest)["all/One.md"].endswith(DIRTY.encode())


def test_a_run_that_was_cut_off_sweeps_its_own_drafts_only(source: Path, dest: Path) -> None:
    state = State(str(dest))
    token = state.token
    state.begin("normal")
    state.close()
    own, foreign = f"{PREFIX}{token}{bytes(8).hex()}{SUFFIX}", f"{PREFIX}notes{SUFFIX}"
    fill(dest, {own: "x", foreign: "my own notes on cleaner"})
    batch(source, dest=dest)
    assert not (dest / own).exists()
    assert (dest / foreign).read_text() == "my own notes on cleaner"


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_what_is_private_stays_private(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.jsonl": json.dumps({"text": DIRTY}) + "\n"})
    fill(source, {"d.bin": b"\0"})
    for name in ("a.txt", "c.jsonl", "d.bin"):
        (source / name).chmod(0o4600 if name == "d.bin" else 0o600)
    (source / "b.txt").chmod(0o640)
    before = os.umask(0o022)
    try:
        batch(source, dest=tmp_path / "out", report=str(tmp_path / "why"), copy_others=True)
        batch(source, dest=tmp_path / "out2", report=str(tmp_path / "why.jsonl"))
        batch(source, dest=tmp_path / "out3", cleaning=Cleaning(records="files"))
    finally:
        os.umask(before)
    modes = {
        str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode)
        for path in [*tmp_path.rglob("*"), *tmp_path.glob("out*/.cleaner/*"), *tmp_path.glob("out*/.cleaner")]
        if path.is_file() or path.name == ".cleaner"
    }
    open_ones = {name: mode for name, mode in modes.items() if mode & 0o077 and not name.startswith("in/")}
    assert open_ones == {"out/b.txt": 0o640, "out2/b.txt": 0o640, "out3/b.txt": 0o640, "why/b.txt.report.json": 0o640}
    assert modes["out/.cleaner"] == 0o700
    assert modes["out/d.bin"] == 0o600  # and it does not run as its owner any more
    (source / "b.txt").chmod(0o600)
    fill(source, {"b.txt": DIRTY + "News.\n"})
    batch(source, dest=tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out/b.txt").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_an_old_memory_is_closed_to_others(source: Path, dest: Path) -> None:
    (dest / ".cleaner").chmod(0o755)
    (dest / ".cleaner/state.sqlite").chmod(0o644)
    batch(source, dest=dest)
    assert stat.S_IMODE((dest / ".cleaner").stat().st_mode) == 0o700
    assert stat.S_IMODE((dest / ".cleaner/state.sqlite").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="owners are those of POSIX")
def test_what_the_superuser_remembers_belongs_to_the_owner_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat
    given: dict[str, tuple[int, int]] = {}

    def stat_(path: str, **named: bool) -> os.stat_result:
        facts = real(path, **named)
        return os.stat_result([*facts[:4], *((1234, 1235) if path == str(tmp_path) else (0, 0)), *facts[6:10]])

    def chown(path: str, owner: int, group: int) -> None:
        given[os.path.relpath(path, tmp_path)] = owner, group

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(os, "stat", stat_)
    prepared(str(tmp_path), path_of(str(tmp_path)))
    names = ("", "/.gitignore", "/state.sqlite", "/workers.lock")
    assert given == {f".cleaner{name}": (1234, 1235) for name in names}


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_rules_beside_the_memory_stay_open(tmp_path: Path, dest: Path) -> None:
    source = fill(tmp_path / "in", {"a.txt": DIRTY})
    fill(dest, {".cleaner/rules/a.yaml": ""})
    (dest / ".cleaner").chmod(0o755)
    batch(source, dest=dest)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (dest / ".cleaner").iterdir() if path.is_file()}
    assert stat.S_IMODE((dest / ".cleaner").stat().st_mode) == 0o755
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("name", [".cleaner", ".cleaner/state.sqlite", ".cleaner/.gitignore"])
def test_a_memory_that_is_a_link_is_not_used(source: Path, dest: Path, tmp_path: Path, name: str) -> None:
    (dest / name).rename(tmp_path / "elsewhere")
    (dest / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="link"):
        batch(source, dest=dest)


def test_a_memory_of_the_first_layout_is_taken_over(source: Path, dest: Path) -> None:
    state = State(str(dest))
    for statement in (
        "ALTER TABLE item ADD COLUMN out_size INTEGER",
        "ALTER TABLE item ADD COLUMN out_mtime INTEGER",
        "UPDATE item SET (out_size, out_mtime) = (SELECT size, mtime FROM own WHERE path = target)",
        "DROP TABLE own",
        "DROP TABLE draft",
        "CREATE TABLE own(path BLOB PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO own SELECT target FROM item",
        "PRAGMA user_version = 1",
    ):
        state._db.execute(statement)
    state.close()
    assert batch(source, dest=dest).planned.current == 2
    assert batch(source, dest=dest, cleaning=Cleaning(to="text", level="safe")).failures == 0


def test_a_report_is_written_over_reports_only(source: Path, dest: Path, tmp_path: Path) -> None:
    fill(source, {"mine.jsonl": json.dumps({"text": PARAGRAPH}) + "\n"})
    before = contents(source)["mine.jsonl"]
    with pytest.raises(OutputError, match=r"is there and is no report of cleaner; choose another --report"):
        batch(source, dest=dest, report=str(source / "mine.jsonl"))
    with pytest.raises(OutputError, match=r"is what is to be cleaned; choose another --report"):
        batch(source / "mine.jsonl", dest=dest, report=str(source / "mine.jsonl"))
    for _ in range(2):  # a report among the clippings is none of them
        batch(source, dest=dest, report=str(source / "why.jsonl"))
    assert not (dest / "why.jsonl").exists()
    fill(tmp_path, {"why/a.txt.report.json": "precious"})
    fill(source, {"a.txt": DIRTY + "News.\n"})
    show = Recorder()
    batch(source, dest=dest, report=str(tmp_path / "why"), show=show)
    assert (tmp_path / "why/a.txt.report.json").read_text() == "precious"
    assert show.codes()["a.txt"] == "unwritable"
    assert contents(source)["mine.jsonl"] == before
