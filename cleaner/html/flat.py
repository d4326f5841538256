"""Pages without structure: nothing but paragraphs, as a clipboard or a converter leaves them."""

from __future__ import annotations

from cleaner.html.blocks import Page
from cleaner.html.tags import HEADINGS

_PLAIN = HEADINGS.keys() | {"html", "body", "div", "p", "ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd", "hr"}
_DEPTH = 4  # of divs around the text, at most


def is_flat(page: Page) -> bool:
    """Whether the page says nothing about its parts: no class or id, no sections, no tables.

    Then a judgement by structure would be a guess from lengths and links, and the rules for text decide alone.
    """
    return all(
        container.tag in _PLAIN
        and container.depth <= _DEPTH
        and not container.attributes.get("class")
        and not container.attributes.get("id")
        for container in page.containers
    )
