"""What is proposed for a site: a pack whose every rule does what it says, and takes nothing of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleaner.api import Cleaner
from cleaner.corpus.counter import Summary
from cleaner.corpus.lines import key_of
from cleaner.errors import InputError
from cleaner.learn.boxes import Leftover, leftovers
from cleaner.learn.elements import Elements
from cleaner.learn.library import Document, Site
from cleaner.learn.observe import Observed, observe, quick_keys
from cleaner.learn.rules import Drafting, Learned
from cleaner.learn.site import Common, Place, common
from cleaner.match.conditions import letters
from cleaner.rulebook.store import Files, Store
from cleaner.tools.check import check
from cleaner.tools.drafts import PackDraft, file_name
from cleaner.tools.lint import lint
from cleaner.tools.trial import Trial

LEAST = 3
"""Documents in which something must stand."""
SAMPLE = 200
"""Documents of a site that are cleaned; in larger sites lines are counted in all of them."""
PRINTS = 4
_PRINT_WORDS = 8
_IN_MOST = 0.6
_TRIED = 60
"""Documents on which rules are tried."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rules that are proposed for a site.

    Attributes:
        documents: how many the site has.
        rules: as they stand in the pack.
    """

    host: str
    documents: int
    rules: tuple[Learned, ...]
    fingerprints: tuple[str, ...]

    def pack(self, rules: Sequence[Learned] | None = None) -> PackDraft:
        """The pack with all rules, or only these."""
        chosen = self.rules if rules is None else rules
        return PackDraft(
            name=f"sites/{self.host}.learned",
            description=f"What repeats in clippings of {self.host}, as cleaner learn found it in {self.documents}.",
            rules=tuple(rule.draft for rule in chosen),
            hosts=(self.host,),
            fingerprints=self.fingerprints,
            notes=(
                "Written by cleaner learn; change it as you like.",
                "cleaner rules lint FILE; cleaner rules test FILE",
            ),
        )

    @property
    def file(self) -> str:
        """What the file of the pack is called."""
        return file_name(self.pack(()).name)

    def without(self, ids: Iterable[str]) -> Proposal:
        """The same without some rules, and without those that ask for them."""
        gone = set(ids)
        kept = [rule for rule in self.rules if rule.draft.id not in gone and not _leans_on(rule, gone)]
        return replace(self, rules=tuple(kept))


def _leans_on(rule: Learned, gone: set[str]) -> bool:
    when = rule.draft.more.get("when")
    near = when.get("near") if isinstance(when, Mapping) else None
    return isinstance(near, Mapping) and not gone.isdisjoint(near.get("rule", ()))


def propose(
    site: Site, cleaner: Cleaner, *, least: int = LEAST, sample: int = SAMPLE, seen: Callable[[], None] = lambda: None
) -> tuple[Proposal, Common]:
    """The rules that the documents of a site tell, of which there may be none, and what the documents have in common.

    Args:
        cleaner: what goes without them.
        least: in how many documents a leftover must stand.
        seen: called after each document.
    """
    size, count = (None, None) if site.size <= sample else _counted(site.documents())
    elements = Elements(site.host)
    observed: list[Observed] = []
    for document in site.documents(sample):
        looked = observe(document, cleaner)
        seen()
        if looked is not None:
            observed.append(looked[0])
            elements.add(*looked)
    return proposal_of(site.host, site.size, observed, elements, least, size, count)


def proposal_of(
    host: str,
    documents: int,
    observed: Sequence[Observed],
    elements: Elements,
    least: int,
    size: int | None = None,
    count: Callable[[str], int] | None = None,
) -> tuple[Proposal, Common]:
    """The same of documents that were observed; see `common`."""
    known = common(observed, least, size, count)
    found = leftovers(known)
    rules = [*Drafting(known, host, found).rules(), *elements.rules(known, least)]
    proposal = Proposal(host, documents, tuple(rules), tuple(_fingerprints(known, host, found)))
    return _proved(proposal, known, least), known


def _counted(documents: Iterable[Document]) -> tuple[int, Callable[[str], int]]:
    """How many texts there are, and what tells in how many of them a line with some key stands; never too high."""
    summary = Summary()
    for document in documents:
        if document.format != "html":
            summary.add(dict.fromkeys(key_of(keys.whole) for keys in quick_keys(document) if keys.whole))
    return summary.documents, lambda key: summary.counts.get(key_of(key), 0)


def _fingerprints(site: Common, host: str, found: Sequence[Leftover]) -> Iterator[str]:
    """Wordings of most documents that no other site has: the site's name is in them, or they are long."""
    name = letters(host.rpartition(".")[0].rpartition(".")[2] or host)
    prints: list[str] = []
    for one in found:
        line = site.line(one.places[0])
        often = site.documents_of(one.places) >= _IN_MOST * len(site.documents)
        own = len(name) > 3 and name in letters(line.text.lower())
        if one.kind == "line" and often and not line.keys.slots and (own or line.words >= _PRINT_WORDS):
            prints.append(line.text)
    return iter(prints[:PRINTS] if len(prints) >= 2 else ())


# --- proof ----------------------------------------------------------------------------------------


def _proved(proposal: Proposal, site: Common, least: int) -> Proposal:
    """Without rules whose examples fail, that take something of an article, or that take too little."""
    while proposal.rules:
        files = [(proposal.file, proposal.pack().text().encode())]
        wrong = {failure.rule for failure in check(files)} or _useless(proposal, site, files, least)
        if not wrong:
            break
        proposal = proposal.without(wrong)
    return proposal


def linted(proposals: Sequence[Proposal], shipped: Files) -> list[Proposal]:
    """Without the rules in which `cleaner rules lint` finds an error."""
    while True:
        files = [(one.file, one.pack().text().encode()) for one in proposals if one.rules]
        errors = [finding for finding in lint(files, shipped) if finding.severity == "error"]
        wrong = {finding.message.partition(":")[0] for finding in errors}
        fewer = [one.without(wrong) for one in proposals]
        if [one.rules for one in fewer] == [one.rules for one in proposals]:
            return fewer
        proposals = fewer


def _useless(proposal: Proposal, site: Common, files: Files, least: int) -> set[str]:
    """The rules for text that take lines of articles, or leftovers of too few documents."""
    trial = Trial(files)
    (pack,) = Store.of(files).packs()
    texts = {rule.draft.id for rule in proposal.rules if rule.draft.scope != "html"}
    took: Counter[str] = Counter()
    wrong: set[str] = set()
    documents = site.documents[:_TRIED]
    for number, document in enumerate(documents):
        try:
            tried = trial.run(document.text, pack)
        except InputError:
            continue
        for rule in texts:
            places = [(number, line - document.hidden) for line in tried.whole(rule)]
            took[rule] += bool(places)
            if any(_is_article(site, place) for place in places if place[1] >= 0):
                wrong.add(rule)
    few = min(least, len(documents))
    return wrong or {rule for rule in texts if took[rule] < min(few, 2)}


def _is_article(site: Common, place: Place) -> bool:
    line = site.line(place)
    return not (line.gone or place in site.taken)
