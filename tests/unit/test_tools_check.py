from __future__ import annotations

import pytest

from cleaner.errors import RuleError
from cleaner.tools.check import check
from cleaner.tools.docs_format import EXAMPLE
from cleaner.tools.trial import different, shortened

PACK = """format: 1
pack: generic/made-up
description: Made up.
languages: [en]
rules:
  - id: made-up.button
    category: subscription
    confidence: {confidence}
    scope: {scope}
    message: made up
    phrases: [Subscribe now]
    {extra}
    tests:
      removes:
        - {removes}
      keeps:
        - {keeps}
"""
OTHER = """format: 1
pack: generic/other
description: Made up.
languages: [en]
rules:
  - id: other.sign-in
    category: subscription
    confidence: high
    scope: line
    message: made up
    phrases: [already a subscriber? sign in]
    tests: {removes: [Already a subscriber? Sign in.], keeps: [Sign in]}
keep:
  - id: other.keep
    scope: line
    message: made up
    phrases: [in the play]
    tests:
      removes: [In a play]
      keeps: [In the play]
"""


def failures(
    removes: str = "Subscribe now",
    keeps: str = "Tell them to subscribe now.",
    scope: str = "line",
    confidence: str = "high",
    extra: str = "",
    clean: tuple[tuple[str, str], ...] = (),
) -> list[tuple[str, int, str]]:
    extra = extra or "# nothing more"
    pack = PACK.format(removes=removes, keeps=keeps, scope=scope, confidence=confidence, extra=extra)
    found = check([("made-up.yaml", pack.encode()), ("other.yaml", OTHER.encode())], clean)
    assert all("\n" not in failure.message for failure in found)
    return [(failure.path, failure.line, failure.message) for failure in found]


def test_all_is_well() -> None:
    assert not check([("example.yaml", EXAMPLE.encode())])
    assert not failures()
    assert not failures(confidence="low")


@pytest.mark.parametrize(
    ("removes", "scope"),
    [
        ('"★ Subscribe now! ★"', "line"),
        ('"Subscribe\\nnow"', "line"),
        ('"**[Subscribe now](https://example.com/subscribe)**"', "line"),
        ('"[Subscribe now](https://example.com/subscribe)"', "span"),
        ('{text: "One.\\n\\nSubscribe now\\n\\nTwo.", leaves: "One.\\n\\nTwo."}', "line"),
        ('{text: "One. Subscribe now Two.", leaves: "One. Two."}', "span"),
        ('{text: "One\\nSubscribe now", leaves: "One"}', "line"),
    ],
)
def test_removes(removes: str, scope: str) -> None:
    assert not failures(removes, scope=scope, keeps="Nothing.")


def test_not_all_of_it() -> None:
    assert failures('"Subscribe now, dear reader"') == [
        ("made-up.yaml", 15, "takes nothing of 'Subscribe now, dear reader' (only part of its line)")
    ]
    ((_, _, message),) = failures('"Subscribe now\\n\\nDear reader"')
    assert message == (
        "leaves 'Dear reader' of 'Subscribe now Dear reader'; if that is right, write the pair `text` and `leaves`"
    )


def test_another_rule_does_not_help() -> None:
    ((_, _, message),) = failures('"Subscribe now. Already a subscriber? Sign in."')
    assert message.startswith("takes nothing of")


def test_no_match() -> None:
    assert failures("Subscribe today") == [("made-up.yaml", 15, "takes nothing of 'Subscribe today' (no match)")]


def test_something_else_is_left() -> None:
    assert failures('{text: "Subscribe now\\nOne", leaves: "Two"}') == [
        ("made-up.yaml", 15, "leaves 'One' instead of 'Two'")
    ]


def test_conditions_count() -> None:
    ((_, _, message),) = failures(extra="when: {min_words: 5}")
    assert message == "takes nothing of 'Subscribe now' (condition min_words does not hold)"
    ((_, _, message),) = failures(extra="unless: [{max_words: 5}]")
    assert message == "takes nothing of 'Subscribe now' (unless max_words)"


def test_vetoes_count() -> None:
    ((_, _, message),) = failures('"```\\nSubscribe now\\n```"')
    assert message == "takes nothing of '``` Subscribe now ```' (zone code)"
    ((_, _, message),) = failures('"In the play Subscribe now"', scope="span", keeps="Nothing.")
    assert message == "takes nothing of 'In the play Subscribe now' (keep rule other.keep)"


def test_keeps() -> None:
    assert failures(keeps='"One.\\n\\nSubscribe now\\n\\nTwo."') == [
        ("made-up.yaml", 17, "takes 'Subscribe now' of 'One. Subscribe now Two.', which it should keep")
    ]
    assert failures(keeps='"Please subscribe now."', scope="span") == [
        ("made-up.yaml", 17, "takes 'subscribe now' of 'Please subscribe now.', which it should keep")
    ]


def test_html_cannot_be_read() -> None:
    ((_, _, message),) = failures('"<html><body><p>Subscribe now</p></body></html>"')
    assert "cannot be read" in message


def test_keep_rules() -> None:
    bad = OTHER.replace("removes: [In a play]", "removes: [In the play]").replace(
        "keeps: [In the play]", "keeps: [Play]"
    )
    assert [(f.line, f.message) for f in check([("x", bad.encode())])] == [
        (19, "saves 'In the play', which may go"),
        (20, "does not save 'Play'"),
    ]


def test_site_packs_are_tried_on_their_site() -> None:
    site = PACK.replace("generic/", "sites/").replace("rules:", "site: {{hosts: [example.com]}}\nrules:")
    data = site.format(removes="Subscribe now", keeps="No.", scope="line", confidence="high", extra="# none").encode()
    assert not check([("x.yaml", data)])
    assert not check([("x.yaml", data)], [("a.txt", "One.\n\nSubscribe now\n")])


def test_clean_texts() -> None:
    text = "One line of some length, so that the text has something to keep.\n\nSubscribe now\n"
    message = "would take 'Subscribe now' of a clean text"
    assert failures(clean=(("a.txt", text),)) == [("a.txt", 3, message)]
    assert failures(confidence="medium", clean=(("a.txt", text),)) == []
    assert failures(clean=(("a.txt", "Subscribe now"),)) == [("a.txt", 1, message)]
    weak = "Already a subscriber? Sign in.\nSubscribe now\n"
    found = failures(
        confidence="medium", clean=(("a.txt", f"Some words to keep, {'and then some more of them, ' * 3}.\n{weak}"),)
    )
    assert [line for _, line, _ in found] == [2, 3]


def test_files_beside() -> None:
    near = PACK.format(
        removes='{text: "Subscribe now\\nAlready a subscriber? Sign in", leaves: "Already a subscriber? Sign in"}',
        keeps="Subscribe now",
        scope="line",
        confidence="high",
        extra="when: {near: {rule: [other.sign-in]}}",
    )
    assert check([("x.yaml", near.encode())])
    assert not check([("x.yaml", near.encode())], beside=[("other.yaml", OTHER.encode())])


def test_a_broken_file() -> None:
    with pytest.raises(RuleError):
        check([("x.yaml", b"nonsense")])


def test_messages_are_short() -> None:
    assert len(shortened("word " * 100)) < 70
    assert shortened("a\nb") == "'a b'"
    assert different("same a", "same b") == "'same a'"
    assert different("x" * 100 + "a\n", "x" * 100) == "…" + repr("x" * 20 + "a\n")
