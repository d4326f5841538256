"""Intake: the format is told once, and told anew only for what is left of a text."""

from __future__ import annotations

import pytest

from cleaner.model import Format
from cleaner.read.intake import take_in

PAGE = "<!doctype html><html><body><p>Words.</p></body></html>"
MARKDOWN = "# A heading\n\nWords and a [link](https://example.com/).\n"


@pytest.mark.parametrize(
    ("source", "name", "format"),
    [
        ("Words.\n", None, "text"),
        (MARKDOWN, None, "markdown"),
        ("Words.\n", "x.md", "markdown"),
        (PAGE, None, "html"),
        (PAGE.encode("utf-16-le"), None, "html"),
        ("Words.\n".encode("utf-16-le"), None, "text"),
    ],
)
def test_the_format_is_told(source: str | bytes, name: str | None, format: Format) -> None:
    given = take_in(source, url="https://example.com/", name=name)
    assert (given.format, given.stated, given.url, given.name) == (format, False, "https://example.com/", name)


def test_what_is_stated_is_believed() -> None:
    given = take_in(PAGE, format="text")
    assert (given.format, given.stated, given.text) == ("text", True, PAGE)
    assert given.left(MARKDOWN).format == "text"


def test_what_is_left_is_told_as_a_second_call_would() -> None:
    given = take_in(MARKDOWN.encode())
    assert given.left(MARKDOWN) is given
    assert given.left("Words.\n").format == take_in("Words.\n").format == "text"
    assert given.left("Words.\n").text == "Words.\n"


def test_a_page_that_is_left_of_a_clipping_is_text() -> None:
    given = take_in(f"Words before the page.\n\n{PAGE}")
    assert given.format == "text"
    assert given.left(PAGE).format == "text"
