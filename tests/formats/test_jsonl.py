"""JSON lines: only the text changes, whatever stands around it and however the file is packed."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats import container_of
from cleaner.formats.containers.jsonl import CONTAINER
from cleaner.formats.options import Cleaning, Fields
from cleaner.formats.packed import Damaged, lines
from tests.formats.roundtrip import EXPECTED, PAGE, SEED, Trip, leave, travel

Pack = Callable[[bytes], bytes]
PLAIN = b"A sentence that no rule has a word against, and that stays as it is."


def seed_line(**fields: object) -> bytes:
    return json.dumps({"text": SEED, **fields}).encode() + b"\n"


def through(folder: Path, data: bytes, name: str = "in.jsonl", cleaning: Cleaning | None = None) -> Trip:
    path = folder / name
    path.write_bytes(data)
    return travel(CONTAINER, path, cleaning)


def zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def unzst(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()


@pytest.mark.parametrize("suffix", [".jsonl", ".NDJSON", ".jsonl.gz", ".ndjson.zst"])
def test_all_its_suffixes_lead_to_it(suffix: str) -> None:
    assert container_of(f"a{suffix}") is CONTAINER
    assert suffix.lower() in CONTAINER.suffixes


def test_the_seed_is_cleaned_and_all_else_stays_as_it_is_written(tmp_path: Path) -> None:
    before = '{"id": 123456789012345678901234567890 ,"x":1.0e3, "e": "\\u00e9", "k": 1, "k": 2, "text": '
    after = ',\t"nested": {"b": [1.10, null], "a": "\\/"}, "z": 1E400}'
    line = before + json.dumps(SEED) + after
    trip = through(tmp_path, line.encode() + b"\r\n")
    assert trip.told == []
    assert trip.data == (before + json.dumps(EXPECTED, ensure_ascii=False) + after + "\r\n").encode()


def test_what_does_not_change_keeps_its_escapes(tmp_path: Path) -> None:
    data = b'{"text": "Caf\\u00e9 \\ud83d\\ude00 \\/ it is."}\n{"text": "caf\xc3\xa9"}'
    assert through(tmp_path, data).data == data


def test_blank_lines_marks_and_line_ends_stay(tmp_path: Path) -> None:
    mark = b"\xef\xbb\xbf"
    untouched = b'{"text": "' + PLAIN + b'"}'
    data = mark + seed_line() + b"\n \t\r\n" + mark + seed_line() + untouched + b"\r\n\n" + mark + b"\n" + untouched
    clean = json.dumps({"text": EXPECTED}, ensure_ascii=False).encode() + b"\n"
    trip = through(tmp_path, data)
    assert (trip.data, trip.told) == (
        mark + clean + b"\n \t\r\n" + mark + clean + untouched + b"\r\n\n" + mark + b"\n" + untouched,
        [],
    )
    assert [piece.number for piece in trip.pieces] == list(range(len(trip.pieces)))
    assert b"".join(piece.data for piece in trip.pieces) == data
    assert trip.pieces[-1].at == len(data)


def test_an_empty_file_stays_empty(tmp_path: Path) -> None:
    assert through(tmp_path, b"").data == b""
    trip = through(tmp_path, b"", "in.jsonl.gz")
    assert (gzip.decompress(trip.data or b"x"), trip.told) == (b"", [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"nonsense", "no JSON object"),
        (b'["text"]', "no JSON object"),
        (b'{"text": "a" 1}', "no JSON: a comma or closing brace is missing at character 14"),
        (b'{"id": 1}', "'text' is missing: name the field that holds the text with --text-field"),
        (b'{"text": null}', "'text' is no string"),
        (b'{"text": ["a"]}', "'text' is no string"),
        (b'{"html": 1}', "'text' is missing: name the field that holds the text with --text-field"),
        (b'{"text": "a", "text": "b"}', "'text' stands twice"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "a"}\0', "no JSON: something follows the object"),
        (b'{"text": ' + b"[" * 100_000, "no JSON: nested too deeply"),
    ],
)
def test_a_bad_line_passes_on_and_is_named(line: bytes, problem: str, tmp_path: Path) -> None:
    trip = through(tmp_path, seed_line() + line + b"\r\n" + seed_line())
    clean = json.dumps({"text": EXPECTED}, ensure_ascii=False).encode() + b"\n"
    assert trip.data == clean + line + b"\r\n" + clean
    assert trip.told == [f"broken: {problem}"]
    assert trip.named == ["line 2"]


def test_a_page_that_cannot_be_read_passes_on(tmp_path: Path) -> None:
    line = json.dumps({"html": "<p>" + "x" * 2000}).encode()
    trip = through(tmp_path, line, cleaning=Cleaning(max_bytes=1000))
    assert trip.data == line
    assert trip.told[0].startswith("unsupported: the page has 2,003 bytes")


def test_a_page_gives_the_text_that_is_missing(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"html": PAGE, "n": 1}, {"text": None, "html": PAGE}, {"html": PAGE, "text": ""}]
    trip = through(tmp_path, b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    answers = [json.loads(line) for line in (trip.data or b"").splitlines()]
    assert [list(answer) for answer in answers] == [["html", "n", "text"], ["text", "html"], ["html", "text"]]
    for answer in answers:
        assert answer["html"] == PAGE
        assert answer["text"].startswith("# The Lamp at the Quay\n\nFor forty years")
        assert "newsletter" not in answer["text"]


def test_a_text_goes_before_a_page(tmp_path: Path) -> None:
    line = json.dumps({"text": PLAIN.decode(), "html": PAGE}).encode()
    assert through(tmp_path, line).data == line


def test_fields_have_the_names_that_were_asked_for(tmp_path: Path) -> None:
    fields = Fields(text='bo"dy', html="page", url="link", report="why", metadata="said")
    line = json.dumps({"link": "https://asia.nikkei.com/a", 'bo"dy': SEED, "text": SEED, "why": "old"}).encode()
    trip = through(tmp_path, line, cleaning=Cleaning(fields=fields))
    answer = json.loads(trip.data or b"")
    assert list(answer) == ["link", 'bo"dy', "text", "why", "said"]
    assert (answer['bo"dy'], answer["text"]) == (EXPECTED, SEED)
    assert answer["why"]["input"]["url"] == "https://asia.nikkei.com/a"
    assert answer["why"]["site"]["how"] == "url"
    assert answer["said"]["title"] is None


def test_what_a_page_says_is_added_when_asked_for(tmp_path: Path) -> None:
    trip = through(tmp_path, json.dumps({"html": PAGE}).encode(), cleaning=Cleaning(fields=Fields(metadata="metadata")))
    assert json.loads(trip.data or b"")["metadata"]["title"] == "The Lamp at the Quay"


@pytest.mark.parametrize("url", ['["https://example.com"]', "7", '"example"', '""', "null"])
def test_an_address_that_is_none_is_no_reason_to_leave_a_text(url: str, tmp_path: Path) -> None:
    trip = through(tmp_path, b'{"url": ' + url.encode() + b', "text": ' + json.dumps(SEED).encode() + b"}")
    assert json.loads(trip.data or b"")["text"] == EXPECTED
    assert trip.results[0].report.url is None


# --- packed -----------------------------------------------------------------------------------------

BOTH = pytest.mark.parametrize(
    ("suffix", "pack", "unpack"), [(".gz", gzip.compress, gzip.decompress), (".zst", zst, unzst)]
)


@BOTH
def test_packed_files_stay_packed(suffix: str, pack: Pack, unpack: Pack, tmp_path: Path) -> None:
    data = seed_line(id=1) + b"broken\n" + seed_line(id=2)
    plain = through(tmp_path, data)
    packed = through(tmp_path, pack(data), f"in.jsonl{suffix}")
    assert unpack(packed.data or b"") == plain.data
    assert packed.told == plain.told == ["broken: no JSON object"]
    assert packed.pieces[-1].at == len(pack(data))
    assert packed.data == through(tmp_path, pack(data), f"in.jsonl{suffix}").data


def test_gzip_is_written_without_a_time(tmp_path: Path) -> None:
    data = through(tmp_path, gzip.compress(seed_line()), "in.jsonl.gz").data or b""
    assert data[3:8] == b"\0" * 5


@BOTH
def test_files_of_many_parts_are_read_whole(suffix: str, pack: Pack, unpack: Pack, tmp_path: Path) -> None:
    whole = b"".join(b'{"text": "number %d"}\n' % number for number in range(2000))
    parts = [pack(whole[at : at + 700]) for at in range(0, len(whole), 700)] + [pack(b"")]
    trip = through(tmp_path, b"".join(parts) + b"\0" * 512, f"in.jsonl{suffix}")
    assert (unpack(trip.data or b""), trip.told) == (whole, [])
    assert len(trip.pieces) == 2000


@BOTH
@pytest.mark.parametrize("keep", [0.3, 0.999])
def test_a_file_that_was_cut_off_gives_what_it_has(
    suffix: str, pack: Pack, unpack: Pack, keep: float, tmp_path: Path
) -> None:
    whole = b"".join(
        json.dumps({"n": n, "text": f"{n * 7919 % 10007} {PLAIN.decode()}"}).encode() + b"\n" for n in range(3000)
    )
    packed = b"".join(pack(whole[at : at + 20_000]) for at in range(0, len(whole), 20_000))
    trip = through(tmp_path, packed[: int(len(packed) * keep)], f"in.jsonl{suffix}", Cleaning(only=("cookie",)))
    there = unpack(trip.data or b"")
    assert whole.startswith(there)
    assert len(there) > (keep - 0.1) * len(whole)
    assert trip.told[-1] == (
        f"broken: it ends early after {len(trip.pieces)} lines: they are clean; get the file once more for the rest"
    )
    assert [text for text in trip.told[:-1] if not text.startswith("broken: no JSON: ")] == []
    assert trip.named in ([], [f"line {len(trip.pieces)}"])  # at most the one that the cut goes through


@BOTH
def test_a_damaged_file_gives_what_comes_before(suffix: str, pack: Pack, unpack: Pack, tmp_path: Path) -> None:
    data = pack(seed_line()) + b"this is no part of it"
    trip = through(tmp_path, data, f"in.jsonl{suffix}")
    assert json.loads(unpack(trip.data or b""))["text"] == EXPECTED
    assert len(trip.told) == 1
    assert trip.told[0].startswith("broken: it is damaged, or no ")
    assert "after 1 lines" in trip.told[0]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("in.jsonl.gz", b'{"text": "a"}\n', "it is no gzip: unpack it, or take the suffix off its name"),
        ("in.jsonl.zst", gzip.compress(b"", mtime=0), "it is no Zstandard: unpack it, or take the suffix off its name"),
        ("in.jsonl", gzip.compress(b"", mtime=0), "it is gzip: end its name with .gz"),
        ("in.jsonl", zst(b""), "it is Zstandard: end its name with .zst"),
        ("in.jsonl", '{"text": "a"}'.encode("utf-16"), "it is UTF-16: save it as UTF-8"),
    ],
)
def test_a_file_that_is_something_else_is_refused_as_a_whole(
    name: str, data: bytes, problem: str, tmp_path: Path
) -> None:
    trip = through(tmp_path, data, name)
    assert trip.data is None  # nothing is written that would lack what the input has
    assert set(trip.told) == {f"broken: {problem}"}
    assert trip.pieces == []


def test_frames_without_data_and_wide_windows_are_read(tmp_path: Path) -> None:
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=28)
    frame = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = frame.compress(seed_line()) + frame.flush()
    trip = through(tmp_path, skippable + packed + skippable, "in.jsonl.zst")
    assert trip.told == []
    assert json.loads(unzst(trip.data or b""))["text"] == EXPECTED


def test_zstandard_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    trip = through(tmp_path, zst(seed_line()), "in.jsonl.zst")
    assert "pip install '.[zstd]' in a clone of cleaner" in trip.told[0]
    assert trip.data is None


# --- long lines -------------------------------------------------------------------------------------


def test_a_long_line_is_read(tmp_path: Path) -> None:
    line = b'{"text": "' + PLAIN + b'", "other": "' + b"x" * 20_000_000 + b'"}\n'
    assert (
        through(tmp_path, line + seed_line()).data
        == line + json.dumps({"text": EXPECTED}, ensure_ascii=False).encode() + b"\n"
    )


def test_a_line_beyond_all_bounds_passes_on_in_parts(tmp_path: Path) -> None:
    data = seed_line() + b'{"text": "' + b"x" * 1_000_000 + b'"}\n' + seed_line()
    trip = through(tmp_path, data, cleaning=Cleaning(max_bytes=100_000))
    clean = json.dumps({"text": EXPECTED}, ensure_ascii=False).encode() + b"\n"
    assert trip.data == clean + b'{"text": "' + b"x" * 1_000_000 + b'"}\n' + clean
    assert trip.told[0].startswith("broken: no JSON: Unterminated string")
    assert max(len(piece.data) for piece in trip.pieces) < 600_000


def test_a_bomb_is_read_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.zst"
    path.write_bytes(zst(b"[" * 300_000_000))
    assert path.stat().st_size < 30_000
    pieces = CONTAINER.pieces(str(path), Cleaning(max_bytes=100_000))
    assert len(next(pieces).data) < 150_000_000


@given(st.lists(st.binary(max_size=9) | st.just(b"\n"), max_size=20), st.integers(1, 30), st.booleans())
def test_lines_are_those_of_the_stream(chunks: list[bytes], limit: int, breaks: bool) -> None:
    def source() -> Iterator[bytes]:
        yield from chunks
        if breaks:
            raise Damaged("ends early")

    found: list[bytes] = []
    try:
        found.extend(lines(source(), limit))
    except Damaged:
        assert breaks
    else:
        assert not breaks
    assert b"".join(found) == b"".join(chunks)
    assert all(found)
    if sum(map(len, chunks)) <= limit:
        assert found == b"".join(chunks).splitlines(keepends=True) or b"\r" in b"".join(chunks)


# --- documents for themselves -----------------------------------------------------------------------


def test_documents_take_their_fields_along(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    row = {
        "id": 12,
        "source": "Wire",
        "Title": "Suitors",
        "url": "https://asia.nikkei.com/a",
        "author": ["A. Writer", "B. Other"],
        "savedAt": 1700000000,
        "tags": ["x"],
        "big": 123456789012345678901,
        "none": None,
        "nested": {"a": 1},
        "html": PAGE,
        "text": SEED,
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    [(record, attachments)] = leave(CONTAINER, path)
    assert (record.title, record.text, attachments) == ("Suitors", EXPECTED, [])
    assert list(record.front.items()) == [
        ("title", "Suitors"),
        ("url", "https://asia.nikkei.com/a"),
        ("author", ["A. Writer", "B. Other"]),
        ("created", "2023-11-14T22:13:20Z"),
        ("tags", ["x"]),
        ("id", 12),
        ("source", "Wire"),
        ("big", 123456789012345678901),
    ]


def test_a_page_fills_the_gaps_and_a_line_without_a_title_is_named_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    rows: list[dict[str, object]] = [
        {"html": PAGE},
        {"text": "words", "url": "https://example.com/a"},
        {"text": "words"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    records = [record for record, _ in leave(CONTAINER, path)]
    assert [record.title for record in records] == ["The Lamp at the Quay", "https://example.com/a", "line 3"]
    assert records[0].front["language"] == "en"


def test_numbers_too_long_for_python_stay_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    digits = "9" * 5000
    path.write_text('{"text": "words", "n": ' + digits + "}", encoding="utf-8")
    [(record, _)] = leave(CONTAINER, path)
    assert record.front["n"] == digits


def test_options_pass_through() -> None:
    cleaning = replace(Cleaning(), to="html", front_matter=True)
    assert CONTAINER.cleaning(cleaning) is cleaning
    assert CONTAINER.target("a.jsonl.gz") == "a.jsonl.gz"
    CONTAINER.available()
