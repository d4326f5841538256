"""What belongs to the text that refers to it: figures and tables with a number, and the works that are cited."""

from __future__ import annotations

import re
from collections import defaultdict

from cleaner.decide.engine_rules import BOILERPLATE, SURROUNDED
from cleaner.html.blocks import Block, Container, Page
from cleaner.html.parts import targets
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import BITS

_LABEL = re.compile(
    r"(?:fig(?:ure|\.)?|tab(?:le|\.)?|plate|scheme|chart|box|exhibit|algorithm|listing|abb(?:ildung|\.)|tabelle|tableau"
    r"|figura|tabla|tabela|tabella|рис(?:унок|\.)|таблица)\s*(?:S?\d|[IVX]+\b)|[図表图圖]\s*\d",
    re.IGNORECASE,
)
_SHOWN = frozenset({"image", "row", "code", "math"})
_WRAPPERS = 4  # elements around a label
_BOX_WORDS = 200
"""Words of a figure with its title, legend and notes, but for the table itself."""
_LINKED = 0.8
"""Of a block: what has more of it in links only leads to another view."""
_WORK = re.compile(
    r"(?:r|b|ref|cit|bib|cr|works?|sr|biblio)[\w.:-]*\d[\w.:-]*|cite[-_]?note.*|CITEREF.+", re.IGNORECASE
)
_WORKS = frozenset({"li", "dd", "p", "div", "tr"})
_FEW_WORKS = 2
_WORK_WORDS = 120
_FURNITURE = BITS["related"] | BITS["newsletter"] | BITS["ad"] | BITS["comment"] | BITS["nav"]


def keep_labelled(judgement: Judgement, page: Page, *, pictures: bool) -> None:
    """Bring back the figures and tables with a number ("Table 2") that stand in the middle of text that stays.

    Args:
        pictures: whether pictures will be shown; what labels one says nothing without it.
    """
    done = -1
    for number, block in enumerate(page.blocks):
        if number <= done or block.hidden or not _LABEL.match(block.text):
            continue
        box = _box(page, number)
        if box is None or not _is_inside(judgement, page, box):
            continue
        numbers = range(box.first, box.last)
        kinds = {page.blocks[one].kind for one in numbers}
        if pictures or "image" not in kinds or kinds & (_SHOWN - {"image"}):
            _bring_back(judgement, page, numbers)
            done = box.last - 1


def _box(page: Page, label: int) -> Container | None:
    """The innermost element that holds a label and what it is the label of, and not much more."""
    at = page.blocks[label].container
    for _ in range(_WRAPPERS):
        box = page.containers[at]
        blocks = page.blocks[box.first : box.last]
        words = sum(len(one.text.split()) for one in blocks if one.row is None)
        if words > _BOX_WORDS or box.parent < 0 or box.words & _FURNITURE:
            return None
        if box.tag == "figure" or any(one.kind in _SHOWN for one in blocks):
            return box
        at = box.parent
    return None


def _is_inside(judgement: Judgement, page: Page, box: Container) -> bool:
    """Whether text stays before and after a box in the element right around it."""
    around = page.containers[box.parent]
    before, after = range(around.first, box.first), range(box.last, around.last)
    return all(any(_says(judgement, page, number) for number in numbers) for numbers in (before, after))


def _says(judgement: Judgement, page: Page, number: int) -> bool:
    block = page.blocks[number]
    return number not in judgement.gone and block.kind in ("paragraph", "item") and not wordless(block)


def keep_works(judgement: Judgement, page: Page) -> None:
    """Bring back the list of works to which text that stays leads, with its heading."""
    cited = _cited(judgement, page)
    if len(cited) < _FEW_WORKS:
        return
    lists: dict[int, list[Container]] = defaultdict(list)
    for container in page.containers:
        if container.attributes.get("id") in cited and container.tag in _WORKS and container.last > container.first:
            lists[container.parent].append(container)
    for works in lists.values():
        if len(works) >= _FEW_WORKS and all(_is_work(page, work) for work in works):
            first, last = works[0].first, works[-1].last
            above = first - 1
            if above >= 0 and page.blocks[above].kind == "heading":
                first = above
            _bring_back(judgement, page, range(first, last))


def _cited(judgement: Judgement, page: Page) -> set[str]:
    """The names of works to which running text that stays leads."""
    found: set[str] = set()
    for number, block in enumerate(page.blocks):
        if number in judgement.gone or not block.links or block.linked >= _LINKED * len(block.text):
            continue
        found |= {target[1:] for target in targets(block.parts) if target[:1] == "#" and _WORK.fullmatch(target[1:])}
    return found


def _is_work(page: Page, container: Container) -> bool:
    blocks = page.blocks[container.first : container.last]
    return sum(len(one.text.split()) for one in blocks) <= _WORK_WORDS


def _bring_back(judgement: Judgement, page: Page, numbers: range) -> None:
    for number in numbers:
        verdict, block = judgement.gone.get(number), page.blocks[number]
        if verdict is None or block.hidden or verdict.rule not in (BOILERPLATE, SURROUNDED) or _is_button(block):
            continue
        del judgement.gone[number]


def _is_button(block: Block) -> bool:
    return block.kind in ("control", "paragraph") and block.linked >= _LINKED * max(1, len(block.text))
