"""A box that sells something goes as a whole, in any language that has a few rules; prices of an article stay."""

from __future__ import annotations

import pytest

import cleaner

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
