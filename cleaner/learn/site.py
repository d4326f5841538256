"""What the documents of a site have in common, line by line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from cleaner.learn.observe import Line, Observed
from cleaner.match.conditions import letters

Place = tuple[int, int]
"""A document and a line of it."""
SHARE = 0.25
"""Of the documents of a site that a line must stand in."""
GOODS = frozenset(
    {"product", "group", "offer", "itempage", "collectionpage", "searchresultspage", "faqpage", "profile"}
)
"""What pages say that they are which are no articles."""
READS = 0.5
"""Of a document's own words that stand in running text."""
FEW = 4
"""Documents of which no line tells that it is of the site."""
EDGE, GONE, TAKEN, COMMON, PROSE, OTHER = "EGACPO"
"""What is beside a line: nothing; a line that goes anyway; one that was found to be a leftover; one that many documents
have; running text; something else."""


@dataclass(slots=True)
class Common:
    """Documents of one site, and what they have in common.

    Attributes:
        documents: without copies of one article.
        size: how many there are; `count` says in how many of them there is a key.
        least: in how many of `documents` something must stand to count.
        places: where the lines of each common key stand.
        affixes: where lines stand that are not common, but begin or end as others do.
        articles: of each document the first and the last line of running text; without any the first is the larger.
        taken: what was found to be leftovers so far.
    """

    documents: Sequence[Observed]
    size: int
    count: Callable[[str], int]
    least: int
    places: dict[str, list[Place]] = field(default_factory=dict)
    affixes: dict[str, list[Place]] = field(default_factory=dict)
    articles: list[Place] = field(default_factory=list)
    taken: set[Place] = field(default_factory=set)

    def line(self, place: Place) -> Line:
        """The line there."""
        return self.documents[place[0]].lines[place[1]]

    def lines(self, places: Iterable[Place]) -> list[Line]:
        """The lines there."""
        return [self.line(place) for place in places]

    def beside(self, place: Place, step: int) -> str:
        """What is above (-1) or below (1) a line."""
        document, number = place[0], place[1] + step
        lines = self.documents[document].lines
        if not 0 <= number < len(lines):
            return EDGE
        line = lines[number]
        if (document, number) in self.taken:
            return TAKEN
        if line.gone:
            return GONE
        if line.keys.whole in self.places and not line.fixed:
            return COMMON
        return PROSE if line.prose or line.fixed else OTHER

    def share(self, places: Sequence[Place], holds: Callable[[Place], bool]) -> float:
        """Of which share of some places something holds."""
        return sum(map(holds, places)) / max(1, len(places))

    def outside(self, place: Place) -> bool:
        """Whether a line stands above all running text of its document or below it."""
        first, last = self.articles[place[0]]
        return not first <= place[1] <= last

    def documents_of(self, places: Iterable[Place]) -> int:
        """In how many documents places are."""
        return len({document for document, _ in places})


def common(
    documents: Sequence[Observed], least: int, size: int | None = None, count: Callable[[str], int] | None = None
) -> Common:
    """What documents have in common.

    Args:
        least: in how many a line must stand, whatever their number.
        size, count: what was counted over more documents than these: how many, and how many have a key.
    """
    originals = list(_originals(_texts(documents)))
    need = max(least, ceil(SHARE * len(originals)))
    places: dict[str, list[Place]] = defaultdict(list)
    affixes: dict[str, list[Place]] = defaultdict(list)
    for number, document in enumerate(originals):
        for at, line in enumerate(document.lines):
            if line.keys.whole and not line.fixed:
                places[line.keys.whole].append((number, at))
    found = {key: at for key, at in places.items() if len({number for number, _ in at}) >= need}
    for number, document in enumerate(originals):
        for at, line in enumerate(document.lines):
            if not (line.fixed or line.prose or line.keys.whole in found):
                for affix in line.keys.affixes:
                    affixes[affix].append((number, at))
    often = {key: at for key, at in affixes.items() if len({number for number, _ in at}) >= need}
    articles = [_article(document, found) for document in originals]
    own = {key: len({number for number, _ in at}) for key, at in found.items()}
    return Common(originals, size or len(originals), count or own.__getitem__, need, found, often, articles)


def _article(document: Observed, found: Mapping[str, object]) -> Place:
    prose = [at for at, line in enumerate(document.lines) if line.prose and line.keys.whole not in found]
    return (prose[0], prose[-1]) if prose else (len(document.lines), -1)


def _texts(documents: Sequence[Observed]) -> list[Observed]:
    """The documents that are mostly running text, what stands in most of them aside, and do not say otherwise.

    On the page of a shop, or of a list, what repeats may be what it is about.
    """
    often = Counter(key for document in documents for key in {line.keys.whole for line in document.lines})

    def is_text(document: Observed) -> bool:
        own = [line for line in document.lines if not (line.gone or line.fixed) and often[line.keys.whole] * 2 <= size]
        return sum(line.words for line in own if line.prose) >= READS * sum(line.words for line in own)

    size = max(2, len(documents))
    return [document for document in documents if document.kind not in GOODS and is_text(document)]


def _originals(documents: Sequence[Observed]) -> Iterator[Observed]:
    """The documents without copies of one article: those that share most of their running text with another one.

    What stands in most documents is no article, and does not count here, unless there is nothing else.
    """
    texts = [{letters(line.text) for line in document.lines if line.prose} for document in documents]
    often = Counter(text for own in texts for text in own)
    first: dict[str, int] = {}
    for number, (document, own) in enumerate(zip(documents, texts, strict=True)):
        if len(documents) >= FEW:
            own = {text for text in own if often[text] <= len(documents) / 2} or own
        shared = Counter(first[text] for text in own if text in first)
        first.update((text, number) for text in own if text not in first)
        if not shared or shared.most_common(1)[0][1] <= len(own) / 2:
            yield document
