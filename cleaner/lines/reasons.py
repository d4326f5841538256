"""Why a box goes, in words that a reader understands."""

from __future__ import annotations

import numpy as np

from cleaner.lines.boxes import Box
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Numbers
from cleaner.lines.rows import HEADING

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST = 0.8
_HALF = 0.5
_SHORT = 120
_QUOTED = 60
"""Characters of a heading that are quoted."""


def reason(facts: Facts, box: Box) -> str:
    """What a reader sees in a box, and where: ``nine lines in a row that only link to other pages of this site, after
    the last paragraph``."""
    rows = np.arange(box.first, box.last + 1)
    told = rows[facts.rows.kind[rows] != HEADING]
    count = len(told)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    subject = f"{number} line{'s' if count != 1 else ''}{' in a row' if count > 1 else ''} "
    subject += _nature(facts, told, one=count == 1) if count else "of headings alone"
    return f"{subject}{_heading(facts, rows)}, {_place(facts, box)}"


def _nature(facts: Facts, rows: Numbers, *, one: bool) -> str:
    seen = facts.own

    def share(name: str, least: float = 0) -> float:
        return float((seen[name][rows] > least).mean())

    links, s = share("link share", _HALF), "s" if one else ""
    if share("share targets") >= _HALF:
        return f"that offer{s} to share the page"
    if share("action targets") >= _HALF and links >= _HALF:
        return f"that lead{s} to a form, an account or a shop"
    if share("pictures") >= _MOST and float((facts.size[rows] == 0).mean()) >= _HALF:
        return "of pictures alone"
    if links >= _MOST:
        if share("anchors") >= _HALF:
            return f"that only link{s} to places on this page"
        own = int(seen["own links"][rows].sum()) >= int(seen["away links"][rows].sum())
        known = bool(facts.targets.away_known)
        return f"that only link{s} to other pages of this site" if own and known else f"that only link{s} elsewhere"
    if share("links") >= _HALF or bool(seen["in halves"][rows].any()):
        return "of links, pictures and labels"
    if share("claimed", 1) >= _HALF:
        return "with wordings that leftovers have"
    if float((facts.size[rows] < _SHORT).mean()) >= _MOST:
        return f"that {'is' if one else 'are'} short and no sentence{'' if one else 's'}"
    return f"that read{s} like an offer or a note of the site"


def _heading(facts: Facts, rows: Numbers) -> str:
    heads = rows[facts.rows.kind[rows] == HEADING]
    if not len(heads):
        return ""
    row = int(heads[0])
    words = facts.reading.text[facts.rows.start[row] : facts.rows.end[row]].strip("# \t*_")
    return f" under “{words[:_QUOTED]}”" if words and "](" not in words else " under a heading"


def _place(facts: Facts, box: Box) -> str:
    above, below = facts.paragraph[: box.first].any(), facts.paragraph[box.last + 1 :].any()
    if not above and not below:
        return "in a text without paragraphs"
    if not above:
        return "before the first paragraph"
    return "between two paragraphs" if below else "after the last paragraph"
