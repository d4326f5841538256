"""Sums over documents: of one, of many, and as plain data and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cleaner.model import SiteMatch
from cleaner.report.tally import BINS, TOP, Tally
from tests.unit.test_page import removal, report

SOURCE = "Share this\nA line that stays.\nSign in\nShare that\n"
TOOK = (
    removal(SOURCE, "Share this\n", "share"),
    removal(SOURCE, "Sign in\n", "navigation", 2),
    removal(SOURCE, "Share that\n", "share", 3),
)


def test_one_document() -> None:
    facts = replace(report(SOURCE, *TOOK, warnings=("odd",)), site=SiteMatch("sites/a", "url", ()), note=True)
    one = Tally.of(facts, "a.md")
    assert one == Tally(
        documents=1,
        changed=1,
        warned=1,
        characters=49,
        removed=30,
        categories={"share": [2, 22], "navigation": [1, 8]},
        rules={"share.test": [2, 22], "navigation.test": [1, 8]},
        sites={"sites/a": [1, 49, 30]},
        shares=[int(bin == 13) for bin in range(BINS + 1)],
        top=[(30 / 49, 30, "a.md")],
        own_notes=1,
    )


def test_a_document_of_which_nothing_went_and_an_empty_one() -> None:
    for source in (SOURCE, ""):
        one = Tally.of(report(source), "a.md")
        assert (one.documents, one.changed, one.warned, one.removed, one.own_notes) == (1, 0, 0, 0, 0)
        assert (one.characters, one.top, one.sites) == (len(source), [], {"": [1, len(source), 0]})
        assert one.shares == [1, *[0] * BINS]


@pytest.mark.parametrize(("removed", "bin"), [(1, 1), (5, 1), (6, 2), (95, 19), (96, 20), (100, 20)])
def test_bins(removed: int, bin: int) -> None:
    facts = replace(report("x" * 100), removed_characters=removed)
    assert Tally.of(facts, "a.md").shares.index(1) == bin


def test_sums_add_up() -> None:
    one, other = Tally.of(report(SOURCE, *TOOK, warnings=("odd",)), "a.md"), Tally.of(report(SOURCE, TOOK[0]), "b.md")
    third = Tally.of(replace(report(SOURCE), note=True, site=SiteMatch("sites/a", "url", ())), "c.md")
    sums = Tally()
    for tally in (other, one, third):
        sums.add(tally)
    assert sums == Tally(
        documents=3,
        changed=2,
        warned=1,
        characters=147,
        removed=41,
        categories={"share": [3, 33], "navigation": [1, 8]},
        rules={"share.test": [3, 33], "navigation.test": [1, 8]},
        sites={"": [2, 98, 41], "sites/a": [1, 49, 0]},
        shares=[int(bin in (0, 5, 13)) for bin in range(BINS + 1)],
        top=[(30 / 49, 30, "a.md"), (11 / 49, 11, "b.md")],
        own_notes=1,
    )
    assert one.categories == {"share": [2, 22], "navigation": [1, 8]}  # is not changed by being added


def of(share: float, removed: int, name: str) -> Tally:
    return Tally(documents=1, top=[(share, removed, name)])


def test_the_top_is_sorted_and_bounded() -> None:
    sums = Tally()
    for number in range(TOP):
        sums.add(of(0.5, 100 - number, f"{number:02}.md"))
    assert [name for _, _, name in sums.top] == [f"{number:02}.md" for number in range(TOP)]
    last = sums.top[-1]
    sums.add(of(0.5, last[1] - 1, "less.md"))
    assert sums.top[-1] == last
    sums.add(of(0.4, 1000, "less.md"))
    assert sums.top[-1] == last
    sums.add(of(last[0], last[1], "00 earlier.md"))
    assert sums.top[-1] == (*last[:2], "00 earlier.md")
    sums.add(of(0.6, 1, "most.md"))
    assert sums.top[0][2] == "most.md"
    assert len(sums.top) == TOP
    sums.add(of(0.5, 100, "99.md"))
    assert [name for _, _, name in sums.top[:3]] == ["most.md", "00.md", "99.md"]


def test_plain_data_and_back() -> None:
    one = Tally.of(report(SOURCE, *TOOK), "a.md")
    plain = one.to_dict()
    assert plain["shares"] == 13
    assert {"warned", "own_notes"}.isdisjoint(plain)
    assert Tally.from_dict(json.loads(json.dumps(plain))) == one
    nothing = Tally.of(report(SOURCE), "b.md")
    assert "shares" not in nothing.to_dict()
    assert Tally.from_dict(nothing.to_dict()) == nothing
    both = Tally.from_dict(plain)
    both.add(nothing)
    again = json.loads(json.dumps(both.to_dict()))
    assert again["shares"] == both.shares
    assert Tally.from_dict(again) == both
    assert Tally.from_dict({}) == Tally()
