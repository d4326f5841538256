"""Web archives: every page in, a record for each out, and nothing of a bad one lost."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tracemalloc
import zipfile
import zlib
from base64 import b32encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaner.formats.containers.wacz import CONTAINER as WACZ
from cleaner.formats.containers.warc import CONTAINER as WARC
from cleaner.formats.options import Cleaning
from tests.formats.roundtrip import PAGE, Trip, leave, travel

warcio = pytest.importorskip("warcio")
fastwarc = pytest.importorskip("fastwarc.warc")

from warcio.archiveiterator import ArchiveIterator  # noqa: E402
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

URL = "https://harbour.example/lamp"
DATE = "2024-05-06T07:08:09Z"
HTML = "text/html; charset=utf-8"
BODY = PAGE.encode()
FIRST = "# The Lamp at the Quay\n\nFor forty years the lamp at the end of the quay was lit by hand"
LEFTOVER = "Subscribe to our newsletter"


class Archive:
    """A web archive in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self._stream = io.BytesIO()
        self._writer = WARCWriter(self._stream, gzip=packed)
        self.ids: list[str] = []
        self.add(b"software: test\r\n", kind="warcinfo", mime="application/warc-fields")

    def add(
        self,
        body: bytes = BODY,
        *,
        kind: str = "response",
        mime: str = HTML,
        status: str = "200 OK",
        url: str = URL,
        fields: Sequence[tuple[str, str]] = (),
    ) -> Archive:
        """One more record."""
        http = None
        if kind in ("response", "request"):
            http = StatusAndHeaders(status, [("Content-Type", mime), *fields], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type="" if http else mime,
            warc_headers_dict={"WARC-Date": DATE},
        )
        self.ids.append(record.rec_headers.get_header("WARC-Record-ID"))
        self._writer.write_record(record)
        record.raw_stream.close()
        return self

    @property
    def data(self) -> bytes:
        return self._stream.getvalue()


def read(data: bytes | None) -> list[tuple[Any, bytes]]:
    """The records with their blocks, read with another library; each in a member of its own."""
    assert data is not None
    found = ArchiveIterator(io.BytesIO(data), no_record_parse=True)
    records = [(record.rec_headers, record.raw_stream.read()) for record in found]
    assert len(list(members(data))) == len(records)
    return records


def members(data: bytes) -> Iterator[bytes]:
    """What is in each member of a gzip file."""
    while data:
        unpacker = zlib.decompressobj(31)
        yield unpacker.decompress(data)
        assert unpacker.eof
        data = unpacker.unused_data


def through(folder: Path, data: bytes, cleaning: Cleaning | None = None, name: str = "a.warc.gz") -> Trip:
    """What becomes of an archive."""
    path = folder / name
    path.write_bytes(data)
    return travel(WACZ if name.endswith(".wacz") else WARC, path, cleaning)


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%X;ext=1\r\n%b\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\nA: b\r\n\r\n"
    )


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


def test_every_page_becomes_a_record_that_names_the_one_it_was_made_of(tmp_path: Path) -> None:
    archive = Archive().add().add(b"GIF89a", mime="image/gif").add(b"", kind="request")
    archive.add(mime="application/xhtml+xml", url=f"{URL}/2").add(status="404 Not Found").add(status="301 Moved")
    archive.add(f"{FIRST}.\n\n{LEFTOVER}\n".encode(), mime="text/plain", url=f"{URL}/3")
    archive.add(kind="resource", url=f"{URL}/4").add(
        b"# A\n\nB.\n", kind="conversion", mime="text/markdown", url="urn:x"
    )
    trip = through(tmp_path, archive.data)
    assert trip.told == []
    (about, fields), *records = read(trip.data)
    assert about["WARC-Type"] == "warcinfo"
    assert about["WARC-Date"] == DATE
    assert b"software: cleaner/" in fields
    pages = [archive.ids[number] for number in (1, 4, 7, 8, 9)]
    assert [headers["WARC-Refers-To"] for headers, _ in records] == pages
    assert [headers["WARC-Target-URI"] for headers, _ in records] == [URL, f"{URL}/2", f"{URL}/3", f"{URL}/4", "urn:x"]
    assert [headers["Content-Type"].split(";")[0] for headers, _ in records] == [
        *["text/markdown"] * 2, "text/plain", *["text/markdown"] * 2,
    ]  # fmt: skip
    for headers, block in records:
        assert headers.protocol == "WARC/1.1"
        assert headers["WARC-Type"] == "conversion"
        assert headers["WARC-Date"] == DATE
        assert headers["WARC-Block-Digest"] == "sha1:" + b32encode(hashlib.sha1(block).digest()).decode()
        assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", headers["WARC-Record-ID"])
        assert LEFTOVER.encode() not in block
    assert len({headers["WARC-Record-ID"] for headers, _ in records}) == 5
    assert records[0][1].decode().startswith(FIRST)
    assert [clipping and clipping.url for clipping in trip.clippings] == [URL, f"{URL}/2", f"{URL}/3", f"{URL}/4", None]
    assert [piece.number for piece in trip.pieces] == [0, 1, 2, 3, 4]
    assert 0 < trip.pieces[0].at < trip.pieces[-1].at < len(archive.data)
    again = {record.record_id for record in fastwarc.ArchiveIterator(io.BytesIO(trip.data or b""))}
    assert again == {headers["WARC-Record-ID"] for headers, _ in ((about, b""), *records)}


def test_the_same_archive_gives_the_same_bytes_and_goes_through_again(tmp_path: Path) -> None:
    data = Archive().add().data
    once = through(tmp_path, data)
    assert once.data == through(tmp_path, data).data
    assert once.data is not None
    twice = through(tmp_path, once.data)
    assert [block for _, block in read(twice.data)] == [block for _, block in read(once.data)]


@pytest.mark.parametrize("to", ["markdown", "text", "html"])
def test_the_type_says_what_the_text_is(tmp_path: Path, to: Any) -> None:
    trip = through(tmp_path, Archive().add().data, Cleaning(to=to))
    _, (headers, block) = read(trip.data)
    assert headers["Content-Type"] == f"text/{'plain' if to == 'text' else to}; charset=utf-8"
    assert block.startswith(b"<!doctype html>") == (to == "html")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst", "A.WARC.GZ"])
def test_however_it_is_packed(tmp_path: Path, name: str) -> None:
    zstandard = pytest.importorskip("zstandard")
    data = Archive(packed=".gz" in name.lower()).add().data
    trip = through(tmp_path, zstandard.compress(data) if name.endswith("zst") else data, name=name)
    assert trip.told == []
    assert len(read(trip.data)) == 2
    assert WARC.target(name) == f"{name[0]}.warc.gz"


def test_names_of_what_comes_out() -> None:
    assert WACZ.target("my.crawl.wacz") == "my.crawl.warc.gz"
    assert WARC.target("x.y.warc.gz") == "x.y.warc.gz"


def test_each_page_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(Archive().add().data)
    [(record, attachments)] = leave(WARC, path)
    assert record.title == record.front["title"] == "The Lamp at the Quay"
    assert (record.front["url"], record.front["date"], record.front["language"]) == (URL, DATE, "en")
    assert record.text.startswith(FIRST)
    assert attachments == []


# --- as it was sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(BODY, mtime=0), {"Content-Encoding": "gzip"}),
        (
            gzip.compress(BODY[:50], mtime=0) + gzip.compress(BODY[50:], mtime=0) + b"\0\0",
            {"Content-Encoding": "x-gzip"},
        ),
        (zlib.compress(BODY), {"Content-Encoding": "Deflate"}),
        (raw_deflate(BODY), {"Content-Encoding": "deflate"}),
        (zlib.compress(gzip.compress(BODY, mtime=0)), {"Content-Encoding": "gzip, deflate"}),
        (chunked(BODY), {"Transfer-Encoding": "chunked"}),
        (chunked(gzip.compress(BODY, mtime=0)), {"Transfer-Encoding": "chunked", "content-encoding": "gzip"}),
        (BODY, {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (BODY, {"Content-Encoding": "deflate"}),
        (BODY, {"Content-Encoding": "br"}),
        (BODY, {"Content-Encoding": "identity"}),
    ],
)
def test_a_page_is_unpacked(tmp_path: Path, body: bytes, fields: dict[str, str]) -> None:
    trip = through(tmp_path, Archive().add(body, fields=list(fields.items())).data)
    assert trip.told == []
    assert [clipping and clipping.source for clipping in trip.clippings] == [BODY]


@pytest.mark.parametrize(("module", "coding"), [("brotli", "br"), ("zstandard", "zstd")])
def test_newer_codings_are_unpacked(tmp_path: Path, module: str, coding: str) -> None:
    packed = pytest.importorskip(module).compress(BODY)
    archive = Archive().add(packed, fields=[("Content-Encoding", coding)])
    trip = through(tmp_path, archive.add(packed[:-9], fields=[("Content-Encoding", coding)]).data)
    assert [clipping and clipping.source for clipping in trip.clippings] == [BODY]
    assert trip.told == ["broken: the page cannot be unpacked: it is damaged or cut off"]


@pytest.mark.parametrize(
    ("body", "fields", "told"),
    [
        (gzip.compress(BODY, mtime=0)[:-30], {"Content-Encoding": "gzip"}, "it is cut off"),
        (gzip.compress(BODY, mtime=0)[:60] + bytes(90), {"Content-Encoding": "gzip"}, "Error -3 while decompressing"),
        (bytes(range(200)), {"Content-Encoding": "deflate"}, "it is damaged or cut off"),
        (bytes(range(200)), {"Content-Encoding": "compress"}, "the coding 'compress' is not known"),
        (chunked(BODY)[:-40], {"Transfer-Encoding": "chunked"}, "its last chunk is missing or damaged"),
        (b"fffffffffffffff\r\n" + BODY, {"Transfer-Encoding": "chunked"}, "its last chunk is missing or damaged"),
    ],
)
def test_a_page_that_cannot_be_unpacked_stays_as_it_is(
    tmp_path: Path, body: bytes, fields: dict[str, str], told: str
) -> None:
    archive = Archive().add().add(body, fields=list(fields.items()), url=f"{URL}/bad").add()
    trip = through(tmp_path, archive.data)
    assert len(trip.told) == 1
    assert trip.told[0].startswith(f"broken: the page cannot be unpacked: {told}")
    _, clean, (headers, block), after = read(trip.data)
    assert headers["WARC-Type"] == "response"
    assert headers["WARC-Record-ID"] == archive.ids[2]
    assert block.endswith(b"\r\n\r\n" + body)
    assert {clean[0]["WARC-Type"], after[0]["WARC-Type"]} == {"conversion"}


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_takes_no_more_memory_than_a_page_may_have(tmp_path: Path, coding: str) -> None:
    packers: dict[str, Any] = {"gzip": gzip.compress, "deflate": zlib.compress}
    module = {"br": "brotli", "zstd": "zstandard"}.get(coding)
    pack = packers[coding] if coding in packers else pytest.importorskip(str(module)).compress
    archive = Archive().add(pack(bytes(30_000_000)), fields=[("Content-Encoding", coding)])
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive.data)
    cleaning = Cleaning(max_bytes=1_000_000)
    [piece] = WARC.pieces(str(path), cleaning)
    tracemalloc.start()
    try:
        with pytest.raises(Exception, match=r"more than the 1,000,000 bytes"):
            WARC.open(piece, cleaning)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


def test_a_large_page_is_not_read_and_stays_as_it_is(tmp_path: Path) -> None:
    archive = Archive().add(BODY + b" " * 300_000).add()
    trip = through(tmp_path, archive.data, Cleaning(max_bytes=100_000))
    assert trip.told == ["unsupported: the page has more than the 100,000 bytes that are read"]
    assert len(trip.pieces[0].data) < 1000
    _, (headers, block), (after, _) = read(trip.data)
    assert (headers["WARC-Record-ID"], after["WARC-Type"]) == (archive.ids[1], "conversion")
    assert block.endswith(BODY + b" " * 300_000)


def test_an_empty_page_stays_as_it_is(tmp_path: Path) -> None:
    archive = Archive().add(b" \n").add(b"")
    trip = through(tmp_path, archive.data)
    assert trip.told == []
    assert [headers["WARC-Record-ID"] for headers, _ in read(trip.data)[1:]] == archive.ids[1:]


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("<p>Ünï</p>".encode("cp1252"), "windows-1252", "<p>Ünï</p>"),
        ("<p>Привет, мир</p>".encode("koi8-r"), "KOI8-R", "<p>Привет, мир</p>"),
        ("<p>Ünï</p>".encode(), "iso-8859-1", "<p>Ünï</p>".encode()),
        (
            "<meta charset=koi8-r><p>мир</p>".encode("koi8-r"),
            "cp1251",
            "<meta charset=koi8-r><p>мир</p>".encode("koi8-r"),
        ),
        ("<p>Ünï</p>".encode("cp1252"), "no-such-thing", "<p>Ünï</p>".encode("cp1252")),
        ("<p>Ünï</p>".encode("cp1252"), "", "<p>Ünï</p>".encode("cp1252")),
    ],
)
def test_the_server_says_what_the_page_does_not(tmp_path: Path, body: bytes, charset: str, text: str | bytes) -> None:
    mime = f'text/html; Charset="{charset}"' if charset else "text/html"
    trip = through(tmp_path, Archive().add(body, mime=mime).data)
    assert [clipping and clipping.source for clipping in trip.clippings] == [text]


def test_heads_as_they_are_found(tmp_path: Path) -> None:
    heads = [
        b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n",
        b"HTTP/1.1 200\r\nX-A: b\r\n c\r\ncontent-TYPE:Text/HTML\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: \xff\r\n" * 3000 + b"Content-Type: text/html\r\n\r\n",
    ]
    bad = [b"", b"HTTP/1.1 200 OK", b"garbage\r\n\r\n", b"HTTP/1.1 abc OK\r\nContent-Type: text/html\r\n\r\n"]
    data = b""
    for head in (*heads, *bad):
        block = head + (BODY if head in heads else b"")
        data += (
            b"WARC/1.0\r\nwarc-type: response\r\nWARC-Target-URI: <%b>\r\nContent-Type: application/http\r\n"
            % URL.encode()
        )
        data += b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(block), block)
    trip = through(tmp_path, data, name="a.warc")
    assert trip.told == []
    assert [clipping and (clipping.source, clipping.url) for clipping in trip.clippings] == [(BODY, URL)] * 3
    records = read(trip.data)[1:]
    assert len({headers["WARC-Record-ID"] for headers, _ in records}) == 3
    assert {headers["WARC-Date"] for headers, _ in records} == {"1970-01-01T00:00:00Z"}


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("left", [0.3, 0.5, 0.7, 0.9])
def test_what_stands_before_the_cut_counts(tmp_path: Path, packed: bool, left: float) -> None:
    archive = Archive(packed=packed)
    for _ in range(9):
        archive.add().add(b"\x89PNG" * 200, mime="image/png")
    data = archive.data[: int(len(archive.data) * left)]
    trip = through(tmp_path, data, name="a.warc.gz" if packed else "a.warc")
    assert abs(len(trip.pieces) - 9 * left) < 1.5
    assert len(trip.told) == 1
    assert re.match(r"broken: it is damaged or cut off after \d+ records \(.+\)$", trip.told[0])
    assert len(read(trip.data)) == 1 + len(trip.pieces)
    assert all(clipping and clipping.source == BODY for clipping in trip.clippings)


def test_a_flipped_byte_ends_the_reading_but_not_the_run(tmp_path: Path) -> None:
    archive = Archive()
    for _ in range(4):
        archive.add()
    data = bytearray(archive.data)
    data[len(data) // 2] ^= 0xFF
    trip = through(tmp_path, bytes(data))
    assert 1 <= len(trip.pieces) <= 3
    assert [problem.code for problem in trip.problems] == ["broken"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello world" * 100,
        b"\x1f\x8bxxxxxxxx",
        gzip.compress(b"no archive" * 1000, mtime=0),
        gzip.compress(b"", mtime=0),
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nX: " + b"a" * 1_000_000,
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999999999\r\n\r\nx",
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx",
    ],
)
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, data: bytes, name: str) -> None:
    trip = through(tmp_path, data, name=name)
    assert trip.pieces == []
    assert len(trip.told) == 1
    assert trip.told[0].startswith("broken: it is ")
    assert trip.told[0].isprintable()


def test_memory_does_not_grow_with_the_number_of_records(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        archive = Archive()
        for _ in range(count):
            archive.add(BODY * 100)
        path = tmp_path / "a.warc.gz"
        path.write_bytes(archive.data)
        tracemalloc.start()
        try:
            assert sum(1 for _ in WARC.pieces(str(path), Cleaning())) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(400) < peak(40) + 100_000


# --- WACZ -----------------------------------------------------------------------------------------


def wacz(*archives: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr("datapackage.json", "{}")
        file.writestr("pages/pages.jsonl", "{}")
        for number, data in enumerate(archives):
            file.writestr(f"archive/data-{number}.warc.gz", data)
        file.writestr("indexes/index.cdx.gz", b"x")
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_file_is_all_its_archives(tmp_path: Path, method: int) -> None:
    first, second = (
        Archive().add(),
        Archive().add(url=f"{URL}/2").add(b"\x1f\x8b\x08", fields=[("Content-Encoding", "gzip")]),
    )
    trip = through(tmp_path, wacz(first.data, second.data, method=method), name="a.wacz")
    assert trip.told == ["broken: the page cannot be unpacked: it is cut off"]
    ids = [headers["WARC-Refers-To"] or headers["WARC-Record-ID"] for headers, _ in read(trip.data)[1:]]
    assert ids == [first.ids[1], *second.ids[1:]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data[:-50], "broken: it is no WACZ file, or cut off"),
        (lambda data: data.replace(b"archive/", b"Archive/"), "broken: it is no WACZ file: there is no archive/"),
        (
            lambda data: data.replace(BODY[400:420], b"x" * 20),
            "broken: it is no web archive, or damaged (Bad CRC",
        ),
        (lambda data: b"", "broken: it is no WACZ file"),
    ],
)
def test_a_bad_wacz_file_is_told(tmp_path: Path, change: Any, told: str) -> None:
    data = wacz(Archive(packed=False).add().data)
    assert change(data) != data
    trip = through(tmp_path, change(data), name="a.wacz")
    assert len(trip.told) == 1
    assert trip.told[0].startswith(told)


def test_libraries_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.warc", None)
    with pytest.raises(Exception, match=r"needs one more package: pip install '\.\[warc\]' in a clone"):
        WARC.available()
