"""One walk over a page's tree gives every rendered block.

A block is a stretch of text that begins and ends on lines of its own: a paragraph, a heading, a list item, a row of a
table, a code listing.  The walk also notes what surrounds it: the containers with their class words, links, lists,
quotes, hidden layers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from math import inf

from lxml.etree import _Element as Element

from cleaner.errors import CleanerError, guarded
from cleaner.html import code, embeds, footnotes, maths, ruby
from cleaner.html.apart import first_words, in_sentence, is_apart, is_whole, touches
from cleaner.html.attributes import SIGNS, Attributes, AttributesOf, groups, hides, hiding, traits
from cleaner.html.blocks import Page
from cleaner.html.broken import Fault, overcome
from cleaner.html.composer import Given
from cleaner.html.deadline import Deadline
from cleaner.html.drawnlists import make_lists
from cleaner.html.footnotes import Notes
from cleaner.html.gutters import is_beside_code
from cleaner.html.hidden import ARIA
from cleaner.html.indents import Indents
from cleaner.html.levels import nest
from cleaner.html.listings import is_listing, is_typed
from cleaner.html.lists import checked, holding_page
from cleaner.html.maths import Formula
from cleaner.html.measure import aside_mark, is_sign, tail
from cleaner.html.notewalk import NoteWalk
from cleaner.html.parts import BREAK, CODE, EMPHASIS, HIT, ICON, MATH, SCRIPT, Mark
from cleaner.html.scripts import SHIFTED, of_element, styled
from cleaner.html.scripts import TAGS as SCRIPT_TAGS
from cleaner.html.sheets import Sheet
from cleaner.html.signs import COLLAPSED, KEPT, LINE, LISTING, MATHS, NUMBERS, PERHAPS_LINE, TABLE, TITLE, TYPED, VERSES
from cleaner.html.tags import BLOCKS, CONTROLS, HEADINGS, LISTS, MONOSPACE, SILENT, holds_block, titled
from cleaner.html.tags import CODE as CODE_TAGS
from cleaner.html.tags import EMPHASIS as EMPHASIS_TAGS
from cleaner.html.verses import make_lines

_STRIDE = 4096  # elements between two looks at the clock
_KINDS = {
    "li": "item",
    "figcaption": "caption",
    "caption": "caption",
    "dt": "term",
    "dd": "definition",
    "summary": "summary",
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(CONTROLS, "control"),
}
_UNSIGNED = BLOCKS - {"div", "figure", "section", "p", "ul"}
"""Blocks of which no class or style makes a formula or a listing."""
_TITLES = ("heading", "control", "summary")
_QUOTED = re.compile(r"\s*[\"“„«»‚‘'「『]")


def walk(
    root: Element,
    hits: Mapping[Element, int] | None = None,
    deadline: Deadline | None = None,
    attributes: AttributesOf | None = None,
) -> Page:
    """The blocks below `root`, in the order of the page.

    Args:
        hits: elements that structural rules hit, each with a number that the blocks inside carry in `Block.hits`.
        attributes: of the page, as far as they are known.

    Raises:
        InputError: the deadline is over, or there are more than `composer.MAX_BLOCKS` blocks.
    """
    faults: list[str] = []
    guarded("the search for lists", lambda: make_lists(root), None, faults)
    guarded("the levels of lists", lambda: nest(root), None, faults)
    notes = guarded("the search for footnotes", lambda: footnotes.find(root), Notes(), faults)
    wrappers: Container[Element] = guarded(
        "the search for unclosed menus", lambda: holding_page(root), frozenset(), faults
    )
    known = AttributesOf() if attributes is None else attributes
    given = Given(known, hits or {}, deadline or Deadline(inf), notes)
    return overcome(lambda broken: _Walk(given, Indents(wrappers), broken).run(root), faults)


class _Walk(NoteWalk):
    def __init__(self, given: Given, indents: Indents, broken: Container[Element] = ()) -> None:
        super().__init__(given, indents)
        self.broken = broken  # elements of which only the text is read
        self.visited = 0

    def run(self, root: Element) -> Page:
        self.sheet = Sheet.of(root)
        self._block(root, "body")
        self._write_asides()
        return self.page

    # --- elements -------------------------------------------------------------------------------

    def _inside(self, element: Element) -> None:
        text = element.text
        if text:
            self._text(text)
        before = None
        for child in element:
            tag = child.tag
            if type(tag) is str:
                if before is not None and tag not in BLOCKS and self._is_apart(before, child):
                    self.parts.append(" ")
                try:
                    self._visit(child, tag)
                except (CleanerError, MemoryError, Fault):
                    raise
                except Exception as error:  # in here, since a frame more for each element would be too many
                    raise Fault(child, error) from error
            text = child.tail
            if text:
                self._text(text)
                before = None
            else:
                before = child

    def _is_apart(self, before: Element, after: Element) -> bool:
        return type(before.tag) is str and is_apart(before, after, tail(self.parts))

    def _visit(self, element: Element, tag: str) -> None:
        self.visited += 1
        if not self.visited % _STRIDE:
            self._check()
        if element in self.broken:
            self._plainly(element)
            return
        special = _SPECIAL.get(tag)
        if special:
            special(self, element)
            return
        if tag in SILENT:
            return
        attributes = self.attributes[element]
        told = traits(attributes) if attributes else 0
        signs = self._signs(tag, told, attributes)
        if signs & MATHS and self._formula(maths.of_element(element)):
            return
        if signs & TABLE and self._roles(element):
            return
        kept = self.keeps_lines
        if signs & (KEPT | COLLAPSED):
            self.keeps_lines = not signs & COLLAPSED
        if signs & (LISTING | TYPED) and (is_typed(element) if signs & TYPED else is_listing(element, tag)):
            self._code(element)
        elif signs & NUMBERS and is_beside_code(element):
            self._aside(element)
        elif tag in BLOCKS or ("-" in tag and holds_block(element)):
            self._container(element, tag, told)
        elif signs & LINE or (signs & PERHAPS_LINE and not in_sentence(element)):
            self._separate()
            self._inline(element, tag, told)
            self._separate()
        else:
            self._inline(element, styled(element, tag, signs) if signs & SHIFTED else tag, told)
        self.keeps_lines = kept

    def _signs(self, tag: str, told: int, attributes: Attributes) -> int:
        found = told & SIGNS
        if self.sheet is not None:
            found |= self.sheet.signs(tag, attributes)
        return found & (KEPT | COLLAPSED) if tag in _UNSIGNED else found

    def _container(self, element: Element, tag: str, told: int) -> None:
        if told & VERSES:
            make_lines(element)
        tag = titled(element, tag) if told & TITLE else tag
        if self.in_cell:
            self._line(element, tag)
        else:
            self._block(element, tag, told)

    def _block(self, element: Element, tag: str, told: int | None = None) -> None:
        around = self._enter(element, tag, told)
        self.depth += 1
        if tag in _KINDS:
            self.kind = _KINDS[tag]
        elif tag in ("div", "td", "th", "p", "section", "article") and self.kind in ("heading", "control"):
            pass  # still the words of the heading or the button
        elif self.kind not in ("item", "caption", "definition", "term", "summary") or tag not in ("p", "div"):
            self.kind = "paragraph"
        note = self.notes.held.get(element)
        if note:
            self.page.notes[note] = self.container
        self.label = note or self.notes.titles.get(element) or self.label
        indented = self.indents.open(element, tag, self.attributes[element], note)
        self._inside(element)
        if self.parts:
            self._flush()
        elif self.page.containers[self.container].first == len(self.page.blocks):
            self._without_words(element)
        if note or element in self.notes.titles:
            self.label = ""
        if indented:
            self.indents.close()
        elif tag in LISTS:
            self.indents.close_list()
        self.depth -= 1
        self._leave(around)
        if self.aside and not self.indents.depth:
            self._write_asides()

    def _inline(self, element: Element, tag: str, told: int) -> None:
        if self._noted(element, tag):
            return
        if tag in MONOSPACE and not self.in_cell and self.kind != "heading" and is_listing(element, tag):
            self._code(element)
            return
        mark = self._meaning(element, tag, told)
        hidden = hiding(tag, told)
        paragraphs = hidden and len(element) and element.find(".//p") is not None
        if hidden and not paragraphs and (mark is None or hidden & ~ARIA):
            mark = aside_mark(element, hidden, mark)
        before = self.hidden
        if paragraphs:
            self.hidden |= hidden
        if element in self.hit_at:
            self._begin((HIT, str(self.hit_at[element])))
            self._between(element, mark)
            self._end()
        elif mark is not None:
            self._between(element, mark)
        else:
            self._inside(element)
        self.hidden = before

    def _meaning(self, element: Element, tag: str, told: int) -> Mark | None:
        if element in self.notes.backs or (self.kind in _TITLES and is_sign(element)):
            return ICON, ""
        if tag == "a":
            return self._anchor(element)
        if tag in EMPHASIS_TAGS or tag in MONOSPACE:
            return (CODE, "") if tag in MONOSPACE else (EMPHASIS, EMPHASIS_TAGS[tag])
        script = (SCRIPT, of_element(element, tag, tail(self.parts))) if tag in SCRIPT_TAGS else None
        return script or self._styled(element, tag, told)

    def _between(self, element: Element, mark: Mark | None) -> None:
        if mark is None:
            self._inside(element)
            return
        self._begin(mark)
        self._inside(element)
        self._end()

    # --- special elements -----------------------------------------------------------------------

    def _break(self, element: Element | None = None) -> None:
        if not self.parts:
            return
        if self.in_cell:
            self.parts.append((BREAK, ""))
            return
        last = next((part for part in reversed(self.parts) if part != " "), "")
        if last == (BREAK, ""):  # two in a row end a paragraph
            self._flush()
        else:
            self.parts.append((BREAK, ""))

    def _image(self, element: Element) -> None:
        if not self._formula(maths.of_image(element)):
            self._picture(element)

    def _rule(self, element: Element) -> None:
        if self.in_cell:
            self.parts.append((BREAK, ""))
            return
        if self.parts:
            self._flush()
        self.kind, kind = "break", self.kind
        self.parts, self.visible = ["---"], True
        self._flush()
        self.kind = kind

    def _math(self, element: Element) -> None:
        if not self._formula(maths.of_mathml(element)):
            self._inside(element)

    def _mathjax(self, element: Element) -> None:
        if not self._formula(maths.of_element(element)):
            self._inside(element)

    def _foreign(self, element: Element) -> None:
        if not self._formula(maths.of_script(element)):
            self._show(embeds.gist(element))

    def _formula(self, found: Formula | None) -> bool:
        """Write a formula, but for a copy of another; whether there is one."""
        if found is None:
            return False
        alone = found.display and not self.in_cell and self.kind != "heading"
        if alone and self.parts:
            self._flush()
        if found.words:
            self._add((MATH, found))
            self.visible = True
        if alone:
            self._flush()
        return True

    def _ruby(self, element: Element) -> None:
        for piece in ruby.pieces(element):
            if isinstance(piece, str):
                self._text(piece)
            else:
                self._visit(piece, piece.tag)

    def _button(self, element: Element) -> None:
        if self.kind == "heading" and is_whole(element):
            self._inside(element)  # it unfolds the section
        elif in_sentence(element):
            if touches(tail(self.parts), first_words(element)):
                self.parts.append(" ")
            self._inline(element, "button", traits(self.attributes[element]))
            if touches(tail(self.parts), element.tail or ""):
                self.parts.append(" ")
        else:
            self._container(element, "button", traits(self.attributes[element]))

    def _aside(self, element: Element) -> None:
        """What stands on a line of its own beside the text."""
        self._separate()
        self._between(element, (ICON, ""))
        self._separate()

    def _svg(self, element: Element) -> None:
        if not holds_block(element) or element.find(".//foreignobject") is not None:
            self._between(element, (ICON, ""))
        else:  # no drawing holds blocks: the page goes on in it
            self._inside(element)

    def _box(self, element: Element) -> None:
        done = checked(element)
        if done is not None and not self.visible and not hides(element):
            self.indents.tick(done)

    def _quotation(self, element: Element) -> None:
        mark = "" if _QUOTED.match("".join(element.itertext())) else '"'
        if mark:
            self._text(mark)
        self._inside(element)
        if mark:
            self._text(mark)

    def _code(self, element: Element) -> None:
        if self._formula(maths.of_listing(element)):
            return
        if not self.in_cell and traits(self.attributes[element]) & VERSES:
            self.keeps_lines = True
            self._block(element, "p")
            self.keeps_lines = False
            return
        found = code.listing(element)
        if self.in_cell:
            if found.text:
                self._code_in_cell(found.text)
            return
        if self.parts:
            self._flush()
        before = self.kind, self.element, self.words, self.hidden
        self.hidden |= hides(element)
        if found.labels:
            self.kind = "control"
            self.parts, self.visible = [(ICON, ""), found.labels, (-ICON, "")], True
            self._flush()
        if found.text:
            label = code.label_above(element, self.page.blocks)
            self.kind, self.element = "code", element
            self.words |= groups(traits(self.attributes[element]))
            self.parts, self.visible = [found.text], True
            self._flush(language=found.language or label)
        self.kind, self.element, self.words, self.hidden = before


_SPECIAL: dict[str, Callable[[_Walk, Element], None]] = {
    "br": _Walk._break,
    **dict.fromkeys(("img", "amp-img", "amp-anim"), _Walk._image),
    "noscript": _Walk._scriptless,
    "hr": _Walk._rule,
    "mjx-container": _Walk._mathjax,
    "ruby": _Walk._ruby,
    "button": _Walk._button,
    "svg": _Walk._svg,
    "table": _Walk._table,
    "q": _Walk._quotation,
    **dict.fromkeys(("input", "en-todo"), _Walk._box),
    "script": _Walk._foreign,
    **dict.fromkeys(CODE_TAGS, _Walk._code),
    **dict.fromkeys(maths.MATH_TAGS, _Walk._math),
    **dict.fromkeys(embeds.TAGS, _Walk._embed),
}
"""How to walk what is no plain container and no plain inline element.  Not bound to a walk: that would refer to itself
and keep its page alive until the next collection of garbage."""
