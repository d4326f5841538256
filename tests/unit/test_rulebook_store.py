from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.html.rules.selectors import HtmlRules
from cleaner.model import Pack
from cleaner.rulebook import load as loading
from cleaner.rulebook import store as storing
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.nodes import Node
from cleaner.rulebook.store import Store
from cleaner.tools.docs_format import EXAMPLE, HTML_EXAMPLE
from tests.unit.test_rulebook_load import ALL_KEYS

OTHER = EXAMPLE.replace("library-meter", "other-meter").replace("visits left", "visits remaining")


class Reader:
    """Notes which rule files are read and checked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files: list[str] = []
        self.checked: list[str] = []
        read, check = loading.load_pack, loading.check_patterns

        def load_pack(path: str, data: bytes, *, check: bool = True) -> Pack:
            self.files.append(os.path.basename(path))
            return read(path, data, check=check)

        def check_patterns(root: Node, path: str) -> None:
            self.checked.append(os.path.basename(path))
            check(root, path)

        monkeypatch.setattr(loading, "load_pack", load_pack)
        monkeypatch.setattr(loading, "check_patterns", check_patterns)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(monkeypatch)


@pytest.fixture(autouse=True)
def _another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left in memory from store to store."""
    monkeypatch.setattr(storing, "_MOST_BOOKS", 0)


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


def names(cache: Path) -> list[str]:
    return sorted(path.suffix for path in (cache / "rules").iterdir())


def test_written_and_reused(rules: Path, cache: Path, reader: Reader) -> None:
    assert found(Store()) == ["library-meter.visits-left"]
    assert names(cache) == [".html", ".keywords", ".pack", ".rules"]
    assert found(Store()) == ["library-meter.visits-left"]
    assert [pack.name for pack in Store().packs()] == ["generic/library-meter"]
    assert reader.files == ["meter.yaml"]


def test_texts_do_not_pay_for_html(rules: Path, cache: Path) -> None:
    (rules / "page.yaml").write_bytes(HTML_EXAMPLE.encode())
    store = Store()
    assert len(store.payload["rules"]) == 2
    assert store.keywords.any_in("3 visits left")
    assert not store.keywords.any_in("shelf")
    assert len(store.html["rules"]) == 1
    again = Store()
    assert again.html == store.html
    assert list(again._parts) == ["html"]


@pytest.mark.parametrize("kind", [".keywords", ".rules", ".html"])
def test_a_part_that_is_gone_is_made_anew(rules: Path, cache: Path, reader: Reader, kind: str) -> None:
    store = Store()
    parts = store.payload, store.html
    (path,) = (path for path in (cache / "rules").iterdir() if path.suffix == kind)
    path.unlink()
    again = Store()
    assert (again.payload, again.html) == parts
    assert found(again) == ["library-meter.visits-left"]
    assert reader.files == ["meter.yaml"]


def test_the_cache_says_the_same_as_the_rules(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, kept = Store(), Store()
    assert fresh.payload == kept.payload
    assert list(fresh.keywords.hits("3 visits left")) == list(kept.keywords.hits("3 visits left"))
    monkeypatch.setenv("CLEANER_CACHE", "off")
    assert Store().payload == kept.payload


def test_packs_come_back_as_they_were_read(cache: Path) -> None:
    files = [(f"{number}.yaml", text.encode()) for number, text in enumerate([EXAMPLE, HTML_EXAMPLE, ALL_KEYS])]
    read = [loading.load_pack(path, data) for path, data in files]
    for kept in (Store.of(files).packs(), Store.of(files).packs()):
        for pack, one in zip(sorted(read, key=lambda pack: pack.name), kept, strict=True):
            assert (one.name, one.kind, one.description, one.languages) == (
                pack.name,
                pack.kind,
                pack.description,
                pack.languages,
            )
            assert (one.site, one.disable, one.path, one.examples) == (
                pack.site,
                pack.disable,
                pack.path,
                pack.examples,
            )
            for rule, other in zip(pack.rules, one.rules, strict=True):
                assert asdict(rule) == asdict(other)


def test_only_a_changed_file_is_read_anew(rules: Path, cache: Path, reader: Reader, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OTHER, encoding="utf-8")
    assert sorted(found(Store([str(own)]))) == ["library-meter.visits-left", "other-meter.visits-left"]
    assert sorted(reader.files) == ["meter.yaml", "own.yaml"]
    own.write_text(OTHER.replace("visits remaining", "days remaining"), encoding="utf-8")
    assert found(Store([str(own)])) == ["library-meter.visits-left"]
    assert sorted(reader.files) == ["meter.yaml", "own.yaml", "own.yaml"]
    own.write_text(OTHER, encoding="utf-8")
    assert sorted(found(Store([str(own)]))) == ["library-meter.visits-left", "other-meter.visits-left"]
    assert len(reader.files) == 3


def test_patterns_are_checked_when_their_file_is_new(rules: Path, cache: Path, reader: Reader, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OTHER, encoding="utf-8")
    for _ in range(2):
        found(Store([str(own)]))
    assert reader.checked == ["own.yaml"]  # `rules lint` does the shipped ones
    own.write_text(OTHER + "# a remark\n", encoding="utf-8")
    found(Store([str(own)]))
    assert reader.checked == ["own.yaml", "own.yaml"]


def test_a_broken_file_is_answered_from_that_file_alone(
    rules: Path, cache: Path, reader: Reader, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("format: 1\npack: [", encoding="utf-8")
    with pytest.raises(RuleError, match=r"own\.yaml"):
        found(Store([str(own)]))
    assert reader.files == ["own.yaml"]


def test_rules_know_where_they_stand(rules: Path, cache: Path) -> None:
    (rules / "page.yaml").write_bytes(HTML_EXAMPLE.encode())
    for folder in (rules, rules.with_name("moved")):
        if not folder.exists():
            rules.rename(folder)
        store = Store.of(storing.rule_files([str(folder)]))
        book = Rulebook.from_store(store)
        assert {book.rule(n).path for n in range(len(book))} == {str(folder / "meter.yaml")}
        assert HtmlRules.from_store(store).rule(0).path == str(folder / "page.yaml")
        assert {pack.path for pack in store.packs()} == {str(folder / "meter.yaml"), str(folder / "page.yaml")}


def test_the_same_rules_are_compiled_to_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE", "off")
    code = (
        "import hashlib; from cleaner.rulebook.store import Store; entries = Store().entries();"
        "print(len(entries), hashlib.sha256(repr(sorted(entries.items())).encode()).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_cache_off(rules: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setenv("CLEANER_CACHE", "off")
    found(Store())
    found(Store())
    assert reader.files == ["meter.yaml", "meter.yaml"]


def test_a_process_reads_a_book_once(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_MOST_BOOKS", 2)
    monkeypatch.setattr(storing, "_books", {})
    assert Store().keywords is Store().keywords
    for number in range(3):
        (rules / "meter.yaml").write_text(EXAMPLE + "#" * number, encoding="utf-8")
        assert found(Store()) == ["library-meter.visits-left"]
    assert len(storing._books) == 2


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


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the rule files whose content is read from now on."""
    names: list[str] = []
    read = storing._read

    def noted(path: str) -> bytes:
        names.append(os.path.basename(path))
        return read(path)

    monkeypatch.setattr(storing, "_read", noted)
    return names


def aged(path: Path, seconds: float) -> None:
    when = time.time() - seconds
    os.utime(path, (when, when))


def test_shipped_files_that_did_not_change_are_not_read(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(rules / "meter.yaml", 60)
    first = Store()
    assert found(first)
    names = reads(monkeypatch)
    again = Store()
    assert (again.digest, found(again), names) == (first.digest, found(first), [])
    (rules / "meter.yaml").write_text(OTHER, encoding="utf-8")
    aged(rules / "meter.yaml", 59)
    assert Store().digest != first.digest
    assert names == ["meter.yaml"]


def test_files_written_just_now_may_change_within_their_time(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Store()
    status = os.stat(rules / "meter.yaml")
    same_size = EXAMPLE.replace("visits left", "visits lost")
    (rules / "meter.yaml").write_text(same_size, encoding="utf-8")
    os.utime(rules / "meter.yaml", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert Store().digest != first.digest


def test_a_store_takes_its_files_along(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(rules / "meter.yaml", 60)
    Store()
    sent = pickle.dumps(Store())
    shutil.rmtree(rules)
    monkeypatch.setenv("CLEANER_CACHE", "off")
    assert found(pickle.loads(sent))
