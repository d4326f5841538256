"""One walk over a page's tree gives every rendered block.

A block is a stretch of text that begins and ends on lines of its own: a paragraph, a heading, a list item, a row of a
table, a code listing.  The walk also notes what surrounds it: the containers with their class words, links, lists,
quotes, hidden layers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import inf

from lxml.etree import _Element as Element

from cleaner.errors import InputError
from cleaner.html import code, images, maths, ruby, tables
from cleaner.html.apart import first_words, in_sentence, is_apart, touches
from cleaner.html.blocks import Block, Container, Kind, Page, only_icons
from cleaner.html.deadline import Deadline
from cleaner.html.hidden import hiding
from cleaner.html.indents import Indents
from cleaner.html.maths import Formula
from cleaner.html.measure import covering, is_formula, measure, tail
from cleaner.html.parts import BREAK, CELL, CODE, EMPHASIS, FOOTNOTE, HIT, ICON, IMAGE, LINK, MATH, SCRIPT, Mark, Part
from cleaner.html.rawmaths import with_formulas
from cleaner.html.scripts import TAGS as SCRIPT_TAGS
from cleaner.html.scripts import script
from cleaner.html.signs import LINE, LISTING, MATHS, PERHAPS_LINE, signs
from cleaner.html.tags import BLOCKS, CONTROLS, HEADINGS, LISTS, MONOSPACE, SILENT
from cleaner.html.tags import CODE as CODE_TAGS
from cleaner.html.tags import EMPHASIS as EMPHASIS_TAGS
from cleaner.html.words import classes

MAX_BLOCKS = 500_000
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
_QUOTED = re.compile(r"\s*[\"“„«»‚‘'「『]")
_NOTE = re.compile(
    r"(?:fn|footnote|note|nb|cite_note|endnote|sdfootnote|_ftn|easy-footnote-bottom)[\w.:-]*\d[\w.:-]*", re.I
)
_BACK = re.compile(r"(?:fnref|footnote-?(?:ref|anchor)|cite_ref|ref-?fn|_ftnref|fn-?back|nh\d)", re.IGNORECASE)


_Around = tuple[int, Element, Kind, int, int, tuple[int, ...]]
"""What holds around a container: its number, element, kind, class groups, hiding and hits."""


def walk(root: Element, hits: Mapping[Element, int] | None = None, deadline: Deadline | None = None) -> Page:
    """The blocks below `root`, in the order of the page.

    Args:
        hits: elements that structural rules hit, each with a number that the blocks inside carry in `Block.hits`.

    Raises:
        InputError: the deadline is over, or there are more than `MAX_BLOCKS` blocks.
    """
    return _Walk(hits or {}, deadline or Deadline(inf)).run(root)


class _Walk:
    def __init__(self, hits: Mapping[Element, int], deadline: Deadline) -> None:
        self.page = Page()
        self.hit_at = hits
        self.deadline = deadline
        self.visited = 0
        self.parts: list[Part] = []
        self.visible = False  # whether `parts` hold anything to see
        self.container = -1
        self.depth = 0
        self.element: Element = None
        self.kind: Kind = "paragraph"
        self.words = 0
        self.hidden = 0
        self.hits: tuple[int, ...] = ()
        self.indents = Indents()
        self.in_cell = False
        self.notes: dict[str, str] = {}  # footnotes that were referred to: their id and their label
        self.picture = ""
        self.has_tex = False  # whether the text of `parts` may hold formulas between delimiters
        self.open: list[Mark] = []  # inline marks that are open, to be closed and opened again at block borders
        self.special: dict[str, Callable[[Element], None]] = {
            "br": self._break,
            "img": self._image,
            "amp-img": self._image,
            "hr": self._rule,
            "mjx-container": self._mathjax,
            "ruby": self._ruby,
            "button": self._button,
            "svg": self._svg,
            "table": self._table,
            "q": self._quotation,
            "script": self._tex_script,
            **dict.fromkeys(CODE_TAGS, self._code),
            **dict.fromkeys(maths.MATH_TAGS, self._math),
        }

    def run(self, root: Element) -> Page:
        self._block(root, "body")
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
                self._visit(child, tag)
            text = child.tail
            if text:
                self._text(text)
                before = None
            else:
                before = child

    def _visit(self, element: Element, tag: str) -> None:
        self.visited += 1
        if not self.visited % _STRIDE:
            self._check()
        special = self.special.get(tag)
        if special:
            special(element)
            return
        if tag in SILENT:
            return
        attributes = element.items()
        found = signs(attributes) if attributes else 0
        if found & MATHS and self._formula(maths.of_element(element)):
            return
        if found & LISTING and code.is_listing(element, tag):
            self._code(element)
        elif tag in BLOCKS or ("-" in tag and next(element.iterdescendants(*BLOCKS), None) is not None):
            self._container(element, tag)
        elif found & LINE or (found & PERHAPS_LINE and not in_sentence(element)):
            self._separate()
            self._inline(element, tag, attributes)
            self._separate()
        else:
            self._inline(element, tag, attributes)

    def _container(self, element: Element, tag: str) -> None:
        if self.in_cell:
            self._line(element)
        else:
            self._block(element, tag)

    def _separate(self) -> None:
        """What follows begins on a line of its own."""
        if self.in_cell or self.kind == "heading":
            self.parts.append((BREAK, ""))
        elif self.parts:
            self._flush()

    def _enter(self, element: Element, tag: str) -> _Around:
        """A container begins; gives what `_leave` goes back to."""
        if self.parts:
            self._flush()
        around = self.container, self.element, self.kind, self.words, self.hidden, self.hits
        page = self.page
        attributes = element.items()
        own = classes(attributes)
        number = len(page.containers)
        page.containers.append(Container(number, self.container, element, tag, own, self.depth, len(page.blocks)))
        self.container = number
        self.element = element
        self.words |= own
        self.hidden |= hiding(tag, attributes)
        if element in self.hit_at:
            self.hits = (*self.hits, self.hit_at[element])
        return around

    def _leave(self, around: _Around) -> None:
        self.page.containers[self.container].last = len(self.page.blocks)
        self.container, self.element, self.kind, self.words, self.hidden, self.hits = around

    def _block(self, element: Element, tag: str) -> None:
        around = self._enter(element, tag)
        self.depth += 1
        if tag in _KINDS:
            self.kind = _KINDS[tag]
        elif tag in ("div", "td", "th", "p", "section", "article") and self.kind in ("heading", "control"):
            pass  # still the words of the heading or the button
        elif self.kind not in ("item", "caption", "definition", "term", "summary") or tag not in ("p", "div"):
            self.kind = "paragraph"
        indented = self.indents.open(element, tag, self._label(element) if self.notes else None)
        self._inside(element)
        if self.parts:
            self._flush()
        if indented:
            self.indents.close()
        elif tag in LISTS:
            self.indents.close_list()
        self.depth -= 1
        self._leave(around)

    def _check(self) -> None:
        self.deadline.check()
        if len(self.page.blocks) > MAX_BLOCKS:
            raise InputError(f"the page has more than {MAX_BLOCKS:,} pieces of text: split it")

    def _line(self, element: Element) -> None:
        """A block inside a cell: the row stays one line."""
        self.parts.append((BREAK, ""))
        self._inside(element)
        self.parts.append((BREAK, ""))

    def _label(self, element: Element) -> str | None:
        """The label of the footnote that an element holds, if the text referred to it."""
        label = self.notes.get(element.get("id") or "")
        if label is None and len(element) and element[0].tag == "a":
            label = self.notes.get(element[0].get("id") or "")
        return label

    def _inline(self, element: Element, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        mark: Mark | None = None
        if tag == "a":
            mark = self._anchor(element)
            if mark is None:
                return
        elif tag in EMPHASIS_TAGS:
            mark = (EMPHASIS, EMPHASIS_TAGS[tag])
        elif tag in MONOSPACE:
            if tag == "code" and not self.in_cell and self.kind != "heading" and code.is_listing(element, tag):
                self._code(element)
                return
            mark = (CODE, "")
        elif tag in SCRIPT_TAGS:
            mark = self._script(element, tag)
        hides = hiding(tag, attributes) if attributes else 0
        paragraphs = hides and len(element) and element.find(".//p") is not None
        if hides and not paragraphs and mark is None:
            mark = (ICON, "")
        before = self.hidden
        if paragraphs:
            self.hidden |= hides
        if element in self.hit_at:
            self._begin((HIT, str(self.hit_at[element])))
            self._between(element, mark)
            self._end()
        elif mark is not None:
            self._between(element, mark)
        else:
            self._inside(element)
        self.hidden = before

    def _between(self, element: Element, mark: Mark | None) -> None:
        if mark is None:
            self._inside(element)
            return
        self._begin(mark)
        self._inside(element)
        self._end()

    def _begin(self, mark: Mark) -> None:
        self._add(mark)
        self.open.append(mark)

    def _end(self) -> None:
        mark = self.open.pop()
        parts = self.parts
        if mark[0] == SCRIPT and len(parts) > 1 and parts[-1][0] == FOOTNOTE and parts[-2] is mark:
            del parts[-2]  # the mark of a footnote is set by whoever shows it
        elif parts:
            parts.append((-mark[0], mark[1]))

    def _anchor(self, element: Element) -> Mark | None:
        target = (element.get("href") or "").strip()
        if not target.startswith("#"):
            return (LINK, target)
        label = "".join(element.itertext()).strip().strip("[]^ ")
        if _BACK.match(target, 1) or not any(map(str.isalnum, label)):  # the way back; the sign beside a heading
            return (ICON, "")
        if _NOTE.fullmatch(target, 1) and label.isdecimal() and len(label) < 5:
            self.notes[target[1:]] = label
            self._add((FOOTNOTE, label))
            self.visible = True
            return None
        return (LINK, target)

    # --- special elements -----------------------------------------------------------------------

    def _break(self, element: Element) -> None:
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
        if self._formula(maths.of_image(element)):
            return
        found = images.image(element)
        if found and found.source != self.picture:
            self.picture = found.source  # a lazy picture stands there once more for readers without scripts
            self._add((IMAGE, found))
            self.visible = True

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

    def _tex_script(self, element: Element) -> None:
        self._formula(maths.of_script(element))

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

    def _script(self, element: Element, tag: str) -> Mark:
        around = element.getparent()
        first = element.getprevious() is None and not (around is None or (around.text or "").strip())
        linked = element.find(".//a") is not None or (first and around.tag == "a")
        return (SCRIPT, script(tag, "".join(element.itertext()), tail(self.parts), linked=linked))

    def _ruby(self, element: Element) -> None:
        for piece in ruby.pieces(element):
            if isinstance(piece, str):
                self._text(piece)
            else:
                self._visit(piece, piece.tag)

    def _button(self, element: Element) -> None:
        if in_sentence(element):
            if touches(tail(self.parts), first_words(element)):
                self.parts.append(" ")
            self._inline(element, "button", element.items())
            if touches(tail(self.parts), element.tail or ""):
                self.parts.append(" ")
        else:
            self._container(element, "button")

    def _svg(self, element: Element) -> None:
        self._between(element, (ICON, ""))

    def _quotation(self, element: Element) -> None:
        mark = "" if _QUOTED.match("".join(element.itertext())) else '"'
        if mark:
            self._text(mark)
        self._inside(element)
        if mark:
            self._text(mark)

    def _code(self, element: Element) -> None:
        found = code.listing(element)
        if self.in_cell:
            for line in found.text.split("\n") if found.text else ():
                self.parts += ((BREAK, ""), (CODE, ""), line, (-CODE, ""))
                self.visible = True
            return
        if self.parts:
            self._flush()
        before = self.kind, self.element, self.words
        if found.labels:
            self.kind = "control"
            self.parts, self.visible = [(ICON, ""), found.labels, (-ICON, "")], True
            self._flush()
        if found.text:
            label = code.label_above(element, self.page.blocks)
            self.kind, self.element = "code", element
            self.words |= classes(element.items())
            self.parts, self.visible = [found.text], True
            self._flush(language=found.language or label)
        self.kind, self.element, self.words = before

    def _table(self, element: Element) -> None:
        if code.is_listing(element, "table"):
            self._code(element)
            return
        rows = tables.rows(element)
        if rows is None:
            self._block(element, "table")
            return
        around = self._enter(element, "table")
        width = max(tables.width(row) for row in rows)
        for number, row in enumerate(rows):
            if row.tag == "caption":
                self._block(row, "caption")
                continue
            first = number == 0 or rows[number - 1].tag == "caption"
            self.kind, self.element = "row", row
            self.in_cell = True
            for cell in row.iterchildren("td", "th"):
                if self.parts:
                    self.parts += [(-mark[0], mark[1]) for mark in reversed(self.open)]
                self.parts += ((CELL, cell.tag if first else "td"), *self.open)
                self._inside(cell)
            self.in_cell = False
            self._flush(tight=not first, level=width if first else 0)
        self._leave(around)

    # --- text -----------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self._add(text)
        self.visible = True
        if "$" in text or "\\" in text:
            self.has_tex = True

    def _is_apart(self, before: Element, after: Element) -> bool:
        return type(before.tag) is str and is_apart(before, after, tail(self.parts))

    def _add(self, part: Part) -> None:
        if not self.parts:
            self.parts.extend(self.open)  # opened in a block before this one
        self.parts.append(part)

    def _flush(self, *, language: str = "", tight: bool = False, level: int = 0) -> None:
        parts, self.parts = self.parts, []
        visible, self.visible = self.visible, False
        has_tex, self.has_tex = self.has_tex, False
        if not visible:
            return
        if has_tex:
            parts = with_formulas(parts)
        parts += [(-mark[0], mark[1]) for mark in reversed(self.open)]
        text, linked, links, icons = measure(parts, code=self.kind == "code")
        kind = self.kind
        if not text and kind not in ("code", "break"):
            kind = "image"
        elif kind not in ("row", "heading") and is_formula(parts):
            kind = "math"
        prefix = self.indents.prefix(aside=only_icons(text, icons))
        self.page.blocks.append(
            Block(
                parts=parts,
                text=text,
                kind=kind,
                container=self.container,
                element=self.element,
                words=self.words,
                prefix=prefix.rest if tight else prefix.first,
                rest=prefix.rest,
                joint=prefix.joint,
                tight=tight or prefix.tight,
                hidden=self.hidden,
                linked=linked,
                links=links,
                icons=icons,
                hits=(*self.hits, *covering(parts)) if self.hit_at else self.hits,
                level=HEADINGS.get(self._heading(), 0) if kind == "heading" else level,
                language=language,
            )
        )

    def _heading(self) -> str:
        number = self.container
        while number >= 0:
            container = self.page.containers[number]
            if container.tag in HEADINGS:
                return container.tag
            number = container.parent
        return ""
