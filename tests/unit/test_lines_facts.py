"""What the model of lines knows of a line: the same in every script."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.lines.around import around
from cleaner.lines.facts import Facts, facts
from cleaner.lines.owned import owned
from cleaner.lines.reading import reading
from cleaner.model import Format
from cleaner.read.document import read
from cleaner.view import View

PROSE = (
    "The ferry left the pier at seven, and the gulls followed it, as they had done all summer. "
    "Nobody had told the keeper that the lamp was to be moved, and so he lit it in the old place."
)
URL = "https://paper.example/harbour/ferry"


def facts_of(text: str, url: str | None = URL, format: Format = "markdown") -> Facts:
    document = read(text, url=url, format=format)
    view = View(text, document.hidden)
    return facts(reading(document, view, [], [], []))


def own(text: str, name: str, url: str | None = URL) -> list[float]:
    return [float(value) for value in facts_of(text, url).own[name]]


def test_blank_lines_and_front_matter_are_no_rows() -> None:
    known = facts_of("---\ntitle: Ferry\n---\n\nOne\n\n\nTwo\n")
    assert known.rows.line.tolist() == [4, 7]
    assert known.own["blank above"].tolist()[1] == 2


def test_links_are_told_by_where_they_lead() -> None:
    text = (
        "[Tides](https://www.paper.example/tides)\n\n[Gulls](https://birds.example/gulls)\n\n"
        "[Top](#top)\n\n![A lamp](https://paper.example/lamp.jpg)\n\n[Share](https://www.facebook.com/sharer.php?u=x)\n"
    )
    assert own(text, "own links") == [1, 0, 0, 0, 0]
    assert own(text, "away links") == [0, 1, 0, 0, 1]
    assert own(text, "anchors") == [0, 0, 1, 0, 0]
    assert own(text, "pictures") == [0, 0, 0, 1, 0]
    assert own(text, "share targets") == [0, 0, 0, 0, 1]


def test_without_an_address_the_commonest_site_is_the_own_one() -> None:
    text = "[a](https://a.example/1) [b](https://a.example/2) [c](https://b.example/3)\n"
    assert own(text, "own links", url=None) == [2]


def test_broken_halves_of_a_link() -> None:
    known = facts_of("[\n\nTides\n\n](https://paper.example/tides)\n\nProse\n")
    assert known.own["opens"].tolist() == [1, 0, 0, 0]
    assert known.own["closes"].tolist() == [0, 0, 1, 0]
    assert known.own["in halves"].tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "潮が引くと、港の底に古い錨が見えた。" * 6,
        "Вечером смотритель зажёг лампу, и паром ушёл без него. " * 4,
        "أضاء الحارس المصباح في مكانه القديم، ولم يخبره أحد. " * 4,
        "शाम को रखवाले ने दीपक जलाया और नाव चली गई। " * 4,
    ],
)
def test_a_paragraph_is_one_in_every_script(line: str) -> None:
    known = facts_of(f"{line}\n\n[Tides](https://paper.example/tides)\n")
    assert known.paragraph.tolist() == [True, False]


def test_code_is_solid_and_never_goes() -> None:
    known = facts_of("Run it:\n\n```\nmake ferry\n```\n\nDone.\n")
    assert known.solid.tolist() == [False, True, True, True, False]
    assert owned(known).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(
    "line",
    [
        "See [[Tides]] for more",
        "![[lamp.png]]",
        "- [ ] ask the keeper",
        "> [!note] Lamps",
        "> quoted banner",
        "[^1]: The keeper's log.",
        "A line with a name ^keeper",
        "status:: open",
        "%% mine %%",
        "<!-- mine -->",
        "# The lamp",
    ],
)
def test_what_is_the_users_own_is_owned(line: str) -> None:
    assert owned(facts_of(f"Before.\n\n{line}\n\nAfter.\n")).tolist() == [False, True, False]


def test_a_link_in_brackets_is_no_wikilink() -> None:
    assert not owned(facts_of("\\[[Licence](https://paper.example/licence)\\]\n")).any()


def test_copies_and_runs() -> None:
    cards = "".join(f"[Card number {n}](https://paper.example/{n})\n\n3 May 202{n}\n\n" for n in range(4))
    known = facts_of(f"{PROSE}\n\n{cards}Share\n\nShare\n")
    found = dict(around(known))
    assert found["copies"].tolist()[-2:] == [2, 2]
    assert set(found["period"].tolist()[1:9]) == {2}
    assert found["run"].tolist()[1] >= 6


def test_facts_do_not_depend_on_what_was_read_before() -> None:
    text = f"# Lamp\n\n{PROSE}\n\n[Tides](https://paper.example/tides)\n"
    first = facts_of(text)
    facts_of("灯台守は、古い場所に灯をともした。")
    again = facts_of(text)
    for name, column in (first.own | dict(around(first))).items():
        assert np.array_equal(column, (again.own | dict(around(again)))[name]), name


@pytest.mark.parametrize(
    ("text", "caseless"),
    [
        ("The tides of the pier\n", False),
        ("埠頭の潮は朝に満ちる\n", True),
        ("부두의 조수는 아침에 찬다\n", True),
        ("المد في الميناء صباحا\n", True),
        ("Приливы у пирса\n", False),
        ("Go の tides of the pier\n", False),
        ("- 12\n", False),
    ],
)
def test_whether_a_text_has_case(text: str, caseless: bool) -> None:
    assert facts_of(text).caseless is caseless
