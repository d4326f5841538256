"""The page about a run: what it shows, that its figures are right, and that nothing of a document is more than text."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest

from cleaner.categories import CATEGORIES
from cleaner.isolation.problem import MEANING
from cleaner.report.stats import Note, RunFacts, stats_page
from cleaner.report.tally import BINS, TOP, Tally
from tests.unit.test_page import HOSTILE, parsed

MARKUP = "'\"><script>pwned=1</script>"
RULES = {
    f"{category}.rule-{number}": (category, f"takes {category} of kind {number}")
    for category in CATEGORIES
    for number in range(4)
}


def tally() -> Tally:
    """Sums over 1,000 documents in which every category and half of the rules have a part."""
    sums = Tally(documents=1000, changed=900, warned=3, characters=10_000_000)
    for place, (rule, (category, _)) in enumerate(RULES.items()):
        if place % 2:
            n, size = 2 * place, 1000 * (100 - place)
            sums.rules[rule] = [n, size]
            known = sums.categories.get(category, [0, 0])
            sums.categories[category] = [known[0] + n, known[1] + size]
    sums.removed = sum(size for _, size in sums.rules.values()) + 1234
    sums.sites = {"sites/one": [10, 1000, 100], "sites/two": [20, 90_000, 60_000], "": [970, 9_000_000, 500]}
    sums.shares = [100, 500, 300, 80, *[0] * (BINS - 5), 15, 5]
    sums.top = [(1 - i / 100, 9999 - i, f"folder/document {i}.md") for i in range(TOP)]
    return sums


NOTES = (
    *(Note(f"slow {i}.html", "timeout", "took 31 s; --max-seconds gives it more") for i in range(7)),
    Note("large.html", "memory", "needed 3 GB; --max-memory gives it more"),
    Note("odd.md", "warning", "may be no UTF-8"),
)
FACTS = RunFacts(
    title="Clippings",
    started="2026-03-12T23:58:05+00:00",
    finished="2026-03-13T01:00:17+00:00",
    level="normal",
    tally=tally(),
    failures={"memory": 1, "timeout": 9},
    notes=NOTES,
    more_notes=0,
    rules=RULES,
)


def bare(sums: Tally, **more: Any) -> RunFacts:
    """A run without a mishap."""
    return replace(FACTS, tally=sums, failures={}, notes=(), **more)


def hostile() -> RunFacts:
    """A run in which everything that is not ours is hostile."""
    sums = tally()
    sums.top = [(0.5, 1, HOSTILE)]
    sums.sites[HOSTILE] = [1, 2, 1]
    sums.rules[HOSTILE] = sums.categories[MARKUP] = [1, 1]
    return replace(
        FACTS,
        title=HOSTILE,
        started=HOSTILE,
        level=HOSTILE,
        tally=sums,
        failures={HOSTILE: 1},
        notes=[Note(HOSTILE, code, HOSTILE) for code in (HOSTILE, "warning", "broken")],
        rules={**RULES, HOSTILE: (MARKUP, HOSTILE), HOSTILE + "!": (MARKUP, HOSTILE)},
    )


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def section(html: str, id: str) -> Any:
    """The section with this heading."""
    (found,) = parsed(html).xpath(f"//section[@aria-labelledby='{id}']")
    return found


def rows(html: str, id: str) -> list[list[str]]:
    """What a table says, without its bars."""
    found = section(html, id).xpath(".//tbody/tr")
    return [[words(cell) for cell in row if cell.get("class") != "bars"] for row in found]


def test_the_figures() -> None:
    html = stats_page(FACTS)
    tree = parsed(html)
    removed = FACTS.tally.removed
    assert tree.xpath("string(//h1)") == "Clippings"
    assert [words(each) for each in tree.xpath("//dl[@class='figures']/div")] == [
        "Documents 1,010 1,000 cleaned",
        "Changed 900 90 % of those cleaned",
        f"Removed 23 % {removed:,} of 10,000,000 characters",
        "Set aside 10 see why",
        "Warned about 3 see why",
    ]
    assert tree.xpath("string(//p[@class='sum'])") == "Last run 12 March 2026, 23:58 UTC, 1 h 2 min. Level normal."


@pytest.mark.parametrize(
    ("started", "finished", "said"),
    [
        (None, None, "Level normal."),
        (None, "2026-03-12T10:00:00Z", "Level normal."),
        ("2026-03-12T10:00:00Z", None, "Last run 12 March 2026, 10:00 UTC, not finished: the figures so far."),
        ("2026-03-12T10:00:00Z", "2026-03-12T10:00:00.300Z", "Last run 12 March 2026, 10:00 UTC, less than a second."),
        ("2026-03-12T10:00:00Z", "2026-03-12T09:59:00Z", "Last run 12 March 2026, 10:00 UTC, less than a second."),
        ("2026-03-12T10:00:00Z", "2026-03-12T10:01:05Z", "Last run 12 March 2026, 10:00 UTC, 1 min 5 s."),
        ("2026-03-12T10:00:00", "2026-03-12T10:01:00+02:00", "Last run 12 March 2026, 10:00."),
        ("2026-03-12T10:00:00+02:00", "soon", "Last run 12 March 2026, 10:00 UTC+02:00."),
        ("at <noon>", "later", "Last run at <noon>."),
    ],
)
def test_when_it_was(started: str | None, finished: str | None, said: str) -> None:
    html = stats_page(replace(FACTS, started=started, finished=finished))
    assert parsed(html).xpath("string(//p[@class='sum'])").startswith(said)


def test_categories_are_sorted_by_size_and_add_up() -> None:
    html = stats_page(FACTS)
    found = rows(html, "categories")
    assert [name for name, _, _ in found] == sorted(CATEGORIES, key=lambda c: -FACTS.tally.categories[c][1])
    taken = FACTS.tally.removed - 1234
    assert sum(int(size.replace(",", "")) for _, _, size in found) == taken
    removals = sum(n for n, _ in FACTS.tally.rules.values())
    lead = section(html, "categories").xpath("string(./p[@class='lead'])")
    assert lead == f"{removals:,} removals took {taken:,} characters; 1,234 more were white space beside them."


def test_bars_are_as_long_as_their_numbers() -> None:
    sums = Tally(3, 3, 0, 1000, 301, {"share": [1, 200], "legal": [4, 100], "media": [2, 1]})
    found = section(stats_page(bare(sums)), "categories").xpath(".//tbody//*[local-name()='svg']")
    assert [(bar.get("data-c"), bar.get("width")) for bar in found] == [
        ("share", "25%"),
        ("share", "100%"),
        ("legal", "100%"),
        ("legal", "50%"),
        ("media", "50%"),
        ("media", "0.5%"),
    ]


def test_the_strip_is_as_long_as_all_documents() -> None:
    sums = Tally(3, 3, 0, 1000, 300, {"share": [1, 200], "legal": [4, 100]})
    found = section(stats_page(bare(sums)), "categories").xpath(".//figure//*[local-name()='rect']")
    assert [(each.get("data-c"), each.get("x"), each.get("width")) for each in found] == [
        ("share", "0.00", "200.00"),
        ("legal", "200.00", "100.00"),
    ]


def test_the_histogram() -> None:
    html = stats_page(FACTS)
    found = [words(each) for each in section(html, "shares").xpath(".//li")]
    assert len(found) == BINS + 1
    assert found[:3] == ["nothing 100 documents", "0–5 % 500 documents", "5–10 % 300 documents"]
    assert found[-3:] == ["85–90 % 0 documents", "90–95 % 15 documents", "95–100 % 5 documents"]
    heights = section(html, "shares").xpath(".//li//*[local-name()='svg']/@height")
    assert heights == ["20%", "100%", "60%", "16%", "3%", "1%"]
    lead = section(html, "shares").xpath("string(./p[@class='lead'])")
    assert lead == "100 documents lost nothing, 20 lost more than half of the text."


def test_exactly_half_is_not_more_than_half() -> None:
    sums = Tally(3, 3, 0, 9, 5, {"share": [1, 5]}, top=[(0.5, 5, "x")])
    sums.shares[BINS // 2], sums.shares[BINS // 2 + 1] = 2, 1
    lead = section(stats_page(bare(sums)), "shares").xpath("string(./p[@class='lead'])")
    assert lead == "No document lost nothing, 1 lost more than half of the text."


def test_millions_of_documents_fit_over_a_bar() -> None:
    sums = Tally(10**8, 1, 0, 9, 5, {"share": [1, 5]}, top=[(0.5, 5, "x")])
    sums.shares[:3] = [98_765_432, 999_499, 99_999]
    found = [words(each) for each in section(stats_page(bare(sums)), "shares").xpath(".//li//span[@class='n']")]
    assert found[:3] == ["98.8 M documents", "999 k documents", "99,999 documents"]


def test_the_documents_to_look_at() -> None:
    found = rows(stats_page(FACTS), "documents")
    assert len(found) == TOP
    assert found[0] == ["folder/document 0.md", "9,999", "100 %"]
    assert found[19] == ["folder/document 19.md", "9,980", "81 %"]


def test_set_aside_and_warned() -> None:
    html = stats_page(FACTS)
    groups = section(html, "aside").xpath(".//details")
    assert [words(group.find("summary")) for group in groups] == [
        f"timeout {MEANING['timeout']} 9 documents",
        f"memory {MEANING['memory']} 1 document",
        f"warning {MEANING['warning']} 3 documents",
    ]
    assert [group.get("open") is not None for group in groups] == [False, True, True]
    assert [words(each) for each in groups[0].xpath(".//li")][-2:] == [
        "slow 6.html took 31 s; --max-seconds gives it more",
        "and 2 more",
    ]
    assert [words(each) for each in groups[1].xpath(".//li")] == ["large.html needed 3 GB; --max-memory gives it more"]


def test_notes_that_are_left_out() -> None:
    html = stats_page(replace(FACTS, failures={"crash": 20_000}, notes=(), more_notes=20_003))
    (crash, warning) = section(html, "aside").xpath(".//details")
    assert words(crash.find("summary")) == f"crash {MEANING['crash']} 20,000 documents"
    assert [words(each) for each in crash.xpath(".//li")] == ["not named here"]
    assert words(warning.find("summary")).endswith("3 documents")
    assert "20,003 more would be too many" in section(html, "aside").xpath("string(./p[@class='lead'])")


def test_what_is_neither_set_aside_nor_a_warning_is_told_too() -> None:
    html = stats_page(bare(tally()))
    assert len(section(html, "aside").xpath(".//details")) == 1
    html = stats_page(replace(bare(tally()), notes=[Note("a.md", "renamed", "is b.md"), Note("c", "renamed", "is d")]))
    last = section(html, "aside").xpath(".//details")[-1]
    assert words(last.find("summary")) == f"renamed {MEANING['renamed']} 2 documents"


def test_sites() -> None:
    html = stats_page(FACTS)
    assert rows(html, "sites") == [
        ["sites/two", "20", "60,000", "67 %"],
        ["no site with rules of its own", "970", "500", "< 1 %"],
        ["sites/one", "10", "100", "10 %"],
    ]
    assert "2 sites with rules of their own." in words(section(html, "sites"))


def test_rules_that_fired_and_rules_that_did_not() -> None:
    html = stats_page(FACTS)
    found = rows(html, "rules")
    assert len(found) == len(RULES) // 2
    assert found[0] == ["boilerplate.rule-3 takes boilerplate of kind 3", "boilerplate", "142", "29,000"]
    numbers = [int(n.replace(",", "")) for _, _, n, _ in found]
    assert numbers == sorted(numbers, reverse=True)
    assert "36 of 72 rules fired." in words(section(html, "rules"))
    groups = section(html, "never").xpath(".//details")
    assert [words(group.find("summary")) for group in groups] == [f"{c} 2 of 4" for c in sorted(CATEGORIES)]
    fired = {name.split()[0] for name, *_ in found}
    never = {words(code) for code in section(html, "never").xpath(".//li/code")}
    assert fired | never == set(RULES)
    assert not fired & never


def test_a_rule_that_is_gone() -> None:
    sums = tally()
    sums.rules["old.rule"] = [10_000, 1]
    assert rows(stats_page(bare(sums)), "rules")[0] == ["old.rule no longer among the rules", "", "10,000", "1"]


def test_long_tables_say_how_long_they_are() -> None:
    html = stats_page(FACTS)
    assert section(html, "rules").xpath("string(.//p[@class='more js'])") == "Show all 36"
    assert not section(html, "documents").xpath(".//p[@class='more js']")


@pytest.mark.parametrize(
    ("failures", "level", "ways"),
    [
        ({}, "aggressive", {"--retry-failed": False, "--max-seconds": False, "--level aggressive": False}),
        ({"timeout": 1}, "safe", {"--retry-failed": True, "--max-seconds": True, "--max-memory": False}),
        ({"memory": 1}, "normal", {"--max-seconds": False, "--max-memory": True, "--level aggressive": True}),
    ],
)
def test_what_to_do_next(failures: dict[str, int], level: str, ways: dict[str, bool]) -> None:
    said = words(section(stats_page(replace(FACTS, failures=failures, level=level)), "next"))
    assert {way: way in said for way in ways} == ways


def test_no_documents() -> None:
    html = stats_page(bare(Tally()))
    assert parsed(html).xpath("//section/@aria-labelledby") == ["categories", "next"]
    assert words(section(html, "categories")) == "Nothing was removed No document was cleaned."
    assert "0 %" in html


def test_nothing_removed() -> None:
    sums = Tally(2, 0, 0, 500, 0, sites={"": [2, 500, 0]})
    sums.shares[0] = 2
    html = stats_page(bare(sums))
    assert parsed(html).xpath("//section/@aria-labelledby") == ["categories", "sites", "never", "next"]
    assert words(section(html, "categories")) == "Nothing was removed 2 documents, and nothing to remove."
    assert words(section(html, "never")).startswith("Rules that never fired 72 rules")


def test_only_mishaps() -> None:
    html = stats_page(replace(FACTS, tally=Tally()))
    assert parsed(html).xpath("//section/@aria-labelledby") == ["categories", "aside", "next"]


def test_nothing_of_a_run_is_markup() -> None:
    html = stats_page(hostile())
    assert html.encode().isascii() is False  # and it can be encoded at all
    tree = parsed(html)
    assert {element.tag for element in tree.iter()} | {"time"} == {
        element.tag for element in parsed(stats_page(FACTS)).iter()
    }
    assert len(tree.xpath("//script | //style")) == 2
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("src", "style", "srcset", "action")}
    assert {href[0] for href in tree.xpath("//@href")} == {"#"}
    name = tree.xpath("string(//h1)")
    assert name.startswith("</script><script>parent.pwned = 1</script>\\n<img src=x onerror=")
    assert name.endswith("\\x00\\x1b[31m \\u202eabc \\ud800 \\x0c\\njavascript:alert(1)")
    assert rows(html, "documents")[0][0] == " ".join(name.split())


@pytest.mark.parametrize("facts", [FACTS, hostile(), bare(Tally())], ids=["typical", "hostile", "empty"])
def test_ids_are_unique_and_links_lead_somewhere(facts: RunFacts) -> None:
    tree = parsed(stats_page(facts))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    referred = {href[1:] for href in tree.xpath("//@href")} | set(tree.xpath("//@aria-labelledby | //@aria-controls"))
    assert referred <= set(ids)


def test_the_policy_names_style_and_script_and_nothing_else() -> None:
    tree = parsed(stats_page(FACTS))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,), (style,) = (tree.xpath(f"//{kind}/text()") for kind in ("script", "style"))
    hashes = [b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
