"""The categories of leftovers: one table, a row for each.

A new category is a row here and rules that name it; options, checks of rule files, colours, schemas and docs follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of leftover.

    Attributes:
        name: as rules, options and reports write it.
        colour: in a terminal.
        hue: in a browser, in degrees; kinds that are alike lie near each other.
        vivid: how much colour it has there, 0 to 1.
        box: whether its leftovers are boxes of several lines: a short line between two of them goes with them.
        offer: whether it offers something; such a box holds slogans and may stand in a text twice.
        in_menus: whether a weak claim of it tells a menu; prices and plans are lists of an article as well.
        in_headings: whether the heading of an article may have such words.
    """

    name: str
    colour: Literal["red", "green", "yellow", "blue", "magenta", "cyan", "grey"]
    hue: int
    vivid: float = 1
    box: bool = False
    offer: bool = False
    in_menus: bool = True
    in_headings: bool = True


TABLE = (
    Category("template-token", "magenta", 330, in_menus=False),
    Category("subscription", "red", 25, box=True, offer=True, in_menus=False, in_headings=False),
    Category("icon-label", "cyan", 200, box=True),
    Category("advertising", "yellow", 72, in_menus=False, in_headings=False),
    Category("newsletter", "green", 150, box=True, offer=True),
    Category("donation", "red", 2, box=True, offer=True),
    Category("share", "blue", 262, box=True),
    Category("related", "blue", 284, in_menus=False),
    Category("comments", "green", 122),
    Category("navigation", "blue", 242),
    Category("app-promo", "yellow", 98, box=True, offer=True),
    Category("print", "blue", 305),
    Category("cookie", "grey", 60, 0.35, box=True, offer=True),
    Category("adblock", "red", 48, box=True, offer=True),
    Category("legal", "grey", 250, 0.35),
    Category("media", "cyan", 222),
    Category("interface", "cyan", 178),
    Category("boilerplate", "grey", 0, 0),
)
CATEGORY = {category.name: category for category in TABLE}
CATEGORIES = tuple(CATEGORY)
"""The names."""
