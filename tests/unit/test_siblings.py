"""Runs of like blocks."""

from __future__ import annotations

import pytest

from cleaner.html.siblings import FADED, between, sharing, together
from tests.scored import scored

TEXT = "The harbour was quiet when the boats came in, and nobody on the quay could say who had left the ladder there."


def stay(body: str, likely: list[float]) -> list[bool]:
    """Which blocks stay, if those with a probability above a half were chosen."""
    page, scores = scored(body, likely)
    found: list[bool] = together(page, scores, scores.probability > 0.5).tolist()
    return found


def paragraphs(count: int) -> str:
    return "".join(f"<p>{number}. {TEXT}</p>" for number in range(count))


def test_a_fading_score_cuts_no_run() -> None:
    assert stay(paragraphs(6), [0.9, 0.9, 0.8, 0.4, 0.4, 0.3]) == [True] * 6
    assert stay(paragraphs(8), [0.9, 0.9, 0.8, 0.8, 0.7, 0.2, 0.2, 0.2]) == [True] * 8


def test_the_first_ones_decide() -> None:
    assert stay(paragraphs(4), [0.4, 0.4, 0.9, 0.4]) == [False, False, True, False]


def test_what_the_scorer_is_sure_of_goes() -> None:
    assert stay(paragraphs(4), [0.9, 0.9, FADED / 2, 0.4]) == [True, True, False, True]


def test_a_heading_of_something_else_is_a_border() -> None:
    body = f"<div>{paragraphs(3)}<h2>Related stories</h2>{paragraphs(2)}</div>"
    assert stay(body, [0.9, 0.9, 0.4, 0.4, 0.4, 0.4]) == [True, True, True, False, False, False]


def test_a_heading_inside_a_box_between_is_none() -> None:
    body = f"<div>{paragraphs(3)}<div><h2>Related stories</h2><p>One</p></div>{paragraphs(1)}</div>"
    assert stay(body, [0.9, 0.9, 0.9, 0.1, 0.1, 0.4])[-1]


@pytest.mark.parametrize(
    "last",
    [
        f"<p><a href='/x'>{TEXT}</a></p>",
        f"<p style='display:none'>{TEXT}</p>",
        f"<p class='other'>{TEXT}</p>",
        "<p>Sign up for our newsletter</p>",
    ],
)
def test_reasons_of_its_own(last: str) -> None:
    assert stay(paragraphs(3) + last, [0.9, 0.9, 0.9, 0.4])[-1] is False


def test_other_elements_are_no_brothers() -> None:
    body = f"<div>{paragraphs(3)}</div><div>{paragraphs(1)}</div>"
    assert stay(body, [0.9, 0.9, 0.9, 0.4]) == [True, True, True, False]


def test_like_blocks_share_their_fate() -> None:
    _, scores = scored(f"{paragraphs(3)}<p class='other'>x</p><hr>", [0.9, 0.9, 0.3, 0.2, float("nan")])
    found = sharing(scores).probability
    assert found[:4] == pytest.approx([0.8, 0.8, 0.5, 0.2])
    assert found[4] != found[4]


@pytest.mark.parametrize(
    ("likely", "body", "stays"),
    [
        (0.3, "<ul><li>One of them</li><li>Another</li></ul>", True),
        (0.1, "<ul><li>One of them</li><li>Another</li></ul>", False),
        (0.3, "<ul><li><a href='/x'>One of them</a></li><li><a href='/y'>Another</a></li></ul>", False),
        (0.3, "<p>One of them</p><p>Another</p>", False),
    ],
)
def test_what_is_set_in_between_brothers_stays(likely: float, body: str, stays: bool) -> None:
    page, scores = scored(paragraphs(1) + body + paragraphs(1), [0.7, likely, likely, 0.7])
    assert between(page, scores, scores.probability > 0.5).tolist() == [True, stays, stays, True]


@pytest.mark.parametrize(
    ("body", "likely", "stays"),
    [
        ("<dl><dt>One of them</dt><dd>Another</dd></dl>", 0.11, True),
        ("<dl><dt>One of them</dt><dd>Another</dd></dl>", 0.09, False),
        (
            "<table><caption>Boats</caption><tr><th>One</th></tr><tr><td>1</td></tr><tr><td>2</td></tr></table>",
            0.11,
            True,
        ),
        ("<figure><figcaption>One of them</figcaption><figcaption>Another</figcaption></figure>", 0.11, False),
        ("<h2>One of them</h2><h3>Another</h3>", 0.11, False),
    ],
    ids=["definitions", "unlikely", "a table with its caption", "captions", "headings"],
)
def test_what_is_set_in_between_sure_text_may_be_less_likely(body: str, likely: float, stays: bool) -> None:
    inner = 4 if "caption>Boats" in body else 2
    page, scores = scored(paragraphs(1) + body + paragraphs(1), [0.8, *[likely] * inner, 0.8])
    assert between(page, scores, scores.probability > 0.5).tolist() == [True, *[stays] * inner, True]
