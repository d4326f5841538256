"""Which blocks of a page go, and on whose word: the rules for its structure, the scorer, and what stands around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from math import isnan

import numpy as np
import numpy.typing as npt

from cleaner.decide.engine_rules import ANOTHER, ARTICLE, BOILERPLATE, HEADLINE, HIDDEN, ICON, REPEATED
from cleaner.decide.levels import NEEDS, RANK
from cleaner.errors import guarded
from cleaner.html import another, attached, headline, pullquotes, sections, small, stated, unseen
from cleaner.html.blocks import Block, Page, only_icons
from cleaner.html.choice import chosen, main_prose, offers
from cleaner.html.extractors import Votes
from cleaner.html.facts import Said
from cleaner.html.followers import follow
from cleaner.html.records import keep_labels
from cleaner.html.score.characters import count_words
from cleaner.html.score.scorer import Scores
from cleaner.html.together import keep_captioned, keep_data, keep_items, mend, shared
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import similarity
from cleaner.model import Evidence, Level, Metadata, Rule
from cleaner.pipeline import Setup
from cleaner.reasons import Reason

Flags = npt.NDArray[np.bool_]

RECALL: dict[Level, float] = {"safe": 4.0, "normal": 1.4, "aggressive": 0.25}
"""How much more a lost word counts than a left-over one when blocks are chosen."""
SELECTED = 4.0
"""The same once more for a part of a page: somebody selected it, so most of it is wanted."""
SURE = 0.9
"""A rule does not get a block that belongs to the article with this probability."""
_KNOWN = ("sites/", "platforms/consent", "platforms/forums")
"""Packs by who looked at a site, at layers of consent services, at posts of forums: what is certain there goes."""
_OVERLAYS = "generic/structure-consent"
"""The pack of what lies over a page; its running text is none of the article's, however much of it there is."""
LIKELY = 0.5
"""The same for running text of the main container: a class name alone does not make it anything else."""
UNSURE = 0.5
"""If the expected F-measure of the best choice is lower, the reader is told."""
COMMENTS = "comments"
_ARTICLES = ("article", "blogposting")
_GOODS = "product"
FEW_WORDS = 10
LITTLE = 0.05
"""Of all words of a page: when less is left, the reader is told."""
MANY_WORDS = 300


def is_article(metadata: Metadata) -> bool:
    """Whether the page says that it is an article."""
    return metadata.kind is not None and metadata.kind.endswith(_ARTICLES)


def is_commented(metadata: Metadata) -> bool:
    """Whether comments are about the page, an article or goods; they may be the content of another one."""
    return is_article(metadata) or metadata.kind == _GOODS


def judge(
    page: Page,
    rules: Sequence[tuple[Rule, ...]],
    scores: Scores | None,
    votes: Votes | None = None,
    *,
    setup: Setup,
    said: Said,
    pictures: bool,
    selected: bool,
) -> Judgement:
    """Decide on all blocks of a page.

    Args:
        rules: what `Block.hits` refers to: for each element that was hit, its rules.
        scores: of the scorer; None: it has no say.
        votes: of another extractor, to be weighed with the scores.
        said: what the page says of itself and of its text.
        pictures: whether they will be shown; then their captions belong to them.
        selected: whether this is a part that somebody took from a page.
    """
    if scores is not None and votes is not None:
        scores = replace(scores, probability=votes.weigh(scores.probability))
    metadata = said.metadata
    if scores is not None:
        scores = replace(scores, probability=shared(scores.probability, scores.words, page))
    recall = RECALL[setup.level] * (SELECTED if selected else 1)
    decider = _Judge(rules, scores if setup.wants(BOILERPLATE) else None, votes, setup, recall, metadata)
    judgement = decider.blocks(page)
    title = metadata.title
    probability = [] if scores is None else scores.probability.tolist()
    copies = scores.copies.tolist() if scores is not None and is_article(metadata) else []
    steps: list[tuple[str, bool, Callable[[], object]]] = [
        ("what belongs together", True, lambda: mend(judgement, page)),
        ("tables of figures", bool(probability) and pictures, lambda: keep_data(judgement, page, probability)),
        ("items of a list", bool(probability), lambda: keep_items(judgement, page, probability, copies)),
        ("a page of a few words", True, lambda: small.keep(judgement, page, probability)),
        ("what is hidden", setup.wants(HIDDEN), lambda: unseen.take(judgement, page, probability)),
        ("pull quotes", setup.wants(REPEATED), lambda: pullquotes.take(judgement, page)),
        ("the headline", setup.wants(HEADLINE), lambda: headline.take(judgement, page, title) if title else None),
        (
            "another article",
            setup.wants(ANOTHER) and bool(title) and is_article(metadata),
            lambda: another.take(judgement, page, title or ""),
        ),
        ("the standfirst", True, lambda: _keep_standfirst(judgement, page, metadata.description or "")),
        ("what follows", True, lambda: follow(judgement, page, pictures=pictures)),
        ("figures with numbers", True, lambda: attached.keep_labelled(judgement, page, pictures=pictures)),
        ("the works cited", True, lambda: attached.keep_works(judgement, page)),
        ("what the page states", True, lambda: stated.keep(judgement, page, said.stated)),
        ("tables with captions", True, lambda: keep_captioned(judgement, page)),
        ("headings", True, lambda: sections.keep_headings(judgement, page)),
        ("titles of boxes", True, lambda: sections.keep_titles(judgement, page)),
        ("labels of records", True, lambda: keep_labels(judgement, page)),
        ("the subtitle", True, lambda: sections.keep_subtitle(judgement, page)),
        ("that something is left", True, lambda: _leave_something(judgement, page)),
        ("how little is left", True, lambda: _warn_of_little(judgement, page, metadata)),
        ("gaps", True, lambda: sections.warn_of_gaps(judgement, page, probability)),
    ]
    for name, wanted, step in steps:
        if wanted:
            _step(judgement, name, step)
    return judgement


def _step(judgement: Judgement, name: str, step: Callable[[], object]) -> None:
    """Take a step; if it fails, nothing has gone in it."""
    gone = dict(judgement.gone)

    def take() -> bool:
        step()
        return True

    if not guarded(f"the judgement on {name}", take, False, judgement.warnings):
        judgement.gone = {number: verdict for number, verdict in judgement.gone.items() if number in gone}


class _Judge:
    """Weighs rules and scorer block by block."""

    def __init__(
        self,
        rules: Sequence[tuple[Rule, ...]],
        scores: Scores | None,
        votes: Votes | None,
        setup: Setup,
        recall: float,
        metadata: Metadata,
    ) -> None:
        self._scores = scores
        self._votes = votes
        self._setup = setup
        self._recall = recall
        self._is_article = is_article(metadata)
        self._is_commented = is_commented(metadata)
        self._rules = rules
        self._probability: list[float] = scores.probability.tolist() if scores else []
        self._main_prose: list[bool] = main_prose(scores).tolist() if scores else []
        self._judgement = Judgement(scored=scores is not None)

    def blocks(self, page: Page) -> Judgement:
        """The judgement on all blocks with words; the others have no say in it."""
        stays = self._choice(page)
        for number, block in enumerate(page.blocks):
            if not wordless(block):
                verdict = self._verdict(page, number, stays[number])
                if verdict is not None:
                    self._judgement.gone[number] = verdict
        self._give_back(stays)
        self._add_opinions()
        return self._judgement

    def _choice(self, page: Page) -> list[bool]:
        scores = self._scores
        if scores is None:
            return [True] * len(page.blocks)
        kept = chosen(page, scores, recall=self._recall, is_article=self._is_article)
        if _expected(scores, kept) < UNSURE and scores.words.sum() >= FEW_WORDS:
            self._judgement.warnings.append(
                "it is not clear which part of this page is the article; see what was removed"
            )
        stays: list[bool] = kept.tolist()
        return stays

    def _verdict(self, page: Page, number: int, stays: bool) -> Verdict | None:
        block = page.blocks[number]
        if block.hits:
            about = [(place, rule) for place in block.hits for rule in self._rules[place]]
            hits = [hit for hit in about if hit[1] is not ARTICLE]
            stays = stays or len(hits) < len(about)
            hits.sort(key=lambda hit: -RANK[hit[1].confidence])
            wanted = [hit for hit in hits if self._setup.wants(hit[1])]
            if wanted != hits and hits[0][1].category in self._setup.skip:
                return None  # what a rule knows for what the caller wants to have stays, whoever else may want it
            by_rule = self._ruled(block, number, wanted, stays)
            if by_rule is not None:
                return by_rule
        if only_icons(block.text, block.icons) and (not stays or self._setup.wants(ICON)):
            return Verdict(ICON)  # as a whole: what is cut out of a block leaves its lines
        return None if stays else Verdict(BOILERPLATE)

    def _ruled(self, block: Block, number: int, hits: Sequence[tuple[int, Rule]], stays: bool) -> Verdict | None:
        """What the rules say, the surest first."""
        keeper = next((rule for _, rule in hits if rule.keep), None)
        for place, rule in hits:
            if rule.keep:
                continue
            veto = self._veto(block, number, rule, keeper, stays)
            if veto is None:
                return Verdict(rule, place)
            self._judgement.kept.append((number, rule, veto))
        return None

    def _veto(self, block: Block, number: int, rule: Rule, keeper: Rule | None, stays: bool) -> Reason | None:
        if keeper is not None:
            return Reason.of("keep-rule", rule=keeper.id)
        if not stays or (self._is_commented and rule.category == COMMENTS and self._setup.level != "safe"):
            return None
        if RANK[rule.confidence] < NEEDS[self._setup.level]:
            return Reason.of("below-level", confidence=rule.confidence)
        if rule.confidence == "certain" and (offers(block) or rule.pack.startswith(_KNOWN)):
            return None  # its words agree, or somebody looked and said so
        if self._probability:
            main = self._main_prose[number] and rule.pack != _OVERLAYS
            if self._probability[number] >= (LIKELY if main else SURE):
                return self._disagreement(number)
        return None

    def _disagreement(self, number: int) -> Reason:
        return Reason.of("scorer-disagrees", probability=f"{self._probability[number]:.2f}")

    def _give_back(self, stays: Sequence[bool]) -> None:
        """A rule that was kept from most of the running text of an article that it hits gets none of it: its class is
        the article's own."""
        if self._scores is None or not self._is_article:
            return
        words = self._scores.words
        spared: Counter[str] = Counter()
        taken: dict[str, list[int]] = {}
        for number, rule, veto in self._judgement.kept:
            if veto.code == "scorer-disagrees" and self._main_prose[number]:
                spared[rule.id] += int(words[number])
        for number, verdict in self._judgement.gone.items():
            if verdict.rule.id in spared and self._main_prose[number] and stays[number]:
                taken.setdefault(verdict.rule.id, []).append(number)
        for name, numbers in taken.items():
            if spared[name] > words[numbers].sum():
                for number in numbers:
                    rule = self._judgement.gone.pop(number).rule
                    self._judgement.kept.append((number, rule, self._disagreement(number)))

    def _add_opinions(self) -> None:
        """Where the scorer took a block, let it say why."""
        if self._scores is None:
            return
        gone, probability = self._judgement.gone, self._probability
        taken = [n for n, verdict in gone.items() if verdict.place < 0 and not isnan(probability[n])]
        opinions = _Opinions(self._scores, self._votes, taken, probability)
        for number in taken:
            gone[number] = Verdict(gone[number].rule, evidence=partial(opinions.of, number))


class _Opinions:
    """Why the scorer took some blocks; its reasons are found for all of them when the first is asked for."""

    def __init__(self, scores: Scores, votes: Votes | None, taken: Sequence[int], probability: Sequence[float]) -> None:
        self._scores = scores
        self._votes = votes
        self._taken = taken
        self._probability = probability

    @cached_property
    def _reasons(self) -> dict[int, tuple[str, ...]]:
        return dict(zip(self._taken, self._scores.reasons(self._taken), strict=True))

    def of(self, number: int) -> tuple[Evidence, ...]:
        """How likely it found a block to be article text, and its strongest reasons; what another extractor says."""
        likely = Reason.of("article-probability", probability=f"{self._probability[number]:.2f}")
        evidence = [Evidence("scorer", likely)]
        evidence += [Evidence("scorer", Reason("words", (("text", one),))) for one in self._reasons[number]]
        if self._votes is not None:
            share = f"{float(self._votes.shares[number]):.0%}"
            evidence.append(Evidence(self._votes.extractor, Reason.of("vote", share=share)))
        return tuple(evidence)


def _expected(scores: Scores, chosen: Flags) -> float:
    """The F-measure that a choice is expected to have."""
    mass = np.nan_to_num(scores.probability) * scores.words
    return float(2 * mass[chosen].sum() / max(1.0, scores.words[chosen].sum() + mass.sum()))


def strongest(rules: Sequence[Rule], level: Level) -> Rule | None:
    """The surest of some rules, if it is sure enough for the level and no keep rule stands beside it."""
    if any(rule.keep for rule in rules) or rules == (ARTICLE,):
        return None
    best = max(rules, key=lambda rule: RANK[rule.confidence])
    return best if RANK[best.confidence] >= NEEDS[level] else None


def _keep_standfirst(judgement: Judgement, page: Page, description: str) -> None:
    """What the page gives as its description stays if it stands above the text: it is the standfirst."""
    if count_words(description) < FEW_WORDS // 2:
        return
    for number, block in enumerate(page.blocks):
        verdict = judgement.gone.get(number)
        if wordless(block) or (verdict is not None and verdict.rule is not BOILERPLATE):
            continue
        if similarity(block.text, description) >= headline.SAME:
            judgement.gone.pop(number, None)
            judgement.standfirst = number
            return
        if verdict is None and count_words(block.text) > 2 * FEW_WORDS:
            return


def _leave_something(judgement: Judgement, page: Page) -> None:
    """If nothing would be left, the page stays as it is."""
    said = [number for number, block in enumerate(page.blocks) if not wordless(block)]
    if not said or any(number not in judgement.gone for number in said):
        return
    nothing = Reason.of("nothing-left")
    judgement.kept += ((number, verdict.rule, nothing) for number, verdict in judgement.gone.items())
    judgement.gone.clear()
    judgement.warnings.append("nothing would be left of this page; its structure took nothing, see `kept`")


def _warn_of_little(judgement: Judgement, page: Page, metadata: Metadata) -> None:
    """A page that yields next to nothing says so."""
    words = [count_words(block.text) for block in page.blocks]
    everything = sum(words)
    left = everything - sum(words[number] for number in judgement.gone)
    if left < LITTLE * everything and everything > MANY_WORDS:
        judgement.warnings.append(f"only {left:,} of the page's {everything:,} words were taken for its article")
    if metadata.free is False and left < MANY_WORDS:
        judgement.warnings.append(f"the page says that it is not free; {left:,} words of its article are in it")
