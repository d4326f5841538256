"""A box that sells something goes as a whole, in any language that has a few rules; prices of an article stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import cleaner
from cleaner.decide.steps import offers
from cleaner.match.claims import Claim
from cleaner.model import Confidence
from tests.unit.stage import at, gone, rule, stage

Weak = Mapping[str, tuple[str, Confidence]]

WEIR = (
    "The weir was mended in the spring, and the mill with it, so that there was bread again in the whole valley below."
)
MILL = (
    "Nobody knew who had paid for the oak, until the joiner's widow found a receipt from the year of the great flood."
)
CARDS = """\
Continue reading with a Millers' Gazette subscription

Choose your plan

Pay monthly

Basic
£4
Unlimited access to the website
Cancel anytime
Choose

Digital + Print
£9.50
The Saturday paper at your door
Cancel anytime"""
PRICES = """\
Choose your plan

Oak
£4
Larch
£3
Elm
£9.50
Ash
Beech
Poplar"""


def test_the_cards_of_a_subscription(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(f"{WEIR}\n\n{CARDS}\n\n{MILL}\n", format="text")
    assert result.text == f"{WEIR}\n\n{MILL}\n"
    within = "".join(removal.text for removal in result.report.removals if removal.rule == "offers.within")
    assert {"Pay monthly", "Basic", "Choose", "The Saturday paper at your door"} < set(within.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        f"{WEIR}\n\n{PRICES}\n\n{MILL}\n",
        f"{WEIR}\n\n{CARDS}\n\nThat is all we have.\n",
        f"{WEIR}\n\nThey said:\n\n"
        + CARDS.replace("\n\n", "\n").replace("\n", "\n> ").join(("> ", ""))
        + f"\n\n{MILL}\n",
    ],
    ids=["prices", "a page of prices", "quoted"],
)
def test_what_is_no_offer(text: str, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(text, format="markdown")
    assert not [removal for removal in result.report.removals if removal.rule == "offers.within"]


def test_at_safe_nothing_leans_on_anything() -> None:
    result = cleaner.Cleaner(level="safe").clean(f"{WEIR}\n\n{CARDS}\n\n{MILL}\n", format="text")
    assert not [removal for removal in result.report.removals if removal.rule == "offers.within"]


def test_a_date_in_a_box_stays(shipped: cleaner.Cleaner) -> None:
    text = f"{WEIR}\n\n{CARDS.replace('Choose' + chr(10), '14 October 2022' + chr(10), 1)}\n\n{MILL}\n"
    assert "14 October 2022" in shipped.clean(text, format="text").text


def offered(*rows: str, going: Mapping[str, str], weak: Weak | None = None, **options: Any) -> list[str]:
    """What the step takes of rows between two paragraphs."""
    board = stage("\n".join([WEIR + " " + MILL, *rows, MILL + " " + WEIR]), going, weak, **options)
    offers.STEP.apply(board)
    return gone(board, going)


PLANS = {"Plan A": "subscription", "Plan B": "subscription"}
PRICES_OF: Weak = {"£4": ("subscription", "medium"), "£9": ("subscription", "low")}
ROWS = ("Above", "Plan A", "£4", "Basic", "£9", "Plan B", "Below")


def test_what_stands_between_the_known_lines_goes() -> None:
    assert offered(*ROWS, going=PLANS, weak=PRICES_OF) == ["£4", "Basic", "£9"]
    assert offered(*ROWS[1:-1], going=PLANS, weak=PRICES_OF) == ["£4", "Basic", "£9"]


@pytest.mark.parametrize(("category", "goes"), [("share", ["£4", "£9"]), ("newsletter", ["£4", "£9", "A Title"])])
def test_what_goes_as_something_else_is_no_end_of_a_box(category: str, goes: list[str]) -> None:
    rows = ("Plan A", "£4", "£9", "Plan B", "A Title", "Send")
    going = {**PLANS, "Send": category}
    board = stage("\n".join([WEIR + " " + MILL, *rows, MILL + " " + WEIR]), going, PRICES_OF)
    line = at(board, "Send")
    board.fit.append(Claim(rule("newsletter", "medium"), *board.view.lines[line], line, line))
    offers.STEP.apply(board)
    assert gone(board, going) == goes


@pytest.mark.parametrize(
    "options",
    [
        {"going": {"Plan A": "subscription"}},
        {"going": {**PLANS, "Plan B": "share"}},
        {"weak": {"£4": ("subscription", "medium")}},
        {"weak": {**PRICES_OF, "£4": ("share", "medium")}},
        {"level": "safe"},
        {"wants": lambda rule: rule.category != "subscription"},
    ],
)
def test_where_too_little_is_known_nothing_goes(options: dict[str, Any]) -> None:
    assert offered(*ROWS, **{"going": PLANS, "weak": PRICES_OF, **options}) == []


def test_a_span_is_not_known() -> None:
    board = stage("\n".join([WEIR + " " + MILL, *ROWS, MILL + " " + WEIR]), PLANS, {"£4": ("subscription", "low")})
    line = at(board, "£9")
    board.fit.append(Claim(rule("subscription", "low", "span"), *board.view.lines[line], line, line))
    offers.STEP.apply(board)
    assert gone(board, PLANS) == []


def test_a_weak_claim_over_lines_makes_all_of_them_known() -> None:
    board = stage("\n".join([WEIR + " " + MILL, *ROWS, MILL + " " + WEIR]), PLANS)
    first, last = at(board, "Basic"), at(board, "£9")
    start, end = board.view.lines[first][0], board.view.lines[last][1]
    board.fit.append(Claim(rule("subscription", "low"), start, end, first, last))
    offers.STEP.apply(board)
    assert gone(board, PLANS) == ["£4", "Basic", "£9"]


@pytest.mark.parametrize(("more", "goes"), [(5, True), (7, False)])
def test_two_fifths_of_a_box_are_known(more: int, goes: bool) -> None:
    rows = ("Plan A", "£4", "£9", *(f"Line {number}" for number in range(more + 1)), "Plan B")
    assert bool(offered(*rows, going=PLANS, weak=PRICES_OF)) is goes


@pytest.mark.parametrize(("size", "goes"), [(40, True), (41, False)])
def test_how_long_a_box_may_be(size: int, goes: bool) -> None:
    rows = [f"Plan {number}" if number % 2 == 0 else f"Line {number}" for number in range(size)]
    rows[-1] = "Plan Z"
    going = {row: "subscription" for row in rows if row.startswith("Plan")}
    assert bool(offered(*rows, going=going)) is goes


def test_a_box_is_of_the_kind_that_most_of_its_lines_are_of() -> None:
    going = {"Plan A": "subscription", "Plan B": "donation", "Plan C": "donation"}
    board = stage("\n".join([WEIR + " " + MILL, *ROWS[:-1], "Plan C", MILL + " " + WEIR]), going, PRICES_OF)
    offers.STEP.apply(board)
    claim = board.lines[at(board, "Basic")]
    assert (claim.rule.id, claim.rule.category) == ("offers.within", "donation")


def test_each_run_between_paragraphs_is_a_box_of_its_own() -> None:
    between = ("Plan A", "£4", MILL + " " + WEIR, "Basic", "£9", "Plan B")
    assert offered(*between, going=PLANS, weak=PRICES_OF) == []
    assert offered(*ROWS, MILL + " " + WEIR, *ROWS, going=PLANS, weak=PRICES_OF) == ["£4", "Basic", "£9"] * 2


def test_in_a_text_of_one_paragraph_nothing_goes() -> None:
    for paragraphs, left in (([WEIR + " " + MILL], []), ([WEIR + " " + MILL] * 2, ["£4", "Basic", "£9"])):
        board = stage("\n".join([*ROWS, *paragraphs]), PLANS, PRICES_OF)
        offers.STEP.apply(board)
        assert gone(board, PLANS) == left


@pytest.mark.parametrize(("words", "going", "boxes"), [(21, False, 0), (20, False, 3), (21, True, 3)])
def test_what_is_a_paragraph_that_stays(words: int, going: bool, boxes: int) -> None:
    line = " ".join(["Word"] * words)
    rows = ("Plan A", "£4", line, "£9", "Plan B")
    its = {**PLANS, line: "subscription"} if going else PLANS
    assert len(offered(*rows, going=its, weak=PRICES_OF)) == max(0, boxes - going)


def test_dates_stay_and_what_is_quoted() -> None:
    rows = ("Plan A", "£4", "May 1904", "Basic", "£9", "Plan B")
    assert offered(*rows, going=PLANS, weak=PRICES_OF) == ["£4", "Basic", "£9"]
    rows = ("Plan A", "£4", "Basic", "and more of it", "£9", "Plan B")
    assert offered(*rows, going=PLANS, weak=PRICES_OF) == ["£4", "Basic", "and more of it", "£9"]
    rows = ("The sign on it said so:", "Plan A", "£4", "Basic", "£9", "Plan B")
    assert offered(*rows, going=PLANS, weak=PRICES_OF) == []
