"""Parquet: one column changes, the rest of the table and of the file's ways does not."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cleaner.formats import parquetfile
from cleaner.formats.containers.parquet import CONTAINER
from cleaner.formats.options import Cleaning, Fields
from tests.formats.roundtrip import EXPECTED, PAGE, SEED, Trip, leave, travel

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

URL = "https://harbour.example/lamp"
FIRST = "# The Lamp at the Quay\n\nFor forty years the lamp at the end of the quay was lit by hand"


def table(texts: Sequence[str | None], kind: Any = None) -> Any:
    """A table with these texts, and columns of all sorts beside them."""
    count = len(texts)
    moment = datetime(2024, 5, 6, 7, 8, 9, 123456, timezone.utc)
    return pa.table(
        {
            "id": pa.array(range(count), pa.uint32()),
            "text": pa.array(texts, pa.string()).cast(kind or pa.string()),
            "url": [URL if number % 2 else None for number in range(count)],
            "nested": pa.array(
                [{"a": [1, None], "b": {"c": "x"}}, None, {"a": [], "b": None}] * count,
                pa.struct({"a": pa.list_(pa.int16()), "b": pa.struct({"c": pa.string()})}),
            )[:count],
            "map": pa.array([[("k", 1.5)], None, []] * count, pa.map_(pa.string(), pa.float32()))[:count],
            "kind": pa.array(["news", None, "blog"] * count).dictionary_encode()[:count],
            "when": pa.array([moment, None, moment] * count, pa.timestamp("us", "UTC"))[:count],
            "nano": pa.array([1, None, 3] * count, pa.timestamp("ns"))[:count],
            "price": pa.array([Decimal("1.50"), None, Decimal("-2.25")] * count, pa.decimal128(9, 2))[:count],
            "blob": pa.array([b"\0\xff", None, b""] * count)[:count],
            "tags": pa.array([["a", "b"], None, []] * count, pa.list_(pa.string()))[:count],
            "share": pa.array([0.5, float("nan"), None] * count)[:count],
        }
    ).replace_schema_metadata({"source": "harbour"})


def written(folder: Path, content: Any, **options: Any) -> Path:
    path = folder / "a.parquet"
    pq.write_table(content, path, **options)
    return path


def read(trip: Trip) -> Any:
    """The file that came out."""
    assert trip.data is not None
    return pq.ParquetFile(io.BytesIO(trip.data))


def ways(file: Any) -> list[list[tuple[object, ...]]]:
    """How each column of each row group is stored."""
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    return [
        [
            (column.path_in_schema, column.physical_type, column.compression, "RLE_DICTIONARY" in column.encodings)
            for column in map(group.column, range(group.num_columns))
        ]
        for group in groups
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"row_group_size": 2, "compression": "zstd"},
        {"compression": "none", "use_dictionary": False},
        {"compression": {"text": "gzip", "blob": "brotli"}, "use_dictionary": ["text", "kind"]},
        {"use_deprecated_int96_timestamps": True},
        {"use_compliant_nested_type": False, "write_page_index": True},
        {"store_schema": False},
    ],
)
def test_all_else_stays_as_it_is(tmp_path: Path, options: dict[str, Any]) -> None:
    path = written(tmp_path, table([SEED, None, "A short text.", "", SEED]), **options)
    trip = travel(CONTAINER, path)
    assert trip.told == []
    before, after = pq.ParquetFile(path), read(trip)
    assert after.read().column("text").to_pylist() == [EXPECTED, None, "A short text.", "", EXPECTED]
    assert after.read().drop_columns(["text", "share"]).equals(before.read().drop_columns(["text", "share"]))
    shares = [str(file.read().column("share").to_pylist()) for file in (before, after)]
    assert shares[0] == shares[1]  # as text, for one is not a number
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    assert after.schema.equals(before.schema)
    assert (after.metadata.metadata or {}).keys() == (before.metadata.metadata or {}).keys()
    assert ways(after) == ways(before)
    assert [after.metadata.row_group(n).num_rows for n in range(after.num_row_groups)] == [
        before.metadata.row_group(n).num_rows for n in range(before.num_row_groups)
    ]
    assert trip.data == travel(CONTAINER, path).data


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "binary", "large_binary", "dictionary", "small dictionary"]
)
def test_text_of_any_type(tmp_path: Path, kind: str) -> None:
    types = {
        "dictionary": pa.dictionary(pa.int32(), pa.string()),
        "small dictionary": pa.dictionary(pa.int8(), pa.string()),
    }
    try:
        path = written(tmp_path, table([SEED, None, "x"], types.get(kind) or getattr(pa, kind)()))
    except pa.ArrowNotImplementedError:
        pytest.skip("this version of pyarrow does not write it")
    trip = travel(CONTAINER, path)
    after = read(trip)
    clean = EXPECTED.encode() if "binary" in kind else EXPECTED
    assert after.read().column("text").to_pylist() == [clean, None, b"x" if "binary" in kind else "x"]
    assert after.schema_arrow.equals(pq.ParquetFile(path).schema_arrow, check_metadata=True)


def test_a_page_becomes_text_where_there_is_none(tmp_path: Path) -> None:
    both = pa.table({"html": [PAGE, PAGE, None], "text": [None, "My own.", None], "url": [URL] * 3})
    trip = travel(CONTAINER, written(tmp_path, both))
    first, second, third = read(trip).read().column("text").to_pylist()
    assert first.startswith(FIRST)
    assert (second, third) == ("My own.", None)
    assert [clipping and clipping.url for clipping in trip.clippings] == [URL, URL, None]
    trip = travel(CONTAINER, written(tmp_path, both.drop_columns(["text"])))
    after = read(trip).read()
    assert after.column_names == ["html", "url", "text"]
    assert [text and text[: len(FIRST)] for text in after.column("text").to_pylist()] == [FIRST, FIRST, None]


def test_columns_are_named_by_the_user_and_added_if_asked_for(tmp_path: Path) -> None:
    content = pa.table({"body": [SEED, None], "text": [1, 2], "link": [None, URL]})
    fields = Fields(text="body", url="link", report="why", metadata="about")
    trip = travel(CONTAINER, written(tmp_path, content), Cleaning(fields=fields))
    after = read(trip).read()
    assert after.column_names == ["body", "text", "link", "why", "about"]
    assert after.column("body").to_pylist() == [EXPECTED, None]
    report, nothing = after.column("why").to_pylist()
    assert json.loads(report)["removals"]
    assert "title" in json.loads(after.column("about").to_pylist()[0])
    assert nothing is None
    (tmp_path / "a.parquet").write_bytes(trip.data or b"")
    again = travel(CONTAINER, tmp_path / "a.parquet", Cleaning(fields=fields))
    assert read(again).read().column_names == after.column_names


def test_rows_for_themselves(tmp_path: Path) -> None:
    path = written(tmp_path, table([SEED, None, "x"]))
    (first, _), (third, _) = leave(CONTAINER, path)
    assert first.text == EXPECTED
    assert first.front == {
        "id": 0,
        "kind": "news",
        "when": "2024-05-06 07:08:09.123456Z",
        "nano": "1970-01-01 00:00:00.000000001",
        "price": "1.50",
        "tags": ["a", "b"],
        "share": 0.5,
    }
    assert (third.title, third.front["id"]) == ("row 3", 2)


def test_bytes_that_are_no_text_come_back_as_they_were(tmp_path: Path) -> None:
    broken = pa.array([b"caf\xe9\xff\xfe " * 5, SEED.encode(), None], pa.large_binary()).view(pa.large_string())
    trip = travel(CONTAINER, written(tmp_path, pa.table({"text": broken.cast(pa.string()), "url": broken})))
    assert trip.told == []
    after = read(trip).read().column("text").cast(pa.binary()).to_pylist()
    assert after == [b"caf\xe9\xff\xfe " * 5, EXPECTED.encode(), None]


def test_a_row_that_was_given_up_is_there_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, table([SEED, "x"]))
    pieces = CONTAINER.pieces(str(path), Cleaning())
    out = io.BytesIO()
    answers = (CONTAINER.put(piece, None, Cleaning()) for piece in pieces)
    CONTAINER.assemble(str(path), answers, out, Cleaning())
    assert pq.read_table(out).column("text").to_pylist() == [SEED, "x"]


def test_what_other_programs_say_in_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pq.ParquetWriter(path, pa.schema({"text": pa.string()}), store_schema=False) as writer:
        writer.write_table(pa.table({"text": [SEED]}))
        writer.add_key_value_metadata({"org.example.rows": "one"})
    after = read(travel(CONTAINER, path))
    assert after.metadata.metadata == {b"org.example.rows": b"one"}
    assert after.read().column("text").to_pylist() == [EXPECTED]


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows(tmp_path: Path, rows: int) -> None:
    path = written(tmp_path, table(["x"] * rows))
    trip = travel(CONTAINER, path)
    assert read(trip).read().equals(pq.read_table(path))
    assert read(trip).num_row_groups == pq.ParquetFile(path).num_row_groups


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (["body", "url"], "unsupported: no column is called 'text' or 'html'; there are: body, url"),
        ([f"c{n}" for n in range(99)], "there are: c0, c1, c2, "),
        (["text", "text"], "unsupported: several columns are called 'text': name them apart"),
    ],
)
def test_columns_that_are_missing_are_named(tmp_path: Path, columns: list[str], told: str) -> None:
    path = written(tmp_path, pa.table([["x"]] * len(columns), names=columns))
    assert told in travel(CONTAINER, path).told[0]
    assert travel(CONTAINER, path).pieces == []


def test_columns_that_hold_no_text_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"text": [1], "html": ["x"], "list": [["x"]]}))
    [told, _] = travel(CONTAINER, path).told
    assert told == "unsupported: the column 'text' holds int64, no text; say which one does"
    [told] = travel(CONTAINER, path, Cleaning(fields=Fields(text="html", report="list"))).told
    assert told.startswith("unsupported: the column 'list' holds list<")


@pytest.mark.parametrize("left", [0, 3, 200, -1, -40])
def test_a_file_that_is_cut_off_is_told(tmp_path: Path, left: int) -> None:
    path = written(tmp_path, table([SEED] * 20))
    path.write_bytes(path.read_bytes()[:left])
    trip = travel(CONTAINER, path)
    assert trip.data is None
    assert {problem.code for problem in trip.problems} == {"broken"}
    assert trip.told[0].startswith("broken: it is no Parquet file, or damaged (")
    assert trip.told[0].isprintable()


def test_damage_in_the_middle_is_told_and_what_stands_before_it_counts(tmp_path: Path) -> None:
    path = written(tmp_path, table([f"{n} {SEED}" for n in range(60)]), row_group_size=20, use_dictionary=False)
    data = bytearray(path.read_bytes())
    place = pq.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    data[place : place + 500] = bytes(500)
    path.write_bytes(data)
    trip = travel(CONTAINER, path)
    assert len(trip.pieces) == 20
    assert {problem.code for problem in trip.problems} == {"broken"}


@pytest.mark.parametrize("data", [b"PAR1" + bytes(100) + b"PAR1", b"PAR1\xff\xff\xff\x7fPAR1", b"{}", b"\0" * 5000])
def test_what_is_no_parquet_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    assert [problem.code for problem in travel(CONTAINER, path).problems] == ["broken"] * 2


# --- size -----------------------------------------------------------------------------------------


def peak(path: Path) -> tuple[int, int]:
    """The most memory that reading a file takes, in Python and in Arrow."""
    pool = pa.system_memory_pool()
    before = pa.default_memory_pool()
    pa.set_memory_pool(pool)
    tracemalloc.start()
    try:
        top = max(pool.bytes_allocated() for _ in CONTAINER.pieces(str(path), Cleaning()))
        return tracemalloc.get_traced_memory()[1], top
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(before)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    few = peak(written(tmp_path, table([f"{n} {SEED}" for n in range(200)]), compression="none", use_dictionary=False))
    many = peak(
        written(tmp_path, table([f"{n} {SEED}" for n in range(4000)]), compression="none", use_dictionary=False)
    )
    assert (tmp_path / "a.parquet").stat().st_size > 10_000_000
    assert many[0] < few[0] + 4_000_000
    assert many[1] < few[1] + 4_000_000


def test_a_dictionary_does_not_unfold_all_at_once(tmp_path: Path) -> None:
    texts = pa.array(["x" * 100_000]).dictionary_encode().take(pa.array([0] * 5_000))
    path = written(tmp_path, pa.table({"text": texts}), store_schema=False)
    assert path.stat().st_size < 100_000
    python, arrow = peak(path)
    assert max(python, arrow) < 60_000_000


def test_a_huge_row_group_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, table([f"{n} {SEED}" for n in range(30)]), use_dictionary=False)
    size = pq.ParquetFile(path).metadata.row_group(0).total_byte_size
    monkeypatch.setattr(parquetfile, "_LARGE", size // 3 + 1)
    after = read(travel(CONTAINER, path))
    assert [after.metadata.row_group(n).num_rows for n in range(after.num_row_groups)] == [10, 10, 10]
    assert after.read().drop_columns(["text", "share"]).equals(pq.read_table(path).drop_columns(["text", "share"]))


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(Exception, match=r"needs one more package: pip install '\.\[parquet\]' in a clone"):
        CONTAINER.available()
