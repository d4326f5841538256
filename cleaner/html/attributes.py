"""What the attributes of an element say, as bits of one integer: how it is laid out, how it is hidden, what it is for.

lxml makes attributes anew whenever it is asked, which takes longer than all that is made of them.  So each element is
asked once, one look serves whoever wants to know (`signs`, `hidden`, `words`), and what a value says is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from lxml.etree import _Element as Element

from cleaner.html import hidden, signs, words
from cleaner.html.maths import TEX_ATTRIBUTES

Attributes = Mapping[str, str]
"""Of one element, in the order of the page."""
Reader = Callable[[str], int]
_ROLES = {"table": signs.TABLE, "heading": signs.TITLE}

SIGNS = (1 << 16) - 1
_HIDDEN, _GROUPS = 16, 32
"""Where the bits of `hidden` begin, and those of `words`; the bits of `signs` are the lowest."""


class AttributesOf(dict[Element, Attributes]):
    """The attributes of the elements of a page."""

    def __missing__(self, element: Element) -> Attributes:
        found = self[element] = dict(element.items())
        return found


def traits(attributes: Attributes) -> int:
    """All that the attributes of an element say; 0: nothing."""
    found = 0
    for name, value in attributes.items():
        read = _READERS.get(name)
        if read is not None:
            found |= read(value)
    return found


def groups(told: int) -> int:
    """The class groups among the traits of an element."""
    return told >> _GROUPS


def hiding(tag: str, told: int) -> int:
    """How an element with these traits is hidden, as bits of `hidden`; 0: it is not."""
    bits = told >> _HIDDEN & SIGNS
    return hidden.hiding(tag, bits) if bits or tag in hidden.TAGS else 0


def traits_of(element: Element) -> int:
    """All that the attributes of an element say which nobody else has read."""
    return traits(dict(element.items()))


def hides(element: Element) -> int:
    """How an element itself is hidden."""
    return hiding(element.tag, traits_of(element))


@lru_cache(maxsize=50_000)
def _by_class(names: str) -> int:
    return signs.by_class(names) | hidden.by_class(names) << _HIDDEN | words.groups_in(names) << _GROUPS


@lru_cache(maxsize=50_000)
def _by_style(style: str) -> int:
    return signs.by_style(style) | hidden.by_style(style) << _HIDDEN


def _by_role(role: str) -> int:
    return _by_word(role) | _ROLES.get(role, 0)


def _by_id(name: str) -> int:
    return _by_word(name) | hidden.by_id(name) << _HIDDEN


def _by_word(value: str) -> int:
    return words.groups_in(value) << _GROUPS


def _concealed(attribute: str) -> Reader:
    return lambda value: hidden.by_attribute(attribute, value) << _HIDDEN


_READERS: dict[str, Reader] = {
    **dict.fromkeys([*TEX_ATTRIBUTES, "data-mathml"], lambda value: signs.MATHS),
    **dict.fromkeys(words.ATTRIBUTES, _by_word),
    **{name: _concealed(name) for name in hidden.ATTRIBUTES},
    "class": _by_class,
    "style": _by_style,
    "role": _by_role,
    "id": _by_id,
}
