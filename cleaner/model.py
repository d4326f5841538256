"""The data that flows through the pipeline, as frozen dataclasses.

Every offset is a count of Unicode code points in the decoded input, and every span is half open:
``text[start:end]``.  Lines are counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Literal

from cleaner.about import About
from cleaner.categories import CATEGORIES
from cleaner.reasons import Reason

Span = tuple[int, int]
Format = Literal["text", "markdown", "html"]
Level = Literal["safe", "normal", "aggressive"]
Rendering = Literal["markdown", "text"]
Confidence = Literal["certain", "high", "medium", "low"]
Scope = Literal["span", "line", "block", "section", "html"]

FORMATS: tuple[Format, ...] = ("text", "markdown", "html")
LEVELS: tuple[Level, ...] = ("safe", "normal", "aggressive")
PAGE_KINDS = ("page", "fragment", "mhtml", "singlefile", "clipboard")
CONFIDENCES: tuple[Confidence, ...] = ("certain", "high", "medium", "low")
SCOPES: tuple[Scope, ...] = ("span", "line", "block", "section", "html")


# --- the document -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch rules may not touch (`url`: may only take whole; `own`: what the owner of a note wrote)."""

    start: int
    end: int
    kind: Literal["code", "front-matter", "math", "url", "own"]


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link, image or wikilink: `start:end` is all of it, `text_start:text_end` its words."""

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The input as read.

    Attributes:
        zones: protected stretches, sorted and disjoint.
        hidden: markup that rules do not see (link targets, emphasis marks, tags), sorted and disjoint.
        links: Markdown links, sorted by start; an image may lie inside a link.
        front_matter: its top-level scalar keys, lower-cased.
    """

    text: str
    format: Format
    url: str | None = None
    zones: tuple[Zone, ...] = ()
    hidden: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    front_matter: Mapping[str, str] = field(default_factory=dict)


# --- the rules ----------------------------------------------------------------------------------

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Section:
    """How far a section may run from its marker line.

    Attributes:
        max_lines: more non-blank lines than this below the marker, and the section is not taken at all.
        max_fraction: likewise for its share (0 to 1) of the document's text.
        item_words: a line with more words ends the section; None: no line does.
        until: pattern of a line that ends the section and stays; None: nothing does.
    """

    max_lines: int
    max_fraction: float
    item_words: int | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One entry of a pack, ready to run.  Compared by identity.

    Attributes:
        matcher: the way the rule looks for its text: a name in `rulebook.matchers.MATCHERS`, or `css` or `xpath`.
        patterns: what it looks for: regex source, folded phrases, folded atoms, selectors or expressions as written.
        keywords: folded literals of which one must occur before the rule is looked at; none for scope html.
        need: for `line_of`, the atoms of which a line must hold one.
        min_atoms: for `line_of`, how many atoms a line must hold.
        when: conditions, by name, that must all hold.
        unless: groups of conditions; a group that holds saves the text.
        keep: the rule saves what it matches.
        path, line: where the rule stands.
    """

    id: str
    pack: str
    category: str
    confidence: Confidence
    scope: Scope
    message: str
    matcher: str
    patterns: tuple[str, ...]
    keywords: tuple[str, ...]
    case_sensitive: bool = False
    need: tuple[str, ...] = ()
    min_atoms: int = 2
    section: Section | None = None
    when: Params = field(default_factory=dict)
    unless: tuple[Params, ...] = ()
    keep: bool = False
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A test of a rule: what it makes of `text` is `output` (None: it stays as it is)."""

    text: str
    output: str | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site pack applies.

    Attributes:
        hosts: host names, compared on label boundaries: `asia.nikkei.com` is no part of `xasia.nikkei.com`.
        subdomains: whether hosts below them count too.
        fingerprints: folded literals; `need` different ones in a text without a URL tell the site.
        article: selectors of what holds the article of a page; `whole`: whether only rules take something of it.
    """

    hosts: tuple[str, ...]
    subdomains: bool = True
    fingerprints: tuple[str, ...] = ()
    need: int = 2
    article: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """One file of rules."""

    name: str
    kind: Literal["generic", "platform", "site"]
    description: str
    languages: tuple[str, ...]
    rules: tuple[Rule, ...]
    site: Site | None = None
    disable: tuple[str, ...] = ()
    path: str = ""
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; None where it says nothing, or nothing that can be trusted.

    Attributes:
        author: names, joined by ``", "``.
        published: ISO 8601, ``2025-01-29`` or with a time of day and, if the page states it, its offset.
        language: a language tag such as ``en`` or ``pt-BR``.
        url: the page's permanent address; only http and https.
        kind: type of schema.org in lower case (``article``, ``product``, ``recipe``, ``discussion``, ``webpage``),
            or the type that `og:type` gives.
        free: whether the text is accessible for free.
        headline: the headline as the page states it to machines, the site's name not taken off.
    """

    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    site: str | None = None
    url: str | None = None
    description: str | None = None
    kind: str | None = None
    free: bool | None = None
    headline: str | None = None


# --- what came of it ----------------------------------------------------------------------------


_COUNT = {"minimum": 0}
_Start = Annotated[
    int,
    About("offset of the first character, in code points of the input (of HTML: of the rendered page)", _COUNT),
]
_End = Annotated[int, About("offset behind the last character", {"minimum": 1})]
_Line = Annotated[int, About("line of the start, from 1", {"minimum": 1})]
_Text = Annotated[str, About("input[start:end]", {"minLength": 1})]
_RuleId = Annotated[str, About("id of the rule")]
_PackName = Annotated[str, About("pack of the rule; `engine` for what no rule of a pack took")]
_Category = Annotated[str, About("kind of leftover", {"enum": list(CATEGORIES)})]
_Sure = Annotated[Confidence, About("how sure the rule is")]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason among several."""

    rule: Annotated[str, About("a rule, `company`, `scorer` or another extractor")]
    saw: Annotated[Reason, About("what it saw")]


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the input that was taken out."""

    id: Annotated[str, About("r1, r2, … in the order of the text", {"pattern": "^r[1-9][0-9]*$"})]
    rule: _RuleId
    pack: _PackName
    category: _Category
    confidence: _Sure
    start: _Start
    end: _End
    line: _Line
    text: _Text
    reason: Annotated[str, About("the message of the rule")]
    evidence: Annotated[tuple[Evidence, ...], About("what else spoke for it")] = ()
    path: Annotated[str, About("of HTML, the XPath of the element that held it; else empty")] = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A match that did not get its text."""

    rule: _RuleId
    pack: _PackName
    category: _Category
    confidence: _Sure
    start: _Start
    end: _End
    line: _Line
    text: _Text
    veto: Annotated[Reason, About("what saved the text")]


@dataclass(frozen=True, slots=True)
class Repair:
    """White space that went because its neighbour did."""

    start: _Start
    end: _End
    text: _Text


@dataclass(frozen=True, slots=True)
class SiteMatch:
    """The site that was recognised."""

    pack: Annotated[str, About("its pack")]
    how: Annotated[Literal["url", "front-matter", "fingerprints"], About("what told it")]
    evidence: Annotated[tuple[str, ...], About("the host name, or the wordings found")]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Of HTML, how the page became the text that all offsets count in."""

    rendered: Annotated[Rendering, About("its form")]
    sha256: Annotated[
        str, About("of the rendered page in UTF-8, which is what restoring gives", {"pattern": "^[0-9a-f]{64}$"})
    ]
    kind: Annotated[str, About("how the page was saved", {"enum": list(PAGE_KINDS)})]
    encoding: Annotated[str, About("of the page's bytes")]


@dataclass(frozen=True, slots=True, repr=False)
class ReportFacts:
    """All that was done to one input.

    Attributes:
        input_sha256: of the bytes that came in (of the UTF-8 form of a str).
        encoding, bom, errors: of the bytes that the clean text is written as: those of the input, for HTML UTF-8; `bom`
            in hex.
        characters, lines: of the input (of HTML: of the rendered page); `removed_characters`: how many of them went,
            repairs included.
        packs: names of the packs whose rules took part.
        page: of HTML, how it became text.
        note: whether the text was taken for its owner's own, so that only what is certain could go; not in the JSON.
    """

    level: Level
    format: Format
    input_sha256: str
    encoding: str
    bom: str
    errors: str
    characters: int
    lines: int
    removed_characters: int
    url: str | None
    site: SiteMatch | None
    packs: tuple[str, ...]
    removals: tuple[Removal, ...]
    repairs: tuple[Repair, ...]
    kept: tuple[Kept, ...]
    warnings: tuple[str, ...]
    page: PageFacts | None = None
    note: bool = field(default=False, compare=False)

    def __eq__(self, other: object) -> bool:
        """Whether the facts are the same: a report that is read back has no more than those."""
        return isinstance(other, ReportFacts) and all(
            getattr(self, one.name) == getattr(other, one.name) for one in fields(ReportFacts) if one.compare
        )

    def __repr__(self) -> str:
        took = f"{len(self.removals)} removals, {self.removed_characters:,} of {self.characters:,} characters"
        return f"<Report of {self.format} at level {self.level}: {took}>"

    @property
    def counts(self) -> dict[str, int]:
        """How many removals each category had, by name."""
        counts: dict[str, int] = {}
        for removal in sorted(self.removals, key=lambda r: r.category):
            counts[removal.category] = counts.get(removal.category, 0) + 1
        return counts

    def sizes(self) -> Iterator[tuple[Removal, int]]:
        """Each removal with the characters it took that no other one had taken; a removal may lie around another."""
        done = 0
        for removal in sorted(self.removals, key=lambda r: (r.start, -r.end)):
            yield removal, max(0, removal.end - max(removal.start, done))
            done = max(done, removal.end)
