"""Why the scorer judges a block as it does, in words a reader understands.

Every answer on the way through a tree moves what the tree is expected to say; the move belongs to the feature that was
asked for (Saabas 2014).  Moves are added up by family, since a reader cares for "its container", not for one of its
forty numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from cleaner.html.score.names import FAR, KINDS, NAMES, Ints

_OWN = {
    "words": "length",
    "words beside alike": "alike",
    "link share beside alike": "alike",
    "link share": "links",
    "links": "links",
    "icon share": "icons",
    "at signs": "address",
    "currency": "currency",
    "copyright sign": "copyright",
    "chrome words": "furniture",
    "chrome count": "furniture",
    "months": "date",
    "years": "date",
    "title words": "title",
    "title share": "title",
    "kind": "kind",
    "heading level": "kind",
    "announces": "announcement",
    "hidden by style": "hidden",
    "hidden from readers": "hidden",
    "only for readers": "hidden",
    "without scripts": "hidden",
    "indent": "kind",
    "quoted": "kind",
    "tight": "kind",
    "copies": "copies",
    "copies before": "copies",
    "since heading": "heading",
    "words since heading": "heading",
    "level above": "heading",
    "headings before": "heading",
    "since headline": "position",
    "since title": "position",
    "index share": "position",
    "words before": "position",
    "prose before": "position",
    "prose after": "position",
    "blocks before": "position",
    "blocks after": "position",
    "to prose before": "prose near",
    "to prose after": "prose near",
}
_BEGINNINGS = {
    "near ": "",  # a family of its own
    "heading above: ": "",
    "container ": "container",
    "prose ": "main prose",
    "alike ": "alike",
    "record: ": "record",
    "section: ": "section",
    "page": "page",
    "since ": "announcement",
}


def _family(name: str) -> str:
    if " at +" in name or " at -" in name:
        return "neighbours"
    if name in _OWN:
        return _OWN[name]
    for beginning, family in _BEGINNINGS.items():
        if name.startswith(beginning):
            return family or name
    return "wording"


FAMILIES = tuple(dict.fromkeys(map(_family, NAMES)))
"""What reasons are about."""
_NUMBER = {name: number for number, name in enumerate(FAMILIES)}
OF: Ints = np.array([_NUMBER[_family(name)] for name in NAMES], np.int64)
"""For each feature the number of its family."""
COPY = "- repeats another block"

Values = Mapping[str, float]


def _count(number: float, one: str, many: str) -> str:
    return f"{number:.0f} {one if round(number) == 1 else many}"


def _links(density: float) -> str:
    return f"link density {min(density, 1):.2f}"  # white space inside links can make it more than one


def _container(values: Values) -> str:
    size = _count(values["container 1: blocks"], "block", "blocks")
    return f"container of {size}, {_links(values['container 1: link share'])}"


def _alike(values: Values) -> str:
    others = values["alike 3: blocks"] - 1
    return f"{_count(others, 'other block looks', 'other blocks look')} the same" if others else "looks like no other"


def _record(values: Values) -> str:
    siblings = values["record: siblings"]
    return f"one of {siblings:.0f} like records" if siblings else "no record of a list"


_PHRASES: dict[str, Callable[[Values], str]] = {
    "length": lambda values: _count(values["words"], "word", "words"),
    "links": lambda values: _links(values["link share"]),
    "icons": lambda values: "icons" if values["icon share"] else "no icons",
    "address": lambda values: "an address" if values["at signs"] else "no address",
    "currency": lambda values: "a price" if values["currency"] else "no price",
    "copyright": lambda values: "copyright sign" if values["copyright sign"] else "no copyright sign",
    "furniture": lambda values: "words of page furniture" if values["chrome count"] else "no words of page furniture",
    "date": lambda values: "a date" if values["months"] or values["years"] else "no date",
    "title": lambda values: "words of the headline" if values["title words"] else "no words of the headline",
    "kind": lambda values: f"kind of block: {KINDS[int(values['kind'])]}",
    "announcement": lambda values: "announces what follows" if values["announces"] else "below an announcement",
    "hidden": lambda values: "hidden" if values["hidden by style"] or values["hidden from readers"] else "visibility",
    "copies": lambda values: f"stands {_count(values['copies'], 'time', 'times')} on the page",
    "position": lambda values: f"at {100 * values['index share']:.0f} % of the page",
    "prose near": lambda values: (
        f"prose {_count(min(values['to prose before'], values['to prose after']), 'block', 'blocks')} away"
    ),
    "container": _container,
    "main prose": lambda values: "inside the main prose" if values["prose 50: inside"] else "outside the main prose",
    "alike": _alike,
    "record": _record,
    "section": lambda values: f"section with {_links(values['section: link share'])}",
    "page": lambda values: f"page of {values['page: words']:.0f} words, {_links(values['page: link share'])}",
    "neighbours": lambda values: "blocks before and after it",
    "heading": lambda values: _count(values["since heading"], "block", "blocks") + " below a heading",
    "wording": lambda values: "sentence" if values["ends a sentence"] else "wording",
}


def phrase(family: int, column: npt.NDArray[np.float32]) -> str:
    """A family in words.

    Args:
        column: all features of the block.
    """
    name = FAMILIES[family]
    if name.startswith("near "):
        return ("inside " if column[_ROW[name]] < FAR else "not inside ") + name.removeprefix("near ")
    if name.startswith("heading above: "):
        return name if column[_ROW[name]] else f"heading above: not {name.removeprefix('heading above: ')}"
    return _PHRASES[name](_Column(column))


_ROW = {name: row for row, name in enumerate(NAMES)}


class _Column(Mapping[str, float]):
    """The features of a block by name."""

    def __init__(self, column: npt.NDArray[np.float32]) -> None:
        self._column = column

    def __getitem__(self, name: str) -> float:
        return float(self._column[_ROW[name]])

    def __iter__(self) -> Iterator[str]:
        return iter(_ROW)

    def __len__(self) -> int:
        return len(_ROW)
