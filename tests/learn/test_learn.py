"""Learning from made-up sites: what is planted is proposed, and nothing of the articles is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cleaner import Cleaner
from cleaner.learn.library import Library
from cleaner.learn.proposal import Proposal, linted, propose
from cleaner.learn.site import Common
from cleaner.model import Pack
from cleaner.rulebook.store import Store, rule_files, shipped_rules
from cleaner.tools.check import check
from cleaner.tools.lint import lint
from cleaner.tools.trial import Trial
from tests.learn.synthetic import RECIPES, Clipping, Recipe, clippings, same, write

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Case:
    """What was learned of some clippings."""

    proposal: Proposal
    site: Common
    made: list[Clipping]


def case(folder: Path, recipe: Recipe, number: int = 30, *, sample: int = 200) -> Case:
    made = write(folder, recipe, number)
    with Library((str(folder),)) as library:
        (site,) = library.sites()
        return Case(*propose(site, Cleaner(), sample=sample), made)


def recipe_of(host: str) -> Recipe:
    return next(recipe for recipe in RECIPES if recipe.host == host)


@cache
def case_of(host: str) -> Case:
    """What is learned of thirty documents of a site, once for all tests."""
    with TemporaryDirectory() as folder:
        return case(Path(folder), recipe_of(host))


def proposed(folder: Path, recipe: Recipe, number: int) -> Proposal:
    return case(folder, recipe, number).proposal


def pack_of(proposal: Proposal) -> Pack:
    (pack,) = Store.of([(proposal.file, proposal.pack().text().encode())]).packs()
    return pack


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.host)
def test_planted_boxes_are_proposed_and_no_line_of_an_article(tmp_path: Path, recipe: Recipe) -> None:
    known = case_of(recipe.host)
    judge = _pages if recipe.form == "html" else _texts
    boxes, found, lost = judge(known, tmp_path)
    assert lost == []
    assert sum(found.values()) >= 0.9 * sum(boxes.values()), boxes - found


def test_what_is_proposed_passes_lint_and_its_own_tests() -> None:
    proposals = [case_of(recipe.host).proposal for recipe in RECIPES]
    files = [(proposal.file, proposal.pack().text().encode()) for proposal in proposals]
    assert [finding for finding in lint(files, rule_files([shipped_rules()])) if finding.severity == "error"] == []
    assert check(files) == []


def _texts(known: Case, tmp_path: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """Per box in how many documents it is, in how many it goes whole, and the lines of articles that rules take."""
    proposal, made = known.proposal, {one.name: one for one in known.made}
    trial = Trial([(proposal.file, proposal.pack().text().encode())])
    pack = pack_of(proposal)
    boxes: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lost: list[str] = []
    for document in known.site.documents:
        box_of = {text.lstrip("# "): box for text, box in made[Path(document.document.name).name].lines}
        tried = trial.run(document.text, pack)
        taken = {line - document.hidden for rule in pack.rules for line in tried.whole(rule.id)}
        left = {box_of[line.text] for at, line in enumerate(document.lines) if at not in taken and not line.gone}
        lost += (line.text for at, line in enumerate(document.lines) if at in taken and not box_of[line.text])
        here = set(box_of.values()) - {""}
        boxes.update(here)
        found.update(here - left)
    return boxes, found, lost


def _pages(known: Case, tmp_path: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """The same of pages, by what comes out."""
    proposal = known.proposal
    (tmp_path / "pack.yaml").write_text(proposal.pack().text())
    cleaner = Cleaner(rules=(str(tmp_path / "pack.yaml"),))
    boxes: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lost: list[str] = []
    for one in known.made:
        result = cleaner.clean(one.text, name=one.name)
        taken = (removal.text for removal in result.report.removals if removal.pack == proposal.pack().name)
        by_rules = {line.lstrip("# ") for text in taken for line in text.splitlines()}
        lost += (text for text, box in one.lines if not box and text in by_rules)
        here = {box for _, box in one.lines} - {""}
        boxes.update(here)
        found.update(here - {box for text, box in one.lines if box and text in result.text})
    return boxes, found, lost


def test_each_rule_has_its_evidence_and_examples_from_the_documents() -> None:
    known = case_of("tidegazette.example")
    proposal, made = known.proposal, known.made
    said = {text for one in made for text, _ in one.lines}
    letter = next(rule for rule in proposal.rules if "pigeon" in rule.sample)
    count = sum(any(box == "letter" for _, box in one.lines) for one in made)
    assert letter.evidence == f"in {count} of 30 documents"
    assert letter.draft.message == f"repeats on tidegazette.example: in {count} of 30 documents"
    assert set(letter.draft.removes) <= said
    assert all(any(kept in text for text in said) for kept in letter.draft.keeps)


def test_slots_for_numbers_days_and_names() -> None:
    texts = [rule.draft.looks.get("regex") for rule in case_of("ferrydispatch.example").proposal.rules]
    assert "^Logged by hand on \\d{1,12} \\w{2,12} \\d{1,12}, \\d{1,12} knots of wind\\.$" in texts
    texts = [rule.draft.looks.get("regex") for rule in case_of("millweekly.example").proposal.rules]
    assert "^More grist from the desk of [^\\n]{1,20}$" in texts


def test_a_section_holds_its_varying_headlines_and_ends_where_the_foot_begins() -> None:
    rules = case_of("tidegazette.example").proposal.rules
    (section,) = (rule.draft for rule in rules if rule.draft.scope == "section")
    assert section.looks["phrases"] == ("Elsewhere along the coast",)
    assert (
        section.more["section"]["until"] == "^(?:The Tide Gazette is printed on recycled sailcloth in Upper Wick\\.)$"
    )


def test_fingerprints_name_the_site(tmp_path: Path) -> None:
    tail = {
        "one": (1.0, same("The Sailcloth herald comes twice a week by boat.")),
        "two": (1.0, same("Sailcloth readers may leave their letters at the pump.")),
    }
    proposal = proposed(tmp_path, Recipe("sailcloth.example", "text", tail=tail), 12)
    assert proposal.fingerprints == (
        "The Sailcloth herald comes twice a week by boat.",
        "Sailcloth readers may leave their letters at the pump.",
    )
    assert pack_of(proposal).site == replace(pack_of(proposal).site, need=2)  # type: ignore[type-var]


def test_headings_of_articles_are_none(tmp_path: Path) -> None:
    headings = ("Ingredients", "Method of the keeper", "Background", "What we know so far")
    proposal = proposed(tmp_path, Recipe("recipes.example", "text", headings=headings), 20)
    assert proposal.rules == ()


def test_copies_of_one_article_are_one_document(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (text,) = (one.text for one in clippings(Recipe("copies.example", "text", headings=("Up", "Down")), 1))
    for number in range(8):
        (tmp_path / "a" / f"{number}.md").write_text(text)
    with Library((str(tmp_path / "a"),)) as library:
        (site,) = library.sites()
        proposal, known = propose(site, Cleaner())
    assert proposal.rules == ()
    assert len(known.documents) == 1


def test_what_goes_anyway_needs_no_rule(tmp_path: Path) -> None:
    tail = {"foot": (1.0, same("All rights reserved.", "Subscribe to our newsletter"))}
    proposal = proposed(tmp_path, Recipe("known.example", "text", tail=tail), 10)
    assert proposal.rules == ()


def test_lines_are_counted_in_all_documents_of_a_large_site(tmp_path: Path) -> None:
    recipe = recipe_of("lanternreview.example")
    known = case(tmp_path, recipe, 40, sample=15)
    assert len(known.site.documents) == 15
    top = next(rule for rule in known.proposal.rules if "friends" in rule.sample)
    count = sum(any(box == "top" for _, box in one.lines) for one in known.made)
    assert top.evidence == f"in {count} of 40 documents"


def test_rules_that_lint_refuses_are_left_out() -> None:
    proposal = case_of("belltower.example").proposal
    first = proposal.rules[0]
    bad = replace(first, draft=replace(first.draft, id="bell.bad", looks={"regex": "^a?$", "keywords": ["bell tower"]}))
    (kept,) = linted([replace(proposal, rules=(*proposal.rules, bad))], rule_files([shipped_rules()]))
    assert [rule.draft.id for rule in kept.rules] == [rule.draft.id for rule in proposal.rules]
