"""Which packs have a say on a site: a host may have several of them."""

from __future__ import annotations

import lxml.html
import pytest

from cleaner.errors import RuleError
from cleaner.html.rules import selectors
from cleaner.html.rules.selectors import Hits, HtmlRules, element_hits
from cleaner.model import SiteMatch
from cleaner.pipeline import Setup, run
from cleaner.read.intake import take_in
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Store
from cleaner.sites import find_site, packs_of

PACK = """format: 1
pack: {name}
description: Made up.
languages: [any]
site: {{hosts: [{host}], subdomains: {below}, fingerprints: {{need: 1, any: [The {stem} Courier]}}}}
rules:
  - id: {stem}.line
    category: boilerplate
    confidence: high
    scope: line
    message: made up
    phrases: [the line of {stem}]
    tests: {{removes: [the line of {stem}], keeps: [None of it]}}
  - id: {stem}.box
    category: boilerplate
    confidence: high
    scope: html
    message: made up
    css: ['.box-{stem}']
    tests: {{removes: ['<b class="box-{stem}">x</b>'], keeps: ['<i>x</i>']}}
"""


def store_of(*packs: tuple[str, str]) -> Store:
    """Packs by name and host; a host that begins with a dot counts for hosts below it, too."""
    files = []
    for name, host in packs:
        below = "true" if host.startswith(".") else "false"
        text = PACK.format(name=f"sites/{name}", stem=name, host=host.lstrip("."), below=below)
        files.append((f"{name}.yaml", text.encode()))
    return Store.of(files)


def site_of(store: Store, url: str | None, prints: str = "") -> tuple[SiteMatch | None, list[str]]:
    book = Rulebook.from_store(store)
    found = [
        (pack, text) for _, _, _, packs in book.hits(prints.lower()) for pack in packs for text in [prints.lower()]
    ]
    site = find_site(book, url=url, from_front_matter=False, prints=found)
    return site, [pack.name.removeprefix("sites/") for pack in packs_of(book, site)]


def test_all_packs_of_a_host_apply_the_most_specific_first() -> None:
    store = store_of(
        ("own", ".gazette.com"), ("sub", "art.gazette.com"), ("other", ".x.com"), ("shipped", ".gazette.com")
    )
    site, packs = site_of(store, "https://art.gazette.com/a")
    assert (site and site.pack, packs) == ("sites/sub", ["sub", "own", "shipped"])
    assert site_of(store, "https://gazette.com/a")[1] == ["own", "shipped"]
    assert site_of(store, "https://notgazette.com/a") == (None, [])


def test_hosts_below_count_only_if_the_pack_says_so() -> None:
    store = store_of(("own", "gazette.com"))
    assert site_of(store, "https://art.gazette.com/a") == (None, [])
    assert site_of(store, "https://gazette.com/a")[1] == ["own"]


def test_what_is_known_by_fingerprints_has_all_packs_of_its_host() -> None:
    store = store_of(("own", ".gazette.com"), ("shipped", ".gazette.com"))
    site, packs = site_of(store, None, "The own Courier")
    assert (site and site.how, packs) == ("fingerprints", ["own", "shipped"])


def test_rules_for_text_of_all_packs_of_a_site_act_and_of_no_other() -> None:
    store = store_of(("own", ".gazette.com"), ("shipped", ".gazette.com"), ("other", ".x.com"))
    text = "The lamp was lit at six.\n\nthe line of own\n\nthe line of other\n\nthe line of shipped"
    setup = Setup(Rulebook.from_store(store), "normal")
    outcome = run(setup, take_in(text, url="https://gazette.com/a"))
    assert [removal.rule for removal in outcome.removals] == ["own.line", "shipped.line"]


def test_only_rules_of_the_site_are_made() -> None:
    store = store_of(("own", ".gazette.com"), ("other", ".x.com"))
    book = Rulebook.from_store(store)
    run(Setup(book, "normal"), take_in("the line of own\n\nthe line of other", url="https://gazette.com/a"))
    assert {rule.id for rule in book._rules.values()} == {"own.line"}


def test_selectors_of_other_sites_are_not_even_opened() -> None:
    store = store_of(("own", ".gazette.com"), ("shipped", ".gazette.com"), ("other", ".x.com"))
    rules = HtmlRules.from_store(store)
    boxes = "".join(f'<div class="box-{stem}">x</div>' for stem in ("own", "shipped", "other"))
    page = lxml.html.document_fromstring(f"<html><body><p>{'word ' * 50}</p>{boxes}</body></html>")
    found = element_hits(page, rules, lambda _: True, ["sites/own", "sites/shipped"]).rules
    assert [element.get("class") for element in found] == ["box-own", "box-shipped"]
    assert sorted(rules._sites) == ["sites/own", "sites/shipped"]
    assert len(element_hits(page, rules, lambda _: True, []).rules) == 0
    assert len(element_hits(page, rules, lambda _: True).rules) == 3


def test_few_sites_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = HtmlRules.from_store(store_of(*((f"site{n}", f"s{n}.com") for n in range(5))))
    monkeypatch.setattr(selectors, "_MOST_SITES", 2)
    for number in range(5):
        rules.awake([f"sites/site{number}"])
    assert len(rules._sites) <= 2


ARTICLE = """format: 1
pack: sites/gazette
description: Made up.
languages: [any]
site: {{hosts: [gazette.example], article: {{css: ['{css}'], whole: {whole}}}}}
rules:
  - id: gazette.column
    category: boilerplate
    confidence: high
    scope: html
    message: made up
    css: ['.column']
    tests: {{removes: ['<b class="column">x</b>'], keeps: ['<i>x</i>']}}
"""
SMALL = '<div class="column"><div class="text"><p>A few words.</p></div></div>'


def hits_of(css: str, whole: bool, body: str, packs: list[str] | None = None) -> Hits:
    text = ARTICLE.format(css=css, whole=str(whole).lower())
    rules = HtmlRules.from_store(Store.of([("gazette.yaml", text.encode())]))
    page = lxml.html.document_fromstring(f"<html><body><p>{'word ' * 50}</p>{body}</body></html>")
    return element_hits(page, rules, lambda _: True, packs)


def test_what_holds_the_article_of_the_site_is_not_taken() -> None:
    found = hits_of(".text", False, SMALL)
    assert [element.get("class") for element in found.spared] == ["column"]
    assert (dict(found.rules), found.whole) == ({}, ())
    assert [element.get("class") for element in hits_of(".other", False, SMALL).rules] == ["column"]


def test_the_outermost_elements_of_a_whole_article_on_pages_of_the_site_alone() -> None:
    body = '<div class="text"><div class="text">One.</div></div><div class="text">Two.</div>'
    assert [element.get("class") for element in hits_of(".text", True, body).whole] == ["text", "text"]
    assert hits_of(".text", True, body, []).whole == ()


def test_a_bad_selector_of_an_article_is_told_with_its_line() -> None:
    with pytest.raises(RuleError, match="bad css 'div:hover'") as caught:
        hits_of("div:hover", False, "")
    assert caught.value.line == 5


def test_a_pack_may_say_nothing_but_where_the_article_is() -> None:
    text = ARTICLE.partition("rules:")[0].format(css=".text", whole="false")
    (pack,) = Store.of([("gazette.yaml", text.encode())]).packs()
    assert pack.site
    assert (pack.rules, pack.site.article) == ((), (".text",))
