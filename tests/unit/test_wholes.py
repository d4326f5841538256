"""No item goes out of a numbered list that stays, no heading from above its section, no words out of a quotation."""

from __future__ import annotations

import pytest

import cleaner

WEIR = "The weir was mended in the spring, and the mill with it, so that there was bread again in the valley."
MILL = "Nobody knew who had paid for the oak, until the joiner's widow found a receipt from the year of the flood."
OVEN = "Since then the oven is lit on Fridays, by whoever lives nearest, and the others bring what they have to bake."

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
