"""What is judged together: the rows of a table, a term and its definition, the items of a numbered list, and the notes
of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from cleaner.decide.engine_rules import BOILERPLATE, HEADLINE, ICON
from cleaner.html.blocks import Container, Page, only_icons
from cleaner.html.indents import SECTIONS
from cleaner.html.parts import FOOTNOTE, targets
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import BITS
from cleaner.reasons import Code, Reason

Probabilities = npt.NDArray[np.float32]

_MOSTLY = 0.7
"""Of the words of a section of notes."""
_DATA = 0.05
"""Probability from which on a table of figures in an article stays where tables can be shown."""
_NAMED = 0.1
"""The same for a table whose header names its columns, below text that stays."""
_FEW_ROWS = 2
_ITEM = 0.2
"""Probability from which on an item stays beside others of its list."""
_FEW_ITEMS = 2
_OWN = 0.5
"""Items that stay for each that repeats another list."""
_FURNITURE = sum(
    BITS[name]
    for name in ("nav", "related", "share", "comment", "newsletter", "ad", "pager", "tags", "meta", "product")
)
"""Class words of lists that serve the page."""
_LINKED, _ALL_LINKED = 0.4, 0.9


def shared(probability: Probabilities, words: npt.NDArray[np.int64], page: Page) -> Probabilities:
    """The probabilities with one for all blocks of each unit: their mean, weighted by words."""
    result: Probabilities = probability.copy()
    for unit in _units(page):
        numbers = [number for number in unit if not np.isnan(result[number])]
        weights = words[numbers]
        if weights.sum():
            result[numbers] = np.float32((result[numbers].astype(np.float64) * weights).sum() / weights.sum())
    return result


def mend(judgement: Judgement, page: Page) -> None:
    """Bring back what would tear a table, a definition or a numbered list, and the notes of what stays."""
    for unit in _units(page):
        if any(_stays(judgement, page, number) for number in unit):
            _bring_back(judgement, page, unit)
    for container in page.containers:
        if container.tag == "table" and container.last > container.first:
            _keep_frame(judgement, page, container)
        elif container.tag in ("ol", "dl") and not container.counts_nothing:
            _close_holes(judgement, page, container)
        if container.tag == "dl" and _has_sections(page, container):
            _keep_terms(judgement, page, container)
    _keep_notes(judgement, page)


def keep_captioned(judgement: Judgement, page: Page) -> None:
    """Bring back the table of which the caption stays, and the other way round."""
    for figure in page.containers:
        numbers = range(figure.first, figure.last)
        if figure.tag != "figure" or {page.blocks[number].kind for number in numbers} != {"row", "caption"}:
            continue
        if any(_stays(judgement, page, number) for number in numbers):
            _bring_back(judgement, page, numbers)


def keep_data(judgement: Judgement, page: Page, probability: Sequence[float]) -> None:
    """Bring back the tables of figures below the first of what stays, unless they are quite unlikely: results are no
    leftovers."""
    first = next((number for number in range(len(page.blocks)) if _stays(judgement, page, number)), None)
    if first is None:
        return
    for table in page.containers:
        if table.tag != "table" or not first < table.first < table.last:
            continue
        numbers = range(table.first, table.last)
        rows = [number for number in numbers if page.blocks[number].row is not None]
        if len(rows) < sum(page.blocks[number].kind != "caption" for number in numbers):
            continue  # a layout with a table in it
        lowest = min((probability[n] for n in rows if not wordless(page.blocks[n])), default=0.0)
        likely = lowest >= _DATA and (_is_data(page, rows) or _is_between(judgement, page, table, rows))
        named = lowest >= _NAMED and _is_named(judgement, page, table, rows)
        if likely or named or _is_section(judgement, page, table):
            above = table.first - 1 if page.blocks[table.first - 1].kind == "caption" else table.first
            _bring_back(judgement, page, range(above, table.last))


def keep_items(judgement: Judgement, page: Page, probability: Sequence[float], copies: Sequence[bool] = ()) -> None:
    """Bring back the items of a list of which others stay, or which the text above announces with a colon, unless they
    are unlikely.

    Args:
        copies: whether a block is unlikely only because it repeats another one, which is no reason beside two items
            that stay, and half as many; empty if it is.
    """
    for list_ in page.containers:
        numbers = range(list_.first, list_.last)
        if list_.tag != "ul" or len(numbers) < _FEW_ITEMS or list_.words & _FURNITURE:
            continue
        if not any(number in judgement.gone for number in numbers) or _is_contents(page, numbers):
            continue
        inside = [one for one in _inside(page, list_, "ul") if one.tag == "li" and one.parent == list_.number]
        items = [range(one.first, one.last) for one in inside if one.last > one.first]
        staying = sum(any(_stays(judgement, page, n) for n in item) for item in items)
        if not (staying or _is_announced(judgement, page, list_)):
            continue
        same = sum(any(copies[n] for n in item) for item in items) if copies else 0
        repeated = copies if staying >= max(_FEW_ITEMS, _OWN * same) else ()
        for item in items:
            if all(page.blocks[n].kind == "item" for n in item) and all(
                probability[n] >= _ITEM or wordless(page.blocks[n]) or (repeated and repeated[n]) for n in item
            ):
                _bring_back(judgement, page, item)


def _is_contents(page: Page, numbers: Sequence[int]) -> bool:
    """Whether all items of a list lead to sections of the same page."""
    found = [target for number in numbers for target in targets(page.blocks[number].parts)]
    return len(found) >= _FEW_ITEMS and all(target.startswith("#") for target in found)


def _is_announced(judgement: Judgement, page: Page, list_: Container) -> bool:
    above, _ = _beside(page, list_)
    return above is not None and above not in judgement.gone and page.blocks[above].text.endswith((":", "："))


def _is_data(page: Page, rows: Sequence[int]) -> bool:
    """Whether most rows hold figures, and hardly any a link."""
    figures = sum(any(map(str.isdecimal, page.blocks[number].text)) for number in rows)
    return len(rows) > _FEW_ROWS and 2 * figures > len(rows) and _linked(page, rows) < _LINKED


def _is_between(judgement: Judgement, page: Page, table: Container, rows: Sequence[int]) -> bool:
    """Whether text that stays goes on below a table, and it is no list of links."""
    above, below = _beside(page, table)
    return (
        len(rows) > _FEW_ROWS
        and _linked(page, rows) < _ALL_LINKED
        and all(number is not None and number not in judgement.gone for number in (above, below))
    )


def _is_named(judgement: Judgement, page: Page, table: Container, rows: Sequence[int]) -> bool:
    """Whether a table has a header, hardly any link, and text above it that stays."""
    above, _ = _beside(page, table)
    place = page.blocks[rows[0]].row
    heads = place is not None and place.heads
    stays = above is not None and above not in judgement.gone
    return stays and heads and len(rows) > _FEW_ROWS and _linked(page, rows) < _LINKED


def _linked(page: Page, rows: Sequence[int]) -> float:
    """How much of the rows stands in links."""
    size = sum(len(page.blocks[number].text) for number in rows)
    return sum(page.blocks[number].linked for number in rows) / max(1, size)


def _beside(page: Page, table: Container) -> tuple[int | None, int | None]:
    """The next blocks with words above and below a table or list that are no captions."""

    def first(numbers: Iterable[int]) -> int | None:
        blocks = page.blocks
        said = (n for n in numbers if not (blocks[n].hidden or wordless(blocks[n]) or blocks[n].kind == "caption"))
        return next(said, None)

    return first(reversed(range(table.first))), first(range(table.last, len(page.blocks)))


def _is_section(judgement: Judgement, page: Page, table: Container) -> bool:
    """Whether a table with a header is all there is below a heading that stays."""
    blocks = page.blocks
    place = blocks[table.first].row
    if place is None or not place.heads or blocks[table.first - 1].kind != "heading" or table.last == len(blocks):
        return False
    return _stays(judgement, page, table.first - 1) and blocks[table.last].kind == "heading"


# --- units --------------------------------------------------------------------------------------


def _units(page: Page) -> Iterator[Sequence[int]]:
    """The blocks of each table with data, and of each term with its definitions."""
    covered = 0  # blocks of outer units
    for container in page.containers:
        if container.first < covered or container.first == container.last:
            continue
        if container.tag == "table" and page.blocks[container.last - 1].row is not None:
            yield _told(page, range(container.first, container.last))
            covered = container.last
        elif container.tag == "dl" and not _has_sections(page, container):
            yield from (_told(page, entry) for entry in _entries(page, container))
            covered = container.last


def _told(page: Page, numbers: Iterable[int]) -> list[int]:
    """Those of some blocks that are text: hidden ones only where all of them are, as in a list that is folded up."""
    text = [n for n in numbers if not only_icons(page.blocks[n].text, page.blocks[n].icons)]
    return [n for n in text if not page.blocks[n].hidden] or text


def _has_sections(page: Page, list_: Container) -> bool:
    """Whether the definitions of a list hold lists of that kind, tables or headings, as documentation has them."""
    return any(container.tag in SECTIONS for container in _below(page, list_))


def _entries(page: Page, list_: Container) -> Iterator[Sequence[int]]:
    """The blocks of each entry of a ``dl``: terms and what defines them."""
    parts = [part for part in _inside(page, list_, "dl") if part.tag in ("dt", "dd") and part.last > part.first]
    start = end = list_.first
    tag = ""
    for part in parts:
        if part.first < end:
            continue  # inside another
        if part.tag == "dt" and tag != "dt":
            if end > start:
                yield range(start, end)
            start = part.first
        tag, end = part.tag, part.last
    if end > start:
        yield range(start, end)


def _below(page: Page, outer: Container) -> Iterator[Container]:
    for number in range(outer.number + 1, len(page.containers)):
        container = page.containers[number]
        if container.depth <= outer.depth:
            return
        yield container


def _inside(page: Page, outer: Container, tag: str) -> Iterator[Container]:
    """The containers in one, but for those in another of the same tag in it."""
    skipped = -1
    for container in _below(page, outer):
        if 0 <= skipped < container.depth:
            continue
        skipped = container.depth if container.tag == tag else -1
        if container.tag != tag:
            yield container


# --- mending ------------------------------------------------------------------------------------


def _stays(judgement: Judgement, page: Page, number: int) -> bool:
    return number not in judgement.gone and not wordless(page.blocks[number])


def _bring_back(judgement: Judgement, page: Page, numbers: Iterable[int], why: Code | None = None) -> None:
    """Let blocks stay: what the scorer took, and if there is a reason, also what rules took; never what is hidden."""
    for number in numbers:
        verdict = judgement.gone.get(number)
        if verdict is None or page.blocks[number].hidden or verdict.rule in (ICON, HEADLINE):
            continue
        if verdict.rule is BOILERPLATE:
            del judgement.gone[number]
        elif why:
            del judgement.gone[number]
            judgement.kept.append((number, verdict.rule, Reason.of(why)))


def _keep_frame(judgement: Judgement, page: Page, table: Container) -> None:
    """A table that stays has its first row, without which Markdown takes it for no table; HTML also needs the last."""
    rows = [number for number in range(table.first, table.last) if page.blocks[number].row is not None]
    if any(_stays(judgement, page, number) for number in rows):
        place = page.blocks[rows[-1]].row
        frame = (rows[0], rows[-1]) if place is not None and place.html else (rows[0],)
        _bring_back(judgement, page, frame, "table-frame")


def _keep_terms(judgement: Judgement, page: Page, list_: Container) -> None:
    """The terms of definitions that stay, stay: names of functions in documentation."""
    for entry in _entries(page, list_):
        terms = list(takewhile(lambda number: page.blocks[number].kind == "term", entry))
        if any(_stays(judgement, page, number) for number in entry):
            _bring_back(judgement, page, terms)


def _close_holes(judgement: Judgement, page: Page, list_: Container) -> None:
    """What stands between items that stay, stays."""
    items: list[Sequence[int]]
    if list_.tag == "dl":
        items = [] if _has_sections(page, list_) else list(_entries(page, list_))
    else:
        children = [one for one in _inside(page, list_, "ol") if one.tag == "li" and one.last > one.first]
        if any(one.counts_nothing for one in children):
            return
        items = [range(one.first, one.last) for one in children]
    staying = [place for place, item in enumerate(items) if any(_stays(judgement, page, number) for number in item)]
    if not staying:
        return
    for place in range(staying[0], staying[-1] + 1):
        whole = place not in staying
        _bring_back(judgement, page, items[place], "list-middle" if whole else None)


# --- notes --------------------------------------------------------------------------------------


def _keep_notes(judgement: Judgement, page: Page) -> None:
    """The notes that stay are those to which the text that stays refers, and what is in one section with them."""
    if not page.notes:
        return
    marks = [
        {str(part[1]) for part in block.parts if not isinstance(part, str) and part[0] == FOOTNOTE}
        for block in page.blocks
    ]
    known: set[str] = set()
    while True:
        wanted = set().union(*(mark for number, mark in enumerate(marks) if number not in judgement.gone))
        fresh = (wanted - known) & page.notes.keys()
        if not fresh:
            break
        known |= fresh
        for label in fresh:
            note = page.containers[page.notes[label]]
            _bring_back(judgement, page, range(note.first, note.last), "note-of-text")
    if known:
        _keep_section(judgement, page, [page.containers[page.notes[label]] for label in known])


def _keep_section(judgement: Judgement, page: Page, notes: Sequence[Container]) -> None:
    """The section of the notes, with its heading: the largest container that is made of them."""
    first, last = min(note.first for note in notes), max(note.last for note in notes)
    words = sum(len(page.blocks[number].text.split()) for note in notes for number in range(note.first, note.last))
    section: Container | None = None
    around = page.containers[notes[0].parent]
    while around.parent >= 0:
        if around.first <= first and last <= around.last:
            inside = sum(len(page.blocks[number].text.split()) for number in range(around.first, around.last))
            if words < _MOSTLY * inside:
                break
            section = around
        around = page.containers[around.parent]
    if section is not None:
        first, last = section.first, section.last
        _bring_back(judgement, page, range(first, last))
    above = first - 1
    if above >= 0 and page.blocks[above].kind == "heading":
        _bring_back(judgement, page, (above,))
