"""Lists: what stands in front of their items, and which boxes are ticked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes
from cleaner.html.tags import SILENT

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(lower|upper)-(alpha|latin|roman)", re.IGNORECASE)
_TASKS = re.compile(r"(?:^|[\s_-])(?:task|tasks|todo|to-do|checklist|task-?list)(?=$|[\s_-])", re.IGNORECASE)
_MOST = 0.75  # of a page
_MAIN = ("main", "h1")
_BOXES = 100  # that are looked at
_LARGEST = 999_999_999  # of the numbers that Markdown takes for a list's
_LETTERS = 26
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ROMANS_END = 4000
_BULLETS = ("bullet", "checked", "unchecked")
"""What Quill, all of whose lists are ``ol``, says of items that it does not count."""
_EVERNOTE = re.compile(r"--en-checked\s*:\s*(true|false)")
_NEAR = 4
"""Elements in an item of which one may be its box."""
_STATES = {
    "data-checked": {"true": True, "checked": True, "": True, "false": False},
    "data-list": {"checked": True, "unchecked": False},
}
"""Attributes by which editors tell whether an item's box is ticked."""


@dataclass(slots=True, eq=False)
class List:
    """A list that is being walked.

    Attributes:
        number: of the next item; `step` leads to the one after it.
        style: how an ordered list counts: one of ``1 a A i I``.
    """

    ordered: bool = False
    number: int = 1
    step: int = 1
    style: str = "1"

    @classmethod
    def of(cls, element: Element, tag: str) -> List:
        """The list that an ``ul``, ``ol``, ``menu`` or ``dir`` begins."""
        if tag != "ol":
            return cls()
        step = -1 if element.get("reversed") is not None else 1
        default = sum(1 for _ in element.iterchildren("li")) if step < 0 else 1
        return cls(True, _whole(element.get("start"), default), step, _style(element))

    def take(self, item: Element) -> int | str | None:
        """The next item's number; a label, if its list counts in a way that Markdown does not; None for a bullet."""
        if not self.ordered or item.get("data-list") in _BULLETS:
            return None
        number = _whole(item.get("value"), self.number)
        self.number = number + self.step
        if self.style in "aA" and number > 0:
            return _cased(_letters(number), self.style) + "."
        if self.style in "iI" and 0 < number < _ROMANS_END:
            return _cased(_roman(number), self.style) + "."
        return number if 0 <= number <= _LARGEST else f"{number}."

    def marker(self, item: Element) -> str:
        """What stands before an item in the middle of a line."""
        number = self.take(item)
        label = "- " if number is None else f"{number}. " if isinstance(number, int) else f"{number} "
        return label + BOXES[ticked(item, dict(item.items()))]


BOXES = {None: "", False: "[ ] ", True: "[x] "}


def holding_page(root: Element) -> frozenset[Element]:
    """The items that hold a page with its main heading, of menus that are never closed: they are no items of a list."""
    if all(next(heading.iterancestors("li"), None) is None for heading in root.iter(*_MAIN)):
        return frozenset()
    sizes = _sizes(root)
    large = [item for item in root.iter("li") if sizes[item] > _MOST * sizes[root]]
    return frozenset(item for item in large if next(item.iterdescendants(*_MAIN), None) is not None)


def _sizes(root: Element) -> Counter[Element]:
    """About how many characters each element shows."""
    sizes: Counter[Element] = Counter()
    for one in reversed(list(root.iter())):
        if type(one.tag) is str and one.tag not in SILENT:
            sizes[one] += len((one.text or "").strip())
        if one is not root:
            sizes[one.getparent()] += sizes[one] + len((one.tail or "").strip())
    return sizes


def ticked(element: Element, attributes: Attributes) -> bool | None:
    """Whether an item with these attributes is ticked, as editors note it; None if it has no box."""
    if attributes:
        for name, states in _STATES.items():
            state = attributes.get(name)
            if state is not None and state.lower() in states:
                return states[state.lower()]
        stated = _EVERNOTE.search(attributes.get("style", ""))
        if stated:
            return stated[1] == "true"
        if "data-inline-task-id" in attributes:  # Confluence
            return "checked" in attributes.get("class", "").split()
        if (box := _box(attributes)) is not None:
            return box
    for one in islice(element.iterdescendants(), _NEAR):
        if (box := _box(dict(one.items()))) is not None:
            return box
    return None


def _box(attributes: Attributes) -> bool | None:
    """Whether an element is a box that is ticked, or one that is not; None: it is no box."""
    if attributes.get("role") == "checkbox":
        return attributes.get("aria-checked") == "true"
    names = attributes.get("class", "").split()
    if "checkbox" in names and ("checkbox-on" in names or "checkbox-off" in names):  # Notion
        return "checkbox-on" in names
    return None


def is_task(element: Element) -> bool:
    """Whether a paragraph is an item of a list of tasks: Evernote has such lists without a list around them."""
    return len(element) > 0 and element[0].tag == "en-todo" and not (element.text or "").strip()


def checked(box: Element) -> bool | None:
    """Whether a check box is ticked; None if it is none of a list of tasks.

    A box that nobody ticked and anybody may (of ingredients, of filters) is a control of the page, no part of its text.
    """
    if box.tag == "en-todo":
        return bool(box.get("checked") == "true")
    if (box.get("type") or "").lower() != "checkbox":
        return None
    around = next(box.iterancestors("ul", "ol", "menu"), box)
    item = next(box.iterancestors("li"), box)
    if any(_TASKS.search(one.get("class") or "") for one in (box, item, around)):
        return "checked" in box.attrib
    stated = any("checked" in one.attrib or "disabled" in one.attrib for one in _boxes(around))
    return "checked" in box.attrib if stated else None


def _boxes(list_: Element) -> Iterator[Element]:
    """The first boxes of a list."""
    return islice((one for one in list_.iter("input") if (one.get("type") or "").lower() == "checkbox"), _BOXES)


def _whole(value: str | None, default: int) -> int:
    value = (value or "").strip()
    return int(value) if value.removeprefix("-").isdecimal() and value.isascii() and len(value) < 12 else default


def _style(element: Element) -> str:
    kind = element.get("type") or ""
    if kind in ("a", "A", "i", "I"):
        return kind
    stated = _STYLE.search(element.get("style") or "")
    if not stated:
        return "1"
    style = "i" if stated[2].lower() == "roman" else "a"
    return style.upper() if stated[1].lower() == "upper" else style


def _cased(label: str, style: str) -> str:
    return label.upper() if style.isupper() else label


def _letters(number: int) -> str:
    label = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        label = chr(ord("a") + letter) + label
    return label


def _roman(number: int) -> str:
    label = ""
    for value, sign in _ROMAN:
        label += sign * (number // value)
        number %= value
    return label
