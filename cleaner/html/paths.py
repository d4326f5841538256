"""Where elements stand in a page, as XPath."""

from __future__ import annotations

from collections import Counter

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
            above = self._known[parent]
            children = [c for c in parent if type(c.tag) is str]
            alike = Counter(c.tag for c in children)
            seen: Counter[object] = Counter()
            for one in children:
                seen[one.tag] += 1
                number = f"[{seen[one.tag]}]" if alike[one.tag] > 1 else ""
                self._known[one] = f"{above}/{one.tag}{number}"
        return self._known[element]
