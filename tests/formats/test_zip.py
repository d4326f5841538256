"""ZIP files of saved pages: the pages in them are cleaned, and every other byte stays."""

from __future__ import annotations

import email
import io
import json
import struct
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.formats import container_of
from cleaner.formats.archive import Writer, alone, only, read_archive, replaced
from cleaner.formats.containers.zip import CONTAINER
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError
from tests.formats.roundtrip import EXPECTED, PAGE, SEED, Trip, leave, travel

DATE = (2024, 11, 5, 10, 20, 30)
OMNIVORE: list[dict[str, Any]] = [
    {
        "id": "b1f2",
        "slug": "the-lamp-at-the-quay-1932d4",
        "title": "The Lamp",
        "description": "",
        "author": "Ann Chandler",
        "url": "https://example.com/lamp",
        "state": "Archived",
        "readingProgress": 100,
        "thumbnail": None,
        "labels": ["Sea", "Work"],
        "savedAt": "2024-10-01T10:00:00.000Z",
        "updatedAt": "2024-10-02T10:00:00.000Z",
        "publishedAt": "2024-09-30T00:00:00.000Z",
    },
    {"id": "c3", "slug": "größe-1", "title": "Suitors", "url": "https://asia.nikkei.com/a", "labels": []},
]
"""The fields of Omnivore's export, in its order."""


def entry(name: str, packed: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, DATE)
    info.compress_type = packed
    info.external_attr = 0o100640 << 16
    info.comment = b"about it"
    return info


def packed(members: Iterable[tuple[str | zipfile.ZipInfo, str | bytes]], *, streamed: bool = False) -> bytes:
    """A ZIP file; a streamed one states sizes behind each member, as Omnivore's does."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return not streamed

        def tell(self) -> int:
            if streamed:
                raise OSError("no place")
            return super().tell()

        def seek(self, *args: int) -> int:
            if streamed:
                raise OSError("no place")
            return super().seek(*args)

    out = Stream()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"my export"
        for name, data in members:
            archive.writestr(entry(name) if isinstance(name, str) else name, data)
    return out.getvalue()


def omnivore(*, streamed: bool = True) -> bytes:
    return packed(
        [
            ("metadata_0_to_20.json", unicodedata.normalize("NFD", json.dumps(OMNIVORE, indent=2, ensure_ascii=False))),
            (f"content/{OMNIVORE[0]['slug']}.html", PAGE),
            (f"highlights/{OMNIVORE[0]['slug']}.md", f"> mine\n\n{SEED}"),
            (f"content/{OMNIVORE[1]['slug']}.html", "<p>" + SEED.replace("\n\n", "</p><p>") + "</p>"),
        ],
        streamed=streamed,
    )


def through(folder: Path, data: bytes, cleaning: Cleaning | None = None) -> Trip:
    path = folder / "in.zip"
    path.write_bytes(data)
    return travel(CONTAINER, path, cleaning)


def opened(data: bytes | None) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(data or b""))
    assert archive.testzip() is None
    return archive


def members(data: bytes | None) -> dict[str, bytes]:
    archive = opened(data)
    return {info.filename: archive.read(info) for info in archive.infolist()}


def test_its_suffix_leads_to_it() -> None:
    assert container_of("Export.ZIP") is CONTAINER
    assert CONTAINER.target("Export.ZIP") == "Export.ZIP"


@pytest.mark.parametrize("streamed", [True, False])
def test_an_export_of_omnivore(streamed: bool, tmp_path: Path) -> None:
    data = omnivore(streamed=streamed)
    trip = through(tmp_path, data)
    before, after = members(data), members(trip.data)
    assert trip.told == []
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == [n for n in before if n.startswith("content/")]
    first, second = (after[name].decode() for name in before if name.startswith("content/"))
    assert first.startswith("<!doctype html>")
    assert "<p>Since then the lamp has failed twice" in first
    assert "newsletter" not in first
    assert "numberArticlesLeft" not in second
    assert [clipping and clipping.url for clipping in trip.clippings] == [one["url"] for one in OMNIVORE]
    assert through(tmp_path, data).data == trip.data
    for info in opened(trip.data).infolist():  # what is new states its sizes before it, where all can read them
        flags, *sizes = struct.unpack_from("<H6x3L", trip.data or b"", info.header_offset + 6)
        assert flags & 8 == (8 if streamed and not info.filename.startswith("content/") else 0)
        assert flags & 8 or sizes == [info.CRC, info.compress_size, info.file_size]
    again = through(tmp_path, trip.data or b"")
    assert again.data == trip.data


def test_what_is_known_of_a_member_stays(tmp_path: Path) -> None:
    trip = through(tmp_path, omnivore())
    archive = opened(trip.data)
    assert archive.comment == b"my export"
    for info in archive.infolist():
        assert info.date_time == DATE
        assert info.compress_type == zipfile.ZIP_DEFLATED
        assert info.external_attr == 0o100640 << 16
        assert info.comment == b"about it"


def test_the_seed_as_text_and_ways_to_pack(tmp_path: Path) -> None:
    ways = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    data = packed([(entry(f"{way}.txt", way), SEED) for way in ways] + [(entry("same.md", 14), "Words that stay.\r\n")])
    trip = through(tmp_path, data)
    archive = opened(trip.data)
    assert [archive.read(f"{way}.txt").decode() for way in ways] == [EXPECTED] * 4
    assert archive.read("same.md") == b"Words that stay.\r\n"
    # What is new is stored or deflated, which all can read; what is old stays as it was packed.
    assert [info.compress_type for info in archive.infolist()] == [0, 8, 8, 8, 14]


def test_texts_keep_their_encoding(tmp_path: Path) -> None:
    text = SEED.replace("ZTE", "Zté")
    trip = through(tmp_path, packed([("a.txt", b"\xff\xfe" + text.encode("utf-16-le"))]))
    assert members(trip.data)["a.txt"] == b"\xff\xfe" + EXPECTED.replace("ZTE", "Zté").encode("utf-16-le")


def test_an_archive_in_which_nothing_goes_is_the_same_file(tmp_path: Path) -> None:
    stays = "Words that stay, each of them.\n"
    for streamed in (True, False):
        data = packed([("a.txt", stays), ("sub/", b""), ("sub/a.png", b"\x89PNG"), ("b.md", stays)], streamed=streamed)
        assert through(tmp_path, data).data == data


@pytest.mark.parametrize(
    "name",
    [
        "metadata.json",
        "part_000000.csv",
        "pages/photo.png",
        "page.html.bak",
        "highlights/page.md",
        "x/Highlights/page.TXT",
        "__MACOSX/._page.html",
        "a/._page.html",
        "folder.html/",
    ],
)
def test_what_is_no_document_is_never_opened(name: str, tmp_path: Path) -> None:
    data = packed([(name, "" if name.endswith("/") else SEED), ("page.txt", "stays")])
    trip = through(tmp_path, data)
    assert trip.data == data
    assert [piece.name for piece in trip.pieces] == ["page.txt"]


@pytest.mark.parametrize("name", ["a.html", "A.HTM", "b.xhtml", "sub/c.md", "d.markdown", "highlights.md", "e.txt"])
def test_what_is_a_document(name: str, tmp_path: Path) -> None:
    trip = through(tmp_path, packed([(name, PAGE if "htm" in name.lower() else SEED)]))
    assert [piece.name for piece in trip.pieces] == [name]
    clean = members(trip.data)[name].decode()
    assert "Japanese companies praise" in clean or "<p>Since then the lamp" in clean
    assert "numberArticlesLeft" not in clean
    assert "newsletter" not in clean


def test_mhtml_stays_mhtml(tmp_path: Path) -> None:
    message = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/lamp\r\nSubject: Lamp\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://example.com/lamp\r\n\r\n"
        f"{PAGE}\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://example.com/a.png\r\n\r\niVBORw0K\r\n--b--\r\n"
    )
    data = packed([("a.mhtml", message)])
    trip = through(tmp_path, data)
    assert trip.data == through(tmp_path, data).data
    clean = members(trip.data)["a.mhtml"]
    read: Any = email.message_from_bytes(clean)
    assert (read["Subject"], read["From"]) == ("Lamp", "<Saved by Blink>")
    page, picture = read.get_payload()
    assert picture.get_payload(decode=True) == b"\x89PNG\r\n"
    html = page.get_payload(decode=True).decode()
    assert "<p>Since then" in html
    assert "newsletter" not in html
    result = cleaner.clean(clean)
    assert (result.report.page and result.report.page.kind, result.url) == ("mhtml", "https://example.com/lamp")
    assert through(tmp_path, trip.data or b"").data == trip.data


def test_names_in_any_encoding_stay(tmp_path: Path) -> None:
    """UTF-8 that is marked, UTF-8 that is not (the Finder's), Shift JIS (Windows), and a name twice."""
    archive = io.BytesIO()
    writer = Writer(archive)
    names = ["größe.txt".encode(), "größe.txt".encode(), "日本.txt".encode("shift_jis"), b"a.txt", b"a.txt"]
    for number, name in enumerate(names):
        stand_in = "x" * len(name)
        one = packed([(stand_in, SEED)])
        marked = one.replace(stand_in.encode(), name)
        if number == 0:
            marked = marked.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\0\x08")
            marked = marked.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\0\x08")
        writer.copy(io.BytesIO(marked))
    writer.close(b"")
    trip = through(tmp_path, archive.getvalue())
    assert trip.told == []
    read = read_archive(io.BytesIO(trip.data or b""))
    assert [member.entry[46 : 46 + len(name)] for member, name in zip(read.members, names, strict=True)] == names
    assert [member.name for member in read.members][:2] == ["größe.txt"] * 2
    for member in read.members:
        assert only(alone(io.BytesIO(trip.data or b""), member)).decode() == EXPECTED


# --- what is refused --------------------------------------------------------------------------------


def flagged(data: bytes) -> bytes:
    """The archive with all members marked as encrypted."""
    marked = bytearray(data)
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := marked.find(signature, at + 1)) >= 0:
            marked[at + place] |= 1
    return bytes(marked)


def overlapping() -> bytes:
    """Two entries of the directory for one member."""
    one = packed([("a.txt", SEED)])
    directory, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    entries = one[directory:end] * 2
    return one[:directory] + entries + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(entries), directory, 0)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: flagged(omnivore()), "unsupported: an encrypted ZIP archive: unpack it with its password"),
        (lambda: packed([("../a.txt", "x")]), "broken: a member called '../a.txt' would lie outside of the folder"),
        (lambda: packed([("a.txt", "x"), ("/etc/b", "x")]), "broken: a member called '/etc/b' would lie outside"),
        (lambda: packed([("a.txt", "x"), ("b\\..\\..\\c", "x")]), "broken: a member called 'b/../../c' would lie"),
        (lambda: packed([("a.txt", "x"), ("C:\\b", "x")]), "broken: a member called 'C:/b' would lie outside"),
        (lambda: packed([("a.json", "{}"), ("b.csv", "x")]), "other: a ZIP archive without pages or texts"),
        (lambda: packed([]), "other: a ZIP archive without pages or texts"),
        (lambda: packed([("a.txt", b"x" * 19_000_000)]), "oversized: it has "),
    ],
)
def test_an_archive_that_is_refused_passes_on(make: Callable[[], bytes], problem: str, tmp_path: Path) -> None:
    data = make()
    trip = through(tmp_path, data, Cleaning(max_bytes=1_000_000))
    assert len(trip.told) == 1
    assert trip.told[0].startswith(problem)
    assert trip.data == data
    with pytest.raises(DocumentError):
        list(CONTAINER.attachments(str(tmp_path / "in.zip"), Cleaning(max_bytes=1_000_000)))


def patched(place: int, value: bytes) -> bytes:
    """An archive of a stored member and a deflated one with something else in the entry of the first."""
    data = bytearray(packed([(entry("a.txt", 0), SEED), ("b.txt", SEED)]))
    at = data.index(b"PK\1\2") + place
    data[at : at + len(value)] = value
    return bytes(data)


UNSOUND = {
    "cut off": lambda: omnivore()[:-200],
    "empty": lambda: b"",
    "a page": lambda: PAGE.encode(),
    "one over the other": overlapping,
    "longer than its place": lambda: patched(20, struct.pack("<2L", 9999, 9999)),
    "behind the directory": lambda: patched(42, struct.pack("<L", 99_999)),
    "an entry that takes the end with it": lambda: packed([("a.txt", SEED)]).replace(
        b"\x08\0\0\0\0\0", b"\xff\xff\0\0\0\0"
    ),
}


@pytest.mark.parametrize("make", UNSOUND.values(), ids=UNSOUND)
def test_an_archive_without_a_sound_directory_is_not_written(make: Callable[[], bytes], tmp_path: Path) -> None:
    trip = through(tmp_path, make())
    assert trip.data is None
    assert trip.told[0].startswith(
        (
            "broken: no ZIP archive, or cut off (",
            "broken: members of the ZIP archive lie over",
            "broken: the directory of",
        )
    )
    assert trip.told[0].endswith((": get it once more", ": do not trust it"))


def test_a_damaged_member_passes_on_and_is_named(tmp_path: Path) -> None:
    data = packed([("a.txt", SEED), (entry("b.txt", 0), "Broken " + SEED), ("c.txt", SEED)])
    data = data.replace(b"Broken ", b"Broxen ")
    trip = through(tmp_path, data)
    assert len(trip.told) == 1
    assert trip.told[0].startswith("broken: damaged in the archive (Bad CRC-32")
    assert trip.named == ["b.txt"]
    archive = zipfile.ZipFile(io.BytesIO(trip.data or b""))
    assert archive.testzip() == "b.txt"
    assert [archive.read(name).decode() for name in ("a.txt", "c.txt")] == [EXPECTED] * 2
    assert f"Broxen {SEED}".encode() in (trip.data or b"")


def test_a_member_in_an_uncommon_packing_passes_on(tmp_path: Path) -> None:
    data = bytearray(packed([("a.txt", SEED)]))
    for place in (8, data.index(b"PK\1\2") + 10):
        data[place] = 9  # Deflate64
    trip = through(tmp_path, bytes(data))
    assert trip.data == bytes(data)
    assert trip.told == ["unsupported: packed in an uncommon way: unpack the archive and clean the folder"]


def test_a_large_member_is_not_even_read(tmp_path: Path) -> None:
    data = packed([(entry("a.txt", 0), b"x" * 1_100_000), ("b.txt", SEED)])
    trip = through(tmp_path, data, Cleaning(max_bytes=1_000_000))
    assert trip.told == ["unsupported: larger than the 1,000,000 bytes a page may have"]
    assert trip.named == ["a.txt"]
    assert sum(len(piece.data) for piece in trip.pieces) < 10_000
    assert members(trip.data) == {"a.txt": b"x" * 1_100_000, "b.txt": EXPECTED.encode()}


def test_a_member_that_is_larger_than_it_says(tmp_path: Path) -> None:
    data = bytearray(packed([("a.txt", b"x" * 50_000_000)]))
    for place in (22, data.index(b"PK\1\2") + 24):
        data[place : place + 4] = struct.pack("<L", 10)
    tracemalloc.start()
    trip = through(tmp_path, bytes(data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert trip.data == bytes(data)
    assert trip.told[0].startswith("broken: damaged in the archive (Bad CRC-32")
    assert peak < 20_000_000


def test_a_list_of_links_is_named(tmp_path: Path) -> None:
    links = (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><A HREF='https://a.example'>A</A>"
    )
    data = packed([("ril_export.html", links)])
    trip = through(tmp_path, data)
    assert trip.data == data
    assert trip.told == ["other: a list of links, which holds no text to be cleaned"]


@pytest.mark.parametrize("facts", ["{", "[1, {}]", "{}", '[{"slug": 5}]', "[" * 99_999, '[{"slug": "a", "url": 7}]'])
def test_facts_that_are_none_are_passed_over(facts: str, tmp_path: Path) -> None:
    trip = through(tmp_path, packed([("metadata_0_to_1.json", facts), ("content/a.html", PAGE)]))
    assert trip.told == []
    assert members(trip.data)["metadata_0_to_1.json"].decode() == facts
    assert trip.results[0].report.url is None


# --- large archives ---------------------------------------------------------------------------------


def test_more_members_than_the_old_form_can_count(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = Writer(out)
    one = packed([("a.json", b"{}")])
    [member] = read_archive(io.BytesIO(one)).members
    for _ in range(66_000):
        writer.add(member, [one[member.start : member.end]])
    writer.copy(io.BytesIO(packed([("a.txt", SEED)])))
    writer.close(b"")
    data = through(tmp_path, out.getvalue()).data or b""
    [count] = struct.unpack_from("<Q", data, data.index(b"PK\6\6") + 32)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert count == len(archive.infolist()) == 66_001
    assert archive.read("a.txt").decode() == EXPECTED
    assert archive.read(archive.infolist()[65_999]) == b"{}"


def test_sizes_in_the_long_form_become_short(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open(entry("a.txt"), "w", force_zip64=True) as member:
        member.write(SEED.encode())
    central = out.getvalue().index(b"PK\1\2")
    data = bytearray(out.getvalue())
    extra = struct.pack("<2H3Q", 1, 24, len(SEED.encode()), struct.unpack_from("<L", data, central + 20)[0], 0)
    place = central + 46 + len("a.txt")
    data[place:place] = extra
    struct.pack_into("<2L", data, central + 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", data, central + 30, len(extra))
    struct.pack_into("<L", data, central + 42, 0xFFFFFFFF)
    end = data.index(b"PK\5\6")
    struct.pack_into("<L", data, end + 12, end - central)
    assert opened(bytes(data)).read("a.txt").decode() == SEED
    trip = through(tmp_path, bytes(data))
    assert members(trip.data) == {"a.txt": EXPECTED.encode()}
    assert opened(trip.data).getinfo("a.txt").extra == b""


def test_what_is_replaced_keeps_what_else_is_stated_of_it() -> None:
    info = entry("a.txt")
    info.extra = struct.pack("<2HBL", 0x5455, 5, 1, 1_700_000_000)
    [member] = read_archive(io.BytesIO(replaced(packed([(info, "old")]), b"new"))).members
    assert member.info.extra == info.extra
    assert member.info.date_time == DATE
    assert only(replaced(packed([(info, "old")]), b"new")) == b"new"


# --- documents for themselves -----------------------------------------------------------------------


def test_documents_take_along_what_the_export_knows(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(omnivore())
    (first, with_first), (second, with_second) = leave(CONTAINER, path)
    assert (first.title, second.title) == ("The Lamp", "Suitors")
    assert list(first.front.items()) == [
        ("title", "The Lamp"),
        ("url", "https://example.com/lamp"),
        ("author", "Ann Chandler"),
        ("published", "2024-09-30T00:00:00.000Z"),
        ("created", "2024-10-01T10:00:00.000Z"),
        ("language", "en"),
        ("tags", ["Sea", "Work"]),
        ("id", "b1f2"),
        ("slug", OMNIVORE[0]["slug"]),
        ("state", "Archived"),
        ("readingProgress", 100),
        ("updatedAt", "2024-10-02T10:00:00.000Z"),
    ]
    assert first.text.startswith("# The Lamp at the Quay\n\nFor forty years")
    assert [attachment.name for attachment in with_first] == [
        "metadata_0_to_20.json",
        f"highlights/{OMNIVORE[0]['slug']}.md",
    ]
    assert with_first[1].data.endswith(SEED.encode())
    assert with_second == []


def test_a_page_without_facts_is_named_by_its_title_and_a_text_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(packed([("sub/x.html", PAGE), ("sub/My notes.txt", "words")]))
    assert [record.title for record, _ in leave(CONTAINER, path)] == ["The Lamp at the Quay", "My notes"]
