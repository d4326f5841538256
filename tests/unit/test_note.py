"""Front matter: the form Obsidian's Web Clipper gives it, and strings that come back as they went in."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleaner.html.render.note import front_matter
from cleaner.model import Metadata
from cleaner.read import frontmatter

FULL = Metadata(
    title='The "old" mill: a story',
    author="Ann Lee, Jo von Berg, MD",
    published="2025-01-29T08:30:00+01:00",
    language="en",
    site="The Example",
    url="https://example.org/mill?a=1#b",
    description="One.\nTwo.",
)

HARD = [
    "no",
    "null",
    "~",
    "1e3",
    "0x10",
    "2025-01-29",
    "12:30:45",
    "---",
    "- item",
    "@handle",
    "`tick`",
    "%percent",
    "key: value # not a comment",
    'it\'s "quoted" \\ back',
    "line\nbreak\r\nand\ttab",
    "emoji 👩‍🚀 and ünïcödé",
    " white space ",
    "\u2028\u2029\x85\ufeff\x7f\x00",
    "lone \ud83d surrogate",
    "{{template}} [[link]] & *anchor",
    "!tag |",
]


def load(text: str) -> dict[str, object]:
    assert text.startswith("---\n")
    assert text.endswith("---\n\n")
    loaded = yaml.safe_load(text.removesuffix("---\n\n"))
    assert isinstance(loaded, dict)
    return loaded


def test_form() -> None:
    assert front_matter(FULL, created="2025-02-01", tags=["clippings"]) == (
        "---\n"
        'title: "The \\"old\\" mill: a story"\n'
        'source: "https://example.org/mill?a=1#b"\n'
        "author:\n"
        '  - "[[Ann Lee]]"\n'
        '  - "[[Jo von Berg, MD]]"\n'
        "published: 2025-01-29\n"
        "created: 2025-02-01\n"
        'site: "The Example"\n'
        'language: "en"\n'
        'description: "One.\\nTwo."\n'
        "tags:\n"
        '  - "clippings"\n'
        "---\n\n"
    )


def test_nothing_is_invented() -> None:
    assert front_matter(Metadata()) == ""
    assert load(front_matter(Metadata(title="T"))) == {"title": "T"}


def test_kind_and_headline_are_not_written() -> None:
    assert front_matter(Metadata(kind="article", free=True, headline="H")) == ""


@pytest.mark.parametrize("value", HARD)
def test_hard_strings(value: str) -> None:
    metadata = Metadata(title=value, site=value, description=value, url=value, language=value)
    assert load(front_matter(metadata, tags=[value])) == {
        "title": value,
        "source": value,
        "site": value,
        "language": value,
        "description": value,
        "tags": [value],
    }


@given(st.text(st.characters(), min_size=1))
def test_any_string(value: str) -> None:
    assert load(front_matter(Metadata(title=value), tags=[value])) == {"title": value, "tags": [value]}


@given(st.text(st.characters(), min_size=1))
def test_any_string_as_a_date(value: str) -> None:
    assert load(front_matter(Metadata(published=value)))["published"] in (value, _day(value))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


@pytest.mark.parametrize("value", ["2025-02-30", "29 January 2025", "2025", "٢٠٢٥-٠١-٢٩", "2025-01-29 or so"])
def test_what_is_no_day_stays_a_string(value: str) -> None:
    assert load(front_matter(Metadata(published=value)))["published"] == value


def test_dates_are_days() -> None:
    loaded = load(front_matter(Metadata(published="2025-01-29T23:59:00-08:00"), created="2025-02-01"))
    assert loaded == {"published": date(2025, 1, 29), "created": date(2025, 2, 1)}


def test_a_name_that_would_break_a_link_is_not_linked() -> None:
    assert load(front_matter(Metadata(author="Ann Lee, x[1]|y#z")))["author"] == ["[[Ann Lee]]", "x[1]|y#z"]


def test_the_reader_of_clippings_understands_it() -> None:
    span, keys = frontmatter.front_matter(front_matter(FULL) + "Text.\n")
    assert span == (0, len(front_matter(FULL)) - 1)
    assert frontmatter.url_of(keys) == FULL.url


def test_yaml_is_not_imported() -> None:
    code = "import sys, cleaner.html.render.note; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
