"""What is made of scores: brothers, what stands beside an article, a second opinion."""

from __future__ import annotations

from cleaner.html.beside import beside
from cleaner.html.choice import main_prose, offers
from cleaner.html.opinion import reconsidered
from tests.scored import scored

TEXT = "The harbour was quiet when the boats came in, and nobody on the quay could say who had left the ladder there."
ARTICLE = f"<article>{''.join(f'<p>{number}. {TEXT}</p>' for number in range(5))}</article>"
CARDS = "".join(f"<div class='card'><h3>Story {number}</h3><p>{number + 10}. {TEXT}</p></div>" for number in range(3))


def goes(body: str, likely: list[float]) -> list[bool]:
    page, scores = scored(body, likely)
    found: list[bool] = beside(page, scores, scores.probability > 0.4).tolist()
    return found


def test_records_before_and_after_an_article_go() -> None:
    assert goes(f"<div>{CARDS}</div>{ARTICLE}", [*[0.5, 0.55] * 3, *[0.9] * 5]) == [True] * 6 + [False] * 5
    assert goes(f"{ARTICLE}<div>{CARDS}</div>", [*[0.9] * 5, *[0.5, 0.7] * 3]) == [False] * 5 + [True] * 6


def test_an_introduction_above_an_article_stays() -> None:
    points = f"<div>{''.join(f'<div class=point><p>{number + 10}. {TEXT}</p></div>' for number in range(3))}</div>"
    assert not any(goes(points + ARTICLE, [*[0.7] * 3, *[0.9] * 5]))
    assert goes(ARTICLE + points, [*[0.9] * 5, *[0.7] * 3]) == [False] * 5 + [True] * 3


def test_what_is_most_likely_stays() -> None:
    assert goes(f"{ARTICLE}<div>{CARDS}</div>", [*[0.9] * 5, *[0.99] * 6]) == [False] * 11


def test_what_stands_above_an_article_stays_unless_it_is_listed() -> None:
    assert goes(f"<h1>The ladder</h1><p>{TEXT}</p>{ARTICLE}", [0.6, 0.6, *[0.9] * 5]) == [False] * 7


def test_comments_and_what_follows_go() -> None:
    comments = f"<div class='comments'><p>Nice. {TEXT}</p></div><p>Contact us. {TEXT}</p>"
    assert goes(f"{ARTICLE}{comments}", [*[0.9] * 5, 0.6, 0.6]) == [False] * 5 + [True] * 2


def _parts(between: str) -> str:
    parts = [
        f"<div class='body'>{''.join(f'<p>{10 * part + n}. {TEXT}</p>' for n in range(3))}</div>" for part in range(3)
    ]
    return f"<article>{between.join(parts)}</article><footer><p>Contact us. {TEXT}</p></footer>"


def test_an_article_in_parts_goes_on_where_the_scorer_is_surer_of_the_first() -> None:
    assert goes(_parts(""), [*[0.9] * 3, *[0.7] * 6, 0.6]) == [False] * 9 + [True]


def test_what_is_unlikely_is_no_part_of_an_article_that_goes_on() -> None:
    assert goes(_parts(""), [*[0.9] * 3, *[0.7] * 5, 0.45, 0.45]) == [False] * 8 + [True] * 2


def test_another_story_behind_an_article_goes() -> None:
    likely = [*[0.9] * 3, 0.4, *[0.7] * 3, 0.4, *[0.7] * 3, 0.6]
    assert goes(_parts("<h2>Another story</h2>"), likely) == [False] * 3 + [False] + [True] * 3 + [False] + [True] * 4


def test_a_likely_heading_is_one_of_the_article_that_goes_on() -> None:
    likely = [*[0.9] * 3, 0.6, *[0.7] * 3, 0.6, *[0.7] * 3, 0.6]
    assert goes(_parts("<h2>At noon</h2>"), likely) == [False] * 3 + ([True] + [False] * 3) * 2 + [True]


def _sections(second: str) -> str:
    long = "".join(f"<p>{number}. {TEXT}</p>" for number in range(8))
    other = f"<h2>Notes</h2>{''.join(f'<p>{number}. {TEXT}</p>' for number in range(8, 11))}"
    return f"<main><div class='part'><h2>Use</h2>{long}</div><div class='{second}'>{other}</div></main>"


def test_a_short_section_beside_a_long_one_stays() -> None:
    likely = [0.9] * 9 + [0.45, 0.9, 0.9, 0.45]
    assert not any(goes(_sections("part"), likely))
    assert goes(_sections("other"), likely) == [False] * 9 + [True] * 4
    assert goes(_sections("part"), [0.9] * 9 + [0.45, 0.7, 0.7, 0.45]) == [False] * 9 + [True] * 4


def test_no_paragraph_is_the_container_of_an_article() -> None:
    body = f"<article><div><p>1. {TEXT}</p><h3>A weir</h3><p>2. {TEXT}</p></div></article><p>Contact us.</p>"
    assert goes(body, [0.95, 0.2, 0.79, 0.1]) == [False, False, False, False]


def test_a_paragraph_that_is_all_link_goes() -> None:
    link = "<p><a href='/x'>What the harbour said of the lantern</a></p>"
    body = ARTICLE.replace("</article>", f"{link}</article>")
    assert goes(body, [*[0.9] * 5, 0.6]) == [False] * 5 + [True]
    quoted = body.replace(link, f"<blockquote>{link}</blockquote>")
    assert not any(goes(quoted, [*[0.9] * 5, 0.6]))


def test_headlines_one_after_the_other_go_and_headings_of_an_article_stay() -> None:
    heads = "".join(f"<button><h3>What the lantern said on day {number}</h3></button>" for number in range(3))
    assert goes(f"<div>{heads}</div>{ARTICLE}", [*[0.7] * 3, *[0.9] * 5]) == [True] * 3 + [False] * 5
    assert goes(f"<h1>The ladder</h1><h2>At noon</h2><h3>The quay</h3>{ARTICLE}", [0.7] * 3 + [0.9] * 5) == [False] * 8


def test_on_a_page_of_links_what_is_half_likely_beside_a_long_article_stays_and_what_is_less_goes() -> None:
    links = "".join(f"<li><a href='/{number}'>{number}. {TEXT}</a></li>" for number in range(60))
    article = "".join(f"<p>{number}. {TEXT}</p>" for number in range(12))
    likely = [*[0.9] * 12, *[0.45] * 30, *[0.6] * 30]
    body = f"<article>{article}</article><aside><ul>{links}</ul></aside>"
    assert goes(body, likely) == [False] * 12 + [True] * 30 + [False] * 30
    short = body.replace(article, article[: article.index("5. The")] + "</p>")
    assert not any(goes(short, [*[0.9] * 5, *likely[12:]]))


def test_a_page_without_prose_has_nothing_beside_it() -> None:
    assert not any(goes("<ul><li>one</li><li>two</li><li>three</li></ul>", [0.9, 0.5, 0.5]))


def test_a_second_opinion_keeps_running_text() -> None:
    body = f"<main>{''.join(f'<div><p>{number}. {TEXT}</p></div>' for number in range(6))}</main>"
    page, scores = scored(body, [0.9, 0.9, 0.9, 0.35, 0.3, 0.1])
    assert reconsidered(page, scores, scores.probability > 0.5).tolist() == [True] * 5 + [False]


def test_a_second_opinion_is_not_asked_for_a_little() -> None:
    body = f"<main>{''.join(f'<div><p>{number}. {TEXT}</p></div>' for number in range(12))}</main>"
    page, scores = scored(body, [*[0.9] * 11, 0.35])
    assert reconsidered(page, scores, scores.probability > 0.5).tolist() == [True] * 11 + [False]


def test_furniture_is_no_prose_of_the_main_container() -> None:
    offer = "Subscribe today to read on: log in or sign up for our newsletter, and share it with your account."
    _, scores = scored(f"<main>{ARTICLE}<p>{offer}</p></main>", [0.9] * 6)
    assert main_prose(scores).tolist() == [True] * 5 + [False]


def test_a_link_to_where_readers_pay_is_an_offer() -> None:
    page, _ = scored(
        "<p>Think about <a href='/promo/subscribe'>this</a>.</p><p>Read <a href='/promoters'>that</a>.</p><p>Promo</p>",
        [0.9] * 3,
    )
    assert [offers(block) for block in page.blocks] == [True, False, False]
