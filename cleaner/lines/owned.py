"""What is the user's own, or the text's frame, and never goes on the word of a model.

Code and maths, quotations, comments, the title of the text, addresses as they stand, and all that the reader knows for
the owner's: wikilinks and embeds, tasks, callouts, definitions of footnotes, references to blocks, fields of Dataview.
Beside it, what may name an author or the day, which goes but seldom.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from cleaner.lines.around import window
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Bools, Numbers
from cleaner.lines.rows import CELL, QUOTE

_NAME = (2, 4)
"""Words of a name, with what may stand before it."""
_NEAR = 8
"""Rows to a paragraph at most."""
_TOP = 4
"""Rows of a text at whose top a name may stand without one."""
_COUNTED = 0.5
"""Share of digits of a count."""
_DATED = 7
"""Words of a line that is hardly more than a date."""
_ADDRESS = re.compile(r"[ \t]*(?:[-*+]\s+|\d+[.)]\s+)?<?https?://[^\s()\[\]]+")
"""An address as it stands; of 50 such lines readers took out one."""
_HANDLE = re.compile(r"\]\(<?(?:https?:)?//[^/\s)]+/@[\w.-]+/?(?:\?[^\s)]*)?>?\)")
_BEHIND = re.compile(r"[ \t]*\]\([^()\s]*\)(?!\s*(?:!?\[|#))\W*\w{2}")
"""The second half of a link that was cut in two, and words behind it, which are no other link and no heading."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def owned(facts: Facts) -> Bools:
    """Which rows never go."""
    reading, rows = facts.reading, facts.rows
    kept: Bools = facts.solid | (rows.kind == QUOTE) | (facts.own["kept by rule"] > 0)
    own = facts.own
    told = (own["front share"] == 1) & (reading.first > 0)  # the author, as the front matter has it
    kept |= signed(facts) & ((own["list targets"] > 0) | (own["years"] > 0) | told)  # to an author's page, or a date
    kept |= signed(facts) & _handles(facts)
    kept |= _addresses(facts)
    kept |= _says_more(facts)
    titles = np.flatnonzero(rows.level == 1)[:1]
    kept[titles] = True
    if reading.markdown:
        comments = (match.span() for match in _COMMENT.finditer(reading.text, reading.first))
        for start, end in (*reading.owned.tolist(), *comments):
            first, last = rows.at(np.array([start, max(start, end - 1)])).tolist()
            kept[max(0, first) : last + 1] = True
    return kept


def _handles(facts: Facts) -> Bools:
    """Rows above the first paragraph that lead to somebody by a handle, ``/@name``: an author's page, too."""
    above = "/@" in facts.reading.text and facts.paragraph.any()
    return _met(facts, np.arange(facts.paragraph.argmax() if above else 0), _HANDLE.search)


def _addresses(facts: Facts) -> Bools:
    """Rows that are an address and nothing else: sources."""
    return _met(facts, np.arange(len(facts.rows) if "://" in facts.reading.text else 0), _ADDRESS.fullmatch)


def _says_more(facts: Facts) -> Bools:
    """Rows in which a link ends that began in another, and the text goes on."""
    return _met(facts, np.flatnonzero(facts.own["closes"]), _BEHIND.match)


def _met(facts: Facts, some: Numbers, look: Callable[[str, int, int], object]) -> Bools:
    """Which rows, of some by their numbers, a look at their text finds."""
    rows, text = facts.rows, facts.reading.text
    found = np.zeros(len(rows), bool)
    spans = zip(rows.start[some].tolist(), rows.end[some].tolist(), strict=True)
    found[some] = [look(text, *span) is not None for span in spans]
    return found


def signed(facts: Facts) -> Bools:
    """Rows that may name an author or the day: a few words with capitals, of which no rule knows anything, near a
    paragraph; a year with little around it, above the first one.

    A reader may take such a line out or not; the model cannot tell a name from a button.
    """
    rows, own = facts.rows, facts.own
    count = facts.begun
    name = (count >= _NAME[0]) & (count <= _NAME[1]) & (facts.capitals == count) & (own["digits"] == 0)
    name &= (own["claimed"] <= 1) & (own["links"] <= 1) & (own["pictures"] == 0) & (rows.level == 0)
    name &= rows.kind != CELL
    at = np.arange(len(rows))
    near = (window(facts.paragraph.astype(np.int64), _NEAR) > 0) | (at < _TOP)
    near |= np.append(own["digit share"][1:] > _COUNTED, False)[: len(rows)]  # a name above a count or a date
    first = facts.paragraph.argmax() if facts.paragraph.any() else 0
    dated = (count <= _DATED) & (own["digits"] >= 4) & (own["years"] > 0) & (own["links"] <= 1) & (at < first)
    found: Bools = (name | dated) & near
    return found
