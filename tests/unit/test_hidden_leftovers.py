"""What the view does not show, so that no rule can find it: permalinks of headings, frames and pixels."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.decide.steps import permalinks
from cleaner.model import Evidence, Level
from cleaner.reasons import Reason
from tests.unit.stage import stage

HEAD = "---\nsource: https://docs.example/guide\n---\n"
PROSE = "The ferry left the pier at seven, and the gulls followed it, as they had done all summer long.\n"


def clean(body: str, level: Level = "normal") -> str:
    text = f"{HEAD}{PROSE}\n{body}\n{PROSE}"
    result = cleaner.clean(text, format="markdown", level=level)
    assert cleaner.restore(result.text, result.report) == text.encode()
    assert result.report.warnings == ()
    assert cleaner.clean(result.text, format="markdown", level=level).text == result.text
    return result.text.removeprefix(f"{HEAD}{PROSE}\n").removesuffix(PROSE).removesuffix("\n")


@pytest.mark.parametrize(
    "link",
    [
        "[](https://docs.example/guide#install)",
        '[\u200b](https://docs.example/guide#install "Direct link to Install")',
        "[#](#install)",
        "[¶](#install)",
        "[Link to heading](https://docs.example/guide#install)",
    ],
)
def test_the_link_of_a_heading_to_itself_goes(link: str) -> None:
    assert clean(f"## Install {link}\n") == "## Install\n"
    assert clean(f"## {link} Install\n") == "## Install\n"


@pytest.mark.parametrize(
    "line",
    [
        "## See [the FAQ](#faq)",
        "## The picture ![](https://docs.example/p.png#x)",
        "## An issue [#12](https://docs.example/issues/12)",
        "The mark [#](#install) stands in a sentence.",
        "## A note [^1]",
    ],
)
def test_other_links_of_headings_stay(line: str) -> None:
    assert clean(f"{line}\n") == f"{line}\n"


def test_code_that_shows_a_permalink_stays() -> None:
    code = "```\n## Install [](#install)\n```\n"
    assert clean(code) == code


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ('<iframe frameborder="0" src="https://ab12.safeframe.googlesyndication.com/x.html"></iframe>', "advertising"),
        ('<iframe title="Comments" src="https://giscus.app/en/widget?origin=x"></iframe>', "comments"),
        ('<iframe src="https://gulls.substack.com/embed"></iframe>', "newsletter"),
        ("![](https://sb.scorecardresearch.com/p?c1=2)", "interface"),
    ],
)
def test_frames_of_machinery_and_pixels_go(line: str, category: str) -> None:
    assert clean(f"{line}\n") == ""
    report = cleaner.clean(f"{HEAD}{PROSE}\n{line}\n\n{PROSE}", format="markdown").report
    assert [removal.category for removal in report.removals] == [category]


@pytest.mark.parametrize(
    "line",
    [
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
        "![](https://docs.example/pixel.png)",
        "![A pixel](https://sb.scorecardresearch.com/p?c1=2)",
        '`<iframe src="https://giscus.app/en/widget"></iframe>`',
        'The frame is <iframe src="https://giscus.app/en/widget"></iframe> here.',
    ],
)
def test_other_frames_and_pictures_stay(line: str) -> None:
    assert clean(f"{line}\n") == f"{line}\n"


def test_nothing_of_it_goes_at_safe() -> None:
    body = "## Install [](#install)\n\n![](https://sb.scorecardresearch.com/p)\n"
    assert clean(body, level="safe") == body


def test_a_category_that_is_left_alone_stays() -> None:
    text = f"{HEAD}{PROSE}\n## Install [](#install)\n\n![](https://sb.scorecardresearch.com/p)\n\n{PROSE}"
    assert cleaner.clean(text, format="markdown", skip=["interface"]).text == text


def test_the_report_tells_what_went_and_why() -> None:
    pixel = "![](https://sb.scorecardresearch.com/p)\n"
    result = cleaner.clean(f"{HEAD}{PROSE}\n## Install [](#install)\n\n{pixel}\n{PROSE}", format="markdown")
    assert [
        (removal.rule, removal.category, removal.text, removal.line, removal.evidence)
        for removal in result.report.removals
    ] == [
        (
            *("permalinks.heading", "interface", "[](#install)", 6),
            (Evidence("permalinks.heading", Reason.of("matched", text="[](#install)")),),
        ),
        (
            *("frames.machinery", "interface", pixel, 8),
            (Evidence("frames.machinery", Reason.of("matched", text="https://sb.scorecardresearch.com/p")),),
        ),
    ]


def test_a_picture_that_stays_saves_no_other() -> None:
    pixel = "![](https://sb.scorecardresearch.com/p)\n"
    assert clean(f"![A pier](https://docs.example/p.png)\n\n{pixel}") == "![A pier](https://docs.example/p.png)\n"


def permalinks_of(text: str, *going: str) -> list[str]:
    """The links of headings that the step takes alone."""
    board = stage(text, dict.fromkeys(going, "share"), format="markdown")
    permalinks.STEP.apply(board)
    return [text[one.start : one.end] for one in board.unseen]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("## Install [](#install)", ["[](#install)"]),
        ("## Install [](#install) [¶](#top)", ["[](#install)", "[¶](#top)"]),
        ("## Install\n[](#install) of it", []),
        ("## Install [¶](/install)\n\n## More # of it", []),
        ("## Install [![](#)](#install)", []),
        ("> ## Install [¶](#install)", ["[¶](#install)"]),
        ("## Words of [it](/it) [¶](#install)", ["[¶](#install)"]),
        ("[¶](#install)\n\n## Install", []),
    ],
)
def test_which_links_of_headings_are_to_themselves(text: str, taken: list[str]) -> None:
    assert permalinks_of(text) == taken


def test_a_heading_that_goes_takes_its_link_along() -> None:
    text = "## Share [](#share)\n\nWords\n\n## Install [](#install)"
    assert permalinks_of(text, "Share") == ["[](#install)"]
