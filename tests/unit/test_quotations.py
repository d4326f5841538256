"""What is quoted, heads something or belongs to a table: each reason, at the place where it begins and ends to hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner.decide.quotations import QuotationMarks, Quotations, is_quotation, marker
from cleaner.decide.steps import quotations
from cleaner.model import Format
from cleaner.read.document import read
from cleaner.view import View
from tests.unit.stage import gone, rule, stage

TEXT = "The harbour master said on Tuesday that the ferry would run until October, as it had."
OTHER = "Nobody knew who had paid for the oak, until a receipt was found from the year of the flood."
SAID = "The box said these words:"


def why(
    text: str, words: str, *going: str, category: str = "", format: Format = "text", last: str | None = None
) -> str | None:
    """Why the line that begins with `words` stays (or those up to the one that begins with `last`), others going."""
    document = read(text, format)
    view = View(document.text, document.hidden)

    def at(begin: str) -> int:
        return next(n for n in range(len(view.lines)) if view.line_text(n).startswith(begin))

    first = at(words)
    reason = Quotations(document, view, {at(one) for one in going}).veto(first, at(last or words), category)
    return reason.code if reason else None


def lines(count: int, prefix: str = "line") -> str:
    return "".join(f"{prefix} {number}\n" for number in range(count))


def paragraphs(count: int) -> str:
    return "\n\n".join(f"{TEXT} So much of part {number}." for number in range(count))


@pytest.mark.parametrize(("times", "expected"), [(3, "introduced"), (4, None)])
def test_what_stands_again_and_again_is_not_quoted(times: int, expected: str | None) -> None:
    assert why(f"{SAID}\n" + "Share\n\n" * times + TEXT, "Share") == expected


def test_a_heading_may_come_back() -> None:
    text = "".join(f"## Part {number}\n\n### Share\n\n{TEXT}\n\n" for number in range(4))
    assert why(text, "Share", category="share", format="markdown") == "heading"


@pytest.mark.parametrize(
    ("text", "going", "expected"),
    [
        (f"{SAID}\nQuux", [], "introduced"),
        (f"{SAID}\n\nQuux", [], "introduced"),
        ("It said all this:\nQuux", [], None),
        (f"{SAID}\nQuux", [SAID], None),
        (f"{SAID}\n\nOne\n\nQuux", [], None),
        (f"{SAID}\n\nOne\nQuux", [], "introduced"),
        (f"{SAID}\n\n- One\n\n- Quux", [], "introduced"),
        (f"{SAID}\n\n- One\n\n> Quux", [], None),
        (f"{SAID}\n" + lines(11) + "Quux", [], "introduced"),
        (f"{SAID}\n" + lines(12) + "Quux", [], None),
        (f"{SAID}\n{'word ' * 20}\nQuux", [], "introduced"),
        (f"{SAID}\n{'word ' * 21}\nQuux", [], None),
        (f"Before.\n{SAID}\nQuux", [], "introduced"),
        (f"Quux\n\nWords\n\n{SAID}", [], None),
    ],
)
def test_a_colon_introduces(text: str, going: list[str], expected: str | None) -> None:
    assert why(text, "Quux", *going, format="markdown") == expected


@pytest.mark.parametrize(
    ("text", "going", "expected"),
    [
        ("Quux\nand so on", [], "sentence-continues"),
        ("Quux\n, and so on", [], "sentence-continues"),
        ("Quux\n: it is", [], "sentence-continues"),
        ("Quux\n; it is", [], "sentence-continues"),
        ("Quux\nX marks it", [], None),
        ("Quux\nAnd so on", [], None),
        ("Quux\n\nand so on", [], None),
        ("Quux\nand so on", ["and"], None),
        ("before\nQuux", [], None),
    ],
)
def test_a_sentence_goes_on(text: str, going: list[str], expected: str | None) -> None:
    assert why(text, "Quux", *going) == expected


def test_the_last_of_some_lines_is_the_one_that_goes_on() -> None:
    assert why("Quux\nBlarg\nand so on", "Quux", last="Blarg") == "sentence-continues"
    assert why("Quux\nblarg\nAnd so on", "Quux", last="blarg") is None


@pytest.mark.parametrize(
    ("text", "format", "expected"),
    [
        (f"# Quux\n\n{TEXT}", "markdown", "title"),
        (f"{TEXT}\n\n# Quux", "markdown", "title"),
        (f"{TEXT}\n\n## Quux", "markdown", None),
        (f"{TEXT}\n\n# Quux", "text", None),
    ],
)
def test_the_title(text: str, format: Format, expected: str | None) -> None:
    words = "Quux" if format == "markdown" else text[text.index("# Quux") :]
    assert why(text, words, format=format) == expected


def test_a_title_stays_with_what_stands_beside_it() -> None:
    text = "Before\n\n# Quux\n\nAfter\n\nLater"
    assert why(text, "Before", last="Quux", format="markdown") == "title"
    assert why(text, "Quux", last="After", format="markdown") == "title"
    assert why(text, "After", last="Later", format="markdown") is None


@pytest.mark.parametrize(
    ("going", "category", "expected"),
    [
        ([], "", "heading"),
        ([], "share", "heading"),
        ([], "advertising", None),
        ([TEXT], "", None),
    ],
)
def test_a_heading_of_markdown(going: list[str], category: str, expected: str | None) -> None:
    assert why(f"{OTHER}\n\n## Quux\n\n{TEXT}", "Quux", *going, category=category, format="markdown") == expected


@pytest.mark.parametrize(
    ("text", "going", "expected"),
    [
        (f"Blarg\n\n{OTHER}\n\nQuux\n\n{TEXT}", [], "heading"),
        (f"Blarg\n\n{OTHER}\n\nQuux\n\n{TEXT}", ["Blarg"], None),
        (f"Blarg\n\n{OTHER}\n\nQuux\n\n{TEXT}", [OTHER], None),
        (f"Blarg\n\n{OTHER}\n\nQuux\n\n{TEXT}", [TEXT], None),
        (f"Blarg\n\n{OTHER}\n\n{OTHER}\n\nQuux\n\n{TEXT}", [], None),
        (f"One two three four five six\n\n{OTHER}\n\nQuux\n\n{TEXT}", [], "heading"),
        (f"One two three four five six seven\n\n{OTHER}\n\nQuux\n\n{TEXT}", [], None),
        (f"Blarg\nGlimp\n\n{OTHER}\n\nQuux\n\n{TEXT}", [], None),
        (f"Blarg\n\nQuux\n\n{TEXT}", [], None),
        (f"Blarg\n\n{OTHER}\n\nQuux.\n\n{TEXT}", [], None),
        (f"Blarg\n\n{OTHER}\n\nQuux", [], None),
        (f"Blarg\n\n{OTHER}\n\nQuux\n\nGlimp", [], None),
        (f"Blarg\n\n{OTHER}\n\nQuux two three four five six\n\n{TEXT}", [], "heading"),
        (f"Blarg\n\n{OTHER}\n\nQuux two three four five six seven\n\n{TEXT}", [], None),
        (f"{OTHER}\n\nQuux\n\n{TEXT}\n\nBlarg\n\n{TEXT}", [], "heading"),
        (f"{OTHER}\n\nQuux\n\n{TEXT}\n\nBlarg\n\nGlimp", [], None),
        (f"{OTHER}\n\nQuux\n\n{TEXT}\n\nBlarg", [], None),
        (f"{OTHER}\n\nQuux\n\n{TEXT}\n\n{TEXT}\n\nBlarg\n\n{TEXT}", [], None),
        (f"{OTHER}\n\nQuux\n\n{TEXT}", [], None),
        (f"Quux\n\n{TEXT}", [], None),
    ],
)
def test_a_headword_among_others(text: str, going: list[str], expected: str | None) -> None:
    assert why(text, "Quux", *going) == expected


@pytest.mark.parametrize(
    ("pointer", "is_pointer"),
    [
        ("Also read: The pond", True),
        ("Also read : The pond", True),
        ("関連記事:池", True),
        ("[Related] The pond", True),
        ("→ The pond", True),
        ("The pond", False),
        ("Related articles:", False),
        ("Read-alouds", False),
    ],
)
def test_a_label_that_points_to_something_is_no_headword(pointer: str, is_pointer: bool) -> None:
    text = f"Blarg\n\n{OTHER}\n\n{pointer}\n\n{TEXT}"
    assert why(text, pointer, category="related") == (None if is_pointer else "heading")
    assert why(text, pointer, category="share") == "heading"


def test_the_same_label_again_is_no_other_headword() -> None:
    assert why(f"{OTHER}\n\nQuux\n\n{TEXT}\n\nQuux\n\n{TEXT}", "Quux") is None
    assert why(f"Blarg\n\n{OTHER}\n\nQuux\n\n{TEXT}\n\nQuux\n\n{TEXT}", "Quux") == "heading"


def test_the_title_makes_no_headword_of_the_label_of_an_advertisement() -> None:
    text = f"The mill\n\n{OTHER}\n\nQuux\n\n{TEXT}"
    assert why(text, "Quux", category="advertising") is None
    assert why(text, "Quux", category="share") == "heading"
    assert why(text.replace("flood.", "flood"), "Quux", category="advertising") == "heading"
    assert why(f"{text}\n\nBlarg\n\n{TEXT}", "Quux", category="advertising") == "heading"


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        ("a" * 60, True),
        ("a" * 59, False),
        ("a" * 19 + ".", True),
        ("a" * 18 + ".", False),
        ("船" * 20, True),
        ("船" * 19, False),
        ("船" * 7 + "。", True),
        ("船" * 6 + "。", False),
    ],
)
def test_what_is_text_below_a_headword(text: str, is_text: bool) -> None:
    assert (why(f"Blarg\n\n{OTHER}\n\nQuux\n\n{text}", "Quux") == "heading") is is_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Quux\n\n{TEXT}", "heading"),
        (f"Blarg\n\n{paragraphs(8)}\n\nQuux\n\n{TEXT}", "heading"),
        (f"Blarg\n\n{paragraphs(9)}\n\nQuux\n\n{TEXT}", None),
        (f"{OTHER}\n\nQuux\n\n{paragraphs(8)}\n\nBlarg\n\n{TEXT}", "heading"),
        (f"{OTHER}\n\nQuux\n\n{paragraphs(9)}\n\nBlarg\n\n{TEXT}", None),
    ],
)
def test_titles_of_sections_that_read_like_messages(text: str, expected: str | None) -> None:
    for category in ("interface", "media", "print"):
        assert why(text, "Quux", category=category) == expected
    assert why(text, "Quux", category="share") is None


ENTRY = "This is what the word means."


@pytest.mark.parametrize(
    ("text", "going", "expected"),
    [
        (f"Quux\n{ENTRY}\n\nBlarg\n{ENTRY}", [], "heading"),
        (f"Blarg\n{ENTRY}\n\nQuux\n{ENTRY}", [], "heading"),
        (f"Quux\n{ENTRY}", [], None),
        (f"Quux\n{ENTRY}\n\nBlarg\nNo sentence", [], None),
        (f"Quux\nNo sentence\n\nBlarg\n{ENTRY}", [], None),
        (f"Quux\n{ENTRY}\n\nBlarg", [], None),
        (f"Quux\n{ENTRY}\n\nOne two three four five six\n{ENTRY}", [], "heading"),
        (f"Quux\n{ENTRY}\n\nOne two three four five six seven\n{ENTRY}", [], None),
        (f"Blarg\n{ENTRY}\n\nGlimp\nQuux\n{ENTRY}", [], None),
        (f"Quux\n{ENTRY}\n\nBlarg\nIt means this.", ["It means"], None),
        (f"{ENTRY}\n\nQuux\n{ENTRY}\n\n{OTHER}", [], None),
    ],
)
def test_an_entry_among_entries(text: str, going: list[str], expected: str | None) -> None:
    assert why(text, "Quux", *going) == expected


def test_an_entry_may_go_whole() -> None:
    text = f"Quux\n{ENTRY}\n\nBlarg\nIt means this."
    assert why(text, "Quux", last="This is") is None
    assert why(text, "This is") is None


TABLE = "| Boat | Year |\n|---|---|\n| Quux | 1904 |\n| Blarg | 1910 |"


@pytest.mark.parametrize(
    ("text", "going", "format", "expected"),
    [
        (TABLE, [], "markdown", "table-row"),
        (TABLE, ["Boat", "Blarg"], "markdown", None),
        (TABLE, ["Boat"], "markdown", "table-row"),
        (TABLE, ["Blarg"], "markdown", "table-row"),
        (f"{TABLE}\n\nOf all", ["Boat", "Blarg"], "markdown", None),
    ],
)
def test_a_row_of_a_table(text: str, going: list[str], format: Format, expected: str | None) -> None:
    assert why(text, "Quux", *going, format=format) == expected


def test_the_first_and_the_last_row_have_one_neighbour() -> None:
    assert why(TABLE, "Boat", format="markdown") == why(TABLE, "Blarg", format="markdown") == "table-row"
    assert why(TABLE, "Blarg", "Quux", format="markdown") is None
    assert why("| Quux | 1904 |\n| Blarg | 1910 |", "| Quux", format="text") is None
    assert why(f"{OTHER}\n\n{TABLE}\n\n{OTHER}", "Boat", "Quux", "Blarg", format="markdown") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *[(f"{sign} word", sign) for sign in ">-*+•|#"],
        ("12. word", "1"),
        ("1. word", "1"),
        ("  - word", "-"),
        ("word", ""),
        ("> - word", ">"),
    ],
)
@pytest.mark.parametrize("before", ["", "x\n\n", "x\r\n\r\n", "x\r\r"])
def test_markers(before: str, line: str, expected: str) -> None:
    document = read(before + line, "markdown")
    view = View(document.text, document.hidden)
    assert marker(document, view, len(view.lines) - 1) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ('"Quux"', True),
        ("「Quux」", True),
        ("『Quux』", True),
        ('„Quux"', True),
        ('"Quux" and "Blarg"', False),
        ('"Quux"s"', False),
        ("「Quux」s」", False),
        ('"Quux', False),
        ('Quux"', False),
        ('"', False),
        ('""', True),
        ('"Quux".', False),
    ],
)
def test_a_quotation_from_its_first_character_to_the_last(text: str, whole: bool) -> None:
    view = View(text)
    assert is_quotation(view, 0, len(view.lines) - 1) is whole


def left(text: str, *going: str, format: Format = "text", together: bool = False) -> list[str]:
    """What the step leaves of lines that go, each for a claim of its own or all for one."""
    board = stage(text, dict.fromkeys(going, "share"), format=format)
    if together:
        first = min(board.lines)
        board.lines.update(dict.fromkeys(board.lines, board.lines[first]))
    quotations.STEP.apply(board)
    return gone(board)


def test_lines_that_are_quoted_are_given_back() -> None:
    assert left(f"{SAID}\nQuux", "Quux") == []
    assert left("Quux\nWords", "Quux") == ["Quux"]


def test_what_is_given_back_saves_what_stands_beside_it() -> None:
    assert left("Zorb\nquux\nblarg\nand so on", "Zorb", "quux", "blarg") == []
    assert left(f"{SAID}\n\nQuux\n\nBlarg", "Quux", "Blarg") == ["Blarg"]


def test_what_is_certain_goes_though_it_is_quoted() -> None:
    board = stage(f"{SAID}\nQuux", {"Quux": "share"})
    (line,) = board.lines
    board.lines[line] = replace(board.lines[line], rule=rule("share", "certain"))
    quotations.STEP.apply(board)
    assert gone(board) == ["Quux"]


def test_the_first_and_the_last_line_of_a_claim_are_looked_at() -> None:
    assert left("Quux\nBlarg\nand so on", "Quux", "Blarg", together=True) == []
    assert left("# Quux\n\nBlarg\n\nWords", "Quux", "Blarg", format="markdown", together=True) == []
    assert left("Zorb\nQuux\n\nBlarg\n\nWords", "Quux", "Blarg", together=True) == ["Quux", "Blarg"]


def test_it_says_why() -> None:
    board = stage(f"{SAID}\nQuux", {"Quux": "share"})
    quotations.STEP.apply(board)
    assert [note.why.code for note in board.kept] == ["introduced"]


def test_a_heading_is_given_back_for_its_category() -> None:
    for category, goes in (("share", False), ("advertising", True)):
        board = stage(f"{OTHER}\n\n## Quux\n\n{TEXT}", {"Quux": category}, format="markdown")
        quotations.STEP.apply(board)
        assert bool(gone(board)) is goes


@pytest.mark.parametrize(
    ("text", "words", "around"),
    [
        ("「one」「two」", "two", True),
        ("「one」「two」", "one", True),
        ("「one」two「six」", "two", False),
        ('"one" "two"', '"two', True),
        ('"one" two "six"', "two", False),
        ('"one" "two" "six" more', '"six', True),
        ('say "one\ntwo" six', "two", False),
        ('"one" two', "two", False),
    ],
)
def test_which_words_stand_between_quotation_marks(text: str, words: str, around: bool) -> None:
    view = View(text)
    start = view.text.index(words) + words.startswith('"')
    assert QuotationMarks(view).around(start, start + len(words.strip('"'))) is around
