"""CSV: only the cells of the text change; the module `csv` says what is a row and a cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.formats import container_of
from cleaner.formats.containers.csv import CONTAINER
from cleaner.formats.options import Cleaning, Fields
from cleaner.formats.rows import read_row, rows
from tests.formats.roundtrip import EXPECTED, PAGE, SEED, Trip, leave, travel

INSTAPAPER = ["URL", "Title", "Selection", "Folder", "Timestamp", "Tags"]
"""The columns of Instapaper's export."""


def written(*lines: list[str], dialect: str = "excel", **options: object) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, dialect, **options).writerows(lines)  # type: ignore[arg-type]
    return out.getvalue()


def through(folder: Path, data: str | bytes, cleaning: Cleaning | None = None, name: str = "in.csv") -> Trip:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return travel(CONTAINER, path, cleaning)


def read(data: bytes | None, dialect: str = "excel", encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO((data or b"").decode(encoding), newline=""), dialect))


@pytest.mark.parametrize("name", ["a.csv", "A.TSV"])
def test_its_suffixes_lead_to_it(name: str) -> None:
    assert container_of(name) is CONTAINER
    assert CONTAINER.target(name) == name
    assert CONTAINER.cleaning(Cleaning()) == Cleaning()


def test_the_seed_in_an_export_of_instapaper(tmp_path: Path) -> None:
    links = [["https://example.com/1", "Only a link", "", "Unread", "1748490183", "[]"]] * 2
    seed = ["https://asia.nikkei.com/a", 'Suitors, "past" ZTE', SEED, "Archive", "1748490184", '["a", "b"]']
    clean = [*seed[:2], EXPECTED, *seed[3:]]
    trip = through(tmp_path, written(INSTAPAPER, links[0], seed, links[1]))
    assert trip.data == written(INSTAPAPER, links[0], clean, links[1]).encode()
    assert trip.told == []
    assert [clipping and clipping.url for clipping in trip.clippings] == [None, "https://asia.nikkei.com/a", None]
    assert [piece.name for piece in trip.pieces] == ["row 2", "row 3", "row 4"]
    assert trip.pieces[-1].at == len(written(INSTAPAPER, links[0], seed, links[1]).encode())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("ending", "quoting"),
    [("\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL), ("\r", csv.QUOTE_ALL)],
)
def test_dialects_stay(delimiter: str, quoting: int, ending: str, tmp_path: Path) -> None:
    kept = ["1", "a;b,c|d\te", 'He said "no".', ""]

    def table(text: str) -> str:
        lines = (["id", "note", "text", "last"], ["2", "x", text, "y"], kept)
        return written(*lines, delimiter=delimiter, quoting=quoting, lineterminator=ending)

    trip = through(tmp_path, table(SEED), name="in.tsv" if delimiter == "\t" else "in.csv")
    assert (trip.data, trip.told) == (table(EXPECTED).encode(), [])


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_encodings_and_marks_stay(mark: bytes, encoding: str, tmp_path: Path) -> None:
    lines = (["Text", "Ünïcode"], [SEED, "日本 \U0001f600"], ["Nothing goes — here.", "\u2028"])
    table = written(*lines, delimiter="\t", quoting=csv.QUOTE_ALL)
    clean = table.replace(SEED.replace('"', '""'), EXPECTED.replace('"', '""'))
    trip = through(tmp_path, mark + table.encode(encoding))
    assert (trip.data, trip.told) == (mark + clean.encode(encoding), [])


def test_utf_16_that_is_cut_off_or_broken(tmp_path: Path) -> None:
    whole = written(["text"], [SEED], ["the end"]).encode("utf-16")
    trip = through(tmp_path, whole[:-7])
    assert trip.told == ["broken: it is cut off, or not the UTF-16 that its first bytes say"]
    lone = "text\n\ud83d and words\n".encode("utf-16-le", "surrogatepass")
    trip = through(tmp_path, b"\xff\xfe" + lone)
    assert trip.data == b"\xff\xfe" + lone
    assert trip.told == ["broken: not UTF-8: save the file as CSV in UTF-8"]


def test_rows_that_are_odd_pass_on_byte_for_byte(tmp_path: Path) -> None:
    odd = [
        "only one cell\r\n",
        "\r\n",
        "\n",
        'a,b"c,  ,"d"e"f,g,h,i,j\n',
        "a\0b,,,\n",
        ' "x" , "y" ,,z\n',
        '"q""","a\r\nb\n",  ,\n',
    ]
    data = "id,note,text,last\n" + "".join(odd) + "last,without,,end"
    trip = through(tmp_path, data)
    assert (trip.data, trip.told) == (data.encode(), [])
    assert trip.clippings == [None] * 8


def test_what_does_not_change_keeps_its_quotes(tmp_path: Path) -> None:
    data = 'id,text\n1,"Words "that stay.\n"2","Words"\n'
    trip = through(tmp_path, data)
    assert (trip.data, len(trip.results)) == (data.encode(), 2)


def test_a_row_that_is_no_utf_8_passes_on_and_is_named(tmp_path: Path) -> None:
    row = b'1,"caf\xe9"\n'
    other = b'caf\xe9,"Words that stay."\n'
    trip = through(tmp_path, b"id,text\n" + row + other)
    assert trip.data == b"id,text\n" + row + other
    assert trip.told == ["broken: not UTF-8: save the file as CSV in UTF-8"]
    assert len(trip.results) == 1


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    good = written([SEED, "1"])
    bad = '"no end\n' + "more,2\n" * 3
    trip = through(tmp_path, "text,n\n" + good + bad)
    assert trip.data == ("text,n\n" + written([EXPECTED, "1"]) + bad).encode()
    assert trip.told == ["broken: a quote is opened and never closed: close it"]
    assert trip.named == ["row 3"]


def test_a_quote_that_is_never_closed_does_not_take_the_whole_file(tmp_path: Path) -> None:
    bad = '"no end\n' + "more,2\n" * 3_000
    trip = through(tmp_path, "text,n\n" + bad + written([SEED, "1"]), Cleaning(max_bytes=3_000))
    assert trip.data == ("text,n\n" + bad + written([EXPECTED, "1"])).encode()
    assert trip.told == ["broken: a quote is opened and never closed: close it"]
    assert trip.named == ["row 2"]
    assert max(len(piece.data) for piece in trip.pieces) < 7_000


def test_a_long_cell_of_many_lines_is_read_in_linear_time(tmp_path: Path) -> None:
    long = "x" * 99 + "\n"
    trip = through(tmp_path, written(["text", "other"], [SEED, long * 100_000], ["", ""]))
    assert read((trip.data or b"").replace(long.encode(), b"")) == [["text", "other"], [EXPECTED, ""], ["", ""]]
    assert (trip.data or b"").count(long.encode()) == 100_000


# --- which column -----------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["TEXT", "body"], ["url", "Content"], ["n", " Body "], ["Selection", "markdown"]])
def test_the_column_is_found_by_its_name(names: list[str], tmp_path: Path) -> None:
    column = 0 if names[0] in ("TEXT", "Selection") else 1
    row = ["same", "same"]
    row[column] = SEED
    trip = through(tmp_path, written(names, row))
    row[column] = EXPECTED
    assert trip.data == written(names, row).encode()


def test_the_column_that_was_asked_for_goes_first(tmp_path: Path) -> None:
    cleaning = Cleaning(fields=Fields(text="Note", url="where"))
    table = (["text", "url", "note", "where"], [SEED, "https://a.example", SEED, "https://asia.nikkei.com"])
    trip = through(tmp_path, written(*table), cleaning)
    assert read(trip.data)[1] == [SEED, "https://a.example", EXPECTED, "https://asia.nikkei.com"]
    assert trip.clippings[0] is not None
    assert trip.clippings[0].url == "https://asia.nikkei.com"


@pytest.mark.parametrize(
    ("header", "text", "problem"),
    [
        (
            "title,url,time_added,tags,status",
            "text",
            "a list of links, which holds no text to be cleaned (columns: title, url, time_added, tags, status)",
        ),
        (
            "a,b",
            "text",
            "no column is called 'text': name the one that holds the text with --text-field: a, b",
        ),
        ("text,b", "body", "it has no column 'body'; its columns are: text, b"),
        ("", "text", "no column is called 'text': name the one that holds the text with --text-field: "),
    ],
)
def test_without_a_text_column_nothing_is_written(header: str, text: str, problem: str, tmp_path: Path) -> None:
    trip = through(tmp_path, f"{header}\na,b,c\n" if header else "", Cleaning(fields=Fields(text=text)))
    code = "other" if text == "text" else "unsupported"
    assert set(trip.told) == {f"{code}: {problem}"}
    assert (trip.data, trip.pieces) == (None, [])


def test_a_header_without_rows(tmp_path: Path) -> None:
    for data in ("id,text", "id,text\r\n"):
        trip = through(tmp_path, data)
        assert (trip.data, trip.told) == (data.encode(), [])


# --- columns that are added -------------------------------------------------------------------------


def test_reports_are_added_only_when_asked_for(tmp_path: Path) -> None:
    cleaning = Cleaning(fields=Fields(report="why", metadata="said"))
    data = written(["text", "n"], [SEED, "1"], ["", "2"], ["Short row that stays."])
    trip = through(tmp_path, data, cleaning)
    table = read(trip.data)
    assert table[0] == ["text", "n", "why", "said"]
    assert table[1][:2] == [EXPECTED, "1"]
    assert json.loads(table[1][2])["counts"]["removals"] > 5
    assert json.loads(table[1][3])["title"] is None
    assert table[2] == ["", "2"]
    assert table[3][:2] == ["Short row that stays.", ""]
    assert json.loads(table[3][2])["counts"]["removals"] == 0
    assert read(through(tmp_path, data).data)[0] == ["text", "n"]


def test_a_report_that_is_there_is_replaced(tmp_path: Path) -> None:
    trip = through(tmp_path, written(["why", "text"], ["old", SEED]), Cleaning(fields=Fields(report="Why")))
    assert read(trip.data)[0] == ["why", "text"]
    assert json.loads(read(trip.data)[1][0])["version"] == 2


def test_a_page_gives_the_text_that_is_missing(tmp_path: Path) -> None:
    trip = through(tmp_path, written(["html", "n"], [PAGE, "1"], ["", "2"], delimiter=";"))
    table = read((trip.data or b"").replace(b";", b","))
    assert table[0] == ["html", "n", "text"]
    assert table[1][:2] == [PAGE.replace(";", ","), "1"]
    assert table[1][2].startswith("# The Lamp at the Quay\n\nFor forty years")
    assert table[2] == ["", "2"]
    with_both = through(tmp_path, written(["text", "html"], ["", PAGE], [SEED, PAGE]))
    table = read(with_both.data)
    assert table[1][0].startswith("# The Lamp at the Quay\n\nFor forty years")
    assert (table[1][1], table[2]) == (PAGE, [EXPECTED, PAGE])


def test_a_row_longer_than_its_header_gets_no_cells(tmp_path: Path) -> None:
    data = written(["text"], [SEED, "x"])
    assert read(through(tmp_path, data).data)[1] == [EXPECTED, "x"]
    trip = through(tmp_path, data, Cleaning(fields=Fields(report="why")))
    assert trip.told == ["broken: 2 cells under 1 headings: the one to be added has no place"]
    assert read(trip.data)[1] == [SEED, "x"]


# --- documents for themselves -----------------------------------------------------------------------


def test_documents_take_their_columns_along(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    row = ["https://asia.nikkei.com/a", "Suitors", SEED, "Archive", "1700000000", '["a", "b"]']
    path.write_text(written(INSTAPAPER, row, ["", "", "", "Unread", "", ""]), encoding="utf-8", newline="")
    [(record, attachments)] = leave(CONTAINER, path)
    assert (record.title, record.text, attachments) == ("Suitors", EXPECTED, [])
    assert list(record.front.items()) == [
        ("title", "Suitors"),
        ("url", "https://asia.nikkei.com/a"),
        ("created", "2023-11-14T22:13:20Z"),
        ("tags", ["a", "b"]),
        ("Folder", "Archive"),
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [("a|b c", ["a", "b c"]), ("a, b,", ["a", "b"]), ('["a, b"]', ["a, b"]), ("[a", ["[a"]), ("[]", None)],
)
def test_tags_however_they_are_written(tags: str, expected: list[str] | None, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(written(["text", "tags"], ["some words", tags]), encoding="utf-8", newline="")
    [(record, _)] = leave(CONTAINER, path)
    assert record.front.get("tags") == expected
    assert record.title == "row 2"


# --- the scanner ------------------------------------------------------------------------------------

TABLES = st.text(alphabet='",;\r\n ab"', max_size=40)


@given(TABLES)
@example('a,"b\r\nc"\r\n"d"x"e,f')
@example('"a""b",""\n"""')
def test_rows_and_cells_are_those_of_the_module(text: str) -> None:
    expected = list(csv.reader(io.StringIO(text, newline=""), strict=False))
    lines = list(io.StringIO(text, newline=""))
    if lines:  # so many commas that they are the delimiter
        lines[0] = "x," * 50 + lines[0]
        expected[0] = ["x"] * 50 + (expected[0] or [""])
    found = list(rows(lines, 1000))
    assert "".join(found) == "".join(lines)
    assert [read_row(row, ",").values() if row.strip("\r\n") else [] for row in found] == expected


def test_a_new_value_is_quoted_as_the_old_one_was() -> None:
    row = read_row('"a",b,"c"\n', ",")
    assert row.edited({0: "x", 1: "y"}) == '"x",y,"c"\n'
    assert row.edited({1: "y,", 3: ""}) == '"a","y,","c",\n'


@given(st.lists(st.text(alphabet='a",\n\r', max_size=5), min_size=1, max_size=5), st.data())
def test_an_edited_row_says_what_it_should(cells: list[str], data: st.DataObject) -> None:
    row = read_row(written(cells), ",")
    assert row.values() == cells
    assert row.edited({}) == written(cells)
    column = data.draw(st.integers(0, 7))
    value = data.draw(st.text(alphabet='b",\n\r', max_size=5))
    wanted = [*cells, *[""] * (column + 1 - len(cells))]
    wanted[column] = value
    assert next(csv.reader(io.StringIO(row.edited({column: value}), newline=""))) == wanted
