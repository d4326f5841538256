"""Reports as a column of Arrow."""

from __future__ import annotations

import cleaner
from cleaner.formats.arrow import report_column, report_type
from cleaner.report import to_dict
from cleaner.report.json import from_dict
from tests.batch.support import DIRTY, PAGE


def test_a_column_says_what_the_reports_say() -> None:
    reports = [to_dict(cleaner.clean(text).report) for text in (DIRTY, PAGE, "Nothing goes.")]
    column = report_column([*reports, None])
    assert column.type == report_type()
    assert column[3].as_py() is None
    for report, scalar in zip(reports, column, strict=False):
        found = scalar.as_py(maps_as_pydicts="strict")
        assert found == report
        assert from_dict(scalar.as_py()) == from_dict(report)


def test_bytes_that_are_no_text() -> None:
    report = to_dict(cleaner.clean(DIRTY.encode() + b"\xff\n\nYou have {{numberArticlesLeft}} \xff left\n").report)
    broken = {**report, "removals": [{**report["removals"][0], "text": "a\udcffb"}]}
    found = report_column([broken, report])
    assert found[0].as_py()["removals"][0]["text"] == "a\ufffdb"
    assert "cannot restore" in found[0].as_py()["warnings"][-1]
    assert found[1].as_py()["warnings"] == report["warnings"]
