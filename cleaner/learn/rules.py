"""From leftovers of a site to rules: grouped, named, with what speaks for them and with examples of both kinds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleaner.learn.boxes import Leftover
from cleaner.learn.observe import Line
from cleaner.learn.site import Common, Place
from cleaner.model import Confidence
from cleaner.tools.drafts import Example, Ids, RuleDraft
from cleaner.tools.lint_literals import LEAST_PHRASE, weight
from cleaner.tools.slots import Form, affix_form, escaped, whole_form
from cleaner.view import literal

TOGETHER = 0.5
"""Of the documents of the rarer one, in which two lines must stand one below the other to be of one box."""
GONE_ANYWAY = 0.9
ANCHORED = 0.8
REACH = 5
"""Lines between a label and what it goes with."""
MOST_PHRASES = 12
MOST_EXAMPLES = 3
_EXAMPLE = 300
_LONGEST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class Preview:
    """Lines of a document, each with whether it goes."""

    name: str
    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """A rule with what it rests on.

    Attributes:
        documents: in how many of `of` documents there is something of it.
        preview: of a rule for text, what it takes in one of them.
    """

    draft: RuleDraft
    documents: int
    of: int
    preview: Preview | None = None

    @property
    def evidence(self) -> str:
        """In a few words."""
        return f"in {self.documents:,} of {self.of:,} documents"

    def noted(self) -> Learned:
        """The same, with the evidence in its message."""
        return replace(self, draft=replace(self.draft, message=f"{self.draft.message}: {self.evidence}"))

    @property
    def sample(self) -> str:
        """What it is about: a wording, a selector."""
        looks = self.draft.looks
        first = next(looks[key] for key in ("phrases", "regex", "css") if key in looks)
        return first if isinstance(first, str) else str(first[0])


class Drafting:
    """The rules for the leftovers of one site."""

    def __init__(self, site: Common, host: str, found: Sequence[Leftover]) -> None:
        self._site = site
        self._host = host
        self._ids = Ids(host)
        self._keeps = Keeps(site)
        self._open = [one for one in found if site.share(one.places, lambda at: site.line(at).gone) < GONE_ANYWAY]
        self._rule_at: dict[Place, str] = {}

    def rules(self) -> list[Learned]:
        """All rules; those that labels lean on come first."""
        lines = [one for one in self._open if one.kind == "line"]
        forms = {one.key: whole_form(line.text for line in self._site.lines(one.places)) for one in lines}
        fixed = [one for one in lines if (form := forms[one.key]) and form.phrases]
        varied = [(one, form) for one in lines if (form := forms[one.key]) and form.regex]
        made = [self._phrases(group) for group in self._boxes(fixed)]
        made += [self._pattern(one, form) for one, form in varied]
        made += [rule for one in self._open if one.kind == "section" for rule in self._section(one)]
        made += [rule for one in self._open if one.kind == "affix" for rule in self._affix(one)]
        made += self._labels([one for one in self._open if one.kind == "label"])
        return made

    # --- kinds ------------------------------------------------------------------------------------

    def _phrases(self, group: Sequence[Leftover]) -> Learned:
        texts = list(dict.fromkeys(text for one in group for text in self._texts(one)))[:MOST_PHRASES]
        places = [place for one in group for place in one.places]
        draft = self._draft(max(texts, key=weight), places, {"phrases": tuple(texts)}, tuple(texts[:MOST_EXAMPLES]))
        return self._noted(draft, group)

    def _pattern(self, one: Leftover, form: Form) -> Learned:
        texts = list(dict.fromkeys(line.text for line in self._site.lines(one.places)))[:MOST_EXAMPLES]
        draft = self._draft(_fixed(texts[0]), one.places, _looks(form), tuple(texts))
        return self._noted(draft, [one])

    def _affix(self, one: Leftover) -> Iterator[Learned]:
        form = affix_form([line.text for line in self._site.lines(one.places)], one.key[0])
        if form is None:
            return
        anchor = self._anchor([one])
        examples = self._beside_anchor(one.places, anchor, frozenset(one.places))
        if examples:
            more = {"when": anchor.condition} if anchor else {}
            sure: Confidence = "high" if anchor else "medium"
            draft = self._draft(one.key[1:], one.places, _looks(form), examples, sure, more)
            yield self._noted(draft, [one])

    def _section(self, one: Leftover) -> Iterator[Learned]:
        texts = self._texts(one)[:MOST_PHRASES]
        lines, words = one.items
        section: dict[str, object] = {
            "max_lines": lines + 2,
            "max_fraction": "60%",
            "item_words": min(_LONGEST_ITEMS, words + 3),
        }
        ends = dict.fromkeys(end for key in one.ends for end in self._patterns_of(key))
        if ends:
            section["until"] = f"^(?:{'|'.join(ends)})$"
        example = self._section_example(one)
        if example is not None:
            draft = self._draft(texts[0], one.places, {"phrases": tuple(texts)}, (example,), more={"section": section})
            draft = replace(
                draft, scope="section", category="related" if draft.category == "boilerplate" else draft.category
            )
            yield self._noted(draft, [one])

    def _labels(self, labels: Sequence[Leftover]) -> Iterator[Learned]:
        """Labels with the same rule beside them together; those that have none, together and in company only."""
        groups: dict[str, list[Leftover]] = defaultdict(list)
        anchors = {one.key: self._anchor([one]) for one in labels}
        for one in labels:
            anchor = anchors[one.key]
            short = weight(self._texts(one)[0]) < LEAST_PHRASE and " " not in self._texts(one)[0]
            groups[f"{anchor.rule if anchor else ''} {short}"].append(one)
        for name, group in groups.items():
            texts = list(dict.fromkeys(text for one in group for text in self._texts(one)[:2]))[:MOST_PHRASES]
            anchor = self._anchor(group) if anchors[group[0].key] else None
            places = [place for one in group for place in one.places]
            own = frozenset(places)
            examples = tuple(
                e for one in group[:MOST_EXAMPLES] for e in self._beside_anchor(one.places, anchor, own)[:1]
            )
            if not examples:
                continue
            sure: Confidence = "high" if anchor and name.endswith("False") else "medium"
            more = {"when": anchor.condition} if anchor else {}
            draft = self._draft(texts[0], places, {"phrases": tuple(texts)}, examples, sure, more)
            yield self._noted(draft, group)

    # --- parts ------------------------------------------------------------------------------------

    def _draft(
        self,
        name: str,
        places: Sequence[Place],
        looks: dict[str, object],
        removes: tuple[Example, ...],
        confidence: Confidence = "high",
        more: Mapping[str, object] | None = None,
    ) -> RuleDraft:
        lines = self._site.lines(places)
        categories = Counter(line.category for line in lines if line.category not in ("", "keep"))
        return RuleDraft(
            id=self._ids.new(name),
            category=categories.most_common(1)[0][0] if categories else "boilerplate",
            confidence=confidence,
            scope="line",
            message=f"repeats on {self._host}",
            looks=looks,
            removes=removes,
            keeps=self._keeps.for_text(name),
            more=more or {},
        )

    def _noted(self, draft: RuleDraft, group: Sequence[Leftover]) -> Learned:
        site = self._site
        places = sorted(place for one in group for place in one.places)
        for place in places:
            self._rule_at.setdefault(place, draft.id)
        sample = site.documents_of(places)
        documents = sample
        if site.size > len(site.documents):
            documents = max((site.count(one.key) for one in group), default=0)
            documents = documents or round(sample * site.size / len(site.documents))
        return Learned(draft, documents, site.size, self._preview(draft, places)).noted()

    def _preview(self, draft: RuleDraft, places: Sequence[Place]) -> Preview:
        """What a rule takes of the first of the documents, with what stands around it."""
        number = places[0][0]
        document = self._site.documents[number]
        going = {at for home, at in places if home == number}
        last = max(going)
        while draft.scope == "section" and (number, last + 1) in self._site.taken:
            last += 1
            going.add(last)
        around = range(max(0, min(going) - 1), min(len(document.lines), last + 2))
        return Preview(document.document.name, tuple((document.lines[at].text, at in going) for at in around))

    def _texts(self, one: Leftover) -> list[str]:
        form = whole_form(line.text for line in self._site.lines(one.places))
        return list(form.phrases) if form and form.phrases else [self._site.line(one.places[0]).text]

    def _patterns_of(self, key: str) -> list[str]:
        """Patterns that match the lines of a key, without the ends of the line."""
        form = whole_form(line.text for line in self._site.lines(self._site.places[key]))
        if form is None:
            return []
        return [escaped(text) for text in form.phrases[:1]] or [pattern[1:-1] for pattern in form.regex[:1]]

    def _boxes(self, lines: Sequence[Leftover]) -> Iterator[list[Leftover]]:
        """Lines that stand one below the other, together."""
        at = {place: number for number, one in enumerate(lines) for place in one.places}
        pairs = Counter((number, below) for (d, n), number in at.items() if (below := at.get((d, n + 1))) is not None)
        home = list(range(len(lines)))
        for (above, below), count in pairs.items():
            rarer = min(self._site.documents_of(lines[number].places) for number in (above, below))
            if count >= TOGETHER * rarer and home[above] != home[below]:
                home = [home[above] if one == home[below] else one for one in home]
        groups: dict[int, list[Leftover]] = defaultdict(list)
        for number, one in enumerate(lines):
            groups[home[number]].append(one)
        yield from groups.values()

    def _anchor(self, group: Sequence[Leftover]) -> Anchor | None:
        """The rule that stands near most lines of a group."""
        places = [place for one in group for place in one.places]
        near: Counter[str] = Counter()
        far: dict[str, int] = defaultdict(int)
        for document, number in places:
            seen: dict[str, int] = {}
            for distance in range(REACH, 0, -1):
                for at in ((document, number - distance), (document, number + distance)):
                    if at in self._rule_at:
                        seen[self._rule_at[at]] = distance
            near.update(seen.keys())
            for rule, distance in seen.items():
                far[rule] = max(far[rule], distance)
        rule, count = min(near.items(), key=lambda item: (-item[1], far[item[0]], item[0]), default=("", 0))
        return Anchor(rule, far[rule]) if count >= ANCHORED * len(places) else None

    def _beside_anchor(
        self, places: Sequence[Place], anchor: Anchor | None, own: frozenset[Place]
    ) -> tuple[Example, ...]:
        """Some of the lines, as examples; where they need an anchor, with it.  `own` are all lines of the rule."""
        if anchor is None:
            return tuple(dict.fromkeys(line.text for line in self._site.lines(places)))[:MOST_EXAMPLES]
        examples: dict[str, Example] = {}
        for document, number in places:
            text = self._site.line((document, number)).text
            around = range(number - anchor.within, number + anchor.within + 1)
            by = [at for at in around if self._rule_at.get((document, at)) == anchor.rule]
            if text not in examples and by:
                nearest = min(by, key=lambda at: abs(at - number))
                low, high = sorted((number, nearest))
                lines = self._site.documents[document].lines[low : high + 1]
                rest = [line for at, line in enumerate(lines, low) if (document, at) not in own]
                examples[text] = (_joined(lines), _joined(rest))
        return tuple(examples.values())[:MOST_EXAMPLES]

    def _section_example(self, one: Leftover) -> Example | None:
        """A marker with its items, below as much of the article as makes it the smaller part."""
        document, number = one.places[0]
        lines = self._site.documents[document].lines
        last = number
        while last + 1 < len(lines) and last - number < one.items[0]:
            below = lines[last + 1]
            if below.keys.whole in self._site.places or below.prose or below.gone:
                break
            last += 1
        box = _joined(lines[number : last + 1])
        article: list[str] = []
        for text in self._keeps.prose:
            article.append(text)
            if len("\n\n".join(article)) > 2 * len(box) + 100:
                above = "\n\n".join(article)
                return f"{above}\n\n{box}", above
        return None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A rule near which lines stand, and how many lines away at most."""

    rule: str
    within: int

    @property
    def condition(self) -> dict[str, object]:
        """As a condition of a rule."""
        return {"near": {"rule": [self.rule], "within": self.within}}


class Keeps:
    """Sentences of the articles, of which a rule must take nothing."""

    MOST = 400

    def __init__(self, site: Common) -> None:
        lines = (
            line.text
            for number, document in enumerate(site.documents)
            for at, line in enumerate(document.lines)
            if line.prose and not line.gone and line.keys.whole not in site.places and (number, at) not in site.taken
        )
        self.prose = [text for text, _ in zip(dict.fromkeys(lines), range(self.MOST), strict=False)]
        self._words = [frozenset(re.findall(r"\w+", text.lower())) for text in self.prose]

    def for_text(self, text: str) -> tuple[str, ...]:
        """The sentence that is most like a text."""
        wanted = frozenset(re.findall(r"\w+", literal(text)))
        scored = [(len(wanted & words), -len(prose)) for words, prose in zip(self._words, self.prose, strict=True)]
        if not scored:
            return (f"He wrote {text} before and smiled at us.",)
        best = max(range(len(scored)), key=scored.__getitem__)
        return (_cut(self.prose[best], wanted),)


def _cut(text: str, wanted: Iterable[str]) -> str:
    """A sentence of a long line, of those with most of some words the first."""
    if len(text) <= _EXAMPLE:
        return text
    words = frozenset(wanted)
    parts = re.split(r"(?<=[.!?。！？])\s+", text)
    best = max(parts, key=lambda part: len(words & set(re.findall(r"\w+", part.lower()))))
    return best if len(best) <= _EXAMPLE else best[:_EXAMPLE].rsplit(" ", 1)[0]


def _looks(form: Form) -> dict[str, object]:
    regex = form.regex[0] if len(form.regex) == 1 else form.regex
    return {"keywords": form.keywords, "regex": regex}


def _fixed(text: str) -> str:
    return re.sub(r"\d+", " ", text)


def _joined(lines: Sequence[Line]) -> str:
    pieces: list[str] = []
    for above, line in zip((None, *lines), lines, strict=False):
        if above is not None:
            pieces.append("\n" if above.block == line.block else "\n\n")
        pieces.append(line.text)
    return "".join(pieces)
