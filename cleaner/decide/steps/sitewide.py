"""Lines that stand all over a site, as the counts of a corpus tell: its headers and footers, whatever they say.

That a line repeats says that it is of the site, not that it is no part of the article: “Materials and methods” is a
heading of every paper of a journal.  So at `normal` a known line goes only where its place speaks against it, too: at
the edge of the text, or beside lines that go.  From there removals spread from known line to known line.

What protects articles:

- a line must stand in half of the documents, and say more than a word or two: few refrains, sign-offs and headings do;
- of a run of known lines above what stays the last one stays if it may be a heading, or the title of a page that the
  menu above names as well;
- what is quoted stays as ever: the title, rows of a table that stays, a heading of Markdown above a paragraph;
- an article that was counted under many addresses fills half of a site only where the site has nothing else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from cleaner.decide.board import Board, Step
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.quotations import HEADWORDS, SENTENCE
from cleaner.match.claims import MAX_LINE, Claim
from cleaner.match.conditions import letters
from cleaner.model import Evidence
from cleaner.reasons import Reason
from cleaner.view import View

CORPUS = engine_rule(
    "corpus.repeated", "boilerplate", "line", "a line that stands in many documents of the site", "medium"
)
WORDS = 3
LETTERS = 12
"""A line needs so many words or so many letters to go; a shorter one, a label that stands in articles, too, goes only
with those that it stands between."""
SHARE = 0.5
"""Of the documents of the site that a line must stand in."""


def _apply(board: Board) -> None:
    if not board.wants(CORPUS):
        return
    for claim in _known(board):
        veto = board.vetoes.against(claim)
        if veto:
            board.keep(claim, veto)
        else:
            board.found.append(claim)
    if board.found and board.level != "safe":
        _take_known(board)


def _known(board: Board) -> Iterator[Claim]:
    """Claims on the lines of a text that stand all over its site."""
    corpus, view = board.corpus, board.view
    if corpus is None:
        return
    least = SHARE * corpus.documents
    for line, (start, end) in enumerate(view.lines):
        count = corpus.of(letters(view.folded(start, end))) if end - start <= MAX_LINE else 0
        if count >= least:
            saw = Reason.of("on-site", documents=str(count), all=str(corpus.documents), site=corpus.site)
            yield Claim(CORPUS, start, end, line, line, whole=True, evidence=(Evidence(CORPUS.id, saw),))


def _take_known(board: Board) -> None:
    """Take known lines whose place speaks against them, too; at `aggressive` wherever they stand."""
    view, lines = board.view, board.lines
    claims: dict[int, Claim] = {}
    for claim in board.found:
        veto = board.quotations.veto(claim.first, claim.first)
        if veto:
            board.keep(claim, veto)
        elif claim.first not in lines:
            claims[claim.first] = claim
    everywhere = board.level == "aggressive"
    telling = [line for line in claims if _tells(view, line)]
    filling = {*_wordless(board), *claims}.difference(telling)
    top = first = _first(board)
    for run in _runs(telling, filling):
        above, below = max(_beyond(run[0], -1, filling), first - 1), _beyond(run[-1], 1, filling)
        while top in lines or top in filling:
            top += 1
        after = above < top or above in lines
        before = below == len(view.lines) or below in lines
        if after or before or everywhere:
            start = above + 1 if after else run[0]
            stop = below if before or after else run[-1] + 1
            if not (before or everywhere):
                stop = _head(view, claims, stop)
            _take(board, claims, start, stop, claims[run[0]])


def _tells(view: View, line: int) -> bool:
    return len(letters(view.line_text(line))) >= LETTERS or view.words(line, line) >= WORDS


def _head(view: View, claims: Container[int], stop: int) -> int:
    """The last known line above `stop` if it may head what stays below, else `stop`."""
    last = next(line for line in range(stop - 1, -1, -1) if line in claims)
    head = view.words(last, last) <= HEADWORDS and not SENTENCE.search(view.line_text(last))
    return last if head else stop


def _wordless(board: Board) -> Iterator[int]:
    """Lines of nothing but signs, unless they are code or of a table."""
    for line, (start, end) in enumerate(board.view.lines):
        if not letters(board.view.text[start:end]) and not board.stays(line, line):
            yield line


def _first(board: Board) -> int:
    """The first line below the front matter."""
    front = next((zone.end for zone in board.document.zones if zone.kind == "front-matter"), 0)
    return board.view.line_at_origin(front)


def _runs(telling: Iterable[int], filling: Container[int]) -> Iterator[list[int]]:
    """The telling lines between which nothing but filling ones stand."""
    run: list[int] = []
    for line in telling:
        if run and _beyond(run[-1], 1, filling) != line:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _beyond(line: int, step: int, filling: Container[int]) -> int:
    """The next line on one side that is not filling."""
    line += step
    while line in filling:
        line += step
    return line


def _take(board: Board, claims: Mapping[int, Claim], first: int, stop: int, taker: Claim) -> None:
    """Take the lines `first:stop`; wordless ones go with the one above."""
    for line in range(first, stop):
        taker = claims.get(line, taker)
        board.take(line, line, taker)


STEP = Step("sitewide", _apply, (CORPUS,))
