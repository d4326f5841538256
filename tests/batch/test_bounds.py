"""Small files that would unpack to a full disk, of every kind that packs."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.formats.bounds import LITTLE, MOST, RATIO, Allowance
from cleaner.formats.options import Cleaning
from cleaner.formats.packed import zstandard
from cleaner.formats.parquetfile import arrow, parquet
from cleaner.isolation.problem import DocumentError
from tests.batch.support import DIRTY, Recorder, batch, contents, fill

pytestmark = pytest.mark.usefixtures("inline")

LINE = json.dumps({"text": "word " * 200}).encode() + b"\n"
LINES = LINE * (5_000_000 // len(LINE))


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def warc(page: bytes, *, packed: bool) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    body = head + (b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(page) if packed else b"\r\n" + page)
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    return record % len(body) + body + b"\r\n\r\n"


def table() -> bytes:
    """Many rows of one large text, which the file has once."""
    out = io.BytesIO()
    library = arrow()
    column = library.array(["word " * 2_000] * 1_000)
    parquet().write_table(library.table({"text": column}), out)
    return out.getvalue()


PAGE = b"<html><body><p>" + b"word " * 20_000 + b"</p></body></html>"
BOMBS: dict[str, Callable[[], bytes]] = {
    "a.jsonl.zst": lambda: zstandard().compress(LINES),
    "a.jsonl.gz": lambda: gzip.compress(LINES),
    "a.zip": lambda: zipped(("a.txt", DIRTY.encode()), ("b.txt", b"x" * 5_000_000)),
    "a.warc.gz": lambda: gzip.compress(warc(PAGE, packed=False) * 60),
    "a.wacz": lambda: zipped(("archive/a.warc.gz", gzip.compress(warc(PAGE, packed=False) * 60))),
    "a.parquet": table,
    "a.csv": lambda: f"text,{'x' * 20_000}\n".encode() + b"word,1\n" * 5_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_fills_no_disk(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = BOMBS[name]()
    monkeypatch.setattr("cleaner.formats.bounds.LITTLE", 200_000)
    if name == "a.csv":  # a header that is repeated with each row: it needs no packing
        monkeypatch.setattr("cleaner.formats.bounds.RATIO", 20)
    assert len(data) < 60_000
    source = fill(tmp_path / "in", {name: data, "b.txt": DIRTY})
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {name: "oversized"}
    assert "do not trust it, or allow more with --max-unpacked" in show.notes[0][2]
    assert (summary.failures, set(contents(tmp_path / "out"))) == (1, {"b.txt"})
    spools = list((tmp_path / "out/.cleaner").glob("*.spool"))
    assert spools == []


def test_attachments_count_where_they_become_files(tmp_path: Path) -> None:
    data = zipped(("a.txt", DIRTY.encode()), ("film.bin", bytes(20_000_000)))
    source = fill(tmp_path / "in", {"a.zip": data})
    show = Recorder()
    batch(source, dest=tmp_path / "files", cleaning=Cleaning(records="files"), show=show)
    assert show.codes() == {"a.zip": "oversized"}
    assert contents(tmp_path / "files") == {}
    assert batch(source, dest=tmp_path / "same").failures == 0  # packed as it is, it is copied
    assert (tmp_path / "same/a.zip").stat().st_size < 100_000
    more = Cleaning(records="files", max_unpacked=30_000_000)
    assert batch(source, dest=tmp_path / "files", cleaning=more, retry_failed=True).failures == 0
    assert (tmp_path / "files/a/attachments/film.bin").stat().st_size == 20_000_000


def test_pages_that_are_packed_within_their_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is little, what comes out is not."""
    monkeypatch.setattr("cleaner.formats.bounds.LITTLE", 300_000)
    source = fill(tmp_path / "in", {"a.warc.gz": b"".join(gzip.compress(warc(PAGE, packed=True)) for _ in range(8))})
    show = Recorder()
    batch(source, dest=tmp_path / "out", cleaning=Cleaning(records="jsonl"), show=show)
    assert show.codes() == {"a.warc.gz": "oversized"}
    assert contents(tmp_path / "out") == {}


def test_what_a_file_may_unpack_to() -> None:
    for size, limit, most in (
        (10, None, LITTLE),
        (LITTLE, None, RATIO * LITTLE),
        (MOST, None, MOST),
        (10, 5, 5),
    ):
        Allowance(size, limit).take(most)
        with pytest.raises(DocumentError):
            Allowance(size, limit).take(most + 1)


def test_names_that_no_file_system_takes_end_nothing(tmp_path: Path) -> None:
    long = "録" * 120
    members = [(f"{long}/{long}{n}.png", f"{n}".encode()) for n in range(2)]
    data = zipped(("a.txt", DIRTY.encode()), *members, ("b", b"file"), ("b/c.png", b"folder"))
    source = fill(tmp_path / "in", {"a.zip": data})
    show = Recorder()
    batch(source, dest=tmp_path / "out", cleaning=Cleaning(records="files"), show=show)
    there = contents(tmp_path / "out")
    names = sorted(name.removeprefix("a/attachments/") for name in there if "attachments" in name)
    assert names == sorted(["b", f"{long[:66]}/{long[:65]}.png", f"{long[:66]}/{long[:64]} 2.png"])
    assert [one[:2] for one in show.notes] == [("a.zip", "unwritable")]  # a file cannot be a folder, too
    assert "a/a.md" in there


def test_one_bad_parquet_file_among_201(tmp_path: Path) -> None:
    """A column whose name is not UTF-8."""
    out = io.BytesIO()
    parquet().write_table(arrow().table({"text": ["a"], "caf_": ["b"]}), out, store_schema=False)
    source = fill(tmp_path / "in", {f"{n}.txt": DIRTY for n in range(200)})
    fill(source, {"bad.parquet": out.getvalue().replace(b"caf_", b"caf\xe9")})
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {"bad.parquet": "broken"}
    assert (summary.failures, summary.tally.documents) == (1, 200)
