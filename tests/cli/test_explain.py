"""`cleaner explain`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cleaner.cli.explain import split_line
from tests.cli.conftest import CLIP, Call
from tests.conftest import ROOT


def test_all_lines(rules: str, clip: Path, call: Call) -> None:
    ran = call("explain", str(clip), "--rules", rules)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "format: text; site: not known\n"
        "  1   A Heading of Its Own\n"
        "  2\n"
        "  3   The first paragraph tells a story that goes on for a while.\n"
        "  4\n"
        "  5 - Zonk the quuxes\n"
        "      └ taken by clitest.line (donation, certain): begs in nonsense\n"
        "  6 -\n"
        "  7 ~ The second paragraph has[- wibble wobble now-] in it, and it ends.\n"
        "      └ taken by clitest.span (interface, high): a button inside of a sentence\n"
        "          matched “wibble wobble now”\n"
        "  8\n"
        "  9   Grault garply waldo\n"
        "      └ saved from clitest.doubt (comments, medium): the rule is not sure enough alone (its confidence is "
        "medium); it takes this only beside other leftovers, or at a higher level\n"
        " 10\n"
        " 11   The last paragraph is here to be the end of the whole story.\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (
            "One.\n\nPlugh xyzzy thud\n\nTwo\n",
            3,
            "saved from clitest.veto (share, high): the rule makes an exception here: what follows it",
        ),
        (
            "Fnord corge blarg\n\n" + CLIP,
            1,
            "no match for clitest.condition (legal, high): the rule looks at another part of the text",
        ),
        (
            "They zonk the quuxes daily.\n",
            1,
            "no match for clitest.line (donation, certain): the rule takes whole lines, and this line says more",
        ),
        (
            "azonk the quuxes.\n",
            1,
            "no match for clitest.line (donation, certain): a word of it is here, but not the wording",
        ),
        ("Zebras graze quietly.\n", 1, "stayed: no rule matches here"),
        ("One.\n\nTwo.\n", 2, "a blank line"),
        (CLIP, 5, "taken by clitest.line (donation, certain): begs in nonsense"),
    ],
)
def test_one_line(text: str, line: int, expected: str, rules: str, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "c.txt"
    path.write_text(text)
    ran = call("explain", f"{path}:{line}", "--rules", rules)
    assert ran.code == 0
    assert expected in ran.out.decode()
    assert ran.out.decode().startswith(f"{line}")
    again = call("explain", "-", "--line", str(line), "--rules", rules, stdin=text.encode())
    assert again.out == ran.out


def test_a_line_that_is_not_there(clip: Path, call: Call) -> None:
    for line in ("0", "12", "99999999999999999999"):
        ran = call("explain", f"{clip}:{line}")
        assert (ran.code, ran.out) == (2, b"")
        assert "; it has 11" in ran.err


SITE = """\
format: 1
pack: sites/quux
description: Of a paper that there is not.
languages: [any]
site: {hosts: [quux.example, fred.example]}
disable: [clitest.line]
rules:
  - id: quux.slogan
    category: subscription
    confidence: certain
    scope: line
    message: a slogan
    phrases: [waldo reads the quux]
    tests: {removes: [Waldo reads the quux], keeps: [Waldo reads.]}
"""


@pytest.mark.parametrize(
    ("text", "args", "told"),
    [
        (
            "Waldo reads the quux\n",
            (),
            "quux.slogan (subscription, certain): it is a rule for quux.example and fred.example, and this clipping is "
            "from no site that is known",
        ),
        (
            "Waldo reads the quux\n",
            ("--url", "plugh.example/x"),
            "quux.slogan (subscription, certain): it is a rule for quux.example and fred.example, and this clipping is "
            "from plugh.example",
        ),
        (
            "Zonk the quuxes\n",
            ("--url", "quux.example/x"),
            "clitest.line (donation, certain): the rules for sites/quux switch it off",
        ),
        (
            "Zonk the quuxes\n",
            ("--skip", "donation"),
            "clitest.line (donation, certain): its category, donation, was not asked for",
        ),
    ],
)
def test_a_rule_that_is_for_others(
    text: str, args: tuple[str, ...], told: str, rules: str, tmp_path: Path, call: Call
) -> None:
    (tmp_path / "quux.yaml").write_text(SITE, encoding="utf-8")
    (tmp_path / "c.txt").write_text(text)
    ran = call("explain", f"{tmp_path / 'c.txt'}:1", "--rules", rules, "--rules", str(tmp_path / "quux.yaml"), *args)
    assert ran.code == 0
    assert f"└ no match for {told}\n" in ran.out.decode()


def test_an_address_needs_no_scheme(rules: str, tmp_path: Path, call: Call) -> None:
    (tmp_path / "quux.yaml").write_text(SITE, encoding="utf-8")
    asked = ("--rules", rules, "--rules", str(tmp_path / "quux.yaml"), "--url", "www.quux.example/x")
    ran = call("explain", "-", *asked, stdin=CLIP.encode() + b"\nWaldo reads the quux\n")
    assert ran.out.decode().startswith("format: text; site: sites/quux (by url)\n")
    assert ran.out.decode().endswith(
        " 13 - Waldo reads the quux\n      └ taken by quux.slogan (subscription, certain): a slogan\n"
    )


def test_what_is_told_once_holds_for_the_lines_below(tmp_path: Path, call: Call) -> None:
    page = tmp_path / "page.html"
    story = "<p>The ferry leaves the harbour at six in the morning, as it always has.</p>" * 3
    menu = "<a href='/'>Home</a><br><a href='/a'>News</a><br><a href='/b'>Sport</a>"
    page.write_text(f"<html><body><nav>{menu}</nav><article><h1>The ferry</h1>{story}</article></body></html>")
    rows = call("explain", str(page)).out.decode().splitlines()
    assert rows[:7] == [
        "format: html; site: not known",
        "  1 - [Home](/)",
        "      └ taken by nav.element (navigation, high): a navigation block",
        "          matched “[Home](/) [News](/a) [Sport](/b)”",
        "  2 - [News](/a)",
        "  3 - [Sport](/b)",
        "  4 -",
    ]


# --- from a report alone --------------------------------------------------------------------------------


def test_yesterdays_report(rules: str, clip: Path, tmp_path: Path, call: Call) -> None:
    report = tmp_path / "r.json"
    call(str(clip), "--rules", rules, "--report", str(report), "-o", str(clip))
    ran = call("explain", "--report", str(report))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "2 removals, 14 % of 246 characters; format: text; level: normal; site: not known\n"
        "  5 - Zonk the quuxes\n"
        "      └ taken by clitest.line (donation, certain): begs in nonsense\n"
        "  7 - wibble wobble now\n"
        "      └ taken by clitest.span (interface, high): a button inside of a sentence\n"
        "  9   Grault garply waldo\n"
        "      └ saved from clitest.doubt (comments, medium): the rule is not sure enough alone (its confidence is "
        "medium); it takes this only beside other leftovers, or at a higher level\n"
    )
    assert call("explain", "--report", str(report), "--line", "7").out.decode() == (
        "7 - wibble wobble now\n    └ taken by clitest.span (interface, high): a button inside of a sentence\n"
    )
    assert call("explain", "--report", "-", "--line", "3", stdin=report.read_bytes()).err == (
        "cleaner: standard input: nothing went from line 3, and nothing there was in doubt\n"
    )


def test_reports_that_are_none(clip: Path, tmp_path: Path, call: Call) -> None:
    assert call("explain", "--report", str(clip)).err.startswith(f"cleaner: {clip}: the report is not JSON: ")
    assert call("explain", "--report", str(tmp_path / "no.json")).code == 3
    ran = call("explain", str(clip), "--report", str(clip))
    assert ran.err == "cleaner: --report needs no FILE: the report quotes what went; leave one of them out\n"
    assert call("explain").err == (
        "cleaner: name a FILE (-: standard input), or a --report; see cleaner explain --help\n"
    )


def test_the_scorer_in_words_that_a_colleague_understands(tmp_path: Path, call: Call) -> None:
    report = tmp_path / "r.json"
    call(str(ROOT / "tests/fixtures/html--news-div-soup-hashed-classes/input.html"), "--report", str(report), "-q")
    told = call("explain", "--report", str(report)).out.decode()
    assert "evidence scorer: by its place and form it is no text of the article (99 % sure); against it: " in told
    for row in told.splitlines():
        if "evidence scorer" in row:
            assert not re.search(r" [-+] |likely|\d\.\d|wording\b(?!s)|link density", row), row


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("clip.txt", ("clip.txt", None)),
        ("clip.txt:12", ("clip.txt", 12)),
        ("C:\\clips\\a.txt", ("C:\\clips\\a.txt", None)),
        ("C:\\clips\\a.txt:7", ("C:\\clips\\a.txt", 7)),
        ("-:3", ("-", 3)),
        (":3", (":3", None)),
        ("a:b", ("a:b", None)),
        ("a:", ("a:", None)),
        ("a:²", ("a:²", None)),
    ],
)
def test_file_and_line(argument: str, expected: tuple[str, int | None]) -> None:
    assert split_line(argument) == expected


@pytest.mark.skipif(os.name == "nt", reason="no colons in file names there")
def test_a_file_whose_name_ends_like_a_line(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "talk 12:30"
    path.write_text("Words.\n")
    assert call("explain", str(path)).out.decode().endswith("  1   Words.\n")
    assert call("explain", f"{path}:1").out.decode().startswith("1   Words.\n")


def test_errors(tmp_path: Path, call: Call) -> None:
    ran = call("explain", f"{tmp_path / 'no.txt'}:4")
    assert ran.code == 3
    assert ran.err == f"cleaner: {tmp_path / 'no.txt'}: no such file; check the name, or pipe the text in\n"
    ran = call("explain", "-", "--format", "html", stdin=b"%PDF-1.7")
    assert ran.code == 3


@pytest.mark.parametrize(
    "change", ['"line": "x"', '"line": null', '"text": 3', '"evidence": [{"rule": 3}]', '"line": []']
)
def test_a_report_that_somebody_has_changed(change: str, rules: str, clip: Path, tmp_path: Path, call: Call) -> None:
    report = tmp_path / "r.json"
    call(str(clip), "--rules", rules, "--report", str(report))
    key = change.partition(":")[0]
    report.write_text(re.sub(rf"{key}: [^\n]*[^,\n]", change, report.read_text()))
    ran = call("explain", "--report", str(report))
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err.startswith(f"cleaner: {report}: not a report of cleaner: ")
    assert ran.err.count("\n") == 1
