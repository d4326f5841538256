"""Links to the pages of tags below a text."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.model import Level

PARAGRAPH = (
    "The ferry left the pier at seven, and the gulls followed it, as they had done all summer, in number {n}; nobody "
    "on the quay had told the keeper that the lamp was to be moved, and so he lit it in the old place once more."
)
ARTICLE = "# The ferry\n\n" + "\n\n".join(PARAGRAPH.format(n=n) for n in range(3)) + "\n"
SITE = "https://paper.example"


def left(below: str, *, level: Level = "normal") -> str:
    text = cleaner.clean(f"{ARTICLE}\n{below}\n", format="markdown", level=level).text
    assert text.startswith(ARTICLE)
    return text.removeprefix(ARTICLE).strip()


@pytest.mark.parametrize(
    "below",
    [
        f"[Boats]({SITE}/tag/boats)\n\n[Gulls]({SITE}/tag/gulls)",
        f"[Boats]({SITE}/topics/boats/) · [Gulls]({SITE}/topics/gulls/)",
        f"Tags: [Boats]({SITE}/tag/boats), [Gulls]({SITE}/tag/gulls?page=1)",
        f"- [#boats]({SITE}/hashtag/boats)\n- [#gulls]({SITE}/hashtag/gulls)",
    ],
)
def test_tags_go(below: str) -> None:
    assert left(below) == ""


@pytest.mark.parametrize(
    "below",
    [
        f"[Boats]({SITE}/tag/boats)",
        f"[Boats]({SITE}/a/boats)\n\n[Gulls]({SITE}/a/gulls)",
        f"See [boats]({SITE}/tag/boats) and [gulls]({SITE}/tag/gulls), too.",
        f"[Boats]({SITE}/tag/boats/oars/of-ash)\n\n[Gulls]({SITE}/tag/gulls/of/the/north)",
    ],
)
def test_other_links_are_no_tags(below: str) -> None:
    report = cleaner.clean(f"{ARTICLE}\n{below}\n", format="markdown").report
    assert "tags.links" not in {removal.rule for removal in report.removals}


def test_tags_stay_where_little_may_go() -> None:
    below = f"[Boats]({SITE}/tag/boats)\n\n[Gulls]({SITE}/tag/gulls)"
    assert left(below, level="safe") == below


def test_tags_above_the_last_paragraph_stay() -> None:
    below = f"[Boats]({SITE}/tag/boats)\n\n[Gulls]({SITE}/tag/gulls)\n\n{PARAGRAPH.format(n=9)}"
    assert left(below) == below
