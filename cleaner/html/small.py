"""A page of a few words: what its main element holds is all there is, links to what comes next included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.blocks import Container, Page
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import BITS

_MANY, _MANY_LIKELY = 80, 300
"""Words of an element that says enough to be judged part by part; of one of which what is not quite unlikely stays."""
_LIKELY, _LIKELY_SET_IN = 0.2, 0.1
_LINKED = 0.2
_HELD = 0.8
"""Of the words that stay: an element with more of them that is named after contents holds the article."""
_CONTENT = BITS["content"] | BITS["article"]
_KINDS = frozenset({"item", "row", "term", "definition"})
_ENDS = frozenset('.!?:…。！？”"»')
_CLAUSE = 5
"""Words of the shortest sentence that is taken for one."""
_SENTENCE = 8
"""Words of a block that shows that the element holds text."""
_FURNITURE = sum(
    BITS[name]
    for name in ("nav", "related", "share", "comment", "newsletter", "ad", "consent", "pager", "tags", "form")
)
_FIELDS, _DEFINITIONS = BITS["form"], ("dl", "dt", "dd")
"""The fields of a list of definitions are none of a form."""
_SERVING = _FURNITURE | sum(BITS[name] for name in ("meta", "bio", "cta", "product", "paywall", "modal", "footer"))


def keep(judgement: Judgement, page: Page, probability: Sequence[float]) -> None:
    """Bring back what the scorer alone took out of a main element with few words, of which a sentence stays.

    Args:
        probability: how likely each block belongs to the article; empty if nobody knows.
    """
    mains = [one for one in page.containers if one.tag == "main" or one.attributes.get("role") == "main"]
    holder = mains[0] if len(mains) == 1 else None
    sizes = {} if holder is None else _sizes(page, holder, _MANY)
    if holder is not None and sizes and not _is_gone(judgement, sizes):
        _bring_back(judgement, page, [n for n in sizes if not (page.blocks[n].icons or _furniture(page, n, holder))])
    holder = _holder(judgement, page) if probability else None
    sizes = {} if holder is None else _sizes(page, holder, _MANY_LIKELY)
    if holder is not None and sizes and not _is_gone(judgement, sizes):
        first = next(n for n, size in sizes.items() if size >= _SENTENCE and n not in judgement.gone)
        below = (n for n in sizes if n > first and _is_likely(page, n, probability[n]))
        likely = [n for n in below if _is_text(page, n, holder)]
        _bring_back(judgement, page, likely)


def _sizes(page: Page, holder: Container, most: int) -> dict[int, int]:
    """The words of each block with words; empty if there are more than that."""
    sizes: dict[int, int] = {}
    words = 0
    for number in range(holder.first, holder.last):
        if not wordless(page.blocks[number]):
            sizes[number] = count_words(page.blocks[number].text)
            words += sizes[number]
            if words > most:
                return {}  # as on most pages, after a few blocks
    return sizes


def _is_gone(judgement: Judgement, sizes: Mapping[int, int]) -> bool:
    return all(number in judgement.gone or size < _SENTENCE for number, size in sizes.items())


def _bring_back(judgement: Judgement, page: Page, numbers: Sequence[int]) -> None:
    for number in numbers:
        block, verdict = page.blocks[number], judgement.gone.get(number)
        icons = 2 * block.icons > len(block.text)
        taken = verdict is not None and verdict.rule is BOILERPLATE and not block.hidden and not icons
        if taken and block.kind != "control":
            del judgement.gone[number]


def _holder(judgement: Judgement, page: Page) -> Container | None:
    """The innermost element named after contents that holds most of the words that stay."""
    sums = [0]
    for number, block in enumerate(page.blocks):
        sums.append(sums[-1] + (0 if number in judgement.gone else count_words(block.text)))
        if sums[-1] * _HELD > _MANY_LIKELY:
            return None  # as on most pages: what holds most of that says enough
    holding = [
        one
        for one in page.containers
        if (one.words & _CONTENT or one.tag in ("article", "main"))
        and sums[one.last] - sums[one.first] >= _HELD * sums[-1]
        and one.last - one.first > 1
    ]
    return max(holding, key=lambda one: one.depth) if holding else None


def _is_likely(page: Page, number: int, probability: float) -> bool:
    return probability >= (_LIKELY_SET_IN if page.blocks[number].kind in _KINDS else _LIKELY)


def _is_text(page: Page, number: int, holder: Container) -> bool:
    block = page.blocks[number]
    ends = block.text[-1] in _ENDS and count_words(block.text) >= _CLAUSE
    says = ends or block.kind in _KINDS or block.prefix.startswith(">") or bool(block.words & BITS["quote"])
    return says and block.linked <= _LINKED * len(block.text) and not _furniture(page, number, holder, _SERVING)


def _furniture(page: Page, number: int, main: Container, words: int = _FURNITURE) -> bool:
    """Whether an element around a block, inside the main one, says that it serves the page and not its text."""
    at = page.containers[page.blocks[number].container]
    while at is not main and at.parent >= 0:
        serving = words & ~_FIELDS if at.tag in _DEFINITIONS else words
        if at.words & serving or at.tag in ("nav", "aside", "footer", "form"):
            return True
        at = page.containers[at.parent]
    return False
