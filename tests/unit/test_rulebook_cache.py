"""The cache is data of the user's own, or it is not used."""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.rulebook import cache

NAME = "0123456789abcdef0123456789abcdef.pack"
posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, owners and links are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rules"


def got(name: str = NAME) -> object:
    value: object = cache.get(name)
    return value


def test_kept(folder: Path) -> None:
    assert got() is None
    cache.put({NAME: b"body"})
    assert got() == b"body"
    cache.put({NAME: b"another"})
    assert got() == b"another"
    assert [path.name for path in folder.iterdir()] == [NAME]


@posix
def test_private(folder: Path) -> None:
    before = os.umask(0)
    try:
        cache.put({NAME: b"body"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o640, 0o604, 0o666])
def test_a_file_that_is_open_to_others(folder: Path, mode: int) -> None:
    cache.put({NAME: b"body"})
    (folder / NAME).chmod(mode)
    assert got() is None


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o750, 0o705])
def test_a_folder_that_is_open_to_others(folder: Path, mode: int) -> None:
    cache.put({NAME: b"body"})
    folder.chmod(mode)
    assert got() is None
    (folder / NAME).unlink()
    cache.put({NAME: b"body"})
    assert not list(folder.iterdir())


@posix
def test_somebody_elses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put({NAME: b"body"})
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert got() is None


@posix
def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    cache.put({NAME: b"body"})
    elsewhere = tmp_path / "chosen"
    (folder / NAME).rename(elsewhere)
    (folder / NAME).symlink_to(elsewhere)
    assert elsewhere.stat().st_mode & 0o077 == 0
    assert got() is None
    cache.put({NAME: b"new"})
    assert got() == b"new"
    assert elsewhere.read_bytes() == cache.framed(b"body")


@posix
def test_a_linked_folder_is_not_used(folder: Path, tmp_path: Path) -> None:
    cache.put({NAME: b"body"})
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert got() is None
    cache.put({NAME: b"new"})
    assert (elsewhere / NAME).read_bytes() == cache.framed(b"body")


@posix
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_planted_draft_is_not_written_through(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: Callable[[Path, Path], None]
) -> None:
    mine = tmp_path / "mine"
    mine.write_text("my own file")
    folder.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "urandom", bytes)
    link(mine, folder / f"{NAME}.{bytes(8).hex()}")
    cache.put({NAME: b"body"})
    assert mine.read_text() == "my own file"
    assert got() is None


@posix
def test_a_pipe_does_not_hold_a_start_up(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    os.mkfifo(folder / NAME, 0o600)
    assert got() is None


@pytest.mark.parametrize("damage", ["flipped", "truncated", "short", "empty", "folder"])
def test_damaged(folder: Path, damage: str) -> None:
    cache.put({NAME: b"body"})
    path = folder / NAME
    data = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    else:
        kept = {"flipped": data[:-1] + b"z", "truncated": data[:-1], "short": data[:7], "empty": b""}[damage]
        path.write_bytes(kept)
        path.chmod(0o600)
    assert got() is None


@pytest.mark.parametrize("what", ["file", "below a file"])
def test_no_folder_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("CLEANER_CACHE", str(blocked if what == "file" else blocked / "cache"))
    cache.put({NAME: b"body"})
    assert got() is None
    assert blocked.read_text() == ""


def test_a_full_disk_leaves_no_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    cache.put({NAME: b"body"})
    assert got() is None
    assert not list(folder.iterdir())


def test_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLEANER_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.cache_folder() is None
    cache.put({NAME: b"body"})
    assert got() is None
    assert not (tmp_path / "xdg").exists()


def test_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CLEANER_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_folder() == str(tmp_path / "clipping-cleaner")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.cache_folder() is None


def test_what_is_not_used_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 3 * (16 + 1005))
    names = [f"{number:032x}.pack" for number in range(4)]
    now = time.time()
    for age, name in enumerate(names):
        cache.put({name: bytes(1000)})
        if age < 3:
            os.utime(folder / name, (now - (10 - age) * 100,) * 2)
            if age == 0:
                foreign = folder / "notes.txt"
                foreign.write_bytes(bytes(5000))
                assert got(name) is not None  # which says that it is in use
    assert {path.name for path in folder.iterdir()} == {names[0], names[2], names[3], "notes.txt"}


def test_the_package_brings_entries(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = tmp_path / "package"
    packaged.mkdir()
    (packaged / NAME).write_bytes(cache.framed(b"packaged"))
    monkeypatch.setattr(cache, "packaged", lambda: str(packaged))
    assert got() == b"packaged"
    (packaged / NAME).write_bytes(b"damaged")
    assert got() is None


def test_nothing_is_unpickled(folder: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "sprung"),)

    cache.put({NAME: b"body"})
    body = pickle.dumps(Trap())
    (folder / NAME).write_bytes(hashlib.blake2b(body, digest_size=16).digest() + body)
    assert got() is None
    assert not (tmp_path / "sprung").exists()
    for path in Path(cache.__file__).parent.glob("*.py"):
        assert "import pickle" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("body", [b"", b"garbage", b"[\xff\xff\xff\x00", b"N" * 3])
def test_a_body_that_is_no_value(folder: Path, body: bytes) -> None:
    cache.put({NAME: b"body"})
    (folder / NAME).write_bytes(hashlib.blake2b(body, digest_size=16).digest() + body)
    assert got() is None
