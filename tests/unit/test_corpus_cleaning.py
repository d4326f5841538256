"""What the engine makes of lines that stand all over a site."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.corpus.counter import LineCounter
from cleaner.corpus.lines import key_of
from cleaner.corpus.table import write_table
from cleaner.decide.steps.sitewide import CORPUS
from cleaner.errors import OptionError
from cleaner.explain import explain
from cleaner.formats.options import Cleaning
from cleaner.reasons import Reason
from cleaner.rulebook.conditions import CONDITIONS, in_words
from cleaner.tools.check import check

SITE = "crier.example"
URL = f"https://www.{SITE}/story"
HEADER = "The Mill Lane Crier\nWeather\nRambles and ferries\nHeard on the quay all week long."
FOOTER = "Brought to you by the bell ringers of Mill Lane\n• • •\nPrinted on the old press"
PLACES = ("harbour", "mill", "chapel", "quarry", "orchard", "ferry", "library", "bakery", "kiln", "weir")
COUNTED = 40

Make = Callable[..., cleaner.Cleaner]


def body(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return (
        f"How the {place} was saved, part {number}\n\n"
        f"In the year {1700 + number} nobody in the village had thought that the {place} would stand for another "
        "winter, and yet it did.\n\n"
        "Notes from the parish books\n\n"
        f"The {number}th page of them tells of {number * 7} shillings that were given for the {place} and never asked "
        "for."
    )


def page(number: int, text: str | None = None) -> str:
    return f"{HEADER}\n\n{body(number) if text is None else text}\n\n{FOOTER}\n"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cleaned = cleaner.Cleaner()
    counter = LineCounter()
    for number in range(COUNTED):
        lines = cleaned.lines(page(number), url=URL)
        assert lines.site == SITE
        counter.add(*lines)
    path = tmp_path_factory.mktemp("corpus") / "counts"
    write_table(path, [counter])
    return path


@pytest.fixture
def make(table: Path) -> Make:
    def made(**options: Any) -> cleaner.Cleaner:
        return cleaner.Cleaner(line_counts=table, **options)

    return made


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_header_and_footer_go_and_a_heading_in_the_midst_stays(make: Make, format: Any) -> None:
    result = make().clean(page(3), url=URL, format=format)
    assert result.text.strip() == body(3)
    assert {removal.rule for removal in result.report.removals} == {"corpus.repeated"}
    assert {removal.category for removal in result.report.removals} == {"boilerplate"}
    first = result.report.removals[0]
    assert first.evidence == (cleaner.Evidence(CORPUS.id, Reason.of("on-site", documents="40", all="40", site=SITE)),)
    (kept,) = (kept for kept in result.report.kept if kept.text == "Notes from the parish books")
    assert (kept.rule, kept.veto) == ("corpus.repeated", Reason.of("needs-neighbours", confidence="medium"))
    assert cleaner.restore(result.text, result.report).decode() == page(3)


def test_at_safe_nothing_goes_and_at_aggressive_all_that_is_known(make: Make) -> None:
    assert make(level="safe").clean(page(3), url=URL).text == page(3)
    left = body(3).replace("Notes from the parish books\n\n", "")
    assert make(level="aggressive").clean(page(3), url=URL).text.strip() == left


@pytest.mark.parametrize("url", [None, "https://other.example/story", f"https://sub.{SITE}/story"])
def test_counts_are_of_one_site(make: Make, url: str | None) -> None:
    text = make().clean(page(3), url=url).text
    assert text == page(3) == cleaner.clean(page(3), url=url).text


def test_without_a_table_nothing_goes(table: Path) -> None:
    assert cleaner.clean(page(3), url=URL).text == page(3)
    assert cleaner.clean(page(3), url=URL, line_counts=table).text.strip() == body(3)


def test_categories_keep_rules_and_quotations_hold(make: Make, tmp_path: Path) -> None:
    assert make(skip=["boilerplate"]).clean(page(3), url=URL).text == page(3)
    assert make(only=["share"]).clean(page(3), url=URL).text == page(3)
    quoted = f"{body(1)}\n\nAt the end of every issue it said:\n\nPrinted on the old press"
    assert make().clean(quoted, url=URL).text == quoted
    code = f"{body(1)}\n\n```\nPrinted on the old press\n```"
    assert make().clean(code, url=URL).text == code
    title = f"# The Mill Lane Crier\n\n{body(1)}"
    assert make().clean(title, url=URL).text == title
    (tmp_path / "mine.yaml").write_text(KEEP, encoding="utf-8")
    assert make(rules=[tmp_path]).clean(page(3), url=URL).text.strip().startswith("The Mill Lane Crier\n")


KEEP = """\
format: 1
pack: generic/mine
description: What I want to keep.
languages: [any]
keep:
  - id: mine.crier
    scope: line
    message: our paper
    phrases: [the mill lane crier]
    tests: {keeps: [The Mill Lane Crier]}
"""


def test_below_the_front_matter_is_the_edge_too(make: Make) -> None:
    front = f"---\ntitle: A story\nsource: {URL}\n---\n\n"
    assert make().clean(front + page(3)).text.strip() == front + body(3)


def test_in_the_midst_known_lines_go_beside_what_goes_but_not_what_may_be_a_heading(make: Make) -> None:
    middle = "Advertisement\nHeard on the quay all week long.\nNotes from the parish books"
    text = f"{body(1)}\n\n{middle}\n\n{body(2)}"
    left = make().clean(text, url=URL).text
    assert "Heard on" not in left
    assert left.count("Notes from the parish books") == 3
    assert make().clean(f"{body(1)}\n\nPrinted on the old press\nAdvertisement\n\n{body(2)}", url=URL).text == (
        f"{body(1)}\n\n{body(2)}"
    )
    alone = f"{body(1)}\n\nPrinted on the old press\n\n{body(2)}"
    assert make().clean(alone, url=URL).text == alone


def test_the_title_of_a_page_that_the_menu_names_stays(make: Make) -> None:
    text = f"{HEADER}\nRambles and ferries\n\n{body(3)}"
    assert make().clean(text, url=URL).text.startswith("Rambles and ferries\n")


def test_something_is_left_of_a_text_that_is_known_altogether(make: Make) -> None:
    result = make().clean(f"{HEADER}\n\n{FOOTER}", url=URL)
    assert sum(map(str.isalnum, result.text)) >= 10


def test_lines_of_pages_are_those_that_the_structure_leaves(make: Make) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in body(4).split("\n\n"))
    html = (
        f"<html><body><nav><ul><li><a href='/a'>Ferry times of the week</a></li></ul></nav><article>{paragraphs}"
        "<p>Brought to you by the bell ringers of Mill Lane</p></article></body></html>"
    )
    lines = make().lines(html, url=URL, format="html")
    assert lines.site == SITE
    assert key_of("broughttoyoubythebellringersofmilllane") in lines.keys
    assert key_of("ferrytimesoftheweek") not in lines.keys
    result = make().clean(html, url=URL, format="html")
    assert "bell ringers" not in result.text
    assert "shillings" in result.text


def test_lines_of_a_document() -> None:
    cleaned = cleaner.Cleaner()
    lines = cleaned.lines("One LINE, once\n\n**One** line… once!\nx\n" + "long " * 500, url="http://www.EXAMPLE.com./")
    assert lines == ("example.com", (key_of("onelineonce"),))
    assert cleaned.lines("One line") == ("", ())
    with pytest.raises(OptionError):
        cleaned.lines("One line", format="word")  # type: ignore[arg-type]


def test_a_cleaner_with_counts_travels(make: Make) -> None:
    copy = pickle.loads(pickle.dumps(make()))
    assert copy.clean(page(5), url=URL).text.strip() == body(5)


def test_explain_tells_of_it(make: Make) -> None:
    cleaned = make()
    story = explain(cleaned, cleaned.work(page(3), url=URL))
    took = story.lines[0].traces[0]
    assert (took.part, took.rule, took.where) == ("took", "corpus.repeated", "")
    (saved,) = (line for line in story.lines if line.text == "Notes from the parish books")
    assert [(trace.part, trace.rule, trace.step) for trace in saved.traces] == [("saved", "corpus.repeated", "level")]


def test_a_run_is_named_by_the_content_of_its_table(table: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(table.read_bytes())
    write_table(tmp_path / "other", [])
    prints = [Cleaning(line_counts=str(path)).fingerprint() for path in (table, copy, tmp_path / "other")]
    assert prints[0] == prints[1]
    assert len({*prints, Cleaning().fingerprint()}) == 3
    assert Cleaning(line_counts=str(table)).cleaner().clean(page(6), url=URL).text.strip() == body(6)
    with pytest.raises(OptionError, match="missing"):
        Cleaning(line_counts=str(tmp_path / "missing")).fingerprint()


RULE = """\
format: 1
pack: generic/crier
description: A rule that asks the corpus.
languages: [en]
rules:
  - id: crier.notes
    category: boilerplate
    confidence: high
    scope: line
    message: a line of the paper
    phrases: [notes from the parish books]
    when: {repeated: {documents: DOCUMENTS, share: SHARE}}
    unless: [{repeated: {documents: 41}}]
    tests:
      removes: ["Notes from the parish books"]
      keeps: ["Notes from the parish books are rare."]
"""


@pytest.mark.parametrize(("documents", "share", "goes"), [(10, 10, True), (40, 100, True), (41, 10, False)])
def test_a_rule_asks_in_how_many_documents(tmp_path: Path, make: Make, documents: int, share: int, goes: bool) -> None:
    text = RULE.replace("DOCUMENTS", str(documents)).replace("SHARE", f"{share}%")
    (tmp_path / "crier.yaml").write_text(text, encoding="utf-8")
    result = make(rules=[tmp_path], level="normal").clean(body(3), url=URL)
    assert ("crier.notes" in {removal.rule for removal in result.report.removals}) == goes
    assert cleaner.clean(body(3), url=URL, rules=[tmp_path]).text == body(3)
    assert not check([("crier.yaml", text.encode())], [("clean", body(3))])


def test_the_condition_in_words() -> None:
    assert in_words({"repeated": {"documents": 50, "share": 0.2}}, CONDITIONS) == (
        "its lines stand in at least 50 documents of the site, 20 % of them all, as a corpus was counted"
    )
