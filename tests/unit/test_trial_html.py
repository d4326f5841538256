"""Examples of rules for HTML, and what lint says of their selectors."""

from __future__ import annotations

import pytest

from cleaner.tools.check import check
from cleaner.tools.lint import lint

PACK = """format: 1
pack: {name}
description: Made up.
languages: [any]
{head}{key}:
  - id: {id}
{sure}    scope: html
    message: made up
    css: [{css}]
    tests:
      removes: [{removes}]
      keeps: [{keeps}]
"""
SURE = "    category: share\n    confidence: {}\n"
BOX = "'<div class=\"bar\"><a>Share</a> it</div>'"
OTHER = "'<p>Another thing</p>'"


def pack(
    css: str = "'.bar'",
    removes: str = BOX,
    keeps: str = OTHER,
    *,
    name: str = "generic/made-up",
    id: str = "made-up.bar",
    key: str = "rules",
    confidence: str = "high",
    head: str = "",
) -> tuple[str, bytes]:
    sure = "" if key == "keep" else SURE.format(confidence)
    text = PACK.format(name=name, id=id, css=css, removes=removes, keeps=keeps, key=key, sure=sure, head=head)
    return f"{name}.yaml", text.encode()


def messages(*files: tuple[str, bytes]) -> list[str]:
    return [failure.message for failure in check(files)]


def test_good_examples() -> None:
    assert messages(pack()) == []
    assert messages(pack(removes="{text: '<b>Words</b> <i class=\"bar\">Share</i> here', leaves: 'Words here'}")) == []
    assert messages(pack(removes='\'<div class="bar">Share</div> — <div class="bar">Tweet</div>\'')) == []


@pytest.mark.parametrize(
    ("removes", "keeps", "message"),
    [
        (OTHER, OTHER, "takes nothing of '<p>Another thing</p>'"),
        ("Share", OTHER, "'Share' cannot be read: there is no element in it"),
        (
            "'<b>Words</b><i class=\"bar\">Share</i>'",
            OTHER,
            "leaves 'Words' of '<b>Words</b><i class=\"bar\">Share</i>'",
        ),
        ("{text: '<b>A</b><i class=\"bar\">S</i>', leaves: B}", OTHER, "leaves 'A' instead of 'B'"),
        (BOX, BOX, "takes an element of '<div class=\"bar\"><a>Share</a> it</div>', which it should keep"),
    ],
)
def test_bad_examples(removes: str, keeps: str, message: str) -> None:
    (found,) = messages(pack(removes=removes, keeps=keeps))
    assert found.startswith(message)


def test_examples_of_keep_rules() -> None:
    assert messages(pack(removes=OTHER, keeps=BOX, key="keep")) == []
    assert [message.split(" <")[0].split(" '")[0] for message in messages(pack(key="keep"))] == [
        "saves",
        "does not save",
    ]


def test_rules_are_tried_alone() -> None:
    other = pack("'.bar', 'p'", name="generic/other", id="other.bar", confidence="medium")
    assert messages(pack()) == []
    assert len(messages(pack(), other)) == 1


def codes(*files: tuple[str, bytes]) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in lint(files)]


def test_words_that_are_part_of_many_classes() -> None:
    assert codes(pack("':words(bar)'")) == [("warning", "selector-common")]
    assert codes(pack("':words(sharebars)'")) == []
    assert codes(pack("':words(share-bar)'")) == []
    assert codes(pack("'.content > .text'")) == []


def test_selectors_that_stand_twice() -> None:
    other = pack(name="generic/other", id="other.bar", confidence="medium")
    assert codes(pack(), other) == [("error", "selector-twice")]
    sites = [
        pack(name=f"sites/{name}", id=f"{name}.bar", head=f"site: {{hosts: [{name}.com]}}\n") for name in ("ann", "bob")
    ]
    assert codes(*sites) == []
    assert codes(pack(), pack(name="generic/kept", id="kept.bar", key="keep", removes=OTHER, keeps=BOX)) == []
