"""The table of counts as a file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner.corpus.counter import LineCounter
from cleaner.corpus.lines import key_of
from cleaner.corpus.table import _HEAD, LEAST_DOCUMENTS, LEAST_SITE, LineCounts, write_table
from cleaner.errors import OptionError
from cleaner.rulebook.conditions import CORPUS

URL = "https://www.Example.com/a"


def counter(counts: dict[str, int], documents: int = 40, site: str = "example.com") -> LineCounter:
    counted = LineCounter()
    for number in range(documents):
        counted.add(site, [key_of(line) for line, times in counts.items() if number < times])
    return counted


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "counts"
    assert write_table(path, [counter({"theheader": 40, "thefooter": 10, "rare": 9})]) == (1, 2)
    return path


def test_lookup(table: Path) -> None:
    site = LineCounts(table).site(URL)
    assert site is not None
    assert (site.site, site.documents) == ("example.com", 40)
    assert [site.of(line) for line in ("theheader", "thefooter", "rare", "unknown", "x", "")] == [40, 10, 0, 0, 0, 0]
    assert LineCounts(table).site("https://example.org") is LineCounts(table).site(None) is None
    assert LineCounts(table).site("https://[broken") is None


def test_many_lines_and_sites(tmp_path: Path) -> None:
    whole = LineCounter()
    for site in range(50):
        whole.merge(counter({f"line{n}": 20 + n for n in range(site)}, 100, f"{site}.example.com"))
    for parts in (1, 8):
        assert write_table(tmp_path / str(parts), whole.split(parts)) == (49, sum(range(50)))
    counts = LineCounts(tmp_path / "1")
    for site in range(1, 50):
        found = counts.site(f"https://{site}.example.com/")
        assert found is not None
        assert [found.of(f"line{n}") for n in range(site + 1)] == [*range(20, 20 + site), 0]
    assert (tmp_path / "8").read_bytes() == (tmp_path / "1").read_bytes()


def test_what_says_little_is_left_out(tmp_path: Path) -> None:
    few = counter({"line": LEAST_SITE - 1}, LEAST_SITE - 1, "few.example.com")
    share = counter({"line": 19, "other": 20}, 200, "share.example.com")
    few.merge(share)
    assert write_table(tmp_path / "counts", [few]) == (1, 1)
    assert write_table(tmp_path / "empty", []) == (0, 0)
    assert LineCounts(tmp_path / "empty").site(URL) is None


def test_the_schema_asks_for_no_less_than_there_is() -> None:
    assert CORPUS.fields["documents"].kind.json_schema()["minimum"] == LEAST_DOCUMENTS


def test_another_process_opens_it_by_its_path(table: Path) -> None:
    counts = LineCounts(table)
    copy = pickle.loads(pickle.dumps(counts))
    assert (copy.path, copy.digest) == (str(table), counts.digest)
    site = copy.site(URL)
    assert site is not None
    assert site.of("theheader") == 40


def test_the_digest_names_the_content(table: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "same", [counter({"theheader": 40, "thefooter": 10})])
    write_table(tmp_path / "other", [counter({"theheader": 40, "thefooter": 11})])
    assert LineCounts(tmp_path / "same").digest == LineCounts(table).digest != LineCounts(tmp_path / "other").digest


def test_counters_out_of_order_leave_nothing_behind(tmp_path: Path) -> None:
    same = counter({"line": 40})
    with pytest.raises(ValueError, match="order"):
        write_table(tmp_path / "counts", [same, same])
    assert not list(tmp_path.iterdir())


def test_damaged_files(table: Path, tmp_path: Path) -> None:
    data = table.read_bytes()
    path = tmp_path / "bad"
    for bad, why in (
        (b"", "no table of line counts"),
        (b"some text that is no table at all, but long enough", "no table of line counts"),
        (data[:-1], "damaged"),
        (data + b"\0", "damaged"),
        (data[: _HEAD.size], "damaged"),
    ):
        path.write_bytes(bad)
        with pytest.raises(OptionError, match=why):
            LineCounts(path)
    path.write_bytes(data[:-8] + b"\x01" + data[-7:])  # the first line of the site
    with pytest.raises(OptionError, match="damaged"):
        LineCounts(path).site(URL)
    with pytest.raises(OptionError, match="cannot be read"):
        LineCounts(tmp_path)
    with pytest.raises(OptionError, match="cannot be read"):
        LineCounts(tmp_path / "missing")
