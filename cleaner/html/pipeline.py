"""The pipeline of a page: bytes, tree, blocks, judgement, rendered text; then it is a text like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from urllib.parse import urljoin

from lxml.etree import _Element as Element

from cleaner.decide.engine_rules import ARTICLE, HEADLINE, HIDDEN, ICON
from cleaner.edit import Lines
from cleaner.errors import CleanerError, guarded, left_out
from cleaner.html import headline
from cleaner.html.attributes import AttributesOf
from cleaner.html.bare import LONG, bare_text, misses_prose
from cleaner.html.blocks import Page
from cleaner.html.deadline import Deadline
from cleaner.html.exported import exported
from cleaner.html.extractors import votes
from cleaner.html.facts import Said, facts
from cleaner.html.flat import is_flat
from cleaner.html.followers import drop_last_rules, drop_rule
from cleaner.html.judge import COMMENTS, is_commented, judge, strongest
from cleaner.html.parse import UnreadableError, parse
from cleaner.html.parts import UNSEEN
from cleaner.html.paths import Paths
from cleaner.html.render.note import front_matter
from cleaner.html.render.page import Rendered, render
from cleaner.html.rules.selectors import Hits, HtmlRules, element_hits
from cleaner.html.score.scorer import Scorer, Scores
from cleaner.html.source import PageSource
from cleaner.html.verdict import Judgement
from cleaner.html.walk import walk
from cleaner.model import Evidence, Metadata, Rule
from cleaner.options import CleanOptions
from cleaner.outcome import Cut, Outcome, StructuralCuts, kept
from cleaner.pipeline import Setup, no_collections, run
from cleaner.read.intake import take_in
from cleaner.reasons import Reason
from cleaner.sites import applies, find_site, packs_of

_FENCE = "---\n"
"""A line of the article that readers would take for the beginning of front matter, had it stood first."""
_ASIDES = {"": ICON, UNSEEN: HIDDEN}
_ASKING = 20
"""How many times as long as our own reading another extractor may take; on 50 MB they take minutes."""
_REST = 3
"""How many times as long as up to there a page takes in all, once it is rendered; measured on the worst ones."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page after all rounds.

    Attributes:
        text: in the form that was asked for.
        outcome: in the offsets of the rendered page.
    """

    text: str
    outcome: Outcome
    metadata: Metadata


class PagePipeline:
    """Cleans pages, with rules and scorer loaded once.  Safe to share between threads."""

    def __init__(self, setup: Setup, options: CleanOptions, rules: HtmlRules, scorer: Scorer | None = None) -> None:
        self._setup = setup
        self._options = options
        self._rules = rules
        self._scorer = scorer if scorer or options.extractor == "none" else Scorer.load()

    def clean(self, source: PageSource, *, url: str | None, rules: bool = True) -> Cleaned:
        """Clean one page.

        Args:
            rules: whether the rules for text have a say; if not, only what its structure condemns goes, the headline
                with it.

        Raises:
            InputError: the page cannot be read.
        """
        with no_collections():
            try:
                return self._clean(source, url, rules)
            except UnreadableError as error:
                return self._as_text(source, url, rules, str(error))
            except (CleanerError, MemoryError):
                raise
            except Exception as error:
                return self._as_text(source, url, rules, left_out("the pipeline for pages", error))

    def _as_text(self, source: PageSource, url: str | None, rules: bool, why: str) -> Cleaned:
        """The last resort: the text of a page as it stands in the source, cleaned as a text."""
        text = take_in(bare_text(source.html), url=url or source.url, format="text")
        warnings = (*source.warnings, f"{why}; the page is read as plain text")
        outcome = run(self._setup, text, structural=StructuralCuts(warnings=warnings), rules=rules)
        written = f"<pre>{escape(outcome.text)}</pre>\n" if self._options.to == "html" else outcome.text
        return Cleaned(written, outcome, Metadata(url=url or source.url))

    def _clean(self, source: PageSource, url: str | None, rules: bool) -> Cleaned:
        options, setup = self._options, self._setup
        deadline = Deadline(options.max_seconds)
        faults: list[str] = []
        tree = parse(source.html)
        held = list(tree.root.iter())  # lxml would make each element's Python object anew for every walk over the tree
        attributes = AttributesOf()
        said = facts(tree.root, url=url or source.url, dates=options.dates, faults=faults, attributes=attributes)
        metadata = said.metadata
        address = url or source.url or metadata.url
        site = find_site(setup.book, url=address, from_front_matter=False, prints=())
        packs = packs_of(setup.book, site)
        names = [pack.name for pack in packs]
        found = guarded(
            "the search for elements that rules know",
            lambda: element_hits(
                tree.root,
                self._rules,
                lambda rule: applies(setup.book, rule, packs),
                names,
                attributes,
                metadata.kind,
            ),
            Hits({}, {}),
            faults,
        )
        hits = {**found.rules, **_comments(found, metadata)}
        hits |= {one: (*hits.get(one, ()), ARTICLE) for one in (*found.whole, *exported(tree.root))}
        page = walk(tree.root, {element: number for number, element in enumerate(hits)}, deadline, attributes)
        judgement = guarded(
            "the judgement on the page",
            lambda: self._judged(page, hits, said, source, deadline),
            Judgement(),
            faults,
        )
        del held
        judgement.warnings += _unreadable(page, judgement, options)
        judgement.warnings[:0] = (*source.warnings, *tree.warnings, *_unread(source.html, page), *faults, *page.faults)
        base = _base(tree.root, address)
        rendered = render(
            page.blocks,
            options.rendering,
            gone=judgement.gone,
            head=self._head(page, judgement, metadata, source, base) if rules else "",
            images=options.shows_images,
            base=base,
        )
        in_time = deadline.allows(_REST)
        if not in_time:
            judgement.warnings.append(f"the rules for text would take longer than {options.max_seconds:g} s: left out")
        text = take_in(rendered.text, url=address, format=options.rendering)
        while True:
            structural = _structural_cuts(page, judgement, rendered, hits, setup)
            outcome = run(setup, text, structural=structural, rules=rules and in_time)
            if outcome.text.startswith(_FENCE) and not options.front_matter and drop_rule(judgement, page):
                continue
            if not drop_last_rules(judgement, page, _emptied(rendered, outcome)):
                break
        return Cleaned(self._written(outcome.text, metadata), outcome, metadata)

    def _judged(
        self,
        page: Page,
        hits: Mapping[Element, tuple[Rule, ...]],
        said: Said,
        source: PageSource,
        deadline: Deadline,
    ) -> Judgement:
        options = self._options
        faults: list[str] = []
        scores = guarded("the scorer", lambda: self._scores(page, said.metadata), None, faults)
        asked = None
        wanted = scores is not None and options.extractor != "cleaner"
        if wanted and deadline.allows(_ASKING):
            asked = guarded(options.extractor, lambda: votes(options.extractor, source.html, page.blocks), None, faults)
        judgement = judge(
            page,
            tuple(hits.values()),
            scores,
            asked,
            setup=self._setup,
            said=said,
            pictures=options.shows_images,
            selected=source.is_part,
        )
        judgement.warnings += faults
        if wanted and asked is None and not faults:
            judgement.warnings.append(f"{options.extractor} was not asked: it would take longer than allowed")
        return judgement

    def _head(self, page: Page, judgement: Judgement, metadata: Metadata, source: PageSource, base: str) -> str:
        """What the text begins with above the page's blocks."""
        options = self._options
        above = front_matter(metadata) if options.front_matter else ""
        if options.shows_title and self._setup.wants(HEADLINE):
            title = guarded(
                "the headline",
                lambda: headline.place(
                    judgement, page, metadata, selected=source.is_part, to=options.rendering, base=base
                ),
                None,
                judgement.warnings,
            )
            if title is None and judgement.headline is not None:
                judgement.gone.pop(judgement.headline, None)  # it stays where it was
            above += title or ""
        return above

    def _written(self, text: str, metadata: Metadata) -> str:
        options = self._options
        if options.to == options.rendering:
            return text
        from cleaner.html.render.output import WRITERS

        return WRITERS[options.to](text, metadata)

    def _scores(self, page: Page, metadata: Metadata) -> Scores | None:
        if self._scorer is None or is_flat(page):
            return None
        return self._scorer.score(page, title=metadata.headline or metadata.title or "", kind=metadata.kind)


def _unread(html: str, page: Page) -> list[str]:
    """What to say if the parser has lost text: nobody else would know."""
    read = sum(len(block.text) - block.text.count(" ") for block in page.blocks if len(block.text) >= LONG)
    missing = misses_prose(html, read)
    return [f"about {missing:,} characters of the page's text could not be read; its HTML is broken"] if missing else []


def _unreadable(page: Page, judgement: Judgement, options: CleanOptions) -> list[str]:
    """What to say of pictures and frames of the article that the page holds itself, so that no link leads to them."""
    count = sum(number not in judgement.gone for number in page.unreadable) if options.shows_images else 0
    what = f"{count} pictures or frames stand" if count > 1 else "a picture or frame stands"
    return [f"{what} in the page itself, where no link leads; the words for them are in brackets"] if count else []


def _comments(hits: Hits, metadata: Metadata) -> dict[Element, tuple[Rule, ...]]:
    """Comments that hold most of a page's words, and yet are no part of it since it says what they are about."""
    if not is_commented(metadata):
        return {}
    return {element: rules for element, rules in hits.spared.items() if any(r.category == COMMENTS for r in rules)}


def _emptied(rendered: Rendered, outcome: Outcome) -> list[bool]:
    """Of each block whether the text that came of it holds nothing more of it."""
    source, left = outcome.source, []
    end = 0
    for start, stop in sorted((cut.start, cut.end) for cut in outcome.cuts):
        left.append((end, start))
        end = max(end, stop)
    left.append((end, len(source)))
    last = max((stop for start, stop in left if source[start:stop].strip()), default=0)
    return [start >= last for start, _ in rendered.spans]


def _base(root: Element, url: str | None) -> str:
    """What relative addresses are relative to; empty if it is not known."""
    stated = root.find(".//base[@href]")
    href = (stated.get("href") or "").strip() if stated is not None else ""
    try:
        base = urljoin(url or "", href)
    except ValueError:
        base = url or ""
    return base if base.startswith(("http://", "https://")) else ""


def _structural_cuts(
    page: Page,
    judgement: Judgement,
    rendered: Rendered,
    hits: Mapping[Element, tuple[Rule, ...]],
    setup: Setup,
) -> StructuralCuts:
    """What the judgement means for the rendered text."""
    paths, lines = Paths(), Lines(rendered.text)
    elements, rules = list(hits), list(hits.values())
    blocks = _merged(page, judgement, rendered, elements, rules, paths)
    spans: list[Cut] = []
    for number, (start, end), name in sorted(rendered.asides, key=lambda aside: (aside[1][0], -aside[1][1])):
        rule = _ASIDES.get(name) or strongest(rules[int(name)], setup.level)
        inside = spans and end <= spans[-1].end
        if number not in judgement.gone and rule is not None and setup.wants(rule) and not inside:
            spans.append(Cut(rule, start, end, path=partial(paths.of, page.blocks[number].element)))
    spared = [
        kept(rule, *rendered.spans[number], veto, rendered.text, lines)
        for number, rule, veto in judgement.kept
        if rendered.spans[number][0] < rendered.spans[number][1]
    ]
    packs = {cut.rule.pack for cut in (*blocks, *spans)} - {"engine"}
    return StructuralCuts(
        tuple(blocks), tuple(spans), tuple(spared), tuple(judgement.warnings), frozenset(packs), judgement.scored
    )


def _merged(
    page: Page,
    judgement: Judgement,
    rendered: Rendered,
    elements: Sequence[Element],
    rules: Sequence[tuple[Rule, ...]],
    paths: Paths,
) -> list[Cut]:
    """The blocks that go, as whole lines; those that go one after the other with the same element are one."""
    cuts: list[Cut] = []
    open_place = -1
    for number, verdict in sorted(judgement.gone.items()):
        start, end = rendered.spans[number]
        if start == end:
            continue
        end = min(end + 1, len(rendered.text))
        place = verdict.place
        if place >= 0 and place == open_place and not rendered.text[cuts[-1].end : start].strip():
            cuts[-1] = replace(cuts[-1], end=end)
            continue
        open_place = place
        if place < 0:
            path = partial(paths.of, page.blocks[number].element)
            cuts.append(Cut(verdict.rule, start, end, verdict.evidence, path))
        else:
            others = tuple(
                Evidence(rule.id, Reason.of("words", text=rule.message))
                for rule in rules[place]
                if rule is not verdict.rule
            )
            cuts.append(Cut(verdict.rule, start, end, partial(tuple, others), partial(paths.of, elements[place])))
    return cuts
