"""What the owner of a note wrote is told from what pages say."""

from __future__ import annotations

import pytest

from cleaner.read.document import read

OWN = {
    "a link to a note": ("Look at [[Shopping]] first.", "[[Shopping]]"),
    "an embed": ("![[Share bar.png]]", "![[Share bar.png]]"),
    "a task": ("- [ ] Subscribe\n", "- [ ] Subscribe\n"),
    "a task with another sign": ("1. [/] Share\n", "1. [/] Share\n"),
    "a callout": ("> [!tip]- Share\n> Nobody did.\n\nText", "> [!tip]- Share\n> Nobody did.\n"),
    "a comment": ("A %% Share me %% B", "%% Share me %%"),
    "a comment of lines": ("%%\nShare\n\nSubscribe\n%%\n", "%%\nShare\n\nSubscribe\n%%"),
    "a footnote": ("[^1]: Share\n    Subscribe\n\nText", "[^1]: Share\n    Subscribe\n"),
    "a block with a name": ("Share ^share\n", "Share ^share\n"),
    "a field": ("share:: Facebook\n", "share:: Facebook\n"),
    "a field in a sentence": ("It is [status:: Subscribe] now.", "[status:: Subscribe]"),
    "tags": ("#share #subscribe/now\n", "#share #subscribe/now\n"),
    "a term": ("Advertisement\n: What pays.\n", "Advertisement\n"),
}
OTHERS = {
    "a link": "- [Share](https://a.example/)\n",
    "a numbered mark of a wiki": "so[[1]](https://a.example/#1) it is",
    "a test of the shell": "if [[ -f share ]]; then",
    "a quotation": "> Subscribe\n",
    "an item": "- Subscribe\n",
    "a heading": "# Share\n",
    "shares": "100 %% of it",
    "a ratio": "1::2",
    "code": "```\n- [ ] Share\n[[Share]]\n```\n",
    "code in a line": "Write `[[Share]]` there.",
}


@pytest.mark.parametrize(("text", "mark"), OWN.values(), ids=OWN)
def test_own(text: str, mark: str) -> None:
    zones = [zone for zone in read(text, "markdown").zones if zone.kind == "own"]
    assert "".join(text[zone.start : zone.end] for zone in zones) == mark


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_not_own(text: str) -> None:
    assert not [zone for zone in read(text, "markdown").zones if zone.kind == "own"]


def test_plain_text_has_no_such_marks() -> None:
    assert not [zone for zone in read("[[numberArticlesLeft]]\n- [ ] x\n", "text").zones if zone.kind == "own"]
