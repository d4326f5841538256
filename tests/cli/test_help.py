"""Help and version."""

from __future__ import annotations

import pytest

from cleaner import __version__
from cleaner.cli.commands import PARSERS
from tests.cli.conftest import Call


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_version(flag: str, call: Call) -> None:
    ran = call(flag)
    assert (ran.code, ran.out.decode(), ran.err) == (0, f"cleaner {__version__}\n", "")


@pytest.mark.parametrize("command", list(PARSERS))
@pytest.mark.parametrize("columns", [56, 80, 110, 200])
def test_help_is_as_wide_as_the_terminal(
    command: str, columns: int, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = call(*([command] if command else []), "--help")
    assert (ran.code, ran.err) == (0, "")
    rows = ran.out.decode().splitlines()
    widest = max(rows, key=len)
    assert len(widest) <= min(columns, 110), widest
    if columns > 110:
        assert len(widest) > 80  # it uses the room there is


def test_rows_of_two_columns_stay_rows(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = call("--help").out.decode().splitlines()
    at = rows.index("  cleaner view FILE -o PAGE.html     the clipping as a page that shows what")
    assert rows[at + 1] == " " * 37 + "went, and why"
    at = rows.index("  1     done, with findings: a document of a batch that was set aside, something")
    assert rows[at + 1] == "        that would go (--check), a file that cannot be undone, a bad line of"
    monkeypatch.setenv("COLUMNS", "44")
    rows = call("--help").out.decode().splitlines()
    at = rows.index("  cleaner view FILE -o PAGE.html")
    assert rows[at + 1] == "      the clipping as a page that shows what"
