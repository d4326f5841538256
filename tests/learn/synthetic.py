"""Made-up sites: articles that differ, with boxes that repeat, and with lines that repeat and belong to the articles.

Each document tells which of its lines are of which box, so that what is learned can be judged line by line.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

Form = Literal["text", "dump", "markdown", "html"]

_WORDS = """
who: keeper baker ferryman teacher carpenter nurse gardener clerk miller potter weaver sailor beekeeper cooper
did: found mended painted counted sold carried measured lost cleaned opened sketched borrowed lifted sorted
what: lamp barrel kite ledger bridge bell map oar wheel fence loom mast kettle drum anchor ladder hive crate
where: harbour orchard mill market quarry lighthouse school chapel meadow ferry station workshop pier
how: slowly carefully twice alone quietly again early late badly gladly
month: January February March April May June July August September October November December
"""
_WHO, _DID, _WHAT, _WHERE, _HOW, _MONTHS = (row.split()[1:] for row in _WORDS.strip().splitlines())
_NAMES = [
    f"{first} {last}" for first in ("Ada", "Ben", "Cleo", "Dov", "Edda") for last in ("Lorn", "Osk", "Marr", "Pell")
]


@dataclass
class Made:
    """A document while it is made: its lines, and the box that each is of (empty: the article)."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    linked: set[int] = field(default_factory=set)

    def add(self, *texts: str, box: str = "", linked: bool = False) -> None:
        for text in texts:
            if linked:
                self.linked.add(len(self.lines))
            self.lines.append((text, box))


Box = Callable[[Random], list[str]]


@dataclass(frozen=True)
class Recipe:
    """How the documents of a site are made.

    Attributes:
        head, middle, tail: boxes by name, with the share of documents that have them.
        linked: names of boxes whose lines are links, in Markdown.
        headings: of the article itself; every document has them.
        said: sentences that some articles share, since people say them.
    """

    host: str
    form: Form
    head: dict[str, tuple[float, Box]] = field(default_factory=dict)
    middle: dict[str, tuple[float, Box]] = field(default_factory=dict)
    tail: dict[str, tuple[float, Box]] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def sentence(random: Random) -> str:
    who, what, other = random.choice(_WHO), random.choice(_WHAT), random.choice(_WHAT)
    middle = f"{random.choice(_DID)} the {what} near the {random.choice(_WHERE)} {random.choice(_HOW)}"
    number = random.randint(2, 900)
    return f"The {who} {middle} and {random.choice(_DID)} {number} more of them beside the {other}."


def paragraph(random: Random) -> str:
    return " ".join(sentence(random) for _ in range(random.randint(2, 4)))


def headline(random: Random) -> str:
    what, where = random.choice(_WHAT), random.choice(_WHERE)
    return (
        f"How a {random.choice(_WHO)} {random.choice(_DID)} the {what} of the {where} in {random.randint(1700, 1990)}"
    )


def name(random: Random) -> str:
    return random.choice(_NAMES)


def same(*lines: str) -> Box:
    return lambda random: list(lines)


def filled(*lines: str) -> Box:
    """Lines with `{n}`, `{name}` and `{day}` filled in."""

    def box(random: Random) -> list[str]:
        day = f"{random.randint(1, 28)} {random.choice(_MONTHS)} {random.randint(2015, 2025)}"
        return [line.format(n=random.randint(2, 4000), name=name(random), day=day) for line in lines]

    return box


def headlines(marker: str, fewest: int = 2, most: int = 4) -> Box:
    return lambda random: [marker, *(headline(random) for _ in range(random.randint(fewest, most)))]


RECIPES = (
    Recipe(
        "tidegazette.example",
        "text",
        middle={
            "letter": (
                0.9,
                same("Every Friday the tide tables and our best stories, by pigeon and by post.", "Send me the pigeon"),
            ),
            "feather": (0.5, same("Feathers of this story were counted twice by our volunteers.")),
        },
        tail={
            "more": (0.95, headlines("Elsewhere along the coast")),
            "imprint": (
                1.0,
                same("The Tide Gazette is printed on recycled sailcloth in Upper Wick.", "Ask the printer"),
            ),
        },
        headings=("What happened", "What comes next"),
    ),
    Recipe(
        "orchardpost.example",
        "markdown",
        head={"bar": (1.0, same("Apples", "Pears", "Quinces", "The ladder shop"))},
        middle={
            "club": (
                0.8,
                same(
                    "### Join the windfall club",
                    "Members of the windfall club get a basket at the gate each autumn.",
                    "Reserve my basket",
                ),
            )
        },
        tail={
            "read": (0.9, headlines("From other branches")),
            "count": (0.85, filled("This page was picked {n} times since the blossom.")),
        },
        linked=frozenset({"bar", "read"}),
        headings=("## Ingredients", "## Method"),
    ),
    Recipe(
        "millweekly.example",
        "dump",
        head={"mast": (1.0, same("Mill Weekly, a paper for those who grind"))},
        middle={
            "pause": (
                0.7,
                same("The wheel turns on below this notice of our sponsors", "Meet the sponsors of the wheel"),
            )
        },
        tail={
            "desk": (
                0.9,
                filled("More grist from the desk of {name}", "Write to the millers, they answer on rainy days."),
            ),
            "foot": (
                1.0,
                same(
                    "No flour of this page may be baked elsewhere without our leave.", "Contact the mill", "Dust policy"
                ),
            ),
        },
        headings=("Background",),
        said=("The council did not answer our letter in time for this edition of the paper.",),
    ),
    Recipe(
        "lanternreview.example",
        "text",
        head={"top": (0.9, same("You are reading the lantern by the light of its friends."))},
        middle={"oil": (0.6, filled("You have {n} drops of oil left this month, so read slowly."))},
        tail={
            "kin": (0.8, headlines("Kindled lately")),
            "end": (
                1.0,
                same("Lit by the Lantern Review cooperative of Nether Sound.", "Wicks and terms", "Trim your choices"),
            ),
        },
        headings=("The verdict", "Price and oil"),
    ),
    Recipe(
        "ferrydispatch.example",
        "markdown",
        head={"strip": (0.95, same("Sailings", "Moorings", "Lost hats", "The captain's desk"))},
        middle={
            "wave": (
                0.75,
                same("Hear the ferry horn each morning: our dispatches come by bottle.", "Throw me a bottle"),
            )
        },
        tail={
            "log": (0.9, headlines("Further up the river", 3, 5)),
            "by": (0.7, filled("Logged by hand on {day}, {n} knots of wind.")),
            "rope": (1.0, same("Ferry Dispatch is moored at the third ring of the old quay since the great flood.")),
        },
        linked=frozenset({"strip", "log"}),
        headings=("## At the quay", "## On the water"),
    ),
    Recipe(
        "quarrytimes.example",
        "dump",
        head={"rock": (1.0, same("Quarry Times", "Granite", "Slate", "Sandstone", "Dust reports"))},
        middle={
            "cart": (0.8, same("Your cart is welcome here, and so is your penny for the quarry choir.", "Drop a penny"))
        },
        tail={
            "dig": (0.9, headlines("Dig deeper with us")),
            "seal": (1.0, filled("Stone number {n} of the public wall of this paper.")),
        },
        headings=("Cast", "Plot"),
        said=("Nobody at the quarry wished to be named in this report about the choir.",),
    ),
    Recipe(
        "hivejournal.example",
        "markdown",
        middle={
            "swarm": (0.85, same("Swarm with us, the honey letter leaves the hive at noon.", "Buzz me")),
            "ask": (0.4, same("Have you seen a queen in your street? Our desk of sightings collects them all.")),
        },
        tail={
            "comb": (0.95, headlines("From the same comb")),
            "keeper": (0.8, filled("The smoker for this story was held by {name}")),
            "wax": (1.0, same("Hive Journal, sealed with wax in the year of the long summer.", "Rules of the hive")),
        },
        linked=frozenset({"comb"}),
        headings=("## Question", "## Answer"),
    ),
    Recipe(
        "belltower.example",
        "text",
        head={"ring": (1.0, same("Bell Tower, rung for the valley since the first frost", "Ring", "Toll", "Chime"))},
        middle={
            "rope": (0.9, same("The rope is long and the ringers are few: lend the tower an hour.", "Lend an hour"))
        },
        tail={
            "echo": (0.85, headlines("Echoes from the valley")),
            "clock": (0.9, filled("The clock struck {n} while you were reading this page.")),
        },
        headings=("Morning", "Evening"),
    ),
    Recipe(
        "kitepress.example",
        "html",
        middle={
            "string": (0.9, same("Hold the string with us, every gust of news in one knot a week.", "Tie the knot"))
        },
        tail={
            "sky": (
                0.9,
                same(
                    "Kite Press flies from the third hill behind the old observatory.",
                    "The wind desk is open on calm days only.",
                ),
            ),
        },
        headings=("Up", "Down"),
    ),
    Recipe(
        "potteryalmanac.example",
        "html",
        head={"shelf": (1.0, same("Fired today by the almanac of pots and of those who drop them."))},
        middle={"kiln": (0.8, same("The kiln letter cools on your doorstep each second Tuesday.", "Cool it for me"))},
        tail={"glaze": (1.0, filled("Glazed {n} times by readers of the almanac of pots and kilns."))},
        headings=("Clay", "Fire"),
    ),
)


@dataclass(frozen=True)
class Clipping:
    """A document with its lines and the box that each is of, in order."""

    name: str
    text: str
    lines: tuple[tuple[str, str], ...]


def clippings(recipe: Recipe, number: int = 30) -> list[Clipping]:
    """The documents of a site; the same each time."""
    return [_clipping(recipe, at, Random(f"{recipe.host} {at}")) for at in range(number)]


def write(folder: Path, recipe: Recipe, number: int = 30) -> list[Clipping]:
    """Write the documents of a site into a folder."""
    made = clippings(recipe, number)
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        (folder / one.name).write_text(one.text, encoding="utf-8")
    return made


def _clipping(recipe: Recipe, number: int, random: Random) -> Clipping:
    made = Made()
    title = headline(random)

    def boxes(kind: dict[str, tuple[float, Box]]) -> None:
        for box, (share, lines) in kind.items():
            if random.random() < share:
                made.add(*lines(random), box=box, linked=box in recipe.linked)

    boxes(recipe.head)
    made.add(f"# {title}" if recipe.form == "markdown" else title)
    made.add(f"By {name(random)}")
    made.add(paragraph(random))
    for heading in recipe.headings:
        made.add(heading, *(paragraph(random) for _ in range(random.randint(1, 3))))
        if random.random() < 0.3:
            made.add(f"A {random.choice(_WHAT)} for {name(random)}")
        if heading is recipe.headings[0]:
            boxes(recipe.middle)
            made.add(paragraph(random))
            if recipe.said and random.random() < 0.2:
                made.add(random.choice(recipe.said))
    made.add(paragraph(random))
    boxes(recipe.tail)
    url = f"https://{recipe.host}/story/{number}"
    text = {"markdown": _markdown, "html": _html}.get(recipe.form, _text)(made, title, url, recipe)
    suffix = {"markdown": "md", "html": "html"}.get(recipe.form, "txt")
    return Clipping(f"clip-{number:02}.{suffix}", text, tuple(made.lines))


def _text(made: Made, title: str, url: str, recipe: Recipe) -> str:
    between = "\n" if recipe.form == "dump" else "\n\n"
    front = f"---\ntitle: {title}\nsource: {url}\n---\n"
    return front + between.join(text for text, _ in made.lines) + "\n"


def _markdown(made: Made, title: str, url: str, recipe: Recipe) -> str:
    shown = [f"[{text}]({url}/{at})" if at in made.linked else text for at, (text, _) in enumerate(made.lines)]
    return f"---\ntitle: {title}\nsource: {url}\n---\n" + "\n\n".join(shown) + "\n"


def _html(made: Made, title: str, url: str, recipe: Recipe) -> str:
    body: list[str] = []
    open_box = ""
    for text, box in made.lines:
        if box != open_box:
            body += ["</div>"] * bool(open_box) + [f'<div class="promo-{box}">'] * bool(box)
            open_box = box
        tag = "h1" if text == title else "h2" if text in recipe.headings else "p"
        body.append(f"<{tag}>{html.escape(text)}</{tag}>")
    body += ["</div>"] * bool(open_box)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><link rel="canonical" href="{url}">'
    content = "\n".join(body)
    return f"<!doctype html><html><head>{head}</head><body><article>{content}</article></body></html>\n"
