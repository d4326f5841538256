"""What is known of each block, as numbers: one row per feature, one column per block.

Nothing here knows a site or a language: lengths, links, punctuation, tags, class words, containers, repetition,
position, and the same of the neighbours.  Values are counts, shares and distances, never logarithms or roots, so that
they are the same bits on every platform; trees only care for their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Block, Page
from cleaner.html.hidden import ARIA, ATTRIBUTE, READERS, SCRIPTLESS, STYLE
from cleaner.html.score.lexicon import (
    ANNOUNCED,
    AT,
    CLASSES,
    COLON,
    COMMA,
    COPYRIGHT,
    DIGIT,
    FUNCTION,
    FURNITURE,
    LEXICON,
    LOWER,
    MONEY,
    MONTH,
    PERSON,
    QUESTION,
    QUOTE,
    SENTENCE,
    SEPARATOR,
    STOP,
    TITLE,
    UPPER,
    WORD,
    announced,
    ending,
    kinds,
)
from cleaner.html.words import BITS, GROUPS

Matrix = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]

KINDS = (
    *("paragraph", "heading", "item", "row", "code", "caption", "term", "definition", "control", "summary", "image"),
    *("math", "break"),
)
"""The kinds of blocks; the feature "kind" is the place in this list."""
_KINDS = {name: number for number, name in enumerate(KINDS)}
_HEADING = _KINDS["heading"]
_CONTROL = _KINDS["control"]

# --- tags ---------------------------------------------------------------------------------------

_TAGS = (
    *("nav", "header", "footer", "aside", "form", "ul", "ol", "table", "figure", "article", "main", "section"),
    *("blockquote", "dl", "details", "button", "td", "li", "p", "noscript", "select", "a"),
)
_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAGS)}
FAR = 30
"""Levels to an element that is not around."""

_STICKY = ("related", "comments", "author", "newsletter")
LEVELS = 4
"""Containers around a block that are looked at."""
_LONG = 20  # words of a paragraph that is surely prose
_REACH = {
    "words": (-3, -2, -1, 1, 2, 3),
    "link share": (-3, -2, -1, 1, 2, 3),
    "ends a sentence": (-2, -1, 1, 2),
    "function words": (-2, -1, 1, 2),
    "kind": (-2, -1, 1, 2),
    "heading level": (-1, 1),
    "chrome words": (-1, 1),
    "capital starts": (-1, 1),
    "digits": (-1, 1),
    "letters per word": (-1, 1),
    "commas": (-1, 1),
    "title words": (-1, 1),
    "copies": (-1, 1),
}

_TEXT = (
    *(
        "words",
        "link share",
        "links",
        "icon share",
        "characters",
        "letters per word",
        "capital starts",
        "capitals",
        "digits",
    ),
    *(
        "commas",
        "stops",
        "separators",
        "at signs",
        "currency",
        "quotes",
        "copyright sign",
        "function words",
        "person words",
    ),
    *(
        "chrome words",
        "chrome count",
        "months",
        "years",
        "title words",
        "title share",
        "ends a sentence",
        "ends with a colon",
    ),
    *("ends with a question", "starts lower", "starts with a digit", "kind", "heading level", "announces"),
    *("hidden by style", "hidden from readers", "only for readers", "without scripts", "indent", "quoted", "tight"),
    *("copies", "copies before"),
)
_FACTS = (
    "words",
    "link share",
    "share of page",
    "prose share",
    "blocks",
    "words per block",
    "place",
    "first",
    "last",
    "short share",
)
_NAMES = (
    *_TEXT,
    *(f"{name} at {shift:+d}" for name, shifts in _REACH.items() for shift in shifts),
    *(f"near {name}" for name in GROUPS),
    *(f"near <{tag}>" for tag in _TAGS),
    *(f"container {level}: {name}" for level in range(LEVELS) for name in _FACTS),
    *(
        f"prose {share}: {name}"
        for share in (50, 80)
        for name in ("inside", "climb", "depth", "place", "share of page", "link share")
    ),
    *(
        f"alike {depth}: {name}"
        for depth in (1, 3)
        for name in ("blocks", "words per block", "spread", "link share", "share of page", "first")
    ),
    *("index share", "words before", "prose before", "prose after", "blocks before", "blocks after", "since headline"),
    *("since title", "to prose before", "to prose after"),
    *("since heading", "words since heading", "level above", "headings before"),
    *(f"heading above: {name}" for name in ANNOUNCED),
    *(f"since {name}" for name in _STICKY),
    *(f"section: {name}" for name in ("words", "link share", "blocks", "prose share")),
    *(
        f"page: {name}"
        for name in ("words", "blocks", "link share", "prose share", "words per paragraph", "paragraphs")
    ),
    *(f"page: {name}" for name in ("headings", "items", "rows", "code", "titled", "articles", "containers per block")),
    *(f"page: {name} share" for name in GROUPS),
    *(f"page: <{tag}> share" for tag in _TAGS),
    *(f"page is {name}" for name in ("article", "product", "recipe", "webpage", "forum", "collection", "typed")),
)
NAMES: tuple[str, ...] = tuple(_NAMES)
"""The features, in the order of the rows."""
_ROW = {name: row for row, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of the blocks of a page.

    Attributes:
        matrix: shape (features, blocks); the names of the rows are `NAMES`.
        words: of each block.
        around: shape (2, levels, blocks): the containers around each block hold ``blocks[low:high]``.
        alike: for each block the number of the group of blocks that look the same.
        section: for each block the number of the section it stands in.
        same: for each block the number of its text; copies of a text have the same.
    """

    matrix: Matrix
    words: Ints
    around: Ints
    alike: Ints
    section: Ints
    same: Ints


def features(page: Page, *, title: str = "", kind: str | None = None) -> Features:
    """The features of all blocks of a page.

    Args:
        title: the headline as the page's metadata give it.
        kind: schema.org type of the page, lower case, if it states one.
    """
    return _Features(page).fill(title, kind)


class _Features:
    def __init__(self, page: Page) -> None:
        self.blocks = page.blocks
        self.page = page
        self.count = len(page.blocks)
        self.table = np.zeros((len(NAMES), self.count), np.float32)

    def fill(self, title: str, kind: str | None) -> Features:
        if not self.count:
            none = np.zeros(0, np.int64)
            return Features(self.table, none, np.zeros((2, LEVELS, 0), np.int64), none, none, none)
        self._attributes()
        self._text(title)
        self._copies()
        self._neighbours()
        self._tree()
        self._classes()
        self._levels()
        self._candidates()
        self._alike()
        self._position()
        self._headings()
        self._whole(kind or "")
        return Features(self.table, self.words.astype(np.int64), self.around, self.group, self.section, self.same)

    def put(self, name: str, values: Numbers | float) -> None:
        self.table[_ROW[name]] = values

    # --- the block itself -----------------------------------------------------------------------

    def _attributes(self) -> None:
        facts = np.array([_facts(block) for block in self.blocks], np.int64)
        self.kind, level, hidden, indent, quoted, tight, links, icons, linked, self.at = facts.T
        self.linked = linked.astype(np.float64)
        self.icons = icons
        self.put("kind", self.kind)
        self.put("heading level", level)
        self.level = level
        self.put("hidden by style", (hidden & (STYLE | ATTRIBUTE)) > 0)
        self.put("hidden from readers", (hidden & ARIA) > 0)
        self.put("only for readers", (hidden & READERS) > 0)
        self.put("without scripts", (hidden & SCRIPTLESS) > 0)
        self.put("indent", indent)
        self.put("quoted", quoted)
        self.put("tight", tight)
        self.put("links", links)

    def _text(self, title: str) -> None:
        texts = [block.text for block in self.blocks]
        lengths = np.array(list(map(len, texts)), np.int64)
        chars = np.maximum(1, lengths)
        self.chars = lengths.astype(np.float64)
        low = [text.lower() for text in texts]
        flat: list[str] = []
        ends = []
        for text in low:
            flat += WORD.findall(text)
            ends.append(len(flat))
        words: Ints = np.array(ends, np.int64)
        words[1:] -= words[:-1].copy()
        self.words = words.astype(np.float64)
        some = np.maximum(1, words)
        self.put("words", words)
        self.put("characters", lengths)
        self.put("letters per word", lengths / some)
        self.density = self.linked / chars
        self.put("link share", self.density)
        self.put("icon share", self.icons / chars)
        self._lexicon(flat, words, title)
        self._characters(texts, lengths, some)
        final = np.array([ending(text) for text in texts], np.int64)
        self.put("ends a sentence", final == SENTENCE)
        self.put("ends with a colon", final == COLON)
        self.put("ends with a question", final == QUESTION)
        self.announced = np.array([announced(text) for text in low], np.int64)
        self.put("announces", self.announced)
        prose = (words >= _LONG) | ((words >= 12) & ((final == SENTENCE) | (final == QUESTION)))
        self.prose = np.where(prose & (self.density < 0.4) & (self.kind != _CONTROL), self.words, 0.0)

    def _lexicon(self, flat: list[str], words: Ints, title: str) -> None:
        headline = set(WORD.findall(title.lower()))
        lookup = {**LEXICON, **{word: LEXICON.get(word, 0) | 1 << TITLE for word in headline}}
        bits = np.array([lookup.get(word, 0) for word in flat], np.int64)
        of = np.repeat(np.arange(self.count), words)
        some = np.maximum(1, words)
        found = [np.bincount(of[bits & 1 << number > 0], minlength=self.count) for number in range(TITLE + 1)]
        self.put("function words", found[FUNCTION] / some)
        self.put("person words", found[PERSON] / some)
        self.put("chrome words", found[FURNITURE] / some)
        self.put("chrome count", found[FURNITURE])
        self.put("months", found[MONTH])
        self.put("title words", found[TITLE] / some)
        self.put("title share", found[TITLE] / max(1, len(headline)))
        self.titled = np.minimum(found[TITLE] / some, found[TITLE] / max(1, len(headline)))

    def _characters(self, texts: list[str], lengths: Ints, some: Ints) -> None:
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        classes = kinds(codes)
        of = np.repeat(np.arange(self.count, dtype=np.int64), lengths)
        counts = np.bincount(of * CLASSES + classes, minlength=self.count * CLASSES).reshape(-1, CLASSES).T
        chars = np.maximum(1, lengths)
        self.put("capitals", counts[UPPER] / chars)
        self.put("digits", counts[DIGIT] / chars)
        self.put("commas", counts[COMMA] / some)
        self.put("stops", counts[STOP] / some)
        self.put("separators", counts[SEPARATOR] / some)
        self.put("at signs", counts[AT])
        self.put("currency", counts[MONEY])
        self.put("quotes", counts[QUOTE] / some)
        self.put("copyright sign", counts[COPYRIGHT])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        begin = (
            np.where(lengths > 0, classes[np.minimum(starts, max(0, len(classes) - 1))], 0) if len(classes) else lengths
        )
        self.put("starts lower", begin == LOWER)
        self.put("starts with a digit", begin == DIGIT)
        letter = (classes == UPPER) | (classes == LOWER)
        opening = classes == UPPER
        opening[1:] &= ~letter[:-1] | (of[1:] != of[:-1])
        self.put("capital starts", np.bincount(of[opening], minlength=self.count) / some)
        self.put("years", self._years(codes, classes, of))

    def _years(self, codes: npt.NDArray[np.uint32], classes: npt.NDArray[np.uint8], of: Ints) -> Ints:
        """How many numbers from 1900 to 2099 each block has."""
        digit = np.concatenate([[False], classes == DIGIT, [False] * 5])
        one = np.flatnonzero((codes == ord("1")) | (codes == ord("2")))
        alone = ~digit[one] & digit[one + 2] & digit[one + 3] & digit[one + 4] & ~digit[one + 5]
        one = one[alone]
        century = (codes[one] - ord("0")) * 10 + codes[one + 1] - ord("0")
        return np.bincount(of[one[(century == 19) | (century == 20)]], minlength=self.count)

    def _copies(self) -> None:
        seen: dict[str, int] = {}
        number = self.same = np.array([seen.setdefault(block.text, len(seen)) for block in self.blocks], np.int64)
        self.put("copies", np.bincount(number)[number])
        order = np.argsort(number, kind="stable")
        first = np.searchsorted(number[order], number[order])
        before = np.empty(self.count, np.int64)
        before[order] = np.arange(self.count) - first
        self.put("copies before", before)

    def _neighbours(self) -> None:
        for name, shifts in _REACH.items():
            own = self.table[_ROW[name]]
            for shift in shifts:
                row = self.table[_ROW[f"{name} at {shift:+d}"]]
                row[:] = -1
                if shift < 0:
                    row[-shift:] = own[:shift]
                else:
                    row[:-shift] = own[shift:]

    # --- what is around it ----------------------------------------------------------------------

    def _tree(self) -> None:
        containers = self.page.containers
        facts = np.array(
            [(c.parent, c.first, c.last, c.words, _TAG_NUMBER.get(c.tag, -1)) for c in containers], np.int64
        )
        self.parent, self.first, self.last, self.own, self.tag = facts.T
        parents = self.parent.tolist()
        depth = [0] * len(parents)
        for number, parent in enumerate(parents):
            if parent >= 0:
                depth[number] = depth[parent] + 1
        self.depth = np.array(depth, np.int64)
        self.size = self.last - self.first
        self.all_words = max(1.0, float(self.words.sum()))
        short = np.where(self.words < 10, self.words, 0.0)
        sums = [
            np.concatenate([[0.0], np.cumsum(values)])
            for values in (self.words, self.linked, self.prose, self.chars, short)
        ]
        self.total, self.link, self.prosaic, letters, brief = (s[self.last] - s[self.first] for s in sums)
        self.letters = np.maximum(1.0, letters)
        self.facts = np.stack(
            [
                self.total,
                self.link / self.letters,
                self.total / self.all_words,
                self.prosaic / np.maximum(1, self.total),
                self.size,
                self.total / np.maximum(1, self.size),
                brief / np.maximum(1, self.total),
            ]
        )

    def _classes(self) -> None:
        """How many levels up the next element with a group of class words, or a tag, is; `FAR`: none is."""
        groups = len(GROUPS)
        has = np.zeros((len(self.parent), groups + len(_TAGS)), bool)
        has[:, :groups] = (self.own[:, None] & np.array(list(BITS.values()), np.int64)) > 0
        tagged = np.flatnonzero(self.tag >= 0)
        has[tagged, groups + self.tag[tagged]] = True
        near = np.full(has.shape, FAR, np.int8)
        order = np.argsort(self.depth, kind="stable")
        bounds = np.searchsorted(self.depth[order], np.arange(int(self.depth.max()) + 2))
        for low, high in pairwise(bounds.tolist()):  # level by level
            here = order[low:high]
            above = self.parent[here]
            if above[0] >= 0:
                near[here] = np.minimum(near[above] + 1, FAR)
            near[here] = np.where(has[here], 0, near[here])
        rows = near[self.at].T
        start = _ROW[f"near {next(iter(GROUPS))}"]
        self.table[start : start + len(rows)] = rows
        start = _ROW[f"page: {next(iter(GROUPS))} share"]
        inside = (rows < FAR).astype(np.float64)
        self.table[start : start + len(rows)] = ((inside * self.words).sum(axis=1) / self.all_words)[:, None]

    def _levels(self) -> None:
        """The containers around, wrappers around the very same blocks left out."""
        index = np.arange(self.count)
        # A paragraph's own element says nothing that the block does not: begin with the first one that holds more.
        wider = self._wider()
        here = np.where((self.size[self.at] <= 1) & (self.parent[self.at] >= 0), wider[self.at], self.at)
        self.around = np.empty((2, LEVELS, self.count), np.int64)
        for level in range(LEVELS):
            self.around[:, level] = self.first[here], self.last[here]
            start = _ROW[f"container {level}: words"]
            place = index - self.first[here]
            self.table[start : start + 6] = self.facts[:6, here]
            self.put(f"container {level}: place", place / np.maximum(1, self.size[here]))
            self.put(f"container {level}: first", place == 0)
            self.put(f"container {level}: last", index == self.last[here] - 1)
            self.put(f"container {level}: short share", self.facts[6, here])
            here = wider[here]

    def _wider(self) -> Ints:
        """For each container the next one around it that holds more blocks; the outermost: itself."""
        parents, sizes = self.parent.tolist(), self.size.tolist()
        wider = list(range(len(parents)))
        for number, parent in enumerate(parents):
            if parent >= 0:
                wider[number] = parent if sizes[parent] > sizes[number] else wider[parent]
        return np.array(wider, np.int64)

    def _candidates(self) -> None:
        """Where the block stands towards the deepest container with most of the prose, in two strengths."""
        index = np.arange(self.count)
        parents = self.parent.tolist()
        for share in (50, 80):
            most = self.prosaic * 100 >= share * max(float(self.prosaic[0]), 1e-9)
            deepest = int(np.argmax(np.where(most, self.depth, -1)))
            low, high = self.first[deepest], self.last[deepest]
            inside = (index >= low) & (index < high)
            up = set()
            walk = deepest
            while walk >= 0:
                up.add(walk)
                walk = parents[walk]
            climb = [0] * len(parents)  # levels from a container to the line of the candidate's ancestors
            for number, parent in enumerate(parents):
                if number not in up:
                    climb[number] = climb[parent] + 1
            self.put(f"prose {share}: inside", inside)
            self.put(f"prose {share}: climb", np.array(climb, np.int64)[self.at])
            self.put(f"prose {share}: depth", float(self.depth[deepest]))
            place = np.where(index < low, -1.0, 2.0)
            self.put(f"prose {share}: place", np.where(inside, (index - low) / max(1, high - low), place))
            self.put(f"prose {share}: share of page", float(self.total[deepest]) / self.all_words)
            self.put(f"prose {share}: link share", float(self.link[deepest] / self.letters[deepest]))

    def _alike(self) -> None:
        """Blocks that look the same by tag and class; by their element alone, and with two around it."""
        names: dict[tuple[str, str | None], int] = {}
        looks = np.array(
            [names.setdefault((c.tag, c.element.get("class")), len(names)) for c in self.page.containers], np.int64
        )
        self.looks = looks
        key = looks[self.at] * len(_KINDS) + self.kind
        for depth in (1, 3):
            if depth == 3:
                up = np.maximum(0, self.parent[self.at])
                above = np.maximum(0, self.parent[up])
                key = (key * len(names) + looks[up]) * len(names) + looks[above]
            _, begin, of = np.unique(key, return_index=True, return_inverse=True)
            of = self.group = of.reshape(-1)
            size = np.bincount(of)
            total = np.bincount(of, self.words)
            mean = total / size
            self.put(f"alike {depth}: blocks", size[of])
            self.put(f"alike {depth}: words per block", mean[of])
            self.put(f"alike {depth}: spread", (np.bincount(of, self.words**2) / size - mean**2)[of])
            self.put(
                f"alike {depth}: link share",
                (np.bincount(of, self.linked) / np.maximum(1, np.bincount(of, self.chars)))[of],
            )
            self.put(f"alike {depth}: share of page", (total / self.all_words)[of])
            self.put(f"alike {depth}: first", begin[of] / self.count)

    # --- where it stands ------------------------------------------------------------------------

    def _position(self) -> None:
        index = np.arange(self.count)
        before = np.cumsum(self.words) - self.words
        prose = np.cumsum(self.prose) - self.prose
        everything = max(1.0, float(self.prose.sum()))
        self.put("index share", index / self.count)
        self.put("words before", before / self.all_words)
        self.put("prose before", prose / everything)
        self.put("prose after", (everything - prose - self.prose) / everything)
        self.put("blocks before", index)
        self.put("blocks after", self.count - index)
        tops = np.flatnonzero((self.kind == _HEADING) & (self.level == 1))
        self.put("since headline", np.clip(index - tops[0], -40, 40) if len(tops) else 99)
        best = int(np.argmax(self.titled))
        self.put("since title", np.clip(index - best, -40, 40) if self.titled[best] > 0.4 else 99)
        where = np.flatnonzero(self.prose > 0)
        padded = np.concatenate([[-60], where, [self.count + 60]])
        at = np.searchsorted(where, index)
        self.put("to prose before", np.minimum(60, index - padded[at]))
        self.put("to prose after", np.minimum(60, padded[at + 1] - index))

    def _headings(self) -> None:
        """The last heading above: how far, its level, its rank, and what its words announce."""
        index = np.arange(self.count)
        where = np.flatnonzero(self.kind == _HEADING)
        rank = np.searchsorted(where, index)  # headings before the block
        above = np.concatenate([[-1], where])[rank]
        sure = np.maximum(0, above)
        before = np.cumsum(self.words)
        self.put("since heading", np.minimum(99, index - above))
        self.put("words since heading", before - self.words - np.where(above >= 0, before[sure], 0))
        self.put("level above", np.where(above >= 0, self.level[sure], 0))
        self.put("headings before", rank)
        announced = np.where(above >= 0, self.announced[sure], 0)
        for number, name in enumerate(ANNOUNCED, 1):
            self.put(f"heading above: {name}", announced == number)
        for name in _STICKY:
            said = np.flatnonzero(self.announced == ANNOUNCED.index(name) + 1)
            last = np.concatenate([[-99], said])[np.searchsorted(said, index, side="right")]
            self.put(f"since {name}", np.minimum(99, index - last))
        # A section runs from one heading to the next, whatever elements it has.
        section = self.section = np.cumsum(self.kind == _HEADING)
        size = np.bincount(section)
        words = np.bincount(section, self.words)
        self.put("section: words", words[section])
        linked = np.bincount(section, self.linked) / np.maximum(1, np.bincount(section, self.chars))
        self.put("section: link share", linked[section])
        self.put("section: blocks", size[section])
        self.put("section: prose share", (np.bincount(section, self.prose) / np.maximum(1, words))[section])

    # --- the page -------------------------------------------------------------------------------

    def _whole(self, kind: str) -> None:
        prosaic = self.prose > 0
        paragraphs = int(prosaic.sum())
        self.put("page: words", self.all_words)
        self.put("page: blocks", self.count)
        self.put("page: link share", float(self.linked.sum()) / max(1.0, float(self.chars.sum())))
        self.put("page: prose share", float(self.prose.sum()) / self.all_words)
        self.put("page: words per paragraph", float(self.prose.sum()) / max(1, paragraphs))
        self.put("page: paragraphs", paragraphs)
        shares = np.bincount(self.kind, self.words, len(_KINDS)) / self.all_words
        for number, name in enumerate(("headings", "items", "rows", "code"), 1):
            self.put(f"page: {name}", shares[number])
        self.put("page: titled", float(self.titled.max()))
        self.put("page: articles", int((self.tag == _TAG_NUMBER["article"]).sum()))
        self.put("page: containers per block", len(self.parent) / self.count)
        self.put("page is article", "article" in kind or "posting" in kind)
        self.put("page is product", "product" in kind)
        self.put("page is recipe", "recipe" in kind)
        self.put("page is webpage", "webpage" in kind or "website" in kind)
        self.put("page is forum", "forum" in kind or "qapage" in kind or "question" in kind or "discussion" in kind)
        self.put("page is collection", "collection" in kind or "itemlist" in kind)
        self.put("page is typed", bool(kind))


def _facts(block: Block) -> tuple[int, ...]:
    return (
        _KINDS[block.kind],
        block.level,
        block.hidden,
        len(block.rest),
        block.prefix.count(">"),
        block.tight,
        block.links,
        block.icons,
        block.linked,
        block.container,
    )
