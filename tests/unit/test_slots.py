"""Keys of lines, and rules for the lines of a key."""

from __future__ import annotations

import pytest
import regex

from cleaner.rulebook.pattern import expand
from cleaner.tools.slots import affix_form, dated, keys_of, pattern_of, whole_form


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("You have 3 wicks left.", "you have 12 wicks left"),
        ("Updated 3 June 2024 at 10:30", "Updated 28 May 2019 at 9:05"),
        ("Tuesday, 4 March", "Friday, 21 December"),
        ("Aktualisiert am 3. Juni 2024", "Aktualisiert am 12. Dezember 2021"),
    ],
)
def test_lines_that_differ_in_numbers_months_and_days_have_one_key(line: str, other: str) -> None:
    assert keys_of(line.lower()).whole == keys_of(other.lower()).whole


@pytest.mark.parametrize(
    ("line", "other"), [("We may sail", "We june sail"), ("Lamp", "Lamps"), ("Set the sun", "Set the moon")]
)
def test_other_lines_have_not(line: str, other: str) -> None:
    assert keys_of(line.lower()).whole != keys_of(other.lower()).whole


def test_what_never_varies_is_phrases_and_what_does_a_pattern() -> None:
    assert whole_form(["Get it now!", "Get it now", "Get it now"]).phrases == ("Get it now",)  # type: ignore[union-attr]
    form = whole_form(["3 letters (read them)", "12 letters (read them)"])
    assert form
    assert (form.phrases, form.regex, form.keywords) == (
        (),
        ("^\\d{1,12} letters \\(read them\\)$",),
        ("letters (read them)",),
    )
    assert whole_form(["3 of 4", "5 of 6"]) is None


@pytest.mark.parametrize(
    "line",
    ["(1) [x] {y} a+b? c*d. ^e$ f|g \\h", "You have 3 wicks left this month.", "Tide 4 March 2021: high", "日本 3 回"],
)
def test_a_pattern_fits_its_line(line: str) -> None:
    assert regex.fullmatch(expand(pattern_of(line)), line)


def test_beginnings_and_ends() -> None:
    form = affix_form(["More grist from the desk of Ada Lorn", "More grist from the desk of Ben Osk"], "<")
    assert form
    assert form.regex == ("^More grist from the desk of [^\\n]{1,20}$",)
    form = affix_form(["Ada Lorn is a miller of this paper.", "Ben Osk is a miller of this paper."], ">")
    assert form
    assert form.regex == ("^[^\\n]{1,20} is a miller of this paper\\.$",)
    assert affix_form(["By Ada", "By Ben"], "<") is None
    assert affix_form(["All the same here", "All the same here"], "<") is None


def test_days() -> None:
    assert dated("Logged on 3 May 2021 by hand")
    assert dated("May 2021")
    assert not dated("In 1871 the mill was built by a man from the north of the river")
    assert not dated("Set the sun free")
