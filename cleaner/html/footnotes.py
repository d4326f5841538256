"""Footnotes: which links are marks, which elements hold the notes, and which links lead back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from urllib.parse import unquote

from lxml.etree import XPath
from lxml.etree import _Element as Element

from cleaner.html.notelines import set_apart
from cleaner.html.parts import FOOTNOTE, ICON, IMAGE, MATH, Part
from cleaner.html.tags import BLOCKS, HEADINGS

_LINKS = XPath("descendant::a[contains(@href, '#')]")
_NAMED = XPath("descendant::*[@id or self::a[@name or contains(@href, '#')]]")
_SIDE = XPath("descendant::span[contains(@class, 'note')]")
_NOTE = re.compile(
    r"(?:fn|ftnt?|footnote|note|nb|cite_note|endnote|en|sdfootnote|sdendnote|_ftn|_edn|easy-footnote-bottom|reference"
    r"|ref|cit|bib|b|r|user-content-fn)[\w.:-]*\d[\w.:-]*|cite_note-.+|(?:fn|ftnt?|footnote|note)[:_-]\S+",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:fnref|footnote-?(?:ref|anchor)|cite_ref|ref-?fn|_ftnref|_ednref|ftnt_ref|fn-?back|nh\d|user-content-fnref)",
    re.IGNORECASE,
)
_MARK_WORDS = re.compile(
    r"(?:^|[\s_-])(?:fn|fnref|footnotes?|footnote-?ref|noteref|note-?link|endnote|sidenote|reference|citation|cite"
    r"|xref|bibr|MsoFootnoteReference|sdfootnoteanc|sdendnoteanc)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BACK_WORDS = re.compile(r"(?:^|[\s_-])(?:back-?ref|back-?link|footnote-?back|return)", re.IGNORECASE)
_ROLES = frozenset({"doc-noteref", "doc-biblioref", "noteref", "biblioref"})
_NUMBER = re.compile(r"\d{1,4}[a-z]?|[⁰¹²³⁴-⁹]{1,3}")
_SIGN = re.compile(r"[*∗＊†‡§¶‖]{1,4}")
_WORD = re.compile(r"[^\W\d_]{1,4}|[^\W\d_]{1,5}\.?\s?\d{1,3}|[ivxlcdm]{1,7}", re.IGNORECASE)
_LONGEST = 24  # characters of a link that may be a mark
_AROUND = 3  # elements around a mark that may bear its name
_SIDE_NOTE = re.compile(
    r"(?:^|\s)(?:side-?note|margin-?note|ltx_note_outer|modern-footnotes-footnote__note|footnote_tooltip)(?=\s|$)",
    re.IGNORECASE,
)
_WRAPPINGS = " \t\r\n\xa0[](){}.:"
_NO_HOLDERS = HEADINGS.keys() | {"html", "body", "main", "article", "table", "tbody", "thead", "ol", "ul", "dl"}


@dataclass(slots=True)
class Notes:
    """The footnotes of a page.

    Attributes:
        marks: the label of the note that a link leads to.
        held: the label of the note that an element holds.
        backs: links from a note to its mark.
        lost: links that look like marks and lead nowhere.
        sides: the label of the note that stands in the middle of a text.
        titles: the label that stands in an element of its own before the one that holds the note.
    """

    marks: dict[Element, str] = field(default_factory=dict)
    held: dict[Element, str] = field(default_factory=dict)
    backs: set[Element] = field(default_factory=set)
    lost: set[Element] = field(default_factory=set)
    sides: dict[Element, str] = field(default_factory=dict)
    titles: dict[Element, str] = field(default_factory=dict)

    def alone_in(self, element: Element) -> list[Element]:
        """The marks in an element that holds nothing else but brackets and commas around them."""
        found = [link for link in element.iter("a") if link in self.marks]
        words = _bare(element) if found else ""
        return found if words and len(words) == sum(len(_bare(link)) for link in found) else []


def find(root: Element) -> Notes:
    """The footnotes below `root`."""
    notes = Notes()
    labels = _Labels()
    links = [(link, fragment) for link in _LINKS(root) if (fragment := _fragment(link))]
    short = [
        (link, fragment, label)
        for link, fragment in links
        if (label := _label(link)) and (not _WORD.fullmatch(label) or _is_sure(link, fragment))
    ]
    short = _of_one_note(short)
    if short:
        _pair(root, links, short, notes, labels)
    for element in _SIDE(root):
        if _SIDE_NOTE.search(element.get("class")) and not any(one in notes.sides for one in element.iterancestors()):
            _add_side(element, notes, labels)
    return notes


def _of_one_note(short: Sequence[tuple[Element, str, str]]) -> list[tuple[Element, str, str]]:
    """Those links whose target has one label: what marks of several numbers lead to is the section of all notes."""
    said: dict[str, set[str]] = {}
    for _, fragment, label in short:
        said.setdefault(fragment, set()).add(label)
    return [one for one in short if len(said[one[1]]) == 1]


def _add_side(element: Element, notes: Notes, labels: _Labels) -> None:
    before = element.getprevious()
    while before is not None and before.tag == "input" and not (before.tail or "").strip():
        before = before.getprevious()
    if before is None or (before.tail or "").strip() or before.tag not in ("sup", "label", "a", "span"):
        before = None
    said = "" if before is None else "".join(map(str, before.itertext())).strip(_WRAPPINGS)
    if before is not None and (_NUMBER.fullmatch(said) or _SIGN.fullmatch(said)):
        notes.sides[element] = notes.marks[before] = labels.new(said)
        return
    notes.sides[element] = labels.new(str(labels.next_number()))
    if before is not None and before.tag == "label":
        notes.backs.add(before)


def leads_back(fragment: str) -> bool:
    """Whether a link to this name leads from a note to its mark."""
    return _BACK.match(fragment) is not None


def says(element: Element) -> bool:
    """Whether an element holds a letter or a digit."""
    return any(map(str.isalnum, "".join(map(str, element.itertext()))))


def is_set_apart(mark: Element) -> bool:
    """Whether a mark is told from the text by itself: it is raised, or in brackets."""
    return _is_raised(mark) or not "".join(map(str, mark.itertext())).strip()[:1].isalnum()


def _pair(
    root: Element,
    links: Sequence[tuple[Element, str]],
    short: Sequence[tuple[Element, str, str]],
    notes: Notes,
    labels: _Labels,
) -> None:
    """Find the note of each mark, and the ways back."""
    named: dict[str, tuple[int, Element]] = {}
    order: dict[Element, int] = {}
    for number, element in enumerate(_NAMED(root)):
        order[element] = number
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                named.setdefault(name, (number, element))
    set_apart(target for _, fragment, _ in short if (target := named.get(fragment, (-1, None))[1]) is not None)
    leading: dict[Element, set[str]] = {}  # from each element that may hold a note, where its links lead
    names: set[str] = set()
    unsure: list[tuple[Element, Element, str]] = []
    for link, fragment, label in short:
        place, target = named.get(fragment, (-1, None))
        if target is None:
            if _is_sure(link, fragment) and _NOTE.fullmatch(fragment) and not _WORD.fullmatch(label):
                notes.lost.add(link)
            continue
        holder = _holder(target)
        if holder is None or place < order[link] or any(one is holder for one in link.iterancestors()):
            continue
        own = _names(link)
        if holder not in leading:
            leading[holder] = {f for one in _with_next(holder) for a in one.iter("a") if (f := _fragment(a))}
        mutual = not own.isdisjoint(leading[holder])
        foreign = not (link.get("href") or "").strip().startswith("#")
        if mutual or (not foreign and not _WORD.fullmatch(label) and _is_sure(link, fragment)):
            if holder not in notes.held:
                notes.held[holder] = labels.new(label)
                if holder.tag == "dd":
                    notes.titles[_with_next(holder)[0]] = notes.held[holder]
            notes.marks[link] = notes.held[holder]
            names |= own
        else:
            unsure.append((link, holder, label))
    notes.marks.update((link, label) for link, holder, label in unsure if notes.held.get(holder) == label)
    notes.backs.update(link for link, fragment in links if fragment in names and link not in notes.marks)


class _Labels:
    """The labels that are taken; no two notes have the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._number = 0

    def new(self, label: str) -> str:
        """`label`, or one made of it that is not taken."""
        label = re.sub(r"[\s\[\]^`|\\]+", "-", label)
        free, number = label, 1
        while free.lower() in self._taken:
            number += 1
            free = f"{label}-{number}"
        self._taken.add(free.lower())
        return free

    def next_number(self) -> int:
        """The number of the next note that has none."""
        self._number += 1
        while str(self._number) in self._taken:
            self._number += 1
        return self._number


def _fragment(link: Element) -> str:
    """The name that a link leads to; empty if it leads to none."""
    _, _, fragment = (link.get("href") or "").partition("#")
    return unquote(fragment.strip()) if fragment else ""


def _bare(element: Element) -> str:
    return re.sub(r"[\s\[\](),;–-]", "", "".join(map(str, element.itertext())))


def _label(link: Element) -> str:
    """The label that a link has as the mark of a note; empty if it has none."""
    size = 0
    for text in islice(link.itertext(), 12):
        size += len(text)
        if size > _LONGEST:
            return ""
    label = "".join(map(str, link.itertext())).strip(_WRAPPINGS + "^")
    fits = _NUMBER.fullmatch(label) or _SIGN.fullmatch(label) or _WORD.fullmatch(label)
    return label if fits else ""


def _names(link: Element) -> set[str]:
    """The names of a mark: its own, those of the elements right around it, and those inside."""
    around = islice(link.iterancestors(), _AROUND)
    near = [link, *link.iterdescendants(), *(one for one in around if one.tag in ("sup", "span", "a", "cite", "small"))]
    return {name for one in near for name in (one.get("id"), one.get("name")) if name}


def _is_sure(link: Element, fragment: str) -> bool:
    """Whether a link says itself that it is a mark: by its role, its class words, because it is raised, or by the name
    of its target."""
    if _NOTE.fullmatch(fragment) and _is_raised(link):
        return True
    if (link.get("role") or link.get("epub:type") or link.get("rel") or "") in (*_ROLES, "footnote"):
        return True
    if _BACK.match(fragment):
        return False
    around = takewhile(lambda one: one.tag in ("sup", "span", "small", "cite"), islice(link.iterancestors(), _AROUND))
    near = (link, *around)
    if any(_MARK_WORDS.search(one.get("class") or "") for one in near):
        return True
    return _is_raised(link) or bool(re.match(r"(?:fn|_?ftn|_edn|footnote|endnote|cite_note|note)", fragment, re.I))


def _is_raised(link: Element) -> bool:
    if next(link.iter("sup"), None) is not None:
        return True
    return any(one.tag == "sup" for one in islice(link.iterancestors(), _AROUND))


def _holder(target: Element) -> Element | None:
    """The block that holds the note whose name stands at `target`."""
    holder: Element | None = target
    while holder is not None and (holder.tag not in BLOCKS or holder.tag in ("hr", "button")):
        holder = holder.getparent()
    if holder is None or holder.tag in _NO_HOLDERS:
        return None
    if holder.tag == "dt":
        following = holder.getnext()
        return following if following is not None and following.tag == "dd" else None
    if holder.tag in ("td", "th"):
        return holder.getparent()
    return holder


def _with_next(holder: Element) -> tuple[Element, ...]:
    before = holder.getprevious() if holder.tag == "dd" else None
    return (holder,) if before is None else (before, holder)


def without_label(parts: Sequence[Part], label: str, *, counted: bool) -> list[Part]:
    """The parts of a note's first block without the label that it begins with: its marker says that once more.

    Args:
        counted: whether the note is an item of a list with numbers, so that a number in its text may be none.
    """
    kept = list(parts)
    labels = {label.lower(), re.sub(r"-\d+$", "", label.lower())}
    read, found, icons = "", False, 0
    for place, part in enumerate(parts):
        if not isinstance(part, str):
            if part[0] in (IMAGE, FOOTNOTE, MATH):
                break
            icons += (part[0] == ICON) - (part[0] == -ICON)
            continue
        if icons and part.strip(_WRAPPINGS).lower() not in labels:
            continue  # a way back
        said = re.sub(r"\s+", "-", (read + part).strip(_WRAPPINGS + "^↑")).lower()
        if said and said not in labels:
            kept[place] = part.lstrip(_WRAPPINGS) if found else _cut(part, read, labels, counted)
            break
        if said:
            read, found = "", True
        else:
            read += part
        kept[place] = " " if part[:1].isspace() else ""
    return [part for part in kept if part != ""]


def _cut(text: str, before: str, labels: Iterable[str], counted: bool) -> str:
    """`text` without a label at its beginning, if brackets or a full stop show that it is one."""
    if counted:
        return before.strip("^↑ ") + text
    label = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.sub(rf"^[\s^↑]*(?:[\[(](?:{label})[\])][.:]?|(?:{label})[.:)])(?=\s)\s*", "", before + text, flags=re.I)
