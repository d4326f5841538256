"""Which texts are notes."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.decide.notes import is_note
from cleaner.read.document import read
from cleaner.report.tally import Tally


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("---\ntitle: Mine\n---\nProse.\n", True),
        ("---\ntitle: Theirs\nsource: https://paper.example/lamp\n---\nProse.\n", False),
        ("Pasted prose.\n", False),
        ("if [[ -f lamp ]] and [[:alpha:]]\n", False),
        ("---\nsource: https://paper.example/lamp\n---\nAs I said in [[Lamps]].\n", True),
        ("See [[lamps] Wicks](https://lists.example/7).\n", False),
        ("See [[1]](https://paper.example/7).\n", False),
        ("---\nsource: https://paper.example/lamp\n---\n![[lamp.png]]\n", False),
    ],
)
def test_what_is_a_note(text: str, note: bool) -> None:
    assert is_note(read(text, format="markdown")) is note


def test_notes_are_counted() -> None:
    note = "---\ntags: harbour\n---\nThe ferry left at seven.\n"
    clipping = note.replace("tags: harbour", "source: https://paper.example/ferry")
    reports = [cleaner.clean(text, format="markdown").report for text in (note, clipping, clipping)]
    assert [report.note for report in reports] == [True, False, False]
    tally = Tally()
    for report in reports:
        tally.add(Tally.of(report, "x"))
    assert (tally.documents, tally.own_notes) == (3, 1)
    assert Tally.from_dict(tally.to_dict()).own_notes == 1
