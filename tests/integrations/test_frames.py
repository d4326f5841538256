"""Columns of pandas, of Polars, and plain lists."""

from __future__ import annotations

import subprocess
import sys
import warnings
from typing import Any

import pandas as pd
import polars as pl
import pytest

import cleaner
from cleaner.integrations.frames import NotCleaned, clean_column
from cleaner.report import loads, restore

STORY = "The lamps along the wall are amber now, and the moths stay away."
DIRTY = f"{STORY}\n\nYou have {{{{numberArticlesLeft}}}} free articles left this month.\n"
CLEAN = f"{STORY}\n"
PAGE = f"<!doctype html><html><body><nav><a href='/'>Home</a></nav><article><p>{STORY}</p></article></body></html>"
NIKKEI = "https://asia.nikkei.com/story"


def of_site(url: object, column: Any) -> list[str | None]:
    """The packs of sites that took part, by the rows' reports."""
    _, reports = clean_column(column, url=url, report=True)
    sites = [loads(report).site for report in reports]
    return [site.pack if site else None for site in sites]


# --- lists --------------------------------------------------------------------------------------


def test_a_list_stays_a_list_and_a_tuple_a_tuple() -> None:
    assert clean_column([DIRTY, None, STORY, ""]) == [CLEAN, None, STORY, ""]
    assert clean_column((DIRTY, None)) == (CLEAN, None)
    assert clean_column([]) == []


def test_reports_restore_the_texts() -> None:
    texts, reports = clean_column([DIRTY, None, PAGE], report=True)
    assert texts == [CLEAN, None, CLEAN]
    assert reports[0] is not None
    assert restore(CLEAN, loads(reports[0])) == DIRTY.encode()
    assert reports[1] is None


def test_the_options_are_those_of_cleaner() -> None:
    assert clean_column([DIRTY], skip=["subscription", "template-token"]) == [DIRTY]
    assert clean_column([PAGE], format="text") == [cleaner.clean(PAGE, format="text").text]
    with pytest.raises(cleaner.OptionError, match="level must be one of"):
        clean_column([], level="brutal")  # type: ignore[call-overload]
    with pytest.raises(cleaner.OptionError, match="format must be one of"):
        clean_column([DIRTY], format="pdf")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="levle"):
        clean_column([], levle="safe")  # type: ignore[call-overload]


def test_urls_pick_the_rules_of_the_site() -> None:
    assert of_site(None, [DIRTY, DIRTY]) == [None, None]
    assert of_site(NIKKEI, [DIRTY, DIRTY]) == ["sites/nikkei-asia"] * 2
    assert of_site([None, NIKKEI], [DIRTY, DIRTY]) == [None, "sites/nikkei-asia"]
    assert of_site(pl.Series([NIKKEI, None]), [DIRTY, DIRTY]) == ["sites/nikkei-asia", None]


def test_other_numbers_of_urls_are_refused() -> None:
    with pytest.raises(ValueError, match="there are 1 addresses for 2 texts; one a row is needed"):
        clean_column([DIRTY, DIRTY], url=[NIKKEI])


@pytest.mark.parametrize(
    ("column", "named"),
    [
        (DIRTY, "str"),
        (b"bytes", "bytes"),
        ({"text": [DIRTY]}, "dict"),
        (pd.DataFrame({"text": [DIRTY]}), "DataFrame"),
        (pl.DataFrame({"text": [DIRTY]}), "DataFrame"),
        (pl.col("text"), "Expr"),
    ],
)
def test_what_is_no_column_is_refused(column: object, named: str) -> None:
    with pytest.raises(TypeError, match=rf"a column is .*, no {named}; of a frame give frame\['text'\]"):
        clean_column(column)


def test_what_cannot_be_cleaned_stays_and_is_named_once() -> None:
    column: list[object] = [DIRTY, 7, PAGE, DIRTY, "a\0b", "\ud800"]
    with pytest.warns(NotCleaned) as caught:
        texts, reports = clean_column(column, max_bytes=10, report=True)
    assert texts == [CLEAN, 7, PAGE, CLEAN, "a\0b", "\ud800"]
    assert [report is None for report in reports] == [False, True, True, False, False, False]
    assert [str(warning.message) for warning in caught] == [
        "not cleaned, as they were: 2 texts; the first is row 1 (from 0): it is no string but of type int"
    ]
    assert caught[0].filename == __file__


def test_an_error_of_cleaner_itself_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: cleaner.Cleaner, source: str, **_: object) -> cleaner.Result:
        if source == PAGE:
            raise RecursionError("too deep")
        return real(self, source)

    real = cleaner.Cleaner.clean
    monkeypatch.setattr(cleaner.Cleaner, "clean", broken)
    with pytest.warns(NotCleaned, match=r"row 0 \(from 0\): internal error: RecursionError: too deep"):
        assert clean_column([PAGE, DIRTY]) == [PAGE, CLEAN]


def test_neither_library_is_imported() -> None:
    code = (
        "import sys; from cleaner.integrations.frames import clean_column; clean_column(['a'], url=['b']);"
        "assert not {'pandas', 'polars'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- pandas -------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [None, "object", "string", "string[python]", "string[pyarrow]"])
def test_pandas_keeps_type_name_index_and_nulls(dtype: str | None) -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["x", "y"])
    column = pd.Series([DIRTY, None, STORY], index=index, name="body", dtype=dtype)
    expected = pd.Series([CLEAN, None, STORY], index=index, name="body", dtype=dtype)
    texts, reports = clean_column(column, report=True)
    pd.testing.assert_series_equal(texts, expected)
    assert column.iloc[0] == DIRTY
    assert reports.name == "body_report"
    assert reports.dtype == column.dtype
    assert reports.index.equals(index)
    assert reports.isna().tolist() == [False, True, False]


def test_pandas_takes_arrow_strings() -> None:
    pa = pytest.importorskip("pyarrow")
    column = pd.Series([DIRTY, None], dtype=pd.ArrowDtype(pa.string()))
    pd.testing.assert_series_equal(clean_column(column), pd.Series([CLEAN, None], dtype=column.dtype))


def test_pandas_columns_without_a_name_or_a_row_or_a_value() -> None:
    assert clean_column(pd.Series([DIRTY]), report=True)[1].name is None
    assert clean_column(pd.Series([DIRTY], name=0), report=True)[1].name == "0_report"
    none = pd.Series([], dtype="object", name="text")
    pd.testing.assert_series_equal(clean_column(none), none)
    nulls = pd.Series([float("nan")] * 2)  # an empty column of a CSV file
    for column in clean_column(nulls, report=True):
        pd.testing.assert_series_equal(column, nulls)


def test_pandas_objects_that_are_no_strings_stay() -> None:
    column = pd.Series([DIRTY, 7, None, ["a"]], dtype="object")
    with pytest.warns(NotCleaned, match=r"2 texts; the first is row 1 \(from 0\): it is no string but of type int"):
        assert clean_column(column).tolist() == [CLEAN, 7, None, ["a"]]


@pytest.mark.parametrize(("dtype", "value"), [("category", DIRTY), ("int64", 7), ("float64", 7.5)])
def test_pandas_columns_of_other_types_are_refused(dtype: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"the column holds {dtype}: make strings of it first"):
        clean_column(pd.Series([value], dtype=dtype))


def test_pandas_urls() -> None:
    frame = pd.DataFrame({"text": [DIRTY, DIRTY, DIRTY], "url": [NIKKEI, None, float("nan")]}, index=[5, 6, 7])
    assert of_site(frame["url"], frame["text"]) == ["sites/nikkei-asia", None, None]
    assert of_site(frame["url"].astype("category"), frame["text"]) == ["sites/nikkei-asia", None, None]
    with pytest.raises(ValueError, match="another index; take both from the same frame"):
        clean_column(frame["text"], url=frame["url"].sort_index(ascending=False))


# --- Polars -------------------------------------------------------------------------------------


def test_polars_keeps_type_name_and_nulls() -> None:
    texts, reports = clean_column(pl.Series("body", [DIRTY, None, STORY]), report=True)
    assert texts.equals(pl.Series("body", [CLEAN, None, STORY]), check_names=True)
    assert reports.name == "body_report"
    assert reports.dtype == pl.String
    assert reports.is_null().to_list() == [False, True, False]


def test_polars_columns_without_a_name_or_a_row_or_a_value() -> None:
    assert clean_column(pl.Series([DIRTY]), report=True)[1].name == ""
    for column in (pl.Series("a", [], dtype=pl.String), pl.Series("a", [None]), pl.Series("a", [None], dtype=pl.Int8)):
        assert clean_column(column).equals(column, check_dtypes=True, check_names=True)


@pytest.mark.parametrize(
    ("dtype", "value"), [(pl.Categorical, DIRTY), (pl.Enum([DIRTY]), DIRTY), (pl.Int64, 7), (pl.Binary, b"a")]
)
def test_polars_columns_of_other_types_are_refused(dtype: Any, value: object) -> None:
    with pytest.raises(
        TypeError, match=r"the column holds (Categorical|Enum|Int64|Binary).*: make strings of it first"
    ):
        clean_column(pl.Series([value], dtype=dtype))


def test_polars_expressions_map_it() -> None:
    frame = pl.LazyFrame({"id": [1, 2], "text": [DIRTY, None]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = frame.with_columns(pl.col("text").map_batches(clean_column, return_dtype=pl.String)).collect()
    assert done.to_dict(as_series=False) == {"id": [1, 2], "text": [CLEAN, None]}


def test_pages_with_broken_characters_fit_into_a_column() -> None:
    column = pl.Series([f"<!doctype html><html><body><p>&#xD800;&#0;\0 {STORY}</p></body></html>"])
    assert STORY in clean_column(column).item()
