"""Rules for HTML: which elements they are about, and that no page makes them slow."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from lxml import etree

from cleaner.html.rules.selectors import Hits, HtmlRules, element_hits
from cleaner.model import Rule
from cleaner.rulebook import css
from cleaner.rulebook.selector import fits, words_of
from cleaner.rulebook.store import Store
from cleaner.rulebook.xpath import literals
from cleaner.tools.check import check
from tests.linear import is_at_most, is_linear, seconds

RULES = Path(__file__).parents[2] / "rules"
WORDS = "The weir was mended in the spring, and the mill with it, so that there was bread again. " * 4

PACK = """format: 1
pack: generic/made-up
description: Made up.
languages: [any]
rules:
"""
RULE = """  - id: {id}
    category: share
    confidence: {confidence}
    scope: html
    message: made up
    {looks_for}
    {more}
    tests: {{removes: ['<b>x</b>'], keeps: ['<i>x</i>']}}
"""


def rule(looks_for: str, more: str = "# no conditions", *, name: str = "some-box", confidence: str = "high") -> str:
    return RULE.format(id=f"made-up.{name}", looks_for=looks_for, more=more, confidence=confidence)


def rules_of(*rules: str) -> HtmlRules:
    return HtmlRules.from_store(Store.of([("x.yaml", (PACK + "".join(rules)).encode())]))


def hits(body: str, *rules: str) -> Hits:
    page = lxml.html.document_fromstring(f"<html><body><p>{WORDS}</p>{body}</body></html>")
    return element_hits(page, rules_of(*rules), lambda rule: True)


def found(body: str, *rules: str) -> list[str]:
    """The ids of the elements that are hit."""
    return [element.get("id", "?") for element in hits(body, *rules).rules]


# --- selectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "html", "fit"),
    [
        (".ad", "<p class='x AD'>", True),
        (".ad", "<p class='header ads add'>", False),
        ("p.ad", "<div class='ad'>", False),
        ("#Ad", "<p id='ad'>", True),
        ("#ad", "<p id='ads'>", False),
        ("[role=dialog]", "<p role=' Dialog '>", True),
        ("[aria-label='share this page']", "<p aria-label='Share  this\npage'>", True),
        ("[rel~=tag]", "<a rel='category tag'>", True),
        ("[rel~=tag]", "<a rel='tags'>", False),
        ("[id^=taboola-]", "<p id='taboola-below'>", True),
        ("[itemtype$='schema.org/WPFooter']", "<p itemtype='https://schema.org/WPFooter'>", True),
        ("[lang|=de]", "<p lang='de-AT'>", True),
        ("[lang|=de]", "<p lang='den'>", False),
        ("[data-ad]", "<p data-ad>", True),
        ("[data-ad]", "<p data-add>", False),
        (":words(share-bar)", "<p class='post-share-bar'>", True),
        (":words(share-bar)", "<p class='c-ShareBar__list'>", True),
        (":words(share-bar)", "<p class='share_bar2'>", True),
        (":words(share-bar)", "<p class='share bar'>", False),
        (":words(share-bar)", "<p class='share-barrel'>", False),
        (":words(share-bar)", "<p class='market-shareBar-chart'>", True),
        (":words(share-bar)", "<p id='share-bar'>", False),
        (".ad:not(.keep)", "<p class='ad keep'>", False),
        (".ad:not(.keep)", "<p class='ad'>", True),
        ("div > .ad", "<p class='ad'>", True),
        ("body > .ad", "<p class='ad'>", False),
        ("body .ad", "<p class='ad'>", True),
        ("section > div .ad", "<p class='ad'>", False),
        ("h2 + .ad", "<p class='ad'>", True),
        ("h3 + .ad", "<p class='ad'>", False),
    ],
)
def test_selectors(selector: str, html: str, fit: bool) -> None:
    root = lxml.html.document_fromstring(f"<html><body><div><h2>x</h2><!-- -->{html}x</div></body></html>")
    (element,) = root.xpath("//h2/following-sibling::*")
    assert fits(css.parse(selector), element) is fit
    assert (element in element_hits(root, rules_of(rule(f'css: ["{selector}"]')), lambda _: True).rules) is fit


def test_words_of_names() -> None:
    assert words_of("jp-relatedPosts__list2") == ["jp", "related", "posts", "list", "2"]
    assert words_of("HTMLBox") == ["html", "box"]
    assert words_of("") == words_of("日本") == []


def test_the_key_is_the_most_selective_test() -> None:
    assert css.key(css.parse("div[data-x].share")) == ("~=", "class", "share")
    assert css.key(css.parse("nav .share > [data-x]")) == ("has", "data-x", "")
    assert css.key(css.parse("body > nav")) == ("tag", "", "nav")


def test_what_depth_does_to_the_parser() -> None:
    with pytest.raises(css.BadSelector):
        css.parse("a" + ":not(" * 5_000 + "b" + ")" * 5_000)
    with pytest.raises(css.BadSelector):
        css.parse(" > ".join("a" * 5_000))


# --- conditions and guards ------------------------------------------------------------------------

BOX = "css: ['.box']"
LINKS = "<div class=box id=a><a>one two three</a> four</div>"


@pytest.mark.parametrize(
    ("condition", "body", "ids"),
    [
        ("max_words: 4", LINKS, ["a"]),
        ("max_words: 3", LINKS, []),
        ("min_words: 4", LINKS, ["a"]),
        ("min_words: 5", LINKS, []),
        ("min_links: 75%", LINKS, ["a"]),
        ("min_links: 76%", LINKS, []),
        ("max_links: 75%", LINKS, ["a"]),
        ("max_links: 74%", LINKS, []),
        ("has: ['a', 'b.x']", LINKS, ["a"]),
        ("has: ['.box']", LINKS, []),
        ("has: ['i']", LINKS + "<i>x</i>", []),
        ("has: ['div > a']", LINKS, ["a"]),
        ("has: ['p > a']", LINKS, []),
        ("inside: ['section']", LINKS, []),
        ("inside: ['nav', 'section']", f"<section>{LINKS}</section>", ["a"]),
    ],
)
def test_conditions(condition: str, body: str, ids: list[str]) -> None:
    assert found(body, rule(BOX, f"when: {{{condition}}}")) == ids
    assert found(body, rule(BOX, f"unless: [{{min_words: 1000}}, {{{condition}}}]")) == ([] if ids else ["a"])


def test_words_are_those_inside() -> None:
    body = "before<div class=box id=a>one<!-- x --> two<br>three<script>not a word</script> four</div>after it all"
    assert found(body, rule(BOX, "when: {max_words: 4, min_words: 4}")) == ["a"]
    assert found("<div class=box id=a>日本語日本語</div>", rule(BOX, "when: {max_words: 4, min_words: 4}")) == ["a"]


def test_an_element_inside_of_one_of_the_same_rule_is_not_told_again() -> None:
    body = "<div class=box id=a>x<div class=box id=b>y</div></div><div class=box id=c>z</div>"
    assert found(body, rule(BOX)) == ["a", "c"]
    assert found(body, rule(BOX, "when: {max_words: 1}")) == ["b", "c"]
    assert found(body, rule(BOX), rule("css: ['#b']", name="other")) == ["a", "b", "c"]


@pytest.mark.parametrize("tag", ["html", "body", "main", "article", "h1"])
def test_what_is_never_taken(tag: str) -> None:
    page = lxml.html.document_fromstring(f"<html><body>{WORDS}<{tag} class=box>x</{tag}></body></html>")
    assert element_hits(page, rules_of(rule(BOX)), lambda _: True) == Hits({}, {})


@pytest.mark.parametrize("inside", ["<main>x</main>", "<p role=main>x", "<p itemprop='articleBody'>x", WORDS + WORDS])
def test_what_holds_the_article_is_spared(inside: str) -> None:
    told = hits(f"<div class=box id=a>x<div class=box id=b>y</div>{inside}</div>", rule(BOX))
    assert [element.get("id") for element in told.rules] == ["b"]
    ((element, rules),) = told.spared.items()
    assert element.get("id") == "a"
    assert [one.id for one in rules] == ["made-up.some-box"]


@pytest.mark.parametrize(("kind", "fits"), [("product", True), ("recipe", True), ("article", False), (None, False)])
def test_what_a_page_says_that_it_is(kind: str | None, fits: bool) -> None:
    page = lxml.html.document_fromstring(f"<html><body><p>{WORDS}</p><div class=box id=a>x</div></body></html>")
    asked = rules_of(rule(BOX, "when: {kind: [product, recipe]}"))
    assert bool(element_hits(page, asked, lambda _: True, kind=kind).rules) == fits


LINKS = f"<a href=/>{WORDS}</a>" * 3


@pytest.mark.parametrize(("tag", "spared"), [("div", False), ("ul", False), ("table", True)])
def test_most_of_a_page_may_be_a_menu(tag: str, spared: bool) -> None:
    told = hits(f"<{tag} class=box id=a><tr><td>{LINKS}</{tag}>", rule(BOX))
    assert [element.get("id") for element in told.spared] == ["a"] * spared
    assert [element.get("id") for element in told.rules] == ["a"] * (not spared)


@pytest.mark.parametrize("category", ["cookie", "legal"])
@pytest.mark.parametrize(
    ("inside", "spared"), [("<h2>x</h2>", False), ("<article>x</article>", True), ("<h1>x</h1>", True)]
)
def test_what_stands_around_an_article_may_be_longer(category: str, inside: str, spared: bool) -> None:
    around = rule(BOX).replace("category: share", f"category: {category}")
    told = hits(f"<div class=box id=a>{inside}{WORDS}{WORDS}</div>", around)
    assert [element.get("id") for element in told.spared] == ["a"] * spared
    assert [element.get("id") for element in told.rules] == ["a"] * (not spared)


def test_keep_rules_have_no_guard() -> None:
    keep = rule(BOX).replace("    category: share\n", "").replace("    confidence: high\n", "")
    pack = PACK.replace("rules:", "keep:") + keep + "rules:\n" + rule("css: ['#a']", name="other")
    rules = HtmlRules.from_store(Store.of([("x.yaml", pack.encode())]))
    page = lxml.html.document_fromstring(f"<html><body><div class=box id=a>{WORDS}</div></body></html>")
    told = element_hits(page, rules, lambda _: True)
    assert [[one.keep for one in rules] for rules in told.rules.values()] == [[True]]
    assert [[one.keep for one in rules] for rules in told.spared.values()] == [[False]]


def test_only_rules_that_apply() -> None:
    rules = rules_of(rule(BOX), rule("css: ['#a']", name="other", confidence="medium"))
    page = lxml.html.document_fromstring(f"<html><body><p>{WORDS}</p><div class=box id=a>x</div></body></html>")
    told = element_hits(page, rules, lambda rule: rule.confidence == "medium")
    assert [[one.id for one in rules] for rules in told.rules.values()] == [["made-up.other"]]


def test_rules_can_be_sent_to_another_process() -> None:
    rules = pickle.loads(pickle.dumps(rules_of(rule(BOX))))
    assert len(rules) == 1
    assert rules.rule(0).id == "made-up.some-box"


# --- XPath ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xpath", "ids"),
    [
        ("//div[h3[normalize-space(text())='Related']]", ["a"]),
        ("//div[@data-kind='promo' and not(@data-story)]", ["a"]),
        ("//h3[text()='Related']/..", ["a"]),
        ("//div[starts-with(@data-kind, 'pro') or @id = 'b'][1]", ["a"]),
        ("//div[h3/text() = 'Related']/ul[1]", ["u"]),
        ("//div[translate(@data-kind, 'OP', 'op') = 'promo']", ["a"]),
        ("//div[@data-kind='other']", []),
    ],
)
def test_xpath(xpath: str, ids: list[str]) -> None:
    body = "<div id=a data-kind=promo><h3> Related</h3><ul id=u><li>x</ul></div>".replace("> R", ">R")
    assert found(body, rule(f'xpath: ["{xpath}"]')) == ids


def test_an_expression_waits_for_its_literals() -> None:
    assert literals("//div[contains(@class, 'share') and h3[text()='Also']]") == ("share", "Also")


# --- the shipped rules ----------------------------------------------------------------------------


def shipped() -> list[tuple[str, bytes]]:
    return [(str(path), path.read_bytes()) for path in sorted(RULES.rglob("*.yaml"))]


@pytest.fixture(scope="module")
def everything() -> HtmlRules:
    return HtmlRules.from_store(Store.of(shipped()))


def test_examples_of_the_shipped_rules() -> None:
    files = [(path, data) for path, data in shipped() if b"scope: html" in data]
    html = [failure for failure in check(files) if "<" in failure.message]
    assert html == []


@pytest.mark.parametrize(
    "classes",
    [
        "single-post related-posts-enabled has-newsletter share-buttons-on has-sidebar comments-open paywall modal",
        "site-header footer sidebar ad advertisement cookie-banner",
    ],
)
@pytest.mark.parametrize("tag", ["body", "div", "section", "form"])
def test_classes_of_wrappers_harm_nothing(everything: HtmlRules, classes: str, tag: str) -> None:
    page = f"<html class='{classes}'><{tag} class='{classes}' id=wrap><div><p>{WORDS}</p></div></{tag}></html>"
    told = element_hits(lxml.html.document_fromstring(page), everything, lambda _: True)
    assert all(rule.keep for rules in told.rules.values() for rule in rules)


@pytest.mark.parametrize(
    "html",
    [
        "<section id=more-on-fields class=section><h2>More on fields</h2><p>Fields are tilled.</p></section>",
        "<div id=cookies><p>Butter, flour, sugar.</p></div>",
        "<div class=FeedforwardAndFeedback><p>Loops of control.</p></div>",
        "<p class=market-share>The share of the market fell.</p>",
        "<div class='entry-content add-dropcap'><p>An adder in the header.</p></div>",
        "<table class=navigational-aids><tr><td>Buoy</td></tr></table>",
        "<h2 id=comments-on-the-law>Comments on the law</h2>",
        "<ul class=ingredients><li>Two eggs</li></ul>",
    ],
)
def test_parts_of_articles_stay(everything: HtmlRules, html: str) -> None:
    page = lxml.html.document_fromstring(f"<html><body><p>{WORDS}</p><article>{html}</article></body></html>")
    told = looked_up(page, everything)
    strong = [rule.id for rules in told.rules.values() for rule in rules if rule.confidence != "medium"]
    assert strong == []


# --- time -----------------------------------------------------------------------------------------


def wide(number: int) -> str:
    return "<div class='share-bar newsletter-box nav-menu'><a href=#>Share</a></div>" * number


def deep(number: int) -> str:
    return "<div class='related-posts sidebar'>x" * number + "</div>" * number


def hostile_names(number: int) -> str:
    return "".join(f"<p class='share-bar-{n} {'aB-' * 3000}' id='taboola-{n}'>x</p>" for n in range(number))


def looked_up(page: etree._Element, rules: HtmlRules) -> Hits:
    return element_hits(page, rules, lambda _: True)


@pytest.mark.parametrize(("make", "size"), [(wide, 1_500), (deep, 100), (hostile_names, 150)])
def test_time_grows_with_the_page(everything: HtmlRules, make: Callable[[int], str], size: int) -> None:
    parser = lxml.html.HTMLParser(huge_tree=True)

    def cost(number: int) -> float:
        page = lxml.html.document_fromstring(f"<p>{WORDS}</p>{make(number)}", parser=parser)
        return seconds(lambda: looked_up(page, everything))

    assert is_linear(cost, size)


def test_twenty_thousand_hits(everything: HtmlRules) -> None:
    page = lxml.html.document_fromstring(f"<p>{WORDS * 1000}</p>{wide(20_000)}")
    told = looked_up(page, everything)
    assert len(told.rules) >= 20_000


def test_the_number_of_rules_hardly_counts() -> None:
    few = rules_of(rule(BOX))
    many = rules_of(
        *(rule(f"css: ['.box-{n}', ':words(made-box-{n})']", name=f"box-{n}") for n in range(500)), rule(BOX)
    )
    page = lxml.html.document_fromstring(f"<p>{WORDS}</p>" + "<div class='one two-three four'><a>x</a></div>" * 3_000)
    assert is_at_most(2, lambda: seconds(lambda: looked_up(page, many)), lambda: seconds(lambda: looked_up(page, few)))


def test_what_a_rule_of_scope_html_is() -> None:
    rules = rules_of(rule(BOX, "when: {max_words: 9}"))
    one: Rule = rules.rule(0)
    assert (one.scope, one.matcher, one.patterns, one.keywords, one.when) == (
        "html",
        "css",
        (".box",),
        (),
        {"max_words": 9},
    )
