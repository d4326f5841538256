"""An edit that its owner saves while a note is replaced is never lost, at whatever moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import exchange as moves
from cleaner.batch import guarded
from cleaner.batch.guarded import Changed, Guarded, digest_of
from cleaner.draft import Draft
from tests.batch.support import CLEAN, DIRTY, Recorder, batch, contents, fill
from tests.batch.test_in_place import undone

pytestmark = pytest.mark.usefixtures("inline")

EDIT = DIRTY + "Typed in this very moment.\n"
Save = Callable[[Path], None]


def over(path: Path) -> None:
    """As most editors save: into the file itself."""
    facts = os.stat(path)
    path.write_text(EDIT)
    os.utime(path, ns=(facts.st_mtime_ns, facts.st_mtime_ns))  # the clock of a file system is coarse


def beside(path: Path) -> None:
    """As others do: a new file in the place of the old one."""
    path.with_suffix(".new").write_text(EDIT)
    path.with_suffix(".new").rename(path)


SAVES = pytest.mark.parametrize("save", [over, beside])


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return fill(tmp_path / "vault", {"a.md": DIRTY}) / "a.md"


def save_at_fsync(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    """Something happens while a run waits for the disk."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        save()
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


def kept(note: Path) -> None:
    """A run in which the edit is saved keeps it, says so, and can be undone."""
    show = Recorder()
    assert batch(note.parent, show=show).failures == 1
    assert show.codes() == {"a.md": "vanished"}
    assert contents(note.parent) == {"a.md": EDIT.encode()}


@SAVES
def test_saved_while_the_draft_waits_for_the_disk(note: Path, monkeypatch: pytest.MonkeyPatch, save: Save) -> None:
    save_at_fsync(monkeypatch, lambda: save(note))
    kept(note)


@SAVES
def test_saved_between_the_last_look_and_the_move(note: Path, monkeypatch: pytest.MonkeyPatch, save: Save) -> None:
    real = moves.exchange
    calls: list[str] = []

    def exchange(one: str, other: str) -> bool:
        if not calls:
            save(note)
        calls.append(one)
        return real(one, other)

    monkeypatch.setattr(guarded, "exchange", exchange)
    kept(note)
    assert len(calls) == 2  # there and back


@SAVES
def test_saved_again_while_the_first_edit_is_put_back(note: Path, monkeypatch: pytest.MonkeyPatch, save: Save) -> None:
    real = moves.exchange
    calls: list[str] = []

    def exchange(one: str, other: str) -> bool:
        calls.append(one)
        if len(calls) == 1:
            fill(note.parent, {"a.md": "edit 1"})
        elif len(calls) == 2:
            save(note)
        return real(one, other)

    monkeypatch.setattr(guarded, "exchange", exchange)
    kept(note)


@SAVES
def test_saved_where_files_cannot_be_exchanged(note: Path, monkeypatch: pytest.MonkeyPatch, save: Save) -> None:
    monkeypatch.setattr(moves, "_system_call", lambda: None)
    save_at_fsync(monkeypatch, lambda: save(note))
    kept(note)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    assert batch(note.parent).tally.changed == 1
    assert undone(note.parent) == []
    assert contents(note.parent) == {"a.md": EDIT.encode()}


def test_removed_meanwhile(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_at_fsync(monkeypatch, note.unlink)
    show = Recorder()
    batch(note.parent, show=show)
    assert show.codes() == {"a.md": "vanished"}
    assert contents(note.parent) == {}


@SAVES
def test_saved_while_it_is_brought_back(note: Path, monkeypatch: pytest.MonkeyPatch, save: Save) -> None:
    batch(note.parent)
    assert contents(note.parent) == {"a.md": CLEAN.encode()}
    save_at_fsync(monkeypatch, lambda: save(note))
    assert undone(note.parent)[0][1].startswith("it was edited since")
    assert contents(note.parent) == {"a.md": EDIT.encode()}


def test_a_new_file_is_put_where_nothing_is_only(tmp_path: Path) -> None:
    place = tmp_path / "a"
    for _ in range(2):  # what is there with the very bytes is none that would be lost
        with Guarded(str(place), None) as draft:
            draft.stream.write(b"one")
    with pytest.raises(Changed), Guarded(str(place), None) as draft:
        draft.stream.write(b"two")
    assert contents(tmp_path) == {"a": b"one"}


@pytest.mark.parametrize("is_able", [True, False])
def test_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_able: bool) -> None:
    if not is_able:
        monkeypatch.setattr(moves, "_system_call", lambda: None)
    one, other = (str(path) for path in fill(tmp_path, {"one": "1", "other": "2"}).iterdir())
    assert moves.exchange(one, other) is (is_able and moves._system_call() is not None)
    with pytest.raises(FileExistsError):
        moves.move_new(one, other)
    os.unlink(other)
    moves.move_new(one, other)
    assert len(contents(tmp_path)) == 1


def test_a_draft_is_private_from_its_first_byte_on(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Draft(str(tmp_path / "a"), mode=0o600) as draft:
            assert os.stat(draft.path).st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_a_planted_link_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = fill(tmp_path, {"mine": "my own"}) / "mine"
    monkeypatch.setattr(os, "urandom", bytes)
    draft: Any = Draft(str(tmp_path / "a"))
    os.symlink(mine, draft.path)
    with pytest.raises(FileExistsError):
        draft.__enter__()
    assert mine.read_text() == "my own"
    assert digest_of(str(mine)) == digest_of(draft.path)
