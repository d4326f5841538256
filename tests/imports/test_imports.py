"""Rules of other tools: each kind of line is mapped, or left out with its reason; what is mapped does what it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.errors import InputError
from cleaner.imports import read_rules
from cleaner.imports.selecting import css_of, from_css, from_xpath
from cleaner.imports.taken import Refused, Taken
from cleaner.model import Pack
from cleaner.rulebook.store import Store

SAMPLES = Path(__file__).parent / "samples"
STORY = "The fog lay on the harbour all day, and the keeper counted the ships by their bells alone. " * 6
PAGE = "<!doctype html><html><head><title>Fog</title></head><body>{body}</body></html>"


def packs_of(taken: Taken) -> dict[str, Pack]:
    return {pack.name: pack for pack in Store.of([(name, text.encode()) for name, text in taken.files()]).packs()}


def fates(taken: Taken, source: str) -> dict[str, str]:
    """What became of the lines of a file, by their texts."""
    return {line.text: line.became or f"- {line.reason}" for line in taken.lines if line.source == source}


# --- FiveFilters ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ftr() -> Taken:
    return read_rules("ftr", str(SAMPLES / "ftr"))


def test_forty_files_each_line_told(ftr: Taken) -> None:
    assert len(list((SAMPLES / "ftr").iterdir())) == 40
    assert ftr.sources == 38
    lines = [
        line
        for path in (SAMPLES / "ftr").iterdir()
        for line in path.read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert ftr.read == len(lines)
    assert (ftr.mapped, ftr.left_out) == (166, 61)


def test_every_kind_of_directive(ftr: Taken) -> None:
    told = fates(ftr, "harbour-gazette.example.txt")
    assert told == {
        "title: //h1[@class='head']": "- what a page says of itself is read from the page",
        "author: //span[@class='by']": "- what a page says of itself is read from the page",
        "date: //time/@datetime": "- what a page says of itself is read from the page",
        "body: //div[@class='story-text']": "where the article is",
        "strip: //div[@class='tide-box']": "a rule for elements",
        "strip: //aside[contains(@class, 'lighthouse-promo')]": "a rule for elements",
        "strip_id_or_class: buoy-banner": "a rule for elements",
        "prune: no": "where the article is: whole",
        "tidy: no": "- it steers another engine",
        "test_url: https://harbour-gazette.example/a-boat-comes-in": "a note in the pack",
        "test_contains: the boat came in": "- rules carry tests of their own",
    }
    rewrites = Counter(fates(ftr, "rewrites.example.txt").values())
    assert rewrites == {"where the article is": 1, "- it rewrites the page; here is only deletion": 10}
    fetches = Counter(fates(ftr, "fetches.example.txt").values())
    assert fetches == {"where the article is": 1, "- it is for fetching pages; nothing is fetched here": 11}
    assert set(fates(ftr, "broken.example.txt").values()) == {
        "- no directive",
        "- an unknown directive",
        "- it has no value",
        '- XPath here has no "\'"',
        "- a part of a class that is no name of its own",
        "where the article is",
    }
    assert fates(ftr, "names.example.txt") == {
        "strip_id_or_class: rope-list": "a rule for elements",
        'strip_id_or_class: "knot_box"': "a rule for elements",
        "strip_id_or_class: ad": "- a rule that comes with cleaner has it",
        "strip_id_or_class: -ad-": "- a part of a class that is no name of its own",
        "strip_id_or_class: content": "- is on every other page; take a class that says what the element is",
        "strip_id_or_class: two words": "- a part of a class that is no name of its own",
        "body: //div[@id='deck' and @class='inner-deck']": "where the article is",
    }


def test_identical_files_are_one_pack_with_many_hosts(ftr: Taken) -> None:
    packs = packs_of(ftr)
    towns = packs["sites/ftr/town-01.example"].site
    valleys = packs["sites/ftr/below.valley-1.example"].site
    assert towns
    assert valleys
    assert (len(towns.hosts), towns.subdomains) == (30, False)
    assert {"town-15.example", "www.town-15.example"} <= set(towns.hosts)
    assert (valleys.hosts, valleys.subdomains) == (tuple(f"valley-{n}.example" for n in range(1, 5)), True)
    assert not any("town-02" in name for name in packs)


def test_where_the_article_is(ftr: Taken) -> None:
    packs = packs_of(ftr)
    site = packs["sites/ftr/harbour-gazette.example"].site
    assert site
    assert (site.article, site.whole) == (("div.story-text",), True)
    lantern = packs["sites/ftr/lantern.example"].site
    assert lantern
    assert (lantern.article, lantern.whole) == (('section[itemprop="articleBody"]', "div#lantern-body"), False)


def test_imported_rules_take_out_and_leave_the_article(ftr: Taken, tmp_path: Path) -> None:
    for name, text in ftr.files():
        (tmp_path / name).write_text(text)
    cleaner = Cleaner(rules=(str(tmp_path),))
    note = "High water comes at six and at seven, and the mole is closed for carts."
    body = f'<div class="story-text"><p>{STORY}</p><div class="tide-box"><p>{note}</p></div><p>{STORY}</p></div>'
    page = PAGE.format(body=body)
    ours = cleaner.clean(page, url="https://harbour-gazette.example/fog")
    assert note not in ours.text
    assert [removal.rule for removal in ours.report.removals] == ["ftr-harbour-gazette-example.strip"]
    assert note in cleaner.clean(page, url="https://elsewhere.example/fog").text


def test_of_a_whole_article_only_rules_take_something(tmp_path: Path) -> None:
    config = "body: //div[@class='story-text']\nstrip: //p[@class='tide-note']\n"
    links = "".join(f'<li><a href="/{n}">Bell {n}</a></li>' for n in range(8))
    inside = f'<ul class="bells">{links}</ul><p class="tide-note">High water comes at six.</p>'
    page = PAGE.format(body=f'<div class="story-text"><p>{STORY}</p>{inside}</div>')
    texts: list[str] = []
    for more in ("prune: yes\n", "prune: no\n"):
        (tmp_path / "lighthouse.example.txt").write_text(config + more)
        (tmp_path / "pack.yaml").write_text(next(read_rules("ftr", str(tmp_path)).files())[1])
        cleaner = Cleaner(rules=(str(tmp_path / "pack.yaml"),))
        texts.append(cleaner.clean(page, url="https://lighthouse.example/a").text)
    assert ["Bell 3" in text for text in texts] == [False, True]
    assert not any("High water" in text for text in texts)


# --- selectors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "selectors"),
    [
        ("//div[@class='mill box-of-it']", ["div.mill.box-of-it"]),
        ("//*[@id='mill-wheel']", ["#mill-wheel"]),
        ("//div[contains(@class,'mill-bar')]//a[@href]", ["div.mill-bar a[href]"]),
        ("//p[contains(concat(' ',normalize-space(@class),' '),' mill-teaser ')]", ["p.mill-teaser"]),
        ("//div[@class='mill-a' or @id='mill-b']", ["div.mill-a", "div#mill-b"]),
        ("//ul[@class='mill-a']/li[@data-x]", ["ul.mill-a > li[data-x]"]),
        ("//section[@data-kind='mill' and @role='note']", ['section[data-kind="mill"][role="note"]']),
        ("//div[starts-with(@id, 'mill-')]", ['div[id^="mill-"]']),
    ],
)
def test_expressions_become_selectors_which_are_looked_up(source: str, selectors: list[str]) -> None:
    assert css_of(source) == selectors
    assert [(one.kind, one.source) for one in from_xpath(source)] == [("css", selector) for selector in selectors]


def test_what_css_cannot_say_stays_an_expression() -> None:
    (one,) = from_xpath("//div[@class='mill-a']/h3[contains(text(),'Other mills')]")
    assert (one.kind, one.example) == ("xpath", '<div class="mill-a"><h3>Other mills</h3></div>')


@pytest.mark.parametrize(
    "source",
    [
        "//div[h4]",
        "//p[position()=1]",
        "//div[@class='x'][2]",
        "//div",
        "//div[@class='content']",
        "//body",
        "//a[",
        "",
    ],
)
def test_what_says_too_little_or_too_much_is_refused(source: str) -> None:
    with pytest.raises(Refused):
        from_xpath(source)


def test_what_we_know_already_is_left_out() -> None:
    with pytest.raises(Refused, match="a rule that comes with cleaner has it"):
        from_css("aside")
    assert from_css("aside", keep=True).source == "aside"


# --- EasyList -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def easylist() -> Taken:
    return read_rules("easylist", str(SAMPLES / "easylist"))


def test_filters_for_all_pages(easylist: Taken) -> None:
    pack = packs_of(easylist)["generic/easylist-easylist"]
    found = {rule.confidence: rule.patterns for rule in pack.rules}
    assert found == {
        "high": (
            ".harbour-ad-strip",
            "#harbour-ad-top",
            "div.harbour-ad.harbour-wide",
            "div.sponsored-lighthouse",
            "#adx",
            'a[href^="https://ads.harbour.example/"]',
            "[data-harbour-ad]",
            ".outer-mill > .inner-mill",
        ),
        "medium": (":words(lighthouse-sponsor)",),
    }
    assert {rule.category for rule in pack.rules} == {"advertising"}


def test_filters_of_domains_and_exceptions(easylist: Taken) -> None:
    packs = packs_of(easylist)
    assert sorted(packs) == [
        "generic/easylist-easylist",
        "sites/easylist/harbour.example",
        "sites/easylist/mill.example",
        "sites/easylist/quarry.example",
    ]
    harbour, quarry = packs["sites/easylist/harbour.example"], packs["sites/easylist/quarry.example"]
    assert [(rule.keep, rule.patterns) for rule in harbour.rules] == [
        (False, (".gull-promo", ".gull-shop")),
        (True, (".harbour-ad-strip",)),
    ]
    assert quarry.site
    assert quarry.site.hosts == ("quarry.example", "slate.example")


def test_what_is_no_selector_is_left_out(easylist: Taken) -> None:
    told = fates(easylist, "made-up.txt")
    assert told["||ads.harbour.example^$third-party"] == "- it blocks requests; nothing is fetched here"
    assert told["harbour.example#?#.a:-abp-contains(ad)"] == "- a procedure, a style or a script, not a selector"
    assert told["harbour.example##+js(noeval)"] == "- a script, or a filter of the source of pages"
    assert told["~quarry.example##.everywhere-but-there"] == "- it applies everywhere but on some sites"
    assert told["*.example##.wild"] == "- a domain that is no host name"
    assert told["##body"] == "- <body> is never taken"
    assert told["#@#.not-on-mine"] == "an exception: taken out of what applies everywhere"
    assert not any(".not-on-mine" in rule.patterns for pack in packs_of(easylist).values() for rule in pack.rules)


def test_the_title_of_a_list_tells_its_category(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("[Adblock]\n! Title: Made-up Cookie List\n##.cookie-of-the-mill\n")
    (pack,) = packs_of(read_rules("easylist", str(tmp_path / "list.txt"))).values()
    assert (pack.name, pack.rules[0].category) == ("generic/easylist-list", "cookie")


def test_long_lists_are_several_rules_and_packs(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("".join(f"##.mill-filter-{n}x\n" for n in range(4_100)))
    packs = packs_of(read_rules("easylist", str(tmp_path / "list.txt")))
    assert [len(pack.rules) for pack in packs.values()] == [10, 10, 1]


# --- Miniflux and Postlight -----------------------------------------------------------------------


def test_miniflux() -> None:
    taken = read_rules("miniflux", str(SAMPLES / "miniflux"))
    packs = packs_of(taken)
    site = packs["sites/miniflux/harbour-gazette.example"].site
    assert site
    assert site.article == ("div.story-text", "figure.lead")
    assert packs["sites/miniflux/harbour-gazette.example"].rules[0].patterns == (".tide-box", ".gull-shop")
    same = packs["sites/miniflux/weekly-mill.example"].site
    assert same
    assert same.hosts == ("weekly-mill.example", "bridge.example")
    quarry = packs["sites/miniflux/quarry.example"]
    assert quarry.site
    assert (quarry.site.article, quarry.rules[0].patterns) == (("div.stone-text",), (".dust-note",))


def test_postlight() -> None:
    taken = read_rules("postlight", str(SAMPLES / "postlight"))
    packs = packs_of(taken)
    harbour = packs["sites/postlight/harbour-gazette.example"]
    assert harbour.site
    assert harbour.site.hosts == ("harbour-gazette.example", "old.harbour-gazette.example", "tides.example")
    assert (harbour.site.article, harbour.site.whole) == (("div.story-text", ".lead", ".rest"), True)
    assert harbour.rules[0].patterns == (".tide-box",)
    told = fates(taken, "custom/harbour.js")
    assert told["transforms: …"] == "- it rewrites the page; here is only deletion"
    assert told["title: …"] == "- what a page says of itself is read from the page"


@pytest.mark.parametrize("kind", ["ftr", "easylist", "miniflux", "postlight"])
def test_hostile_files_are_told_of_and_nothing_breaks(tmp_path: Path, kind: str) -> None:
    suffix = {"ftr": "x.example.txt", "easylist": "x.txt", "miniflux": "x.go", "postlight": "x.js"}[kind]
    noise = "body: //div[" * 3_000 + "\n##" + ">" * 3_000 + "\nstrip: //div" + "[@a='" * 500
    script = "domain: 'x.example', content: { selectors: [['" + "{[(" * 3_000
    (tmp_path / suffix).write_bytes(b"\xff\xfe\x00" + noise.encode() + b'\n"x.example": "' + b"(" * 3_000 + b'",\n')
    with (tmp_path / suffix).open("a") as file:
        file.write(script)
    assert read_rules(kind, str(tmp_path)).rules == 0


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder; name your copy of Miniflux"):
        read_rules("miniflux", str(tmp_path / "none"))
