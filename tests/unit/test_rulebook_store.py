from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.model import Pack
from cleaner.rulebook import compile as compiling
from cleaner.rulebook import store as storing
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Store, cache_folder
from cleaner.tools.docs_format import EXAMPLE, HTML_EXAMPLE

OTHER = EXAMPLE.replace("library-meter", "other-meter").replace("visits left", "visits remaining")

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners are those of POSIX")


class Compiler:
    """Counts how often rules are compiled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self._compile = compiling.compile_rules
        monkeypatch.setattr(compiling, "compile_rules", self)

    def __call__(self, packs: Sequence[Pack]) -> object:
        self.calls += 1
        return self._compile(packs)


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    return Compiler(monkeypatch)


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of rules in the place of the shipped ones."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "meter.yaml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(storing, "shipped_rules", lambda: str(folder))
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CLEANER_CACHE", str(folder))
    return folder


def found(store: Store) -> list[str]:
    """The ids of the rules that a text wakes."""
    book = Rulebook.from_store(store)
    return [
        book.rule(n).id for _, _, woken, _ in book.hits("you have 3 visits left or visits remaining") for n in woken
    ]


def test_written_and_reused(rules: Path, cache: Path, compiler: Compiler) -> None:
    assert found(Store()) == ["library-meter.visits-left"]
    names = sorted(path.suffix for path in cache.iterdir())
    assert names == [".automaton", ".grams", ".html", ".rules"]
    assert compiler.calls == 1
    assert found(Store()) == ["library-meter.visits-left"]
    assert compiler.calls == 1


def test_texts_do_not_pay_for_html(rules: Path, cache: Path, compiler: Compiler) -> None:
    html = HTML_EXAMPLE.encode()
    (rules / "page.yaml").write_bytes(html)
    store = Store()
    assert len(store.payload["rules"]) == 2
    assert not any("shelf" in keyword for keyword in store.automaton)
    assert len(store.html["rules"]) == 1
    again = Store()
    assert again.html == store.html
    assert list(again._parts) == ["html"]
    assert compiler.calls == 1
    (path,) = (path for path in cache.iterdir() if path.suffix == ".html")
    path.unlink()
    assert Store().html == store.html
    assert compiler.calls == 2


def test_the_cache_says_the_same_as_the_rules(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, kept = Store(), Store()
    assert fresh.payload == kept.payload
    assert list(fresh.automaton.items()) == list(kept.automaton.items())
    monkeypatch.setenv("CLEANER_CACHE", "off")
    assert Store().payload == kept.payload


def test_a_changed_file_is_compiled_anew(rules: Path, cache: Path, compiler: Compiler) -> None:
    found(Store())
    (rules / "meter.yaml").write_text(OTHER, encoding="utf-8")
    assert found(Store()) == ["other-meter.visits-left"]
    assert compiler.calls == 2


def test_a_new_file_is_compiled(rules: Path, cache: Path, compiler: Compiler, tmp_path: Path) -> None:
    found(Store())
    own = tmp_path / "own.yaml"
    own.write_text(OTHER.replace("generic/", "platforms/"), encoding="utf-8")
    assert sorted(found(Store([str(own)]))) == ["library-meter.visits-left", "other-meter.visits-left"]
    assert compiler.calls == 2


@pytest.mark.parametrize("kind", [".rules", ".automaton"])
@pytest.mark.parametrize("damage", ["flipped", "truncated", "empty", "gone", "folder"])
def test_a_damaged_cache_is_ignored(rules: Path, cache: Path, compiler: Compiler, kind: str, damage: str) -> None:
    found(Store())
    for path in [path for path in cache.iterdir() if path.suffix == kind]:
        data = path.read_bytes()
        path.unlink()
        if damage == "flipped":
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        elif damage == "truncated":
            path.write_bytes(data[: len(data) // 2])
        elif damage == "empty":
            path.write_bytes(b"")
        elif damage == "folder":
            path.mkdir()
    assert found(Store()) == ["library-meter.visits-left"]
    assert compiler.calls == 2
    if damage != "folder":
        assert found(Store()) == ["library-meter.visits-left"]
        assert compiler.calls == 2


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_cache_that_others_may_write_is_ignored(rules: Path, cache: Path, compiler: Compiler, mode: int) -> None:
    found(Store())
    for path in cache.iterdir():
        path.chmod(mode)
    assert found(Store()) == ["library-meter.visits-left"]
    assert compiler.calls == 2


@posix
def test_a_cache_of_somebody_else_is_ignored(
    rules: Path, cache: Path, compiler: Compiler, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(Store())
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert found(Store()) == ["library-meter.visits-left"]
    assert compiler.calls == 2


@posix
def test_the_cache_is_private(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new" / "cache"
    monkeypatch.setenv("CLEANER_CACHE", str(folder))
    found(Store())
    assert folder.stat().st_mode & 0o077 == 0


def test_cache_off(rules: Path, monkeypatch: pytest.MonkeyPatch, compiler: Compiler, tmp_path: Path) -> None:
    monkeypatch.setenv("CLEANER_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() is None
    found(Store())
    found(Store())
    assert compiler.calls == 2
    assert not (tmp_path / "xdg").exists()


@pytest.mark.parametrize("what", ["file", "below a file"])
def test_no_cache_is_no_harm(
    rules: Path, monkeypatch: pytest.MonkeyPatch, compiler: Compiler, tmp_path: Path, what: str
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    monkeypatch.setenv("CLEANER_CACHE", str(blocked if what == "file" else blocked / "cache"))
    assert found(Store()) == ["library-meter.visits-left"]
    assert compiler.calls == 1


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(rules: Path, cache: Path, compiler: Compiler) -> None:
    cache.mkdir(mode=0o500)
    assert found(Store()) == ["library-meter.visits-left"]
    assert not list(cache.iterdir())


def test_a_full_disk(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert found(Store()) == ["library-meter.visits-left"]


def test_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CLEANER_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == str(tmp_path / "clipping-cleaner")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() is None


def test_no_such_folder(rules: Path) -> None:
    with pytest.raises(RuleError, match="no such file or folder of rules"):
        Store(["does-not-exist"])


def test_other_files_and_order(rules: Path, cache: Path) -> None:
    (rules / "notes.txt").write_text("no rules")
    below = rules / "below"
    below.mkdir()
    (below / "other.yml").write_text(OTHER.replace("generic/", "platforms/"), encoding="utf-8")
    assert [os.path.basename(path) for path, _ in Store().files] == ["meter.yaml", "other.yml"]
    digest = Store().digest
    copy = rules.with_name("copy")
    shutil.copytree(rules, copy)
    assert Store([str(copy)]).digest != digest


def test_no_rules_at_all(rules: Path, cache: Path) -> None:
    (rules / "meter.yaml").unlink()
    assert found(Store()) == []
    assert found(Store()) == []


def test_a_rulebook_can_be_sent_to_another_process(rules: Path, cache: Path) -> None:
    book = pickle.loads(pickle.dumps(Rulebook.from_store(Store())))
    assert [book.rule(n).id for *_, woken, _ in book.hits("visits left") for n in woken] == [
        "library-meter.visits-left"
    ]
    assert len(book) == 2
