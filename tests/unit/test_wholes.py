"""No item goes out of a numbered list that stays, no heading from above its section, no words out of a quotation."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import cleaner
from cleaner.decide.board import Board
from cleaner.decide.steps import wholes
from cleaner.model import Format
from cleaner.reasons import Reason
from tests.unit.stage import gone, stage

WEIR = "The weir was mended in the spring, and the mill with it, so that there was bread again in the valley."
MILL = "Nobody knew who had paid for the oak, until the joiner's widow found a receipt from the year of the flood."
OVEN = "Since then the oven is lit on Fridays, by whoever lives nearest, and the others bring what they have to bake."
BREAD = "In the autumn there is a feast with new bread, and the queue goes down to the bridge."

STAYS = {
    "a step": f"{WEIR}\n\n1. Open the page.\n2. Sign in to your account.\n3. Choose a mill.\n\n{MILL}\n",
    "all steps": f"{WEIR}\n\n1. Sign in\n2. Share\n3. Log out\n\n{MILL}\n",
    "a step with a paragraph": f"1. Open it.\n2. Sign in to your account.\n\n    {MILL}\n\n3. Go on.\n\n{OVEN}\n",
    "a heading": f"# Mills\n\n{WEIR}\n\n## Subscribe\n\n{MILL}\n\n## Share\n\n{OVEN}\n",
    "a certain heading": f"# Mills\n\n{WEIR}\n\n## Advertisement\n\n{MILL}\n",
    "a heading above headings": f"# Mills\n\n{WEIR}\n\n## Advertisement\n\n### Of 1904\n\n{MILL}\n",
    "a quotation": f"{WEIR}\n\n> You have 2 free articles remaining.\n> Subscribe now for all of it.\n\n{MILL}\n",
    "a summary": f"{WEIR}\n\n<details>\n<summary>Subscribe</summary>\n\n{MILL}\n\n</details>\n",
    "the closing sentence": f"# Mills\n\n{WEIR}\n\n## Related articles\n\nChosen by hand. He chose obituaries.\n",
}
MOST_READ = "### Most read\n\n1. [The mill is mended](https://a.example/1)\n\n### Comments\n"
GOES = {
    "a numbered list of links": (f"{WEIR}\n\n{MOST_READ}", f"{WEIR}\n"),
    "a list above the closing paragraph and its agency": (
        f"{WEIR}\n\n{MILL}\n\n{OVEN}\n\nRelated articles\n\nA weir of elm\nNine oxen and a boy\n\n{BREAD} (dpa)\n",
        f"{WEIR}\n\n{MILL}\n\n{OVEN}\n\n{BREAD} (dpa)\n",
    ),
    "a heading with its section": (
        f"# Mills\n\n{WEIR}\n\n## Advertisement\n\n## Weirs\n\n{MILL}\n",
        f"# Mills\n\n{WEIR}\n\n## Weirs\n\n{MILL}\n",
    ),
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_stays(text: str, shipped: cleaner.Cleaner) -> None:
    assert shipped.clean(text, format="markdown").text == text


@pytest.mark.parametrize(("text", "left"), GOES.values(), ids=GOES)
def test_goes(text: str, left: str, shipped: cleaner.Cleaner) -> None:
    assert shipped.clean(text, format="markdown").text == left


def test_a_title_like_a_message_is_a_title(shipped: cleaner.Cleaner) -> None:
    text = f"Loading data\n\n{WEIR}\n\n{MILL}\n\nLoading images\n\n{OVEN}\n"
    assert shipped.clean(text, format="text").text == text


def applied(text: str, going: Mapping[str, str], format: Format = "markdown") -> Board:
    board = stage(text, going, format=format)
    wholes.STEP.apply(board)
    return board


def stay(text: str, *going: str, category: str = "share", format: Format = "markdown") -> list[str]:
    """Which of the lines that went stay after all."""
    board = applied(text, dict.fromkeys(going, category), format)
    return [one for one in going if one not in gone(board)]


LAID_OUT = """\
      1. Open
      2. Sign in
           to go on
      Home
      Boats
"""


def test_what_is_no_deeper_than_an_item_is_none_of_it() -> None:
    going = ["Sign in", "to go on", "Home", "Boats"]
    assert stay(LAID_OUT, *going, format="text") == ["Sign in", "to go on"]


@pytest.mark.parametrize(
    ("text", "going", "back"),
    [
        ("1. One\n2. Two\n3. Six", ["Two"], ["Two"]),
        ("1. One\n2. Two\n3. Six", ["One", "Two"], ["One", "Two"]),
        ("1) One\n2) Two\n3) Six", ["Two"], ["Two"]),
        ("1. One\n2. Two\n3. Six", ["One", "Two", "Six"], ["One", "Two", "Six"]),
        ("1. One\n2. [Two](/2)\n3. Six", ["One", "Two", "Six"], []),
        ("1. One\n2. Two\n\nWords\n\n1. [Six](/6)\n2. Ten", ["One", "Six", "Ten"], ["One"]),
        ("1. One\n2. Two\n\n[Words](/w)", ["One", "Two"], ["One", "Two"]),
        ("1. One\n\n   More\n\n2. Two", ["One", "Two"], ["One", "Two"]),
        ("1. [One](/1)\n\n   More\n\n2. Two", ["One", "More", "Two"], []),
        ("Words\n\n   More\n\n1. [One](/1)", ["More", "One"], []),
        (" 9. Two\n10. Six\n11. Ten", ["Six"], ["Six"]),
        ("> 1. One\n> 2. Two", ["Two"], ["Two"]),
        ("- One\n- Two", ["Two"], []),
        ("123456789. One\n2. Two", ["Two"], ["Two"]),
        ("1.One\n2.Two", ["2.Two"], []),
        ("Words\r\n1. One\r\n2. Two\r\n", ["Two"], ["Two"]),
        ("Words\r1. One\r2. Two\r", ["Two"], ["Two"]),
    ],
)
def test_numbered_lists(text: str, going: list[str], back: list[str]) -> None:
    assert stay(text, *going) == back


def test_of_plain_text_links_are_not_known() -> None:
    rows = ["1. One", "2. Two", "3. Six"]
    assert stay("\n".join(rows), *rows, format="text") == []
    assert stay("\n".join(rows), *rows[:2], format="text") == rows[:2]


def test_each_claim_is_given_its_lines_back_with_a_word() -> None:
    board = applied("1. One\n2. Two\n3. Six", {"One": "share", "Two": "cookie"})
    assert {(note.claim.rule.category, note.why) for note in board.kept} == {
        ("share", Reason.of("list-middle")),
        ("cookie", Reason.of("list-middle")),
    }
    board = applied("## Share\n\nWords", {"Share": "share"})
    assert [note.why for note in board.kept] == [Reason.of("heading")]


@pytest.mark.parametrize(
    ("text", "going", "back"),
    [
        ("## Share\n\nWords", ["Share"], ["Share"]),
        ("## Share\n\nWords", ["Share", "Words"], []),
        ("Words\n\n## Share", ["Share"], []),
        ("## Share\n\n## Next", ["Share"], []),
        ("## Share\n\n# Next", ["Share"], []),
        ("## Share\n\n### Next", ["Share"], ["Share"]),
        ("## Share\n\n### Print\n\nWords", ["Share", "Print"], ["Share", "Print"]),
        ("#Share\n\nWords", ["#Share"], []),
        ("###### Share\n\nWords", ["Share"], ["Share"]),
        ("> ## Share\n>\n> Words", ["Share"], ["Share"]),
        ("## Share\n\n<summary>Next</summary>\n\nWords", ["Share"], ["Share"]),
    ],
)
def test_headings(text: str, going: list[str], back: list[str]) -> None:
    assert stay(text, *going) == back


def test_a_summary_heads_headings_of_any_level() -> None:
    text = "<details>\n<summary>Share</summary>\n\n# Next\n\n</details>"
    assert stay(text, "Share") == ["Share"]


@pytest.mark.parametrize(
    ("words", "category", "back"),
    [
        ("Share with all of them", "share", True),
        ("Share this", "advertising", True),
        ("Share with all", "advertising", False),
    ],
)
def test_what_a_heading_of_an_article_says(words: str, category: str, back: bool) -> None:
    assert bool(stay(f"## {words}\n\nWords", words, category=category)) is back


def test_plain_text_has_no_headings() -> None:
    assert stay("## Share\n\nWords", "## Share", format="text") == []
