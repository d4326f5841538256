"""Undo trusts nothing that it reads: a journal may be damaged, or come with a folder from somebody else."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cleaner.batch.state import path_of
from tests.batch.support import CLEAN, DIRTY, Recorder, batch, contents, fill
from tests.cli.conftest import Call

pytestmark = pytest.mark.usefixtures("inline")

EVIL = b"evil\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Thirty notes that were replaced."""
    folder = fill(tmp_path / "vault", {f"sub/{n}.md": DIRTY for n in range(30)})
    batch(folder)
    return folder


@contextmanager
def journal(vault: Path) -> Iterator[sqlite3.Connection]:
    """The state, to do harm to it."""
    with closing(sqlite3.connect(path_of(str(vault)))) as db, db:
        yield db


@pytest.mark.parametrize("path", ["../planted.md", "sub/../../planted.md", "{tmp}/planted.md", "", ".", "a\0b"])
@pytest.mark.parametrize("into", [False, True])
def test_a_path_that_leads_out_of_the_folder(call: Call, vault: Path, tmp_path: Path, path: str, into: bool) -> None:
    fill(tmp_path, {"planted.md": CLEAN})
    path = path.replace("{tmp}", str(tmp_path))
    with journal(vault) as db:
        after = hashlib.sha256(CLEAN.encode()).digest()
        row = (os.fsencode(path), zlib.compress(EVIL), hashlib.sha256(EVIL).digest(), after)
        db.execute("INSERT INTO journal(run, path, before, sha_before, sha_after) VALUES (1, ?, ?, ?, ?)", row)
    ran = call("undo", *(["--into", str(tmp_path / "old/old")] if into else []), str(vault))
    assert (ran.code, ran.out) == (1, b"run 1: 30 files %s, 1 left alone\n" % (b"written" if into else b"brought back"))
    assert "the journal names a place outside of the folder: do not trust it" in ran.err or not path.strip(".")
    assert EVIL not in contents(tmp_path).values()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("is_folder", [True, False])
def test_a_link_on_the_way(call: Call, vault: Path, tmp_path: Path, is_folder: bool) -> None:
    """A link to a file of known content, and an entry that would write there."""
    (vault / "sub").rename(tmp_path / "elsewhere")
    if is_folder:
        (vault / "sub").symlink_to(tmp_path / "elsewhere")
    else:
        (vault / "sub").mkdir()
        for n in range(30):
            (vault / f"sub/{n}.md").symlink_to(tmp_path / f"elsewhere/{n}.md")
    ran = call("undo", str(vault))
    assert (ran.code, ran.out) == (1, b"run 1: 0 files brought back, 30 left alone\n")
    assert set(contents(tmp_path / "elsewhere").values()) == {CLEAN.encode()}


@pytest.mark.parametrize(
    "harm",
    [
        "before = x'00ff'",
        "before = zeroblob(0)",
        "before = 'text'",
        "sha_before = x'00'",
        "path = 'text'",
        "before = (SELECT before || x'00' FROM journal LIMIT 1), sha_before = 7",
    ],
)
def test_one_damaged_entry_of_thirty(call: Call, vault: Path, harm: str) -> None:
    with journal(vault) as db:
        db.execute(f"UPDATE journal SET {harm} WHERE id = 15")
    ran = call("undo", str(vault))
    assert (ran.code, ran.out) == (1, b"run 1: 29 files brought back, 1 left alone\n")
    assert "damaged" in ran.err
    assert ran.err.count("\n") == 1
    assert sorted(contents(vault).values()) == sorted([*[DIRTY.encode()] * 29, CLEAN.encode()])


def test_what_comes_back_is_what_was_there(call: Call, vault: Path) -> None:
    with journal(vault) as db:
        db.execute("UPDATE journal SET before = ? WHERE id = 15", (zlib.compress(EVIL),))
    ran = call("undo", str(vault))
    assert ran.code == 1
    assert "its former content is damaged in the journal" in ran.err
    assert EVIL not in contents(vault).values()


@pytest.mark.parametrize("harm", [b"no database", b"SQLite format 3\0" + bytes(200)])
def test_the_only_backup_is_not_to_be_deleted(call: Call, vault: Path, harm: bytes) -> None:
    path = Path(path_of(str(vault)))
    data = path.read_bytes()
    path.write_bytes(harm + data[len(harm) :] if harm.startswith(b"SQLite") else harm * 50)
    ran = call("undo", str(vault))
    assert ran.code == 5
    assert "remove" not in ran.err
    assert "elsewhere" in ran.err
    assert "do not delete it" in ran.err


def test_pages_of_the_state_that_are_damaged(call: Call, vault: Path) -> None:
    """Wherever the file is damaged, undo ends with a message, and no file is anything but old or new."""
    path = Path(path_of(str(vault)))
    data = path.read_bytes()
    for at in range(4096, len(data), 4096):
        path.write_bytes(data[:at] + b"\xff" * 4096 + data[at + 4096 :])
        ran = call("undo", str(vault))
        assert ran.code in (0, 1, 5), (at, ran)
        assert "internal" not in ran.err
        assert set(contents(vault).values()) <= {CLEAN.encode(), DIRTY.encode()}
        for name in contents(vault):
            (vault / name).write_text(CLEAN)


def test_what_was_never_replaced_is_not_counted(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six notes of eight were replaced: six come back."""
    folder = fill(tmp_path / "vault", {f"{'closed' if n > 5 else 'open'}/{n}.md": DIRTY for n in range(8)})
    real: Callable[..., int] = os.open

    def opened(path: str, *args: int, **named: int) -> int:
        if "closed" in str(path) and ".tmp" in str(path):  # as a folder that may not be written to does
            raise PermissionError(13, "Permission denied", path)
        return real(path, *args, **named)

    monkeypatch.setattr(os, "open", opened)
    show = Recorder()
    assert batch(folder, show=show).failures == 2
    assert set(show.codes().values()) == {"unwritable"}
    monkeypatch.undo()
    assert call("undo", "--list", str(folder)).out.endswith(b"  6 files\n")
    assert call("undo", str(folder)).out == b"run 1: 6 files brought back\n"


def test_a_run_that_was_killed_before_it_replaced_anything(call: Call, vault: Path) -> None:
    for n in range(10):
        fill(vault, {f"sub/{n}.md": DIRTY})
    assert call("undo", str(vault)).out == b"run 1: 20 files brought back, 10 never changed\n"


def test_hard_links_are_refused_with_a_word(tmp_path: Path) -> None:
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    os.link(folder / "a.md", tmp_path / "other")
    show = Recorder()
    assert batch(folder, show=show).failures == 1
    assert show.notes == [
        ("a.md", "unwritable", "it has 2 names (hard links), of which one would be replaced: make it a file alone")
    ]
    assert os.path.samefile(folder / "a.md", tmp_path / "other")
    assert contents(folder) == {"a.md": DIRTY.encode()}
    os.unlink(tmp_path / "other")
    assert batch(folder).failures == 0


@pytest.mark.skipif(os.name == "nt", reason="owners are those of POSIX")
@pytest.mark.parametrize("may", [True, False])
def test_the_owner_stays_or_the_note_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may: bool) -> None:
    """The superuser gives the new file to the owner of the old one; who may not does not replace it."""
    folder = fill(tmp_path / "vault", {"a.md": DIRTY})
    real, given = os.stat, []

    def stat(path: str, *args: object, **named: object) -> object:
        facts = real(path, *args, **named)  # type: ignore[arg-type]
        if str(path).endswith("a.md"):
            times = {"st_mtime_ns": facts.st_mtime_ns, "st_atime_ns": facts.st_atime_ns}
            return os.stat_result([*facts[:4], 1234, 1235, *facts[6:10]], times)
        return facts

    def chown(path: str, owner: int, group: int) -> None:
        if not may:
            raise PermissionError(1, "Operation not permitted")
        given.append((os.path.dirname(path), owner, group))

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "chown", chown)
    show = Recorder()
    batch(folder, show=show)
    monkeypatch.undo()
    if may:
        assert (str(folder), 1234, 1235) in given
        assert contents(folder) == {"a.md": CLEAN.encode()}
    else:
        assert show.notes[0][1:] == (
            "unwritable",
            "cannot be replaced: it belongs to another user or group, which it would not do any more; run as its owner",
        )
        assert contents(folder) == {"a.md": DIRTY.encode()}
