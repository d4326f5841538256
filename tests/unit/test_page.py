"""The page about a cleaning: what it shows, and that nothing of a clipping is more than text on it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

import cleaner
from cleaner import Cleaner
from cleaner.categories import CATEGORIES
from cleaner.model import Evidence, Kept, PageFacts, Removal, ReportFacts, SiteMatch
from cleaner.reasons import Reason
from cleaner.report import page as module
from cleaner.report.page import page

HOSTILE = (
    "</script><script>parent.pwned = 1</script>\n"
    '<img src=x onerror="pwned=1"> & &lt;b&gt; \' " </style><style>*{display:none}</style>\n'
    "<!-- --> ]]> \x00\x1b[31m \u202eabc \ud800 \x0c\n"
    "javascript:alert(1)"
)


def removal(source: str, text: str, category: str = "share", number: int = 1, **more: object) -> Removal:
    """A removal of the first occurrence of `text`."""
    start = source.index(text)
    found = Removal(
        id=f"r{number}",
        rule=f"{category}.test",
        pack=f"generic/{category}",
        category=category,
        confidence="high",
        start=start,
        end=start + len(text),
        line=source[:start].count("\n") + 1,
        text=text,
        reason=f"reason {number}",
    )
    return replace(found, **more)  # type: ignore[arg-type]


def report(source: str, *removals: Removal, kept: tuple[Kept, ...] = (), warnings: tuple[str, ...] = ()) -> ReportFacts:
    """A report about `source`."""
    return ReportFacts(
        level="normal",
        format="text",
        input_sha256="0" * 64,
        encoding="utf-8",
        bom="",
        errors="strict",
        characters=len(source),
        lines=source.count("\n"),
        removed_characters=sum(len(r.text) for r in removals),
        url=None,
        site=None,
        packs=(),
        removals=removals,
        repairs=(),
        kept=kept,
        warnings=warnings,
    )


def parsed(html: str) -> Any:
    """The page as a tree."""
    return lxml.html.document_fromstring(html)


def shown(html: str) -> list[str]:
    """The lines of the clipping as the page shows them."""
    return [line.text_content() for line in parsed(html).xpath("//section[@id='text']/div")]


def struck(html: str) -> list[tuple[str, str, str]]:
    """Of every part struck through: text, category, ids."""
    return [(each.text_content(), each.get("data-c"), each.get("data-r")) for each in parsed(html).xpath("//del")]


def matched(text: str) -> Reason:
    """What quotes a text."""
    return Reason.of("matched", text=text)


def kept(source: str, text: str, **more: object) -> Kept:
    """Something kept."""
    start = source.index(text)
    line = source[:start].count("\n") + 1
    found = Kept(
        "legal.test", "generic/legal", "legal", "medium", start, start + len(text), line, text, matched("a veto")
    )
    return replace(found, **more)  # type: ignore[arg-type]


def test_every_line_is_shown_and_what_went_is_struck_through(shipped: Cleaner) -> None:
    source = "A headline\r\n\r\nSponsored Content\r\n  Some words that stay.\tAnd more of them, with a full stop.\r\n"
    html = page(source, shipped.clean(source).report, name="clip.txt")
    assert shown(html) == source.split("\r\n")[:-1]
    assert struck(html) == [("Sponsored Content", "advertising", "r1")]
    lines = parsed(html).xpath("//section[@id='text']/div")
    assert [line.get("class") for line in lines] == ["l", "l", "l gone", "l"]
    assert [line.get("id") for line in lines] == ["L1", "L2", "L3", "L4"]


def test_a_removal_over_lines_and_inside_of_lines() -> None:
    source = "one two\nthree\n\nfour five\n"
    html = page(source, report(source, removal(source, "two\nthree\n\nfour")), name="x")
    assert shown(html) == ["one two", "three", "", "four five"]
    assert [text for text, _, _ in struck(html)] == ["two", "three", "four"]
    kinds = [line.get("class") for line in parsed(html).xpath("//section[@id='text']/div")]
    assert kinds == ["l part", "l gone", "l", "l part"]
    assert "To lines 1–4" in parsed(html).xpath("string(//li[@id='r1'])")


def test_removals_may_overlap() -> None:
    source = "aaa bbb ccc ddd\n"
    outer = removal(source, "aaa bbb ccc", "share", 1)
    inner = removal(source, "bbb", "legal", 2)
    beside = removal(source, "ccc ddd", "media", 3)
    html = page(source, report(source, outer, inner, beside), name="x")
    assert struck(html) == [
        ("aaa ", "share", "r1"),
        ("bbb", "legal", "r2 r1"),
        (" ", "share", "r1"),
        ("ccc", "media", "r3 r1"),
        (" ddd", "media", "r3"),
    ]
    sizes = parsed(html).xpath("//ul[@id='categories']//span[@class='size']/text()")
    assert sizes == ["7 characters", "5 characters", "3 characters"]


def test_the_label_of_a_category_is_not_repeated() -> None:
    source = "aaa\nbbb\n\nccc\nddd eee\n"
    parts = [removal(source, text, "share", i) for i, text in enumerate(("aaa", "bbb", "ccc"), 1)]
    html = page(source, report(source, *parts, removal(source, "eee", "share", 4)), name="x")
    assert [each.get("class") for each in parsed(html).xpath("//del")] == ["h", None, None, "h"]


def test_what_a_removal_says() -> None:
    source = "one\nbuy now\n"
    evidence = (Evidence("rule.other", matched("saw\nthis")), Evidence("company", matched("and <that>")))
    html = page(source, report(source, removal(source, "buy now", "donation", evidence=evidence)), name="x")
    (item,) = parsed(html).xpath("//ol[@id='list']/li")
    facts = [each.text_content() for each in item.xpath(".//dd")]
    assert facts == ["reason 1", "high", "generic/donation", "rule.other: “saw this”", "company: “and <that>”"]
    assert item.xpath("string(.//summary)").split() == ["2", "donation.test", "donation", "buy", "now"]
    assert item.xpath(".//a/@href") == ["#L2"]


def test_the_place_in_the_document_tree() -> None:
    source = "one\n"
    place = "/html/body/div[2][@class='a&b']"
    html = page(source, report(source, removal(source, "one", path=place)), name="x")
    assert parsed(html).xpath("//dt[.='Element']/following-sibling::dd/text()") == [place]
    html = page(source, report(source, removal(source, "one")), name="x")
    assert not parsed(html).xpath("//dt[.='Element']")


def test_facts_about_a_web_page() -> None:
    web = PageFacts(rendered="markdown", sha256="0" * 64, kind="mhtml", encoding="windows-1252")
    html = page("one\n", replace(report("one\n"), format="html", page=web), name="x")
    assert "<dt>Format</dt><dd>html (mhtml), shown as markdown</dd>" in html
    assert "<dt>Encoding</dt><dd>windows-1252</dd>" in html


def test_what_was_kept() -> None:
    source = "All rights reserved\nwords\n"
    html = page(source, report(source, kept=(kept(source, "rights"), kept(source, "All rights"))), name="x")
    items = parsed(html).xpath("//section[@id='kept']//li")
    assert [item.get("id") for item in items] == ["k1", "k2"]
    assert "legal.test" in items[0].text_content()
    assert "a veto" in items[0].text_content()
    marks = [(each.text_content(), each.get("data-k")) for each in parsed(html).xpath("//span[@class='k']")]
    assert marks == [("All ", "k2"), ("rights", "k1")]
    assert shown(html) == ["All rights reserved", "words"]


def test_what_was_kept_and_went_after_all_is_struck_through() -> None:
    source = "All rights reserved\n"
    html = page(source, report(source, removal(source, "rights"), kept=(kept(source, "All rights"),)), name="x")
    assert [text for text, _, _ in struck(html)] == ["rights"]
    assert parsed(html).xpath("//span[@class='k']/text()") == ["All "]


def test_facts_about_the_input() -> None:
    source = "one\n"
    about = replace(
        report(source, warnings=("mind <this>",)),
        url="https://example.com/?a=1&b=2",
        site=SiteMatch("sites/example", "url", ("example.com",)),
        packs=("generic/share", "sites/example"),
        bom="efbbbf",
    )
    tree = parsed(page(source, about, name="<name>.txt"))
    facts = dict(
        zip(tree.xpath("//section[@id='about']//dt/text()"), tree.xpath("//section[@id='about']//dt"), strict=True)
    )
    values = {term: [dd.text for dd in dt.xpath("following-sibling::dd")] for term, dt in facts.items()}
    assert values["Address"][0] == "https://example.com/?a=1&b=2"
    assert values["Site"][:2] == ["sites/example, told by its address", "example.com"]
    assert values["Encoding"][0] == "utf-8, with a byte order mark"
    assert values["Packs"][0] == "generic/share, sites/example"
    assert tree.xpath("//section[@id='warnings']//li/text()") == ["mind <this>"]
    assert tree.xpath("string(//h1)") == "<name>.txt"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", []),
        ("\n", [""]),
        ("\r\n\n\r", ["", "", ""]),
        ("no line end", ["no line end"]),
        ("a\x0cb\u2028c", ["a\\x0cb\\u2028c"]),
    ],
)
def test_texts_of_which_nothing_went(source: str, lines: list[str]) -> None:
    html = page(source, report(source), name="x")
    assert shown(html) == lines
    assert "Nothing was removed" in html
    assert not struck(html)


def test_nothing_of_a_clipping_is_markup() -> None:
    whole = removal(
        HOSTILE,
        HOSTILE,
        reason=HOSTILE,
        evidence=(Evidence("rule", matched(HOSTILE)),),
        rule='"><script>',
        pack="<i>",
    )
    calm = page("x", report("x", removal("x", "x"), kept=(kept("x", "x"),), warnings=("x",)), name="x")
    about = replace(
        report(HOSTILE, whole, kept=(kept(HOSTILE, "<img", veto=matched(HOSTILE)),), warnings=(HOSTILE,)), url=HOSTILE
    )
    html = page(HOSTILE, about, name=HOSTILE)
    assert html.encode().isascii() is False  # and it can be encoded at all
    tree = parsed(html)
    assert {element.tag for element in tree.iter()} == {element.tag for element in parsed(calm).iter()}
    assert len(tree.xpath("//script | //style")) == 2
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("src", "style", "srcset", "action")}
    assert {href[0] for href in tree.xpath("//@href")} == {"#"}
    assert shown(html)[0] == "</script><script>parent.pwned = 1</script>"
    assert shown(html)[2] == "<!-- --> ]]> \\x00\\x1b[31m \\u202eabc \\ud800 \\x0c"


def test_the_policy_names_style_and_script_and_nothing_else() -> None:
    tree = parsed(page("x", report("x"), name="x"))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    nothing = ("default-src", "connect-src", "base-uri", "form-action")
    assert set(rules) == {"script-src", "style-src", *nothing}
    assert {rules[name] for name in nothing} == {"'none'"}
    for kind in ("script", "style"):
        (code,) = tree.xpath(f"//{kind}/text()")
        digest = b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
        assert "</" not in code


def test_every_category_has_its_colour() -> None:
    (style,) = parsed(page("x", report("x"), name="x")).xpath("//style/text()")
    coloured = re.findall(r'^\[data-c="([a-z-]+)"\]', style, re.MULTILINE)
    assert sorted(coloured) == sorted(CATEGORIES)


def test_ids_are_unique(shipped: Cleaner) -> None:
    source = "Sponsored Content\n\nShare this article\n\nWords that stay here, as words do.\n"
    ids = parsed(page(source, shipped.clean(source).report, name="x")).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_fact_about_the_input() -> None:
    facts = module._about(report("One\nTwo\n"))
    assert facts == [
        ("Address", ["not known"]),
        ("Site", ["not known"]),
        ("Format", ["text"]),
        ("Encoding", ["utf-8"]),
        ("Size", ["8 characters, 2 lines"]),
        ("Level", ["normal"]),
        ("Packs", ["none matched"]),
        ("SHA-256", ["0" * 64]),
        ("Written by", [f"cleaner {cleaner.__version__}"]),
    ]
    web = PageFacts(rendered="markdown", sha256="1" * 64, kind="html", encoding="windows-1252")
    full = replace(
        report("One\n"),
        url="https://a.example",
        site=SiteMatch("sites/a", "fingerprints", ("one", "two")),
        packs=("sites/a", "generic/share"),
        bom="efbbbf",
        format="html",
        page=web,
    )
    assert module._about(full)[:4] == [
        ("Address", ["https://a.example"]),
        ("Site", ["sites/a, told by phrases in the text", "one", "two"]),
        ("Format", ["html (html), shown as markdown"]),
        ("Encoding", ["windows-1252, with a byte order mark"]),
    ]
    assert module._about(full)[6] == ("Packs", ["sites/a, generic/share"])


def test_every_fact_about_a_removal() -> None:
    source = "Stays\nShare\nthis\n"
    evidence = (Evidence("share.other", matched("Share this")),)
    took = removal(source, "Share\nthis\n", evidence=evidence, path="/html/body/p")
    item = module._item(took, module._Text(source, report(source, took)))
    assert (item.first, item.where, item.snippet) == (2, "lines 2–3", "Share this")
    assert (item.id, item.category, item.rule) == ("r1", "share", "share.test")
    assert item.facts == [
        ("Reason", ["reason 1"]),
        ("Confidence", ["high"]),
        ("Pack", ["generic/share"]),
        ("Evidence", ["share.other: “Share this”"]),
        ("Element", ["/html/body/p"]),
    ]
    alone = removal(source, "Share\n")
    item = module._item(alone, module._Text(source, report(source, alone)))
    assert (item.first, item.where) == (2, "line 2")
    assert [term for term, _ in item.facts] == ["Reason", "Confidence", "Pack"]


def test_runs_of_one_category_are_one() -> None:
    source = "Share this and that now"
    took = (
        removal(source, "Share ", "share"),
        removal(source, "this ", "share", 2),
        removal(source, "that ", "share", 3),
        removal(source, "now", "cookie", 4),
    )
    assert module._runs(module._Text(source, report(source, *took))) == [
        (0, 11, "share"),
        (15, 20, "share"),
        (20, 23, "cookie"),
    ]


def test_stretches() -> None:
    assert list(module._stretches([(1, 5), (2, 3), (5, 6)], 8)) == [
        (0, 1, []),
        (1, 2, [0]),
        (2, 3, [1, 0]),
        (3, 5, [0]),
        (5, 6, [2]),
        (6, 8, []),
    ]
    assert list(module._stretches([(0, 2)], 2)) == [(0, 2, [0])]
    assert list(module._stretches([], 0)) == []


def test_categories_and_rules_of_the_panel() -> None:
    source = "Share this and that now"
    took = (
        removal(source, "that ", "cookie"),
        removal(source, "Share ", "share", 2),
        removal(source, "this ", "share", 3, rule="share.a"),
        removal(source, "now", "share", 4),
    )
    text = module._Text(source, report(source, *took))
    assert [(one.name, one.removals, one.size) for one in module._categories(text)] == [
        ("share", 3, 14),
        ("cookie", 1, 5),
    ]
    assert module._rules(took) == [("cookie", [("cookie.test", 1)]), ("share", [("share.a", 1), ("share.test", 2)])]
