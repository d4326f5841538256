"""Rules that are made of lines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cleaner.service.openapi import document
from tests.service.conftest import Running, running

TEXT = (
    "The lamp was lit at eight, as it had been for a hundred years.\n\n"
    "Become a keeper of the lantern\n\n"
    "Sign up for our newsletter\n"
)
URL = "https://lantern-post.com/a"
REMOVES = """\
format: 1
pack: sites/lantern-post.com
description: Lines of lantern-post.com that are no article.
languages: [any]
site:
  hosts: [lantern-post.com]
rules:
  - id: lantern-post-com.become-a-keeper-of-the-lantern
    category: boilerplate
    confidence: high
    scope: line
    message: a line of lantern-post.com that is no article
    phrases: [Become a keeper of the lantern]
    tests:
      removes: [Become a keeper of the lantern]
      keeps:
        - "The lamp was lit at eight, as it had been for a hundred years."
        - "He read “Become a keeper of the lantern” aloud, laughed, and went on with the story."
"""
KEEPS = """\
format: 1
pack: sites/lantern-post.com
description: Lines of lantern-post.com that somebody has judged.
languages: [any]
site:
  hosts: [lantern-post.com]
keep:
  - id: lantern-post-com.keep-sign-up-for-our-newsletter
    scope: line
    message: a line of lantern-post.com that stays
    phrases: [Sign up for our newsletter]
    tests:
      keeps: [Sign up for our newsletter]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of rules, which is not there at first."""
    return tmp_path_factory.mktemp("home") / "some" / "rules"


@pytest.fixture(scope="module")
def growing(place: Path) -> Iterator[Running]:
    """A service that writes rules."""
    with running("--no-config", "--save-rules", str(place)) as made:
        yield made


def wish(first: int, action: str, *, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """What is sent: one line."""
    return {"text": text, "url": URL, "first": first, "last": first, "action": action, **more}


def test_from_a_line_to_a_rule_that_holds(growing: Running, place: Path) -> None:
    shown = growing.post("/rules", wish(3, "remove"))
    schema = document()["paths"]["/rules"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(shown.json, schema)
    path = place / "lantern-post.com.yaml"
    assert shown.json == {
        "path": str(path),
        "yaml": REMOVES,
        "does": "With it, the line goes.",
        "saved": False,
    }
    assert not place.exists()
    assert growing.post("/rules?save=true", wish(3, "remove")).json == {**shown.json, "saved": True}
    assert path.read_text("utf-8") == REMOVES
    for _ in range(4):  # whichever worker it is
        assert growing.post("/clean", {"text": TEXT, "url": URL}).json["text"] == TEXT.partition("\n")[0] + "\n"
    assert "Become" in growing.post("/clean", {"text": TEXT}).json["text"]  # it is a rule of that site

    kept = growing.post("/rules?save=true", wish(5, "keep")).json
    assert kept == {"path": str(path), "yaml": KEEPS, "does": "With it, the line stays.", "saved": True}
    assert path.read_text("utf-8") == REMOVES + KEEPS[KEEPS.index("keep:") :]
    text = growing.post("/clean", {"text": TEXT, "url": URL}).json["text"]
    assert text == TEXT.replace("Become a keeper of the lantern\n\n", "")


def test_a_rule_that_does_nothing_alone_says_so(growing: Running) -> None:
    text = "Advert\n\nThe lamp was lit at eight, as it had been for a hundred years.\n"
    shown = growing.post("/rules", wish(1, "remove", text=text, url=None)).json
    assert shown["path"].endswith("mine.yaml")
    assert shown["does"] == (
        "Even with it, the line stays here. "
        "A short line goes only in the company of other leftovers, since it might be part of an article."
    )


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (wish(0, "remove"), 400, "'first' and 'last' must be the numbers of lines, counted from 1"),
        ({**wish(3, "remove"), "last": 2}, 400, "'first' and 'last' must be the numbers of lines, counted from 1"),
        (wish(1, "burn"), 400, "'action' must be remove or keep"),
        (wish(9, "remove"), 422, "there are no lines 9 to 9; it has 5"),
        (
            wish(3, "remove", url="http://..\\..\\evil/"),
            422,
            "'..\\\\..\\\\evil' is no host that a file could be named after; leave the address out",
        ),
    ],
)
def test_what_no_rule_can_be_made_of(body: Any, status: int, error: str, growing: Running, place: Path) -> None:
    before = sorted(place.glob("*"))
    reply = growing.post("/rules?save=true", body)
    assert (reply.status, reply.json) == (status, {"error": error})
    assert sorted(place.glob("*")) == before


def test_a_file_that_is_not_ours_stays_as_it_is(growing: Running, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    path = place / "other-post.com.yaml"
    path.write_text("- nonsense\n", encoding="utf-8")
    reply = growing.post("/rules?save=true", wish(3, "remove", url="https://other-post.com/a"))
    path.unlink()
    assert reply.status == 422
    assert reply.json["error"].startswith(f"{path}: ")


def test_two_at_once_lose_nothing(growing: Running, place: Path) -> None:
    names = ["amber", "birch", "cedar", "dune", "elm", "fern"]

    def ask(name: str) -> int:
        text = f"Become the {name} keeper of lanterns\n\nThe lamp was lit at eight, as ever.\n"
        return growing.post("/rules?save=true", wish(1, "remove", text=text, url="https://third-post.com/a")).status

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(ask, names)) == [200] * 6
    written = (place / "third-post.com.yaml").read_text("utf-8")
    assert all(f"phrases: [Become the {name} keeper" in written for name in names)
