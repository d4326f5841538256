"""A dump of text nodes breaks sentences at their links: what stands between its paragraphs is not the model's."""

from __future__ import annotations

import numpy as np

import cleaner
from cleaner.lines.facts import facts
from cleaner.lines.looks import Table, facts_of
from cleaner.lines.model import STEPS, Model
from cleaner.lines.reading import reading
from cleaner.read.document import read
from cleaner.view import View

URL = "https://www.lamps.example/blog/trends"
NODES = (
    "The Harbour Post",
    "Menu",
    "Boats",
    "Ladders",
    "Search",
    "Fuel your harbour with lamps",
    "The harbour board has decided that every boat must show a lamp at night, and nobody on the quay was "
    "asked about it, though there are many who would have had something to say and one or two who said it"
    " all the same.",
    "What do you want from a lamp, and from those who sell it? That's easier said than done.",
    "At",
    "Lamplight Harbour",
    ", we have carried lamps for forty years, and the board has never asked us for anything but the bill."
    " Here are the lamps of last year in the order of what the skippers think of them, as far as they "
    "answered us.",
    "Lamp",
    "% of Skippers",
    "Rank",
    "Copper and brass",
    "61.59%",
    "1",
    "Tin",
    "45.61%",
    "2",
    "Glass",
    "44.92%",
    "3",
    "Across the harbour, the skippers observe that people are looking for lamps that last, and they are "
    "willing to pay for them if somebody shows them how much light there is to be had for it.",
    "01.",
    "Can a lamp be too bright?",
    "No lamp can be too bright for the narrow part of the channel, where the current pulls the boats "
    "towards the wall, and the wall is as dark as the water beneath it on most nights.",
    "02.",
    "Which lamp is the cheapest?",
    "The cheapest lamp is the one that is mended in time, says the keeper, who has mended more of them "
    "than he can count and has never thrown any of them away in all his years on the quay.",
    "In the",
    "Winter Survey of Lamps",
    ", two thirds of the skippers said that they see the light well enough, whatever the board may think "
    "of them and of it, and they will go on without the new lamps until somebody makes them.",
)
ARTICLE = NODES.index("What do you want from a lamp, and from those who sell it? That's easier said than done.")


def test_words_of_broken_sentences_stay(shipped: cleaner.Cleaner) -> None:
    clean = shipped.clean("\n".join(NODES) + "\n", format="text", url=URL).text
    assert clean.endswith("\n".join(NODES[ARTICLE:]) + "\n")


def test_of_a_dump_both_looks_are_asked() -> None:
    """A dump has an address, since whoever made it knows that, and no front matter."""
    text = "Menu\n\nBoats\n\nLadders\n\n" + "\n\n".join(NODES[ARTICLE + 2 :: 8])
    front = f"---\nsource: {URL}\n---\n"
    chances = {}
    for name, source, url in (("dump", text, URL), ("clipping", front + text, URL), ("unknown", text, None)):
        document = read(source, "markdown", url)
        known = facts(reading(document, View(source, document.hidden), [], [], []))
        model = Model.load()
        table = Table(model.names, len(known.rows))
        table.fill(facts_of(known, model.words))
        first = model.looks[0].sums(table.matrix)[0].astype(int)
        judged = model.judge(known)
        second = model.looks[1].sums(judged.seen.matrix)[0].astype(int)
        sums = (first + second) // 2 if name == "dump" else second
        assert (judged.probability * STEPS == np.searchsorted(model.steps, sums, side="right")).all()
        chances[name] = judged.probability[-9:]
    assert not np.array_equal(chances["dump"], chances["clipping"])
