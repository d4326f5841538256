"""Where elements stand in a page, as XPath."""

from __future__ import annotations

from lxml.etree import _Element as Element


class Paths:
    """The paths of elements, each found once: ``/html/body/div[2]/p[3]``.  A step without a number is the only one."""

    def __init__(self) -> None:
        self._known: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """The path of `element`; evaluated in its document, it gives just that element."""
        unknown: list[Element] = []
        at: Element | None = element
        while at is not None and at not in self._known:
            unknown.append(at)
            at = at.getparent()
        if at is None:
            root = unknown.pop()
            self._known[root] = f"/{root.tag}"
        while unknown:
            child = unknown.pop()
            parent = child.getparent()
            if child in self._known or parent is None:
                continue
            self._number(parent)
        return self._known[element]

    def _number(self, parent: Element) -> None:
        """Find the paths of all children of an element whose path is known."""
        above = self._known[parent]
        counts: dict[str, int] = {}
        children: list[tuple[Element, str, int]] = []
        for child in parent.iterchildren("*"):
            tag = child.tag
            number = counts[tag] = counts.get(tag, 0) + 1
            children.append((child, tag, number))
        for child, tag, number in children:
            self._known[child] = f"{above}/{tag}[{number}]" if counts[tag] > 1 else f"{above}/{tag}"
