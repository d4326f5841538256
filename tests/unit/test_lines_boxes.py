"""Boxes: what goes together goes together, and what stands beside it stays."""

from __future__ import annotations

import numpy as np

from cleaner.lines.boxes import Bar, Box, boxes
from cleaner.lines.owned import owned
from cleaner.lines.reasons import reason
from cleaner.model import Format
from tests.unit.test_lines_facts import PROSE, URL, facts_of

BAR = Bar(1.0)


def found(text: str, *chances: float) -> list[tuple[int, int]]:
    """The boxes of a text of these chances, with a paragraph that stays below it."""
    facts = facts_of(f"{text}\n# An end\n\n{PROSE}\n")
    assert len(facts.rows) == len(chances) + 2
    return [(box.first, box.last) for box in boxes(facts, np.array([*chances, 0, 0]), owned(facts), BAR)]


def test_likely_lines_go_and_others_stay() -> None:
    assert found(f"{PROSE}\n\nShare\n\nTweet\n\n{PROSE}\n", 0.1, 0.95, 0.95, 0.1) == [(1, 2)]


def test_a_longer_line_asks_for_more() -> None:
    assert found(f"Share\n\n{PROSE}\n\n{PROSE}\n", 0.85, 0.85, 0.0) == [(0, 0)]


def test_a_link_over_lines_goes_whole_or_not_at_all() -> None:
    card = "[![](https://a.example/p.jpg)\n\tTides\n\t3 May](https://a.example/tides)\n"
    assert found(card, 0.99, 0.9, 0.02) == []
    assert found(card, 0.99, 0.99, 0.98) == [(0, 2)]


def test_broken_halves_go_together() -> None:
    assert found("[\n\nTides\n\n](https://a.example/tides)\n\nEnd\n", 0.99, 0.05, 0.99, 0.0) == []


def test_what_is_said_behind_the_second_half_of_a_link_stays_with_it() -> None:
    card = "[\n\n![photo](https://a.example/p.jpg)\n\n](https://a.example/tides){}\n\nEnd\n"
    assert found(card.format("**Main functions**"), 0.99, 0.99, 0.99, 0.0) == []
    for more in ("", "## Comments", " ![](https://a.example/q.jpg)"):
        assert found(card.format(more), 0.99, 0.99, 0.99, 0.0) == [(0, 2)]


def test_steps_of_a_list_and_rows_of_a_table_are_not_parted() -> None:
    assert found("1. Open the app\n2. Sign in\n3. Go on\n", 0.0, 0.99, 0.0) == []
    assert found("| a | b |\n| --- | --- |\n| c | d |\n", 0.0, 0.0, 0.99) == []


def test_items_of_a_list_are_not_parted() -> None:
    tides, gulls = "- [Tides](https://a.example/1)\n", "- [Gulls](https://a.example/2)\n"
    assert found(tides + gulls, 0.0, 0.99) == []
    assert found(tides + "\n" + gulls, 0.99, 0.0) == []
    assert found(tides + "\t3 May\n" + gulls, 0.99, 0.99, 0.99) == [(0, 2)]
    assert found(tides + "\nOr not.\n\n" + gulls, 0.0, 0.0, 0.99) == [(2, 2)]


def test_links_one_below_the_other_are_not_parted() -> None:
    label, tides = "[From the same pier](https://a.example/0)\n\n", "[Tides](https://a.example/1)\n\n"
    assert found(label + tides + tides, 0.99, 0.3, 0.3) == []
    assert found(label + tides + tides, 0.99, 0.9, 0.9) == [(0, 2)]
    assert found(label + "Or not.\n\n" + tides, 0.99, 0.3, 0.3) == [(0, 0)]


def test_no_line_goes_that_is_less_likely_than_any_must_be() -> None:
    facts = facts_of(f"Share\n\n{PROSE}\n")
    for least, gone in ((0.5, [(0, 0)]), (0.9, [])):
        found = boxes(facts, np.array([0.85, 0]), owned(facts), Bar(0.01, least))
        assert [(box.first, box.last) for box in found] == gone


def test_a_box_that_is_much_of_the_text_must_be_sure() -> None:
    facts = facts_of(f"Share it with whom you like best\n\n{PROSE * 5}\n\nShare\n")
    for sure, gone in ((0.5, [(0, 0), (2, 2)]), (0.95, [(2, 2)])):
        found = boxes(facts, np.array([0.9, 0, 0.9]), owned(facts), Bar(0.001, sure=sure))
        assert [(box.first, box.last) for box in found] == gone


def test_of_a_paragraph_one_must_be_surer_than_of_a_link() -> None:
    link = f"[{PROSE.strip()}](https://a.example/tides)"
    for row, gone in ((PROSE, []), (link, [(1, 1)])):
        facts = facts_of(f"{PROSE}\n\n{row}\n\n{PROSE * 9}\n")
        found = boxes(facts, np.array([0, 0.8, 0]), owned(facts), Bar(0.001, prose=0.85))
        assert [(box.first, box.last) for box in found] == gone


def test_a_heading_goes_with_its_section_or_stays() -> None:
    text = "## Related\n\n[Tides](https://a.example/1)\n\n## The lamp\n\nIt was moved.\n"
    assert found(text, 0.3, 0.99, 0.0, 0.0) == [(0, 1)]
    assert found(text, 0.99, 0.1, 0.0, 0.0) == []
    assert found(text, 0.3, 0.99, 0.99, 0.0) == [(0, 1)]


def test_a_heading_waits_for_the_headings_below_it() -> None:
    text = "## More\n\n### Tides\n\nRead on\n\n### Gulls\n\nThey followed the ferry.\n"
    assert found(text, 0.99, 0.99, 0.99, 0.99, 0.0) == [(1, 2)]


def test_what_is_owned_stays_with_all_of_its_unit() -> None:
    assert found("Share\n\n- [ ] ask the keeper\n", 0.99, 0.99) == [(0, 0)]


def test_without_any_paragraph_nothing_goes_of_a_text_of_which_nobody_knows_where_it_is_from() -> None:
    for url, gone in ((None, []), ("https://paper.example/a", [(0, 1)])):
        facts = facts_of("Share\n\nTweet\n", url)
        found = boxes(facts, np.array([0.999, 0.999]), owned(facts), BAR)
        assert [(box.first, box.last) for box in found] == gone


def test_a_picture_that_says_nothing_asks_for_more() -> None:
    picture, link = "![](https://a.example/p.jpg)", "[![](https://a.example/p.jpg)](https://a.example/tides)"
    for row, gone in ((picture, []), (link, [(1, 1)])):
        assert found(f"{PROSE}\n\n{row}\n\n{PROSE}\n", 0.0, 0.9, 0.0) == gone


def test_a_name_under_a_headline_asks_for_more() -> None:
    for row, gone in (("Ada Moss", []), ("Read it in our app", [(1, 1)])):
        assert found(f"{PROSE}\n\n{row}\n\n{PROSE}\n", 0.0, 0.95, 0.0) == gone


def test_an_author_with_a_page_and_a_date_stay() -> None:
    day = "Publié le [18 juin 2022](https://paper.example/2022/06/18/a) par Zélie"
    handle = "[Ada Moss](https://paper.example/@ada)"
    for row in ("By [Ada Moss](https://paper.example/authors/ada-moss)", "2 Maret 2024", day, handle):
        facts = facts_of(f"{row}\n\n{PROSE}\n\n{PROSE}\n")
        assert boxes(facts, np.array([0.999, 0, 0]), owned(facts), BAR) == []


def test_the_author_that_the_front_matter_names_stays() -> None:
    for author, gone in (("Ada Moss", []), ("Ben Rush", [(0, 0)])):
        facts = facts_of(
            f"---\nsource: {URL}\nauthor: {author}\n---\n[Ada Moss](https://paper.example/ada)\n\n{PROSE}\n"
        )
        found = boxes(facts, np.array([0.9999, 0.0]), owned(facts), BAR)
        assert [(box.first, box.last) for box in found] == gone


def test_a_line_that_is_an_address_stays() -> None:
    address = "https://a.example/2024/tides?of=may#high"
    for row, gone in ((address, []), (f"- <{address}>", []), (f"[Tides]({address})", [(1, 1)])):
        assert found(f"{PROSE}\n\n{row}\n\n{PROSE}\n", 0.0, 0.999, 0.0) == gone


def test_short_lines_of_a_listing_ask_for_more() -> None:
    listing = "".join(f"- a ladder for a boat of kind {n}, with rungs of ash\n" for n in range(40))
    row = "Read it in our app"
    for rest, gone in ((listing, []), (PROSE, [(0, 0)])):
        facts = facts_of(f"{row}\n\n{rest}\n\n{PROSE}\n")
        chances = np.zeros(len(facts.rows))
        chances[0] = 0.93
        assert [(box.first, box.last) for box in boxes(facts, chances, owned(facts), BAR)] == gone


def test_nothing_to_judge() -> None:
    for facts in (facts_of("\n\n"), facts_of("\n\n", format="text")):
        assert boxes(facts, np.zeros(0), owned(facts), BAR) == []


def test_reasons_say_what_a_reader_sees() -> None:
    links = "".join(f"- [Story {n}](https://paper.example/{n})\n" for n in range(9))
    facts = facts_of(f"{PROSE}\n\n{PROSE}\n\n{links}")
    said = reason(facts, Box(2, 10, 0.97))
    assert said == "nine lines in a row that only link to other pages of this site, after the last paragraph"


def test_reasons_name_the_heading() -> None:
    facts = facts_of(f"{PROSE}\n\n## Read also\n\n[Tides](https://birds.example/1)\n\n## The lamp\n\n{PROSE}\n")
    said = reason(facts, Box(1, 2, 0.97))
    assert said == "one line that only links elsewhere under “Read also”, between two paragraphs"


def test_a_short_line_above_a_sentence_is_a_heading_where_nobody_knows_the_site() -> None:
    text = f"Contact us\n\n{PROSE}\n\nContact us\n\nWork with us\n"
    chances = np.array([0.999, 0.0, 0.999, 0.999])
    for url, gone in (("https://paper.example/a", [(0, 0), (2, 3)]), (None, [(2, 3)])):
        facts = facts_of(text, url)
        assert [(box.first, box.last) for box in boxes(facts, chances, owned(facts), BAR)] == gone


def test_a_line_alone_stays_where_nobody_knows_the_site_unless_it_is_a_link() -> None:
    for row, gone in (("Contact us", []), ("[Contact us](https://paper.example/us)", [(1, 1)])):
        facts = facts_of(f"{PROSE}\n\n{row}\n\n{PROSE}\n", None)
        chances = np.array([0.0, 0.9999, 0.0])
        assert [(box.first, box.last) for box in boxes(facts, chances, owned(facts), BAR)] == gone


def test_parts_of_a_broken_sentence_stay_in_plain_text() -> None:
    tail = "Feel free to write to us at\nthe lighthouse\n, we answer in May.\nMenu\nBoats\nLadders\nRopes\n"
    chances = np.array([0.0, *[0.999] * 7])
    cases: tuple[tuple[Format, list[tuple[int, int]]], ...] = (("text", [(4, 7)]), ("markdown", [(1, 7)]))
    for format, gone in cases:
        facts = facts_of(f"{PROSE}\n\n{tail}", format=format)
        assert [(box.first, box.last) for box in boxes(facts, chances, owned(facts), BAR)] == gone


def test_of_plain_text_with_whole_sentences_single_lines_go_between_paragraphs() -> None:
    for rest, gone in ((PROSE, [(1, 1)]), (f"{PROSE}\n, and then it went.\n{PROSE}", [])):
        facts = facts_of(f"{PROSE}\n\nShare\n\n{rest}\n", format="text")
        chances = np.zeros(len(facts.rows))
        chances[1] = 0.99
        assert [(box.first, box.last) for box in boxes(facts, chances, owned(facts), BAR)] == gone
        facts = facts_of(f"{PROSE}\n\nShare\n\n{rest}\n", url=None, format="text")
        assert boxes(facts, chances, owned(facts), BAR) == []
