"""What the text of each block says by itself: words, links, signs, how it ends, what it repeats."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.html.blocks import Block
from cleaner.html.hidden import ARIA, ATTRIBUTE, READERS, SCRIPTLESS, STYLE
from cleaner.html.score import characters
from cleaner.html.score.lexicon import FUNCTION, FURNITURE, LEXICON, MONTH, PERSON, TITLE, announced
from cleaner.html.score.names import KINDS, Floats, Ints, Table

_KINDS = {name: number for number, name in enumerate(KINDS)}
HEADING, CONTROL = _KINDS["heading"], _KINDS["control"]
_PROSE = 20  # words of a block that is surely prose
_SENTENCE = 12  # words of a block that is prose if it ends like a sentence
_COMMON = 30  # words of a page that count as its common ones
_CASELESS = -1.0
_ERAS = ((1900, 2100), (1330, 1450), (2480, 2600))
"""Years of the common era; of the Islamic ones; of the Buddhist one."""


class Texts:
    """The texts of all blocks of a page, measured.

    Attributes:
        words: as readers count them, of each block; `prose` are those of blocks that are running text, else 0.
        chars, linked: characters, and how many of them are in links.
        at: the number of each block's container.
        announced: what a block announces (`lexicon.announced`).
        titled: how well a block agrees with the headline, 0 to 1.
        same: for each block the number of its text; copies of a text have the same.
    """

    def __init__(self, blocks: Sequence[Block], title: str, table: Table) -> None:
        self.table = table
        self.count = len(blocks)
        self._attributes(blocks)
        texts = [block.text for block in blocks]
        low = [text.lower() for text in texts]
        self._lengths(texts)
        ends = np.array([characters.ending(text) for text in texts], np.int64)
        self.finished = (ends == characters.SENTENCE) | (ends == characters.ASKS)
        prose = (self.words >= _PROSE) | ((self.words >= _SENTENCE) & self.finished)
        self.prose = np.where(prose & (self.density < 0.4) & (self.kind != CONTROL), self.words, 0.0)
        self.announced: Ints = np.array([announced(text) for text in low], np.int64)
        self._signs()
        self._lexicon(low, title)
        self._same(texts)
        put = table.put
        put("ends a sentence", ends == characters.SENTENCE)
        put("ends with a colon", ends == characters.COLON)
        put("ends with a question", ends == characters.ASKS)
        put("announces", self.announced)

    def _attributes(self, blocks: Sequence[Block]) -> None:
        facts = np.array([_facts(block) for block in blocks], np.int64)
        self.kind, self.level, hidden, indent, quoted, tight, links, self.icons, linked, self.at = facts.T
        self.linked = linked.astype(np.float64)
        put = self.table.put
        put("kind", self.kind)
        put("heading level", self.level)
        put("hidden by style", (hidden & (STYLE | ATTRIBUTE)) > 0)
        put("hidden from readers", (hidden & ARIA) > 0)
        put("only for readers", (hidden & READERS) > 0)
        put("without scripts", (hidden & SCRIPTLESS) > 0)
        put("indent", indent)
        put("quoted", quoted)
        put("tight", tight)
        put("links", links)

    def _lengths(self, texts: Sequence[str]) -> None:
        # A line break between texts keeps the last word of one apart from the first of the next.
        self.points = characters.codes("\n".join((*texts, "")))
        lengths = np.array(list(map(len, texts)), np.int64)
        self.of = np.repeat(np.arange(self.count), lengths + 1)
        self.starts = np.cumsum(lengths + 1) - lengths - 1
        self.some = np.maximum(1, lengths)
        self.chars = lengths.astype(np.float64)
        units = np.bincount(self.of, characters.units(self.points), minlength=self.count)
        self.words: Floats = np.ceil(units / characters.UNIT)
        self.density = self.linked / self.some
        put = self.table.put
        put("words", self.words)
        put("link share", self.density)
        put("icon share", self.icons / self.some)
        mean = max(1.0, self.chars.sum()) / max(1.0, self.words.sum())
        put("letters per word", self.chars / np.maximum(1, self.words) / mean)

    def _signs(self) -> None:
        kinds, of = characters.kinds(self.points), self.of
        counts = np.bincount(of * characters.CLASSES + kinds, minlength=self.count * characters.CLASSES)
        counts = counts.reshape(-1, characters.CLASSES).T
        guillemets = counts[characters.OPENING], counts[characters.CLOSING]
        quoting = np.minimum(*guillemets)
        words = np.maximum(1, self.words)
        put = self.table.put
        put("digits", counts[characters.DIGIT] / self.some)
        put("commas", counts[characters.COMMA] / words)
        put("stops", counts[characters.STOP] / words)
        put("separators", (counts[characters.SEPARATOR] + guillemets[0] + guillemets[1] - 2 * quoting) / words)
        put("at signs", counts[characters.AT])
        put("currency", counts[characters.MONEY])
        put("quotes", (counts[characters.QUOTE] + 2 * quoting) / words)
        put("copyright sign", counts[characters.COPYRIGHT])
        self.prices = counts[characters.MONEY] > 0
        begin = kinds[self.starts]
        put("starts lower", begin == characters.LOWER)
        put("starts with a digit", begin == characters.DIGIT)
        cased = counts[characters.UPPER] + counts[characters.LOWER]
        letter = (kinds == characters.UPPER) | (kinds == characters.LOWER)
        opening = kinds == characters.UPPER
        opening[1:] &= ~letter[:-1]
        capitals = np.bincount(of[opening], minlength=self.count)
        put("capitals", np.where(cased > 0, counts[characters.UPPER] / self.some, _CASELESS))
        put("capital starts", np.where(cased > 0, capitals / words, _CASELESS))
        self.capital_starts = float(capitals.sum() / words.sum()) if 2 * cased.sum() > self.words.sum() else _CASELESS
        put("years", self._years(kinds))

    def _years(self, kinds: characters.Kinds) -> Ints:
        """How many numbers of four digits that look like years each block has."""
        digit = np.concatenate([[False], kinds == characters.DIGIT, [False] * 4])
        four = digit[1:-4] & digit[2:-3] & digit[3:-2] & digit[4:-1]
        first = np.flatnonzero(four & ~digit[:-5] & ~digit[5:])
        value = np.zeros(len(first), np.int64)
        for place in range(4):
            value = 10 * value + characters.digits(self.points[first + place])
        dated = np.zeros(len(first), bool)
        for low, high in _ERAS:
            dated |= (value >= low) & (value < high)
        return np.bincount(self.of[first[dated]], minlength=self.count)

    def _lexicon(self, low: Sequence[str], title: str) -> None:
        numbers, flat, sizes = characters.numbered(low)
        word, tokens = np.frombuffer(flat, np.int64), np.frombuffer(sizes, np.int64)
        headline = set(characters.WORD.findall(title.lower()))
        bits = np.array([LEXICON.get(one, 0) | (1 << TITLE if one in headline else 0) for one in numbers], np.int64)
        of = np.repeat(np.arange(self.count), tokens)
        some = np.maximum(1, tokens)
        kinds = bits[word]
        found_of = [np.bincount(of[kinds & 1 << kind > 0], minlength=self.count) for kind in range(TITLE + 1)]
        put = self.table.put
        put("common words", self._common(word, of, len(numbers)) / some)
        put("function words", found_of[FUNCTION] / some)
        put("person words", found_of[PERSON] / some)
        put("chrome words", found_of[FURNITURE] / some)
        put("chrome count", found_of[FURNITURE])
        put("months", found_of[MONTH])
        put("title words", found_of[TITLE] / some)
        put("title share", found_of[TITLE] / max(1, len(headline)))
        self.titled = np.minimum(found_of[TITLE] / some, found_of[TITLE] / max(1, len(headline)))
        self.functional = float(found_of[FUNCTION].sum() / some.sum())

    def _common(self, word: Ints, of: Ints, vocabulary: int) -> Ints:
        """How many words of each block are among those that the page's running text uses most, in any language."""
        counts = np.bincount(word[self.prose[of] > 0], minlength=vocabulary)
        frequent = np.argsort(-counts, kind="stable")[:_COMMON]
        common = np.zeros(vocabulary, bool)
        common[frequent[counts[frequent] > 1]] = True
        return np.bincount(of[common[word]], minlength=self.count)

    def _same(self, texts: Sequence[str]) -> None:
        seen: dict[str, int] = {}
        self.same: Ints = np.array([seen.setdefault(text, len(seen)) for text in texts], np.int64)


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
