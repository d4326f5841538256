"""Elements of a site's pages that say the same on many of them and are taken for the article: rules by class and id."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from cleaner.api import Work
from cleaner.html.parse import parse
from cleaner.html.rules.selectors import NEVER
from cleaner.html.tags import SILENT
from cleaner.learn.observe import Observed
from cleaner.learn.rules import Keeps, Learned
from cleaner.learn.site import SHARE, Common
from cleaner.match.conditions import letters
from cleaner.read.document import read
from cleaner.rulebook import css
from cleaner.tools.drafts import Ids, RuleDraft
from cleaner.tools.lint_selectors import COMMON
from cleaner.tools.slots import keys_of
from cleaner.view import View, fold

MOST_CHARACTERS = 2_000
"""Of the text of an element that is no part of an article."""
SAME = 0.95
"""Of the elements of a class that must say one of a few things."""
SAYINGS = 3
LEAST_WORDS, LEAST_LETTERS = 3, 12
OFTEN = 2
"""Elements of a class on a page, in the mean; what stands there more often belongs to its parts: reviews, items."""
MOST_RULES = 40
_NAME = re.compile(r"[a-zA-Z][\w-]{3,50}")
_MADE = re.compile(r"\d{3}|(?<![a-z])[a-z0-9]*\d[a-z0-9]*[a-z][a-z0-9]*\d", re.IGNORECASE)
"""Numbers of single elements, and names that a program made."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})


@dataclass(slots=True)
class _Found:
    """Where a selector fits.

    Attributes:
        places: document, first and last element of each.
        texts: what they say, with the documents that have it.
        stayed: documents in whose clean text it is.
    """

    tag: str
    places: list[tuple[int, int, int]] = field(default_factory=list)
    texts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, str] = field(default_factory=dict)
    stayed: set[int] = field(default_factory=set)

    def on(self, pages: set[int]) -> _Found:
        """The same on some pages only."""
        texts = {said: own for said, on in self.texts.items() if (own := on & pages)}
        places = [place for place in self.places if place[0] in pages]
        return _Found(self.tag, places, texts, self.shown, self.stayed & pages)


class Elements:
    """The elements of the pages of a site."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._found: dict[str, _Found] = {}
        self._documents: list[int] = []

    def add(self, observed: Observed, work: Work) -> None:
        """Look at a page that was cleaned; what is no page has no elements."""
        if work.page is None:
            return
        root = parse(work.page.html).root  # once more: cleaning changes a tree
        clean = work.outcome.text
        stays = letters(View(clean, read(clean, work.rendered).hidden).text.lower())
        for number, element in enumerate(root.iter("*")):
            if isinstance(element.tag, str) and element.tag not in NEVER and element.tag not in _HEADINGS:
                self._look(element, number, stays)
        self._documents.append(observed.document.number)

    def _look(self, element: Element, number: int, stays: str) -> None:
        selectors = list(_selectors(element))
        text = _text(element) if selectors else None
        if not text or len(letters(text)) < LEAST_LETTERS:
            return
        said = keys_of(text.lower()).whole
        stayed = letters(fold(text).lower()) in stays
        last = number + sum(1 for _ in element.iter("*")) - 1
        for selector in selectors:
            found = self._found.setdefault(selector, _Found(str(element.tag)))
            page = len(self._documents)
            found.places.append((page, number, last))
            found.texts[said].add(page)
            found.shown.setdefault(said, text)
            if stayed:
                found.stayed.add(page)

    def rules(self, site: Common, least: int) -> list[Learned]:
        """A rule for each class or id whose elements repeat, the outermost ones."""
        texts = {document.document.number for document in site.documents}
        pages = {page for page, number in enumerate(self._documents) if number in texts}
        need = max(least, SHARE * len(pages))
        all_of = ((selector, found.on(pages)) for selector, found in self._found.items())
        wanted = [(selector, found) for selector, found in all_of if _repeats(found, need, least)]
        wanted.sort(key=lambda pair: (-_size(pair[1]), len(pair[0]), pair[0]))
        ids = Ids(f"{self._host} page")
        keeps = Keeps(site)
        taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        rules: list[Learned] = []
        for selector, found in wanted[: 10 * MOST_RULES]:
            if len(rules) < MOST_RULES and not all(
                _inside(taken[page], first, last) for page, first, last in found.places
            ):
                for page, first, last in found.places:
                    taken[page].append((first, last))
                rules.append(self._rule(selector, found, ids, keeps, len(pages)))
        return rules

    def _rule(self, selector: str, found: _Found, ids: Ids, keeps: Keeps, pages: int) -> Learned:
        said = max(found.texts, key=lambda key: (len(found.texts[key]), key))
        text = found.shown[said]
        kept = keeps.for_text(text)[0]
        draft = RuleDraft(
            id=ids.new(selector),
            category="boilerplate",
            confidence="high",
            scope="html",
            message=f"an element that repeats on {self._host}",
            looks={"css": (selector,)},
            removes=(_example(selector, found.tag, text),),
            keeps=(f"<p>{html.escape(kept)}</p>",),
        )
        documents = len(set.union(*found.texts.values()))
        return Learned(draft, documents, pages).noted()


def _repeats(found: _Found, need: float, least: int) -> bool:
    """Whether the elements say the same on many pages, and cleaning leaves them on some."""
    often = Counter({said: len(pages) for said, pages in found.texts.items() if len(pages) >= 2})
    top = [said for said, _ in often.most_common(SAYINGS)]
    covered = sum(often[said] for said in top)
    pages = {page for said in top for page in found.texts[said]}
    total = sum(map(len, found.texts.values()))
    steady = len(found.places) <= OFTEN * total
    tells = all(len(said.split()) >= LEAST_WORDS for said in top)
    return (
        bool(top)
        and tells
        and steady
        and len(pages) >= need
        and covered >= SAME * total
        and len(found.stayed) >= min(2, least)
    )


def _size(found: _Found) -> int:
    return max(map(len, found.texts))


def _inside(taken: list[tuple[int, int]], first: int, last: int) -> bool:
    return any(low <= first and last <= high for low, high in taken)


def _selectors(element: Element) -> Iterator[str]:
    """The id and the classes of an element that say what it is."""
    name = element.get("id", "")
    if _says(name):
        yield f"#{name.lower()}"
    for name in dict.fromkeys(element.get("class", "").split()):
        if _says(name):
            yield f".{name.lower()}"


def _says(name: str) -> bool:
    if not _NAME.fullmatch(name) or _MADE.search(name) or name.lower() in COMMON:
        return False
    try:
        css.parse(f".{name}")
    except css.BadSelector:
        return False
    return True


def _text(element: Element) -> str | None:
    """The text of an element, white space made single; None if it is long."""
    pieces: list[str] = []
    size = 0
    for part in element.iter("*"):
        inner = (part.text if part.tag not in SILENT else None, part.tail if part is not element else None)
        for text in filter(None, inner):
            pieces.append(text)
            size += len(text)
        if size > 3 * MOST_CHARACTERS:
            return None
    text = " ".join(" ".join(pieces).split())
    return text if 0 < len(text) <= MOST_CHARACTERS else None


def _example(selector: str, tag: str, text: str) -> str:
    kind = "id" if selector[0] == "#" else "class"
    tag = tag if tag in ("aside", "div", "footer", "form", "nav", "section", "ul", "p") else "div"
    return f'<{tag} {kind}="{selector[1:]}"><b>{html.escape(text, quote=False)}</b></{tag}>'
