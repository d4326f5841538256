"""Which of the lines that repeat on a site are leftovers, and which may be headings and the like of its articles.

That a line repeats does not make it a leftover: "Ingredients" stands above many a recipe.  So only what says something
no two articles say alike counts alone: a sentence, word for word.  A shorter line needs a place that speaks against it,
and a label of a word or two stands between leftovers.  Doubt proposes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from cleaner.learn.observe import Line
from cleaner.learn.site import COMMON, EDGE, FEW, GONE, OTHER, PROSE, TAKEN, Common, Place
from cleaner.tools.lint_literals import weight
from cleaner.tools.slots import affix_form, dated

MOST = 0.8
"""Of the places of a line in which what is asked must hold."""
ROUNDS = 8
TELLING_WORDS, TELLING_WEIGHT = 4, 16
"""So many words or letters say more than a label."""
STATEMENT_WORDS, STATEMENT_WEIGHT = 5, 30
"""The same for a sentence that counts alone."""
RUN = 3
"""So many common lines in a row outside of the article are a box, whatever they say."""
ITEMS = 12
ITEM_WORDS = 20
RARE = 0.1
"""Of the documents, that must lack a leftover so that it can be told what comes and goes with it."""
ALWAYS = 0.95
_HEADLINE = 3
"""Words of a headline, in the median of many."""
_HEADING_WORDS = 10

Kind = Literal["line", "label", "affix", "section"]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Lines of one kind that were found to be leftovers.

    Attributes:
        kind: `line` says enough to go wherever it stands; `label` goes beside others; `affix`: lines that begin or end
            alike; `section`: a line with varying items below it.
        key: of the lines; of an affix with its side in front.
        places: where they stand; of a section its markers.
        items: of a section, the most lines and words of a line that were seen below a marker.
        ends: of a section, the keys of the lines behind it.
    """

    kind: Kind
    key: str
    places: tuple[Place, ...]
    items: tuple[int, int] = (0, 0)
    ends: tuple[str, ...] = ()


def leftovers(site: Common) -> list[Leftover]:
    """The leftovers of a site, in the order in which they were found."""
    found: dict[str, Leftover] = {}
    for _ in range(ROUNDS):
        new = [one for look in (_lines, _sections, _affixes) for one in _marked(site, look(site, found))]
        if not new:
            break
        found.update((one.key, one) for one in new)
    return list(found.values())


def _marked(site: Common, new: Iterable[Leftover]) -> Iterator[Leftover]:
    for one in new:
        site.taken.update(one.places)
        if one.kind == "section":
            site.taken.update(place for marker in one.places for place in _items(site, marker))
        yield one


# --- lines ----------------------------------------------------------------------------------------


def _lines(site: Common, found: dict[str, Leftover]) -> Iterator[Leftover]:
    for key, places in site.places.items():
        if key not in found and _is_steady(places) and not _is_date(site, places):
            line = site.line(places[0])
            if _states(line) or (_tells(line) and _stands_apart(site, places)):
                yield Leftover("line", key, tuple(places))
            elif not _tells(line) and _stands_between(site, places):
                yield Leftover("label", key, tuple(places))


def _states(line: Line) -> bool:
    """Whether a line is a sentence that no two articles say alike."""
    long = line.words >= STATEMENT_WORDS or weight(line.text) >= STATEMENT_WEIGHT
    return line.sentence and not line.heading and long


def _tells(line: Line) -> bool:
    return line.words >= TELLING_WORDS or weight(line.text) >= TELLING_WEIGHT


def _stands_apart(site: Common, places: Sequence[Place]) -> bool:
    """Whether a line that may be a heading stands where none does: beside leftovers, or at the edge of the text."""
    if site.share(places, lambda place: _heads(site, place)) > 1 - MOST:
        return False
    outside = site.share(places, site.outside) >= MOST
    beside = site.share(places, lambda place: _touches(site, place, GONE + TAKEN)) >= MOST
    in_run = site.share(places, lambda place: _length(site, place) >= RUN or _is_paired(site, place)) >= MOST
    at_edge = site.share(places, lambda place: _touches(site, place, EDGE)) >= MOST
    long = site.line(places[0]).words > _HEADING_WORDS
    return beside or in_run or long or (outside and at_edge)


def _stands_between(site: Common, places: Sequence[Place]) -> bool:
    """Whether a label stands between leftovers, or in a run of common lines outside of the article."""
    if site.share(places, lambda place: _heads(site, place) or _signs_off(site, place)) > 1 - MOST:
        return False
    if any(line.heading for line in site.lines(places)):
        return False  # of a section that may stay, whatever stands beside it
    known = site.line(places[0]).category != ""
    around = GONE + TAKEN + COMMON + EDGE

    def between(place: Place) -> bool:
        sides = site.beside(place, -1), site.beside(place, 1)
        leaning = any(side in (GONE, TAKEN) for side in sides)
        return leaning and (known or all(side in around for side in sides))

    in_run = site.share(places, lambda place: site.outside(place) and _length(site, place) >= RUN)
    return site.share(places, between) >= MOST or in_run >= MOST or _comes_and_goes(site, places)


def _comes_and_goes(site: Common, places: Sequence[Place]) -> bool:
    """Whether a label stands wherever some leftover does, beside it, and not where that is missing."""
    some = site.documents_of(places)
    if not FEW <= some <= (1 - RARE) * len(site.documents):
        return False
    beside = Counter(
        site.line((document, number + step)).keys.whole
        for document, number in places
        for step in (-1, 1)
        if site.beside((document, number), step) == TAKEN
    )
    key, count = beside.most_common(1)[0] if beside else ("", 0)
    return count >= ALWAYS * len(places) and some >= ALWAYS * site.documents_of(site.places.get(key, ()))


def _heads(site: Common, place: Place) -> bool:
    """Whether a line introduces what stays, is marked as its heading, or stands between paragraphs as one does."""
    above, below = site.beside(place, -1), site.beside(place, 1)
    if site.line(place).text.endswith((":", "：")):
        return below in (PROSE, OTHER)  # it introduces what stays
    if site.line(place).heading:
        return below in (PROSE, OTHER)
    return above in (PROSE, OTHER) and below == PROSE


def _signs_off(site: Common, place: Place) -> bool:
    """Whether a line stands right below an article, as the name or the greeting of its author does."""
    return site.outside(place) and place[1] > site.articles[place[0]][1] and site.beside(place, -1) in (PROSE, OTHER)


def _touches(site: Common, place: Place, kinds: str) -> bool:
    return site.beside(place, -1) in kinds or site.beside(place, 1) in kinds


def _is_paired(site: Common, place: Place) -> bool:
    """Whether the line above or below is common as well and says as much."""
    beside = [(place[0], place[1] + step) for step in (-1, 1) if site.beside(place, step) == COMMON]
    return any(_tells(line) for line in site.lines(beside))


def _length(site: Common, place: Place) -> int:
    """How many lines in a row are common, or leftovers, with the one at `place` among them; no more than `RUN`."""
    kinds = GONE + TAKEN + COMMON
    length = 1
    for step in (-1, 1):
        at = place
        while length < RUN and site.beside(at, step) in kinds:
            at = at[0], at[1] + step
            length += 1
    return length


def _is_date(site: Common, places: Sequence[Place]) -> bool:
    return any(dated(line.text) for line in site.lines(places[:3])) and not all(
        place[1] > site.articles[place[0]][1] >= 0 for place in places
    )


# --- sections -------------------------------------------------------------------------------------


def _sections(site: Common, found: dict[str, Leftover]) -> Iterator[Leftover]:
    for key, places in site.places.items():
        known = found.get(key)
        line = site.line(places[0])
        if (known and known.kind == "section") or line.sentence or line.words > _HEADING_WORDS:
            continue
        below = [_items(site, place) for place in places]
        filled = [items for items in below if items]
        if len(filled) < max(2, MOST * len(places)) or not _are_headlines(site, filled):
            continue
        ends = [site.beside(items[-1], 1) for items in filled]
        if sum(end in (PROSE, OTHER) for end in ends) > (1 - MOST) * len(ends):
            continue
        if known or _leads(site, places, filled, ends):
            sizes = max(map(len, filled)), max(line.words for items in filled for line in site.lines(items))
            yield Leftover("section", key, tuple(places), sizes, tuple(_keys_behind(site, filled)))


def _items(site: Common, marker: Place) -> list[Place]:
    """The varying lines below a marker, up to the next line that many documents have, goes, or is running text."""
    items: list[Place] = []
    at = marker
    while (kind := site.beside(at, 1)) == OTHER or (kind in (GONE, TAKEN) and _varies(site, (at[0], at[1] + 1))):
        at = at[0], at[1] + 1
        items.append(at)
        if len(items) > ITEMS:
            return []
    return items


def _varies(site: Common, place: Place) -> bool:
    return site.line(place).keys.whole not in site.places


def _are_headlines(site: Common, below: Sequence[Sequence[Place]]) -> bool:
    lines = [line for items in below for line in site.lines(items)]
    sizes = [line.words for line in lines]
    texts = {line.text for line in lines}
    stops = sum(line.text.endswith((".", "。")) for line in lines)
    return (
        median(sizes) >= _HEADLINE
        and max(sizes) <= ITEM_WORDS
        and len(texts) > 1
        and stops <= (1 - MOST) * len(lines)
        and not any(line.fixed for line in lines)
    )


def _leads(site: Common, places: Sequence[Place], below: Sequence[Sequence[Place]], ends: Sequence[str]) -> bool:
    """Whether a marker leads away from the article: what is below it is nothing but links, or it is among leftovers."""
    lines = [line for items in below for line in site.lines(items)]
    if sum(line.linked for line in lines) >= MOST * len(lines):
        return True
    if site.share(places, site.outside) < MOST or any(line.heading for line in site.lines(places[:3])):
        return False
    leaning = site.share(places, lambda place: site.beside(place, -1) in (GONE, TAKEN)) >= MOST
    return leaning or sum(end in (GONE, TAKEN) for end in ends) >= MOST * len(ends)


def _keys_behind(site: Common, below: Sequence[Sequence[Place]]) -> Iterator[str]:
    """The keys of the lines that stand behind sections often."""
    behind = Counter(
        site.line((document, number + 1)).keys.whole
        for document, number in (items[-1] for items in below)
        if site.beside((document, number), 1) in (GONE, TAKEN, COMMON)
    )
    return (key for key, count in behind.most_common(3) if key in site.places and count >= 2)


# --- lines that begin or end alike ----------------------------------------------------------------


def _affixes(site: Common, found: dict[str, Leftover]) -> Iterator[Leftover]:
    for key, places in sorted(site.affixes.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        open_places = [place for place in places if place not in site.taken and not site.line(place).gone]
        if key in found or site.documents_of(open_places) < site.least or not _is_steady(open_places):
            continue
        lines = site.lines(open_places)
        texts = [line.text for line in lines]
        if any(dated(line.text) or line.heading for line in lines) or affix_form(texts, key[0]) is None:
            continue
        if site.share(open_places, lambda place: _touches(site, place, GONE + TAKEN)) >= MOST:
            yield Leftover("affix", key, tuple(open_places))


def _is_steady(places: Sequence[Place]) -> bool:
    """Whether documents do not have many of them, as they have of what belongs to their parts: reviews, items."""
    return len(places) <= RUN * len({document for document, _ in places})
