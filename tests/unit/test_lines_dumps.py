"""A dump of text nodes breaks sentences at their links: what stands between its paragraphs is not the model's."""

from __future__ import annotations

import cleaner

NODES = """The Harbour Post
Menu
Boats
Ladders
Search
The harbour board has decided that every boat must show a lamp at night, and nobody on the quay was asked about it. A
new report
from the keeper says that the lamps of last year were
$40
too dear, and that the
cheapest ones
would have done for the narrow part of the channel.
In the
winter survey
, two thirds of the skippers said that they see the light well enough, whatever the board may think of them and it.
The board meets again on Thursday, and whoever has a lamp to spare may bring it along to the hall beside the old mill.
"""


def test_words_of_broken_sentences_stay(shipped: cleaner.Cleaner) -> None:
    clean = shipped.clean(NODES, format="text").text.splitlines()
    article = NODES.splitlines()[5:]
    assert [line for line in article if line not in clean] == []
