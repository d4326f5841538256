"""The table of categories."""

from __future__ import annotations

from cleaner.categories import CATEGORIES, TABLE
from cleaner.report.paint import Paint


def test_names_stand_once_and_offers_are_boxes() -> None:
    assert len(set(CATEGORIES)) == len(TABLE)
    assert all(category.box for category in TABLE if category.offer)
    assert len({(category.hue, category.vivid) for category in TABLE}) == len(TABLE)


def test_every_colour_can_be_painted() -> None:
    paint = Paint(True)
    drawn = {category.colour: paint.category("x", category.name) for category in TABLE}
    assert len(set(drawn.values())) == len(drawn)
    assert paint.category("x", "no-such-category") == paint.category("x", "donation")
