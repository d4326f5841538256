"""Elements that cannot be walked over for an error of ours: their text is read, and nothing else of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from lxml.etree import _Element as Element

from cleaner.errors import left_out
from cleaner.html.blocks import Page
from cleaner.html.tags import SILENT

_MAX = 10  # elements; each costs another walk


class Fault(Exception):
    """An element that cannot be walked over, and why."""

    def __init__(self, element: Element, error: Exception) -> None:
        super().__init__(error)
        self.element = element
        self.error = error


def overcome(walk: Callable[[Container[Element]], Page], faults: list[str]) -> Page:
    """What a walk gives that is told which elements are broken; it is taken again for each that turns out to be.

    Raises:
        Fault: there are too many.
    """
    broken: set[Element] = set()
    while isinstance(page := _tried(walk, broken), Fault):
        if len(broken) == _MAX:
            raise page
        broken.add(page.element)
        faults.append(left_out(f"the markup of an element <{page.element.tag}>", page.error))
    page.faults = faults
    return page


def _tried(walk: Callable[[Container[Element]], Page], broken: set[Element]) -> Page | Fault:
    try:
        return walk(broken)
    except Fault as fault:
        return fault


def texts(element: Element) -> Iterator[str]:
    """The text in an element, piece by piece."""
    for node in element.iter():
        if type(node.tag) is str and node.tag not in SILENT:
            yield node.text or ""
        if node is not element:
            yield node.tail or ""
