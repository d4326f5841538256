"""A folder of everything that can go wrong: what is good is clean, and what is not is named with its reason."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.formats.options import Cleaning
from cleaner.isolation.pool import HOOK
from tests.batch import poison
from tests.batch.support import CLEAN, DIRTY, PARAGRAPH, Recorder, batch, contents, fill
from tests.cli.conftest import spawn

SECONDS = 0.5


@pytest.fixture(autouse=True)
def _hook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOOK, poison.HOOK)
    monkeypatch.setattr("cleaner.isolation.pool._ALLOWANCE", (1, 3.0))  # a busy machine fills memory slowly


def poisoned(kind: str) -> str:
    return f"{PARAGRAPH}\n\n{poison.MARK.decode()}{kind}\n"


def test_a_poison_folder(tmp_path: Path) -> None:
    good = {f"good{number}.txt": DIRTY for number in range(30)}
    bad = {f"{kind}.txt": poisoned(kind) for kind in ("hang", "segfault", "memory", "vanish")}
    source = fill(tmp_path / "in", {**good, **bad, "broken.txt": b"caf\xe9 \xff\xfe\x00 " + DIRTY.encode()})
    (source / "loop").symlink_to(source)
    strange = ["new\nline.txt", os.fsdecode(b"inval\xefd.txt")]
    fill(source, dict.fromkeys(strange, DIRTY))
    fill(source, {"cut.html": "<html><body><p>" + PARAGRAPH, "binary.html": b"%PDF-1.7\x00\x01" * 100})
    (source / "pipe.txt").mkdir()
    show = Recorder()
    options = Cleaning(max_seconds=SECONDS)
    summary = batch(source, dest=tmp_path / "out", jobs=2, show=show, cleaning=options, max_memory=400_000_000)
    codes = show.codes()
    assert {name: codes[name] for name in bad} == {
        "hang.txt": "timeout",
        "segfault.txt": "crash",
        "memory.txt": "memory",
        "vanish.txt": "vanished",
    }
    assert codes["binary.html"] == "unsupported"
    assert codes["loop"] == "link"
    assert all("\n" not in text and text for _, _, text in show.notes)
    out = contents(tmp_path / "out")
    assert {name: out[name] for name in [*good, *strange]} == dict.fromkeys([*good, *strange], CLEAN.encode())
    assert {"broken.txt", "cut.md"} <= set(out)
    assert not {*bad, "binary.md"} & set(out)
    assert summary.failures == 5

    again = batch(source, dest=tmp_path / "out", cleaning=options)  # they are not tried again unless somebody asks
    assert (again.tally.documents, again.planned.failed, again.failures) == (0, 4, 0)
    cured = fill(source, {"hang.txt": DIRTY, "segfault.txt": poisoned("nothing")})
    retried = batch(cured, dest=tmp_path / "out", cleaning=options, retry_failed=True, max_memory=400_000_000)
    assert (retried.tally.documents, retried.failures) == (2, 2)


def test_poison_in_a_container_is_passed_on(tmp_path: Path) -> None:
    kinds = {3: "segfault", 7: "hang"}
    rows = [{"n": n, "text": poisoned(kinds[n]) if n in kinds else DIRTY} for n in range(20)]
    source = fill(tmp_path / "in", {"all.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    show = Recorder()
    batch(source, dest=tmp_path / "out", show=show, cleaning=Cleaning(max_seconds=SECONDS))
    assert sorted(code for _, code, _ in show.notes) == ["crash", "timeout"]
    lines = [json.loads(line) for line in (tmp_path / "out/all.jsonl").read_text().splitlines()]
    assert [line["text"] for line in lines] == [rows[n]["text"] if n in kinds else CLEAN for n in range(20)]


def test_what_may_not_be_read(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", {"a.txt": DIRTY, "secret.txt": DIRTY, "closed/b.txt": DIRTY})
    (source / "secret.txt").chmod(0)
    if os.access(source / "secret.txt", os.R_OK):
        pytest.skip("this user may read everything")
    (source / "closed").chmod(0)
    show = Recorder()
    try:
        summary = batch(source, dest=tmp_path / "out", show=show)
    finally:
        (source / "closed").chmod(0o700)
    assert show.codes() == {"secret.txt": "unreadable", "closed": "unreadable"}
    assert (summary.tally.documents, summary.failures) == (1, 2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True)
    if made.returncode:
        pytest.skip("only root can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_below_the_destination(tmp_path: Path, small_disk: Path) -> None:
    source = fill(tmp_path / "in", {f"a{n}.txt": DIRTY for n in range(5)})
    fill(source, {f"full/{n}.txt": PARAGRAPH * 800 for n in range(8)})
    dest = tmp_path / "out"
    dest.mkdir()
    (dest / "full").symlink_to(small_disk)
    show = Recorder()
    summary = batch(source, dest=dest, show=show)
    assert set(show.codes().values()) == {"unwritable"}
    assert "No space left" in show.notes[0][2]
    assert summary.tally.documents == 13 - summary.failures
    assert 0 < summary.failures < 8
    assert not list(small_disk.glob("*.tmp"))
    for path in small_disk.iterdir():
        assert path.read_text() == PARAGRAPH * 800
        path.unlink()
    fill(source, {f"full/{n}.txt": PARAGRAPH for n in range(8)})
    assert batch(source, dest=dest).failures == 0


def test_a_full_disk_for_everything(tmp_path: Path, small_disk: Path) -> None:
    source = fill(tmp_path / "in", {f"{n}.txt": DIRTY + PARAGRAPH * 300 for n in range(40)})
    ran = spawn("batch", "--jobs", "1", str(source), str(small_disk / "out"))
    assert ran.code in (1, 5), ran.err
    assert "Traceback" not in ran.err
    assert "disk is full" in ran.err or "No space left" in ran.err
    assert not [path for path in small_disk.rglob("*") if path.suffix == ".tmp"]


def test_a_container_that_kills_what_reads_it(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": DIRTY}) + "\n" for _ in range(3))
    source = fill(tmp_path / "in", {"a.jsonl": rows, "deadly.jsonl": rows, "z.jsonl": rows, "z.txt": DIRTY})
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {"deadly.jsonl": "crash"}
    assert (summary.failures, summary.tally.documents) == (1, 7)
    assert set(contents(tmp_path / "out")) == {"a.jsonl", "z.jsonl", "z.txt"}
