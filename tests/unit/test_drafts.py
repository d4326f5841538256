"""Packs that a program writes: whatever is in them, what is read is what was meant."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.load import load_pack
from cleaner.rulebook.nodes import Node, parse
from cleaner.tools.drafts import Ids, PackDraft, RuleDraft, file_name

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1).filter(str.strip)


def plain(node: Node) -> Any:
    """A node as plain values."""
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, list) else node.value


@given(
    text=TEXTS,
    keyword=st.sampled_from(["no", "1", "a: b", "#x", "'x'", '"x"', "x\\d", "- x", "{x}", "*x", "true", "~"]),
)
def test_any_text_is_read_as_it_was(text: str, keyword: str) -> None:
    rule = RuleDraft("a.b", "share", "high", "line", text, {"phrases": ["x", keyword]}, (text, (text, text)), (text,))
    pack = PackDraft("sites/x", text, (rule,), hosts=("x.example",), fingerprints=(text, keyword), notes=(text,))
    data = plain(parse(pack.text().encode("utf-8"), "x"))
    (entry,) = data["rules"]
    assert entry["message"] == data["description"] == text
    assert entry["tests"] == {"removes": [text, {"text": text, "leaves": text}], "keeps": [text]}
    assert entry["phrases"] == ["x", keyword]
    assert data["site"]["fingerprints"]["any"] == [text, keyword]


def test_a_pack_that_was_written_can_be_loaded() -> None:
    rule = RuleDraft(
        "mill.foot",
        "boilerplate",
        "high",
        "section",
        "repeats: in 3 of 4",
        {"phrases": ("More from the mill",)},
        (("A.\n\nMore from the mill\n\nx", "A."),),
        ("No mill.",),
        more={"section": {"max_lines": 3, "max_fraction": "60%", "until": r"^\d{1,3} '#' end$"}},
        notes=("in 3 of 4 documents",),
    )
    pack = load_pack("x", PackDraft("generic/mill", "Made up.", (rule,)).text().encode())
    assert pack.rules[0].section
    assert pack.rules[0].section.until == r"^\d{1,3}[ \n]'#'[ \n]end$"


def test_names() -> None:
    ids = Ids("www.Mill.example")
    assert [ids.new("Get the Tide Report: now!"), ids.new("get the tide report now"), ids.new("日本")] == [
        "www-mill-example.get-the-tide-report-now",
        "www-mill-example.get-the-tide-report-now-2",
        "www-mill-example.line",
    ]
    assert file_name("sites/ftr/a.example") == "a.example.yaml"
