"""What records begin with stays with their text: years, numbers, who asks and who answers."""

from __future__ import annotations

import lxml.html
import pytest

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.records import keep_labels
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk
from cleaner.model import Rule

RULE = Rule("test.rule", "generic/test", "advertising", "high", "html", "", matcher="css", patterns=(), keywords=())
RECORD = "<div{}><div>{}</div><p>{}</p></div>"


def records(*labels: str, names: str = "") -> str:
    return "".join(RECORD.format(names, label, "Rye was sown.") for label in labels)


CASES = {
    "years": (records("1412", "1931"), [0, 2], []),
    "dates": (records("3 May 1412", "June 1931"), [0, 2], [0, 2]),
    "months": (records("May 1412", "June 1931"), [0, 2], []),
    "steps": (records("Step 1", "Step 2"), [0, 2], []),
    "questions": (records("Q", "A:"), [0, 2], []),
    "one of them": (records("1412", "Rye"), [0, 2], [0, 2]),
    "pictures": (records("1/2", "2/2"), [0, 2], [0, 2]),
    "words": (records("Rye", "Eel"), [0, 2], [0, 2]),
    "links": (records("<a href=/a>1412</a>", "<a href=/b>1931</a>"), [0, 2], [0, 2]),
    "their text goes": (records("1412", "1931"), [0, 1, 2, 3], [0, 1, 2, 3]),
    "of the page": (records("1412", "1931", names=" class=comment"), [0, 2], [0, 2]),
    "below their text": (records("1412", "1931").replace("<div>", "<p>x</p><div>"), [1, 4], [1, 4]),
}


@pytest.mark.parametrize(("html", "gone", "expected"), CASES.values(), ids=CASES)
def test_labels(html: str, gone: list[int], expected: list[int]) -> None:
    page = walk(lxml.html.document_fromstring(f"<body>{html}</body>"))
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in gone})
    keep_labels(judgement, page)
    assert sorted(judgement.gone) == expected


def test_what_a_rule_takes_goes() -> None:
    page = walk(lxml.html.document_fromstring(f"<body>{records('1412', '1931')}</body>"))
    judgement = Judgement(gone={0: Verdict(RULE), 2: Verdict(RULE)})
    keep_labels(judgement, page)
    assert sorted(judgement.gone) == [0, 2]
