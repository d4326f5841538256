"""Folders anywhere: the same for this machine's and for others."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from cleaner.cluster.files import Files
from cleaner.isolation.problem import DocumentError


@pytest.fixture(params=["local", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Files]:
    if request.param == "local":
        yield Files(str(tmp_path / "folder"))
        return
    yield Files("memory://folder")
    fsspec.filesystem("memory").rm("/folder", recursive=True)


def test_what_is_written_is_there(files: Files) -> None:
    files.write("b/c.txt", b"one")
    files.write("b/c.txt", b"two")
    files.write("a.txt", b"")
    assert files.read("b/c.txt") == b"two"
    assert [(name, size) for name, size, _ in files.listed()] == [("a.txt", 0), ("b/c.txt", 3)]
    assert [name for name, _, _ in files.listed("b")] == ["b/c.txt"]
    assert files.listed("nowhere") == []
    assert files.is_folder()
    assert not files.is_file()


def test_what_is_written_anew_has_another_stamp(files: Files) -> None:
    files.write("a", b"one")
    ((_, _, before),) = files.listed()
    files.write("a", b"two")
    ((_, _, after),) = files.listed()
    assert before != after


def test_remove(files: Files) -> None:
    files.write("a/b", b"x")
    files.write("a/c/d", b"x")
    files.write("e", b"x")
    for name in ("a", "e", "gone"):
        files.remove(name)
    assert files.listed() == []


def test_through_a_local_file(files: Files) -> None:
    files.write("a.jsonl", b"clip")
    with files.fetched("a.jsonl") as path:
        assert Path(path).name == "a.jsonl"
        assert Path(path).read_bytes() == b"clip"
    with files.made("sub/b.txt") as path:
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_bytes(b"clean")
    assert files.read("sub/b.txt") == b"clean"
    if not files.is_local:
        assert not Path(path).exists()


def test_it_travels(files: Files) -> None:
    files.write("a", b"x")
    assert pickle.loads(pickle.dumps(files)).read("a") == b"x"


def test_a_draft_that_fails_leaves_nothing(tmp_path: Path) -> None:
    files = Files("memory://broken")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("quota\nexceeded")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fsspec.filesystem("memory"), "mv", fail)
        with pytest.raises(DocumentError) as caught:
            files.write("a", b"x")
    assert caught.value.problem.code == "unwritable"
    assert caught.value.problem.text == "memory://broken: cannot be written: quota exceeded"
    assert not any(name == "a" for name, _, _ in files.listed())


@pytest.mark.parametrize(
    ("url", "code", "text"),
    [
        ("nonsense://x/y", "unsupported", "Protocol not known"),
        ("adl://x/y", "missing", "adl://x/y: "),
        ("ftp://name:secret@127.0.0.1:9/x", "unreadable", "ftp://127.0.0.1:9/x: "),
    ],
)
def test_addresses_that_lead_nowhere(url: str, code: str, text: str) -> None:
    with pytest.raises(DocumentError) as caught:
        Files(url)
    assert caught.value.problem.code == code
    assert text in caught.value.problem.text
    assert "secret" not in caught.value.problem.text
