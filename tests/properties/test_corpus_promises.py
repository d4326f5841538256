"""The promises hold with a corpus, too, whatever it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.corpus.counter import LineCounter
from cleaner.corpus.table import write_table
from cleaner.decide.steps.sitewide import CORPUS
from cleaner.edit import cut
from cleaner.model import LEVELS, Level
from cleaner.read.document import read
from cleaner.read.spans import union
from cleaner.report import dumps, loads, to_dict
from tests.properties.strategies import MARKUP, NOISE, PROSE, clipping

URL = "https://example.com/a"
SITE_LINES = [
    "The only paper of the Mill Lane",
    "Weather",
    "Heard on the quay all week.",
    "Printed on the old press",
    "- a bullet of the site's menu",
    "## From the parish books",
]
levels = st.sampled_from(LEVELS)
formats = st.sampled_from(["text", "markdown"])
texts = st.one_of(
    clipping,
    st.lists(
        st.tuples(st.sampled_from([*SITE_LINES * 3, *PROSE, *NOISE, *MARKUP]), st.sampled_from(["\n", "\n\n"])),
        max_size=25,
    ).map(lambda pairs: "".join(a + b for a, b in pairs)),
)

Cleaners = dict[Level, cleaner.Cleaner]


@pytest.fixture(scope="module")
def cleaners(tmp_path_factory: pytest.TempPathFactory) -> Cleaners:
    counter = LineCounter()
    lines = cleaner.Cleaner().lines("\n\n".join(SITE_LINES + NOISE[:4] + PROSE[:4] + MARKUP[:3]), url=URL)
    for _ in range(20):
        counter.add(*lines)
    path = tmp_path_factory.mktemp("corpus") / "counts"
    write_table(path, [counter])
    return {level: cleaner.Cleaner(level=level, line_counts=path) for level in LEVELS}


@given(texts, levels, formats)
def test_nothing_is_lost_and_only_deletion(cleaners: Cleaners, text: str, level: Level, format: str) -> None:
    result = cleaners[level].clean(text, url=URL, format=format)  # type: ignore[arg-type]
    report = loads(dumps(to_dict(result.report)))
    assert cleaner.restore(result.text, report) == text.encode("utf-8", "surrogatepass")
    removals = [(part.start, part.end) for part in report.removals]
    repairs = [(part.start, part.end) for part in report.repairs]
    assert result.text == cut(text, union(removals + repairs))
    if level == "safe":
        assert CORPUS.id not in {removal.rule for removal in report.removals}
    for zone in read(text, format=format).zones:  # type: ignore[arg-type]
        if zone.kind != "url" and text[zone.start : zone.end].strip():
            assert all(r.end <= zone.start or zone.end <= r.start for r in report.removals)


@given(texts, levels, formats)
def test_cleaning_twice_is_cleaning_once(cleaners: Cleaners, text: str, level: Level, format: str) -> None:
    once = cleaners[level].clean(text, url=URL, format=format)  # type: ignore[arg-type]
    again = cleaners[level].clean(once.text, url=URL, format=format)  # type: ignore[arg-type]
    assert again.text == once.text
    assert again.report.removals == ()
    assert not any("settle" in warning for warning in once.report.warnings)
