"""What stands beside an article, on a page that says it is one: other stories, comments, what follows the text.

Each of these blocks alone looks half likely, since elsewhere its like is what a page is for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.html.blocks import Container, Page
from cleaner.html.opinion import main_container
from cleaner.html.score.names import FAR, KINDS
from cleaner.html.score.scorer import Scores
from cleaner.html.score.surroundings import unnumbered

Flags = npt.NDArray[np.bool_]

CORE = 0.8
"""Blocks at least as likely as this show where the article is."""
_SURE, _SURE_ABOVE = 0.95, 0.6
"""What is likelier stays, wherever it stands; running text above the article's container: its introduction."""
_LIKELY = 0.5
"""What is likelier stays where an article goes on, and on a page that is hardly text."""
_PROSE = 0.2  # of a page's words: below it the page is hardly text
_ARTICLE = 200  # words: so much of it, and even a page that is hardly text has an article
_RECORDS = 3  # like elements side by side
_SECTION = 30  # words of a section that are as sure as the article's core
_ALL_LINK = 0.95
_TEXTS = frozenset({"p", "li", "ul", "ol", "blockquote"})
"""What holds text, but no article: of a short one it may hold nearly all that is sure."""
_PARAGRAPH, _HEADING = KINDS.index("paragraph"), KINDS.index("heading")


def beside(page: Page, scores: Scores, stays: Flags) -> Flags:
    """The blocks that go although they were chosen.

    They are: what comes after the article's container, unless it goes on there; records of a list, headlines and
    comments anywhere outside of it and its other sections; and paragraphs that are nothing but a link and no quotation.
    """
    known, probability = scores.known, np.nan_to_num(scores.probability)
    none = np.zeros(len(stays), bool)
    core = stays & (probability >= CORE)
    holder = main_container(page, scores, core)
    if holder is None:
        return none
    is_text = known.row("page: prose share")[0] >= _PROSE
    if not is_text and scores.words[core].sum() < _ARTICLE:
        return none
    while holder.tag in _TEXTS and holder.parent >= 0:
        holder = page.containers[holder.parent]
    number = np.arange(len(stays))
    sections = _sections(page, scores, holder, core)
    outside = ((number < holder.first) | (number >= holder.last)) & ~sections
    records = (known.row("record: siblings") >= _RECORDS) | _headlines(scores)
    listed = outside & (records | (known.row("near comment") < FAR))
    linked = (known.row("link share") >= _ALL_LINK) & (known.row("quoted") == 0)
    pointer = linked & (known.row("kind") == _PARAGRAPH)
    stands_beside = (listed | (outside & (number >= holder.last))) & ~_goes_on(scores, holder, core)
    introduces = (number < holder.first) & (known.prose > 0) & (known.row("kind") != _HEADING)
    sure = np.where(introduces, _SURE_ABOVE, _SURE) if is_text else _LIKELY
    found: Flags = stays & (probability < sure) & (stands_beside | pointer)
    return found


def _sections(page: Page, scores: Scores, holder: Container, core: Flags) -> Flags:
    """The blocks of elements beside the article's container that look like it and are as sure in part.

    Where one section is much longer than the others, it alone holds most of what is sure.
    """
    found = np.zeros(len(core), bool)
    for one in page.containers:
        if one.parent == holder.parent and one is not holder and _look(one) == _look(holder):
            inside = slice(one.first, one.last)
            found[inside] = scores.words[inside][core[inside]].sum() >= _SECTION
    return found


def _look(container: Container) -> tuple[str, str]:
    return container.tag, unnumbered(container.attributes.get("class", ""))


def _headlines(scores: Scores) -> Flags:
    """Like headings one after the other, with nothing said below them: headlines of other stories."""
    known = scores.known
    found = np.zeros(len(known.words), bool)
    said = np.flatnonzero(known.words > 0)
    look = np.where(known.row("kind") == _HEADING, known.alike, -1)[said]
    for run in np.split(np.arange(len(said)), np.flatnonzero(np.diff(look)) + 1):
        found[said[run]] = len(run) >= _RECORDS and look[run[0]] >= 0
    return found


def _goes_on(scores: Scores, holder: Container, core: Flags) -> Flags:
    """Likely running text behind the article's container that looks like the core in it, up to an unlikely heading.

    So an article in parts goes on, whose later ones are only a little less likely; another story has a headline.
    """
    known, probability = scores.known, np.nan_to_num(scores.probability)
    prose = known.prose > 0
    inside = slice(holder.first, holder.last)
    like = prose & np.isin(known.alike, known.alike[inside][core[inside] & prose[inside]])
    is_border = (known.row("kind") == _HEADING) & (known.words > 0) & (probability < _LIKELY)
    borders = np.flatnonzero(is_border[holder.last :])
    like[: holder.last] = False
    if len(borders):
        like[holder.last + borders[0] :] = False
    found: Flags = like & (probability >= _LIKELY)
    return found
