from __future__ import annotations

from typing import Any

import pytest

from cleaner.errors import RuleError
from cleaner.rulebook.kinds import Either, Field, Flag, Kind, Many, OneOf, Share, Table, Text, Whole
from cleaner.rulebook.nodes import Node, parse

jsonschema: Any = pytest.importorskip("jsonschema")

PAIR = Table("pair", {"a": Field(Text(), "first", True), "b": Field(Whole(1, 9), "second")})
CHOICE = Table("choice", {"a": Field(Text(), ""), "b": Field(Text(), "")}, one_of=("a", "b"))


def node(text: str) -> Node:
    return parse(text.encode(), "x")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Text(), "no", "no"),
        (Text(), "'12'", "12"),
        (Text(), "0x10", "0x10"),
        (Text(), '" a "', " a "),
        (OneOf(("a", "b")), "b", "b"),
        (Whole(), "7", 7),
        (Whole(1, 9), "009", 9),
        (Share(), "40%", 0.4),
        (Share(), "100%", 1.0),
        (Flag(), "true", True),
        (Flag(), "'false'", False),
        (Many(Text()), "[a, 'b c']", ("a", "b c")),
        (Either(PAIR), "a", "a"),
        (Either(PAIR), "{a: x}", {"a": "x"}),
        (PAIR, "{a: x, b: 3}", {"a": "x", "b": 3}),
        (CHOICE, "b: x", {"b": "x"}),
    ],
)
def test_read(kind: Kind, text: str, value: object) -> None:
    assert kind.read(node(text), "x", "it") == value


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Text(), "''", "it must be a text that is not empty"),
        (Text(), "[a]", "it must be a text"),
        (Text(), "~", "it must be a text"),
        (OneOf(("a", "b")), "c", "it: 'c' is not one of a, b"),
        (OneOf(("a", "b")), "[a]", "it: this is not one of a, b"),
        (Whole(1, 9), "0", "it must be a whole number from 1 to 9"),
        (Whole(1, 9), "10", "from 1 to 9"),
        (Whole(), "-1", "whole number"),
        (Whole(), "1.5", "whole number"),
        (Whole(), "'٣'", "whole number"),
        (Whole(), "9" * 5000, "whole number"),
        (Share(), "0%", "share from 1% to 100%"),
        (Share(), "101%", "share"),
        (Share(), "40", "share"),
        (Share(), "40.5%", "share"),
        (Share(), "9" * 5000 + "%", "share"),
        (Flag(), "yes", "it must be true or false"),
        (Many(Text()), "[]", "it must be a list that is not empty"),
        (Many(Text()), "a", "it must be a list"),
        (Many(Text()), "[a, []]", "it[2] must be a text"),
        (PAIR, "{b: 3}", "it lacks 'a'"),
        (PAIR, "{a: x, c: 3}", "unknown key 'c' in it; known: a, b"),
        (PAIR, "[a]", "it must be a mapping with keys such as a, b"),
        (CHOICE, "{a: x, b: y}", "it needs exactly one of a, b; it has a and b"),
        (CHOICE, "{}", "it needs exactly one of a, b; it has none"),
    ],
)
def test_refused(kind: Kind, text: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        kind.read(node("# one\n# two\n" + text), "x", "it")
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == ("x", 3)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Text(), "a", ""),
        (OneOf(("a",)), "a", "b"),
        (Whole(1, 9), 3, 10),
        (Share(), "7%", "0%"),
        (Flag(), True, "true"),
        (Many(Text()), ["a"], []),
        (Either(PAIR), {"a": "x"}, {"b": 1}),
        (PAIR, {"a": "x", "b": 1}, {"a": "x", "c": 1}),
        (CHOICE, {"a": "x"}, {"a": "x", "b": "y"}),
    ],
)
def test_json_schema(kind: Kind, good: object, bad: object) -> None:
    validator: Any = jsonschema.Draft202012Validator(kind.json_schema())
    assert validator.is_valid(good)
    assert not validator.is_valid(bad)
    assert str(kind)
