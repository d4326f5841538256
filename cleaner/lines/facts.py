"""What is known of each line by itself, as numbers: one row a fact, one column a line.

No fact knows a site, a language or a script: sizes, shares, kinds of characters, links and where they lead, pictures,
Markdown, what rules say, what repeats.  Values are counts, shares and distances, never logarithms or roots, so that
they are the same bits on every platform; trees only care for their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cleaner.categories import CATEGORIES
from cleaner.lines import letters
from cleaner.lines.counts import places
from cleaner.lines.letters import Bools, Numbers
from cleaner.lines.reading import SOLID, Reading
from cleaner.lines.rows import Rows, rows
from cleaner.lines.targets import COLUMNS as TARGETS
from cleaner.lines.targets import Targets, targets
from cleaner.lines.told import copied, told
from cleaner.lines.words import Words, hashed

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
"""The end of a number that may be a year.  What looks back here would be asked at every character."""
PARAGRAPH = 200
"""Half letters of a line that is surely prose, if it holds a sentence or is twice as long, and is no link."""
_CLAIMED = (
    ("offer", ("subscription", "donation", "app-promo", "newsletter", "cookie", "adblock", "legal")),
    ("advert", ("advertising", "template-token")),
    ("way", ("navigation", "related", "comments", "share")),
    ("tool", ("icon-label", "print", "media", "interface", "boilerplate")),
)
_GROUP = np.array([next(n for n, (_, names) in enumerate(_CLAIMED) if c in names) for c in CATEGORIES])


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known of the lines of a text.

    Attributes:
        led: words of what the links of the text lead to.
        own: name of a fact to its value for each row.
        paragraph: whether a row is surely prose.
        solid: whether a row lies in code or maths.
        size: half letters that are read.
        copies: hash of the words of each row, 0 if it has none.
        begun, capitals: how many words begin in each row, as they are written, and how many of them with a capital.
        caseless: whether most of what is read has no case (Han, kana, Hangul, Arabic, Devanagari).
    """

    reading: Reading
    rows: Rows
    words: Words
    led: Words
    targets: Targets
    own: dict[str, Numbers]
    paragraph: Bools
    solid: Bools
    size: Numbers
    copies: Numbers
    begun: Numbers
    capitals: Numbers
    caseless: bool


def facts(reading: Reading) -> Facts:
    """The facts of a reading."""
    table = rows(reading)
    found = targets(reading, table)
    its = told(reading, table)
    spoken, copies, counts = its.spoken, its.copies, its.counts
    own: dict[str, Numbers] = {}
    own["first"], own["last"], own["last inside"], linked, begun, capitals = its.others
    _letters(counts, own)
    size = counts @ letters.SIZE
    own["size"] = size
    own["words"] = np.bincount(spoken.row, minlength=len(table))
    own["word size"] = _share(counts[:, list(letters.WORD)].sum(axis=1), own["words"])
    own |= dict(zip(TARGETS, found.table, strict=True))
    own["link share"] = _share(linked, np.maximum(size, linked))
    own["away share"] = _share(found.table[2], found.table[0])
    own["hidden"] = table.end - table.start - counts.sum(axis=1)
    own["hidden share"] = _share(own["hidden"], table.end - table.start)
    own["kind"], own["level"], own["indent"] = table.kind, table.level, np.minimum(table.indent, 20)
    solid = _inside(table, its.solid)
    own["solid"] = solid
    _halves(reading, table, own)
    _claims(reading, table, own)
    own["claimed share"] = _share(its.claimed, size)
    own["blank above"] = np.diff(table.line, prepend=table.line[:1] - 2) - 1
    sentences = counts[:, letters.STOP]
    prose = (linked * 2 < size) & (solid == 0) & (table.level == 0)
    paragraph = prose & (((size >= PARAGRAPH) & (sentences > 0)) | (size >= 2 * PARAGRAPH))
    own["paragraph"] = paragraph
    own["capitals"] = _share(capitals, begun)
    own["years"] = _years(reading, table)
    own["arrows"] = its.arrows
    _title(reading, spoken, copies, own)
    caseless = 2 * counts[:, [letters.LETTER, letters.SIGN]].sum() > counts[:, letters.IS_WORD].sum()
    return Facts(
        reading, table, spoken, its.led, found, own, paragraph, solid > 0, size, copies, begun, capitals, bool(caseless)
    )


def _letters(counts: Numbers, own: dict[str, Numbers]) -> None:
    """What of the counts of all classes of characters is a fact."""
    total = counts.sum(axis=1)
    own["seen"] = total
    own["cased share"] = _share(counts[:, letters.UPPER], counts[:, letters.UPPER] + counts[:, letters.LOWER])
    own["digit share"] = _share(counts[:, letters.DIGIT], total)
    own["digits"] = counts[:, letters.DIGIT]
    own["sentences"] = counts[:, letters.STOP]
    own["commas"] = counts[:, letters.COMMA]
    own["colons"] = counts[:, letters.COLON]
    own["brackets"] = counts[:, letters.BRACKET]
    own["separators"] = counts[:, letters.SEPARATOR]
    own["dashes"] = counts[:, letters.DASH]
    own["symbols"] = counts[:, letters.SYMBOL]
    own["glyphs"] = counts[:, letters.GLYPH]
    own["other marks"] = _share(counts[:, letters.COMMA :].sum(axis=1), total)
    own["sign share"] = _share(counts[:, letters.SIGN], total)


def _inside(table: Rows, solid: Numbers) -> Numbers:
    """1 for rows of code, 2 of maths: where it is all that the row holds, or the row is a part of it."""
    out = np.zeros(len(table), np.int64)
    for kind, within in reversed([*zip(SOLID.values(), solid, strict=True)]):
        out[2 * within > table.end - table.start] = kind
    return out


def _halves(reading: Reading, table: Rows, own: dict[str, Numbers]) -> None:
    """Links that a clipper broke over lines: ``[`` alone, and ``](address)`` that nothing opens."""
    text = reading.text
    spans = list(zip(table.start.tolist(), table.end.tolist(), strict=True))
    blank = table.indent.tolist()
    own["opens"] = np.array([text.endswith("[", start, end) for start, end in spans], np.int64)
    closes = [text.startswith("](", start + indent) for (start, _), indent in zip(spans, blank, strict=True)]
    own["closes"] = np.array(closes, np.int64)
    depth = np.cumsum(own["opens"]) - np.cumsum(own["closes"])
    lowest = np.minimum.accumulate(np.append(0, depth))[1:]
    own["in halves"] = ((depth - np.minimum(lowest, 0)) > 0) & reading.markdown


def _claims(reading: Reading, table: Rows, own: dict[str, Numbers]) -> None:
    """The highest rank of what rules want of each row, by group of category."""
    claims = reading.claims
    size = len(table)
    first = np.maximum(table.at(claims[:, 0]), 0)
    last = table.at(claims[:, 1] - 1)
    best = np.zeros((len(_CLAIMED), size), np.int64)
    keeps = np.zeros(size, np.int64)
    rank, group = claims[:, 2], _GROUP[claims[:, 3]]
    short = (first == last) & (rank >= 0)
    np.maximum.at(best, (group[short], first[short]), rank[short] + 1)
    for number in np.flatnonzero(~short).tolist():
        its = slice(first[number], last[number] + 1)
        if rank[number] < 0:
            keeps[its] = 1
        else:
            np.maximum(best[group[number], its], rank[number] + 1, out=best[group[number], its])
    for (name, _), row in zip(_CLAIMED, best, strict=True):
        own["claimed " + name] = row
    own["claimed"] = best.max(axis=0)
    own["kept by rule"] = keeps


def _years(reading: Reading, table: Rows) -> Numbers:
    """How many years each row names."""
    text = reading.text
    starts = (match.start() for match in _YEAR.finditer(text, reading.first))
    where = table.at(np.array([at for at in starts if not (at and text[at - 1].isdecimal())], np.int64))
    found: Numbers = np.bincount(where[where >= 0], minlength=len(table))
    return found


def _title(reading: Reading, spoken: Words, copies: Numbers, own: dict[str, Numbers]) -> None:
    """Which share of a row's words the title has, and which the front matter, where authors and descriptions are."""
    size = len(copies)
    for name, text in (("title", reading.title), ("front", reading.text[: reading.first])):
        known, copy = _said_by(text)
        met = np.bincount(spoken.row[places(spoken.hash, known)[1]], minlength=size)
        own[f"{name} share"] = _share(met, own["words"])
        if name == "title":
            own["is title"] = (copies == copy) & (len(known) > 0)


@lru_cache(maxsize=16)
def _said_by(text: str) -> tuple[Numbers, int]:
    """The words of a title or a front matter, hashed and in order, and a number for all; a text is looked at more than
    once."""
    kinds, lower = letters.told(text)
    at = np.flatnonzero(letters.IS_WORD[kinds])
    found = hashed(lower[at], np.zeros(len(at), np.int64), at, kinds[at] == letters.SIGN)
    return np.sort(found.hash), int(copied(found, slice(0, 1))[0])


def _share(part: Numbers, whole: Numbers) -> Numbers:
    found: Numbers = part / np.maximum(whole, 1)
    return found
