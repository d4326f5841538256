"""Blocks with little to be judged by (pictures and their captions, lines, listings) do as their neighbours do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from cleaner.decide.engine_rules import BOILERPLATE, HEADLINE, ICON, SURROUNDED
from cleaner.html.blocks import Block, Container, Page, only_icons
from cleaner.html.embeds import is_post
from cleaner.html.images import Image
from cleaner.html.parts import IMAGE
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import BITS

_KINDS = frozenset({"code", "math"})
_OF_TEXT = _KINDS | {"row"}
_CAPTION = re.compile(r"(?:^|[\s_-])caption(?=$|[\s_-])", re.IGNORECASE)
_LOGO = re.compile(r"(?:^|[/_-])logo(?:[._-][^/]*)?$", re.IGNORECASE)
_INTERFACE = "interface"
_NEAR = 5  # containers around a block of a post
_FEW = 4
"""Blocks of a picture with what is said of it; where there are more, it is a gallery or something else."""
_TITLE = re.compile(r"title|caption|file-?name", re.IGNORECASE)
_FRAME_BLOCKS, _FRAME_WORDS = 8, 12
"""The most that the frame of a listing holds; of its words listings and buttons are not counted."""
_FRAME_KINDS = frozenset({"paragraph", "control", "caption", "summary", "image"})
_APART = frozenset({"aside", "nav", "footer", "header", "body", "main", "article"})
_FURNITURE = BITS["related"] | BITS["newsletter"] | BITS["ad"] | BITS["comment"] | BITS["sidebar"]


def follow(judgement: Judgement, page: Page, *, pictures: bool) -> None:
    """Let the followers stay or go, and note it in the judgement.

    Args:
        pictures: whether pictures will be shown; only then the caption of one belongs to the article for its sake.
    """
    numbers = range(len(page.blocks))
    captions = {n for n in numbers if (pictures or _is_of_text(page, n)) and _is_caption(page, n)}
    bound = _is_text(judgement, page)
    followers = {number for number in numbers if _follows(judgement, page, number, number in captions, bound)}
    beside = captions | {n for n in numbers if pictures and page.blocks[n].kind != "heading" and _in_figure(page, n)}
    silent = followers | (beside & judgement.gone.keys())  # a caption keeps its picture, but takes none along
    fates = [None if number in silent else _has_place(judgement, number) for number in numbers]
    speaking = [fate is not None and not _is_silent(judgement, page, number) for number, fate in enumerate(fates)]
    before, after = _last_before(speaking), _first_from(speaking)
    under = _under_headline(judgement, page)
    for number in reversed(numbers):
        if number not in followers:
            continue
        frame = _frame(judgement, page, number)
        near = before[frame.start], after[frame.stop]
        if _stays(page, number, *near, fates) or (number in under and _in_figure(page, number)):
            judgement.gone.pop(number, None)
        elif number not in judgement.gone:
            judgement.gone[number] = Verdict(SURROUNDED)
    for number in numbers:
        if page.blocks[number].kind == "code" and number not in judgement.gone:
            _keep_titles(judgement, page, _frame(judgement, page, number))
    _trim(judgement, page)


def _last_before(speaking: Sequence[bool]) -> list[int | None]:
    """For each block the last before it that speaks for its neighbours."""
    found: list[int | None] = []
    last = None
    for number, speaks in enumerate(speaking):
        found.append(last)
        last = number if speaks else last
    return found


def _first_from(speaking: Sequence[bool]) -> list[int | None]:
    """For each block, and the end, the first from there on that speaks for its neighbours."""
    found: list[int | None] = [None]
    for number in reversed(range(len(speaking))):
        found.append(number if speaking[number] else found[-1])
    return found[::-1]


def _frame(judgement: Judgement, page: Page, number: int) -> range:
    """A block with what only frames it: of a listing also title, language and buttons, if they go, which say
    nothing of its place in the page."""
    frame = range(number, number + 1)
    at = page.blocks[number].container if page.blocks[number].kind == "code" else -1
    while at >= 0:
        container = page.containers[at]
        around = range(container.first, container.last)
        if len(around) > _FRAME_BLOCKS or container.tag in _APART or container.words & _FURNITURE:
            break
        beside = [page.blocks[other] for other in around if other not in frame]
        words = sum(len(block.text.split()) for block in beside if block.kind not in ("code", "control"))
        if words > _FRAME_WORDS or not all(_is_frame(judgement, page, other) for other in around if other not in frame):
            break
        frame, at = around, container.parent
    return frame


def _is_frame(judgement: Judgement, page: Page, number: int) -> bool:
    verdict, kind = judgement.gone.get(number), page.blocks[number].kind
    if kind == "code" or verdict is None:
        return kind == "code"
    serves = kind == "control" or verdict.rule.category == _INTERFACE  # whoever takes a button: it is one
    return kind in _FRAME_KINDS and (serves or verdict.rule in (BOILERPLATE, ICON))


def _keep_titles(judgement: Judgement, page: Page, frame: range) -> None:
    """The title of a listing stays with it."""
    for number in frame:
        block, verdict = page.blocks[number], judgement.gone.get(number)
        holder = page.containers[block.container].element
        named = any(_TITLE.search(one.get("class") or "") for one in (holder, *holder[:1]) if type(one.tag) is str)
        taken = verdict is not None and verdict.rule is BOILERPLATE and block.kind in ("paragraph", "caption")
        if taken and named:
            del judgement.gone[number]


def _is_silent(judgement: Judgement, page: Page, number: int) -> bool:
    """Whether a block says nothing of where it stands: it labels what is beside it, or is a button that goes."""
    block = page.blocks[number]
    return only_icons(block.text, block.icons) or (block.kind == "control" and number in judgement.gone)


def _is_text(judgement: Judgement, page: Page) -> bool:
    """Whether what stays is text with listings in it; where it is listings, they are the article by themselves."""
    sizes = {True: 0, False: 0}
    for number, block in enumerate(page.blocks):
        if number not in judgement.gone:
            sizes[block.kind in _KINDS] += len(block.text)
    return sizes[False] > sizes[True]


def drop_rule(judgement: Judgement, page: Page) -> bool:
    """Let the first rule that stays go, if there is one."""
    for number, block in enumerate(page.blocks):
        if block.kind == "break" and number not in judgement.gone:
            judgement.gone[number] = Verdict(SURROUNDED)
            return True
    return False


def drop_last_rules(judgement: Judgement, page: Page, emptied: Sequence[bool]) -> bool:
    """Let the rules go below which nothing is left, if there are any.

    Args:
        emptied: whether the rules for text left nothing of a block.
    """
    dropped = False
    for number in reversed(range(len(page.blocks))):
        if number in judgement.gone or emptied[number]:
            continue
        if page.blocks[number].kind != "break":
            break
        judgement.gone[number] = Verdict(SURROUNDED)
        dropped = True
    return dropped


def _trim(judgement: Judgement, page: Page) -> None:
    """Rules at both ends of what stays, or below each other, separate nothing; a logo above its words is the site's."""
    left = [number for number in range(len(page.blocks)) if number not in judgement.gone]
    for number in left:
        block = page.blocks[number]
        if not wordless(block):
            break
        if block.kind == "break" or _is_logo(block):
            judgement.gone[number] = Verdict(SURROUNDED)
    for number in reversed(left):
        if page.blocks[number].kind != "break":
            break
        judgement.gone[number] = Verdict(SURROUNDED)
    for above, number in pairwise(left):
        if page.blocks[above].kind == page.blocks[number].kind == "break":
            judgement.gone[number] = Verdict(SURROUNDED)


def _is_logo(block: Block) -> bool:
    pictures = [part[1] for part in block.parts if part[0] == IMAGE]
    return bool(pictures) and all(isinstance(one, Image) and _LOGO.search(one.source) for one in pictures)


def _is_of_text(page: Page, number: int) -> bool:
    """Whether a block is all that is said of a quotation, a table, a listing or a formula, and not of a picture."""
    figure = _figure(page, number)
    if figure is None:
        return False
    beside = page.blocks[figure.first : figure.last]
    told = any(one.kind in _OF_TEXT or one.prefix.startswith(">") for one in beside)
    return told and all(one.kind != "caption" or one is page.blocks[number] for one in beside)


def _is_caption(page: Page, number: int) -> bool:
    """Whether a block is what is said of the picture beside it."""
    block = page.blocks[number]
    if block.kind == "caption":
        return _in_figure(page, number)
    container = page.containers[block.container]
    if not _names_caption(container.attributes.get("class", "")):
        return False
    around = container
    while around.parent >= 0 and around.last - around.first == 1:
        around = page.containers[around.parent]
    beside = page.blocks[around.first : around.last]
    return len(beside) <= _FEW and any(one.kind == "image" for one in beside)


@lru_cache(maxsize=50_000)
def _names_caption(names: str) -> bool:
    return _CAPTION.search(names) is not None


def _follows(judgement: Judgement, page: Page, number: int, is_caption: bool, bound: bool) -> bool:
    block = page.blocks[number]
    if wordless(block):
        return True
    verdict = judgement.gone.get(number)
    if verdict is None:
        return bound and block.kind in _KINDS and not block.hits  # it stays for its score alone
    if verdict.rule is not BOILERPLATE or (block.hidden and block.kind != "code"):
        return False  # of listings, what can be unfolded (`unseen`) is text like any other
    if block.joint and number - 1 not in judgement.gone:
        return True  # who is quoted stands below the quotation
    return is_caption or block.kind in _KINDS or _is_post(page, number)


def _is_post(page: Page, number: int) -> bool:
    at = page.blocks[number].container
    for _ in range(_NEAR):
        if at < 0:
            return False
        if is_post(page.containers[at].attributes):
            return True
        at = page.containers[at].parent
    return False


def _has_place(judgement: Judgement, number: int) -> bool:
    """Whether a block stays, or would if it were no field of its own: what is under the headline is the article's."""
    verdict = judgement.gone.get(number)
    return verdict is None or verdict.rule is HEADLINE


def _under_headline(judgement: Judgement, page: Page) -> range:
    """From the headline to the first block that stays: a figure there is the article's, whatever stands beside it."""
    top = max((n for n, verdict in judgement.gone.items() if verdict.rule is HEADLINE), default=None)
    if top is None:
        return range(0)
    for number in range(top + 1, len(page.blocks)):
        if number not in judgement.gone and number != judgement.standfirst and not wordless(page.blocks[number]):
            return range(top + 1, number)
    return range(0)


def _in_figure(page: Page, block: int) -> bool:
    return not page.blocks[block].hidden and _figure(page, block) is not None


def _figure(page: Page, block: int) -> Container | None:
    """The innermost ``figure`` around a block."""
    number = page.blocks[block].container
    while number >= 0:
        if page.containers[number].tag == "figure":
            return page.containers[number]
        number = page.containers[number].parent
    return None


def _stays(page: Page, number: int, before: int | None, after: int | None, fates: Sequence[bool | None]) -> bool:
    """Whether the nearest blocks that are no followers stay; on the border of the article, the closer kin decides."""
    if page.blocks[number].hidden and page.blocks[number].kind != "code":
        return False
    kin = {True: -1, False: -1}
    for other in (before, after):
        if other is not None:
            fate = bool(fates[other])
            kin[fate] = max(kin[fate], _together(page, number, other))
    return kin[True] >= 0 and kin[True] >= kin[False]


def _together(page: Page, one: int, other: int) -> int:
    """How deep the innermost container lies that holds both blocks."""
    containers = page.containers
    at = page.blocks[one].container
    while at >= 0 and not containers[at].first <= other < containers[at].last:
        at = containers[at].parent
    return containers[at].depth if at >= 0 else -1
