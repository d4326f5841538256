"""The walk past pictures, and past what a page shows of others."""

from __future__ import annotations

from abc import abstractmethod

from lxml.etree import _Element as Element

from cleaner.html import embeds, images
from cleaner.html.attributes import traits
from cleaner.html.cells import TableWalk
from cleaner.html.embeds import Embed
from cleaner.html.images import Image
from cleaner.html.parts import EMBED, IMAGE
from cleaner.html.tags import SILENT


class MediaWalk(TableWalk):
    """Shows pictures, and links to what is embedded, each once."""

    shown = ""  # the address of the last picture or embed
    stands_in = False  # whether the last picture only keeps the place of another one

    @abstractmethod
    def _container(self, element: Element, tag: str, told: int) -> None:
        """Walk an element that begins on a line of its own, wherever it stands."""

    @abstractmethod
    def _inline(self, element: Element, tag: str, told: int) -> None:
        """Walk an element in the middle of a line, with these traits."""

    def _picture(self, element: Element) -> None:
        if words := images.sign(element):
            self._text(words)
            return
        found = images.image(element)
        self.stands_in = found is None
        self._show(found, apart=False)

    def _scriptless(self, element: Element) -> None:
        """What readers without scripts see: words of their own, or lazy pictures once more."""
        if "".join(element.itertext()).strip():
            self._container(element, "noscript", traits(self.attributes[element]))
            return
        found = [] if images.is_copy(element, "" if self.stands_in else self.shown) else images.copies(element)
        if self.parts and not self.in_cell:
            self._flush()
        for one in found:
            self._show(one)
        for frame in element.iter(*embeds.TAGS):
            self._embed(frame)

    def _embed(self, element: Element) -> None:
        tag = str(element.tag)
        self._show(embeds.shown(element), apart=tag != "audio")
        if tag not in SILENT:  # its own words are those of the player
            self._inline(element, tag, traits(self.attributes[element]))

    def _without_words(self, element: Element) -> None:
        """A container may show a picture as its background, or wait for a script to embed something."""
        attributes = self.attributes[element]
        if attributes:
            self._show(images.background(element, attributes) or embeds.facade(attributes))

    def _show(self, found: Image | Embed | None, *, apart: bool = True) -> None:
        """A picture or a link to what is embedded, `apart` from the text around it; None: nothing to see.

        What is lazy stands there twice, the second time for readers without scripts.
        """
        if found is None or (found.source and found.source == self.shown):
            return
        self.shown = source = found.source
        apart = apart and not self.in_cell
        if self.parts and apart:
            self._flush()
        self._add((IMAGE, found) if isinstance(found, Image) else (EMBED, found))
        self.visible = True
        if not source:
            self.page.unreadable.append(len(self.page.blocks))
        if apart:
            self._flush()
