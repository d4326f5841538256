"""Lists of which only a level says that they are nested: Google's documents, Word for the web, Quill, Dropbox Paper.

Each level is a list beside the one that it stands in, or an item beside its parent; here it becomes a list in an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

_BY_LIST = re.compile(r"(?:^|\s)(?:lst-kix_\w+-|listindent)(\d)(?=\s|$)")
_BY_ITEM = re.compile(r"(?:^|\s)ql-indent-(\d)(?=\s|$)")
_BY_MARGIN = re.compile(r"margin-left\s*:\s*(\d+(?:\.\d+)?)(?:pt|px|r?em|in|cm)", re.IGNORECASE)
_LISTS = ("ul", "ol")
_LOOKED_AT = 20
"""Items of a list of which one says its level, if any does."""


def nest(root: Element) -> None:
    """Put the items of deeper levels below `root` into the items that they stand under.  Only the tree changes."""
    done: set[Element] = set()
    for list_ in root.iter(*_LISTS):
        if list_ not in done and _may_have_levels(list_):
            group = list(_beside(list_))
            done.update(group)
            items = [(_level(item, one), one, item) for one in group for item in one.iterchildren("li")]
            if len({level for level, _, _ in items}) > 1:
                _build(group, items)


def _may_have_levels(list_: Element) -> bool:
    """Whether items of several levels may stand in a list and in those behind it, if it stands in no other."""
    following = list_.getnext()
    if following is None or following.tag not in _LISTS:
        unit = _unit(list_) if following is None else list_
        if unit is list_ or _list_in(unit.getnext()) is None:
            return any("ql-indent-" in (item.get("class") or "") for item in islice(list_, _LOOKED_AT))
    return next(list_.iterancestors("li"), None) is None


def _beside(list_: Element) -> Iterator[Element]:
    """The lists one after the other of which one is `list_`."""
    first = list_
    while (before := _list_in(_unit(first).getprevious())) is not None and not _says(_unit(before).tail):
        first = before
    while True:
        yield first
        unit = _unit(first)
        following = None if _says(unit.tail) else _list_in(unit.getnext())
        if following is None:
            return
        first = following


def _unit(list_: Element) -> Element:
    """A list, or the element that holds nothing else."""
    around = list_.getparent()
    return around if around is not None and _list_in(around) is list_ else list_


def _list_in(unit: Element | None) -> Element | None:
    """The list that an element is, or all that it holds."""
    if unit is None or unit.tag in _LISTS:
        return unit
    holds = unit.tag == "div" and len(unit) == 1 and unit[0].tag in _LISTS
    return unit[0] if holds and not (_says(unit.text) or _says(unit[0].tail)) else None


def _level(item: Element, list_: Element) -> float:
    """How deep an item stands, by what it or its list says: levels, or points of a margin."""
    for name in ("aria-level", "data-aria-level"):
        value = item.get(name) or ""
        if value.isdecimal():
            return int(value)
    named = _BY_ITEM.search(item.get("class") or "") or _BY_LIST.search(list_.get("class") or "")
    if named:
        return int(named[1]) + 1
    margin = _BY_MARGIN.search(item.get("style") or "") or _BY_MARGIN.search(list_.get("style") or "")
    return float(margin[1]) if margin else 0


def _build(group: list[Element], items: list[tuple[float, Element, Element]]) -> None:
    """Make one list of some, in the place of the first."""
    opened = [(items[0][0], group[0])]  # the innermost last
    last, end = _unit(group[-1]), _unit(group[0])
    after, last.tail = last.tail, None
    for number, (level, source, item) in enumerate(items):
        if number and source is not items[number - 1][1] and source.get("start"):
            item.set("value", source.get("start"))
        while len(opened) > 1 and opened[-1][0] > level:
            opened.pop()
        inner = opened[-1][1]
        if level > opened[-1][0] and len(inner):
            inner = inner.makeelement(source.tag, {})
            opened[-1][1][-1].append(inner)
            opened.append((level, inner))
        elif inner.tag != source.tag:
            inner = inner.makeelement(source.tag, {})
            opened[-1][1].addnext(inner)
            opened[-1] = (opened[-1][0], inner)
        item.tail = None
        inner.append(item)
    for one in group[1:]:
        unit = _unit(one)
        around = unit.getparent()
        if not len(one) and around is not None:
            around.remove(unit)
    end = opened[0][1] if end is group[0] else end
    end.tail = after


def _says(text: str | None) -> bool:
    return bool(text and text.strip())
