"""The pipeline of a page as its users see it: what comes out, what the report says, and what can be undone."""

from __future__ import annotations

import pickle
import re
from html import escape
from pathlib import Path

import lxml.html
import pytest

import cleaner
from cleaner.decide.steps import ENGINE
from cleaner.explain import explain
from cleaner.model import Level
from cleaner.reasons import Reason
from cleaner.report import dumps, loads, to_dict

SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = (
    "The ferry left at six in the morning, an hour before the fog, and nobody on the quay could say when it would come "
    "back, or whether the pilot had been told about the sandbank that the winter storms had moved.",
    "By noon the whole village had a theory. The baker, who had once worked on a dredger, thought that the channel had "
    "silted up again; his sister, who had not, thought that the captain had simply had enough of us.",
    "It was the schoolteacher who found the letter. It had been lying on the counter of the post office since Tuesday, "
    "stamped, addressed to the mayor, and used by three people as a coaster for their coffee.",
)
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><title>The ferry that left - Harbour Post</title>
<meta property="og:title" content="The ferry that left"><meta property="og:site_name" content="Harbour Post">
<meta property="og:type" content="article"><meta name="author" content="Ida Quill">
<meta property="article:published_time" content="2024-11-05T07:30:00+00:00">
<link rel="canonical" href="https://harbour.example/2024/ferry"></head>
<body>
<header class="site-header"><a href="/">Harbour Post</a>
<nav class="menu"><ul><li><a href="/news">News</a><li><a href="/sport">Sport</a><li><a href="/t">Tides</a></ul></nav>
</header>
<main><article class="post">
<h1>The ferry that left</h1>
<p class="byline">By <a rel="author" href="/ida">Ida Quill</a>, 5 November 2024</p>
<div class="share-buttons"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<div class="entry-content">
<p>{PROSE[0]}</p>
<figure><img src="/ferry.jpg" alt="An empty quay"><figcaption>The quay on Tuesday.</figcaption></figure>
<h2>A theory</h2>
<p>{PROSE[1]} <a href="/channel">More on the channel</a>.</p>
<p>You have {{{{numberArticlesLeft}}}} free articles left this month</p>
<ul><li>The first boat <svg><title>Anchor icon</title></svg></li><li>The <b>second</b> boat</li></ul>
<p>{PROSE[2]}</p>
</div></article>
<aside class="related-posts"><h3>Related</h3>
<ul><li><a href="/a">Tides of 1953</a><li><a href="/b">Who owns the quay?</a></ul></aside>
</main>
<div><a href="/1">Boats</a> | <a href="/2">Nets</a> | <a href="/3">Buoys</a></div>
<footer class="site-footer"><p>© 2024 Harbour Post. All rights reserved.</p>
<a href="/privacy">Privacy policy</a></footer>
<script>track()</script></body></html>"""


def test_a_page_becomes_its_article(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(PAGE)
    assert result.text == (
        f"# The ferry that left\n\n{PROSE[0]}\n\n"
        "![An empty quay](https://harbour.example/ferry.jpg)\n\nThe quay on Tuesday.\n\n"
        "## A theory\n\n"
        f"{PROSE[1]} [More on the channel](https://harbour.example/channel).\n\n"
        "- The first boat\n- The **second** boat\n\n"
        f"{PROSE[2]}\n"
    )
    assert (result.title, result.author, result.published) == (
        "The ferry that left",
        "Ida Quill",
        "2024-11-05T07:30:00+00:00",
    )
    assert (result.language, result.site, result.url) == ("en-GB", "Harbour Post", "https://harbour.example/2024/ferry")


def test_rendered_page_and_report_restore(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(PAGE)
    report = loads(dumps(to_dict(result.report)))
    assert report == result.report
    assert cleaner.restore(result.text, report).decode() == result.source
    for removal in report.removals:
        assert result.source[removal.start : removal.end] == removal.text
    assert "© 2024 Harbour Post. All rights reserved." in result.source


def test_every_removal_of_structure_names_its_element(shipped: cleaner.Cleaner) -> None:
    tree = lxml.html.document_fromstring(PAGE)
    removals = [r for r in shipped.clean(PAGE).report.removals if r.path]
    assert len(removals) > 5
    for removal in removals:
        (element,) = tree.xpath(removal.path)
        words = re.findall(r"[A-Za-z]{4,}", re.sub(r"\]\(.*?\)", "", removal.text))
        assert set(words) <= set(re.findall(r"\w+", " ".join(element.itertext())))


def test_the_report_says_who_took_what(shipped: cleaner.Cleaner) -> None:
    by_text = {r.text.strip(" #-\n").partition("\n")[0]: r for r in shipped.clean(PAGE).report.removals}
    assert by_text["Anchor icon"].category == "icon-label"
    assert by_text["You have {{numberArticlesLeft}} free articles left this month"].category == "subscription"
    share = by_text["Share on Facebook Tweet"]
    assert share.category == "share"
    assert (share.rule, share.path) == ("share-block.bar", "/html/body/main/article/div[1]")
    links = next(removal for text, removal in by_text.items() if text.startswith("[Boats]"))
    assert links.rule == "page.boilerplate"
    assert [e.rule for e in links.evidence] == ["scorer"] * 4  # how likely it is, and three reasons
    assert by_text["Related"].category == "related"


def test_cleaning_twice_is_cleaning_once(shipped: cleaner.Cleaner) -> None:
    once = shipped.clean(PAGE).text
    assert shipped.clean(once, format="markdown").text == once


def test_as_text() -> None:
    text = cleaner.clean(PAGE, to="text").text
    assert f"{PROSE[0]}\n\nA theory\n\n{PROSE[1]} More on the channel.\n" in text
    assert "- The first boat\n- The second boat\n" in text
    assert "](" not in text


def test_as_html() -> None:
    hostile = PAGE.replace(
        PROSE[2],
        "<a href=\"javascript:alert(1)\" onclick='alert(2)'>one</a> <img src=x onerror=alert(3) alt='two'> "
        "<a href='data:text/html,x'>three</a> &lt;script&gt;alert(4)&lt;/script&gt; " + PROSE[2],
    )
    html = cleaner.clean(hostile, to="html").text
    page = lxml.html.document_fromstring(html)
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "The ferry that left"
    assert [e.text for e in page.findall(".//li")] == ["The first boat", "The "]
    assert page.find(".//article//strong").text == "second"
    assert page.find(".//script") is None
    assert "<script>alert(4)</script>" in page.text_content()
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        for value in element.attrib.values():
            assert not value.lower().startswith(("javascript:", "data:"))


def test_front_matter() -> None:
    result = cleaner.clean(PAGE, front_matter=True)
    assert result.text.startswith('---\ntitle: "The ferry that left"\nsource: "https://harbour.example/2024/ferry"\n')
    assert '  - "[[Ida Quill]]"\npublished: 2024-11-05\n' in result.text
    assert cleaner.restore(result.text, result.report).decode() == result.source
    again = cleaner.clean(result.text, format="markdown")
    assert again.text == result.text
    assert again.title == "The ferry that left"


def test_without_pictures() -> None:
    text = cleaner.clean(PAGE, images=False).text
    assert "ferry.jpg" not in text
    assert all(prose in text for prose in PROSE)


@pytest.mark.parametrize("level", ["safe", "normal", "aggressive"])
def test_a_higher_level_takes_no_less(level: Level) -> None:
    text = cleaner.clean(PAGE, level=level).text
    assert all(prose in text for prose in PROSE)
    assert ("All rights reserved" in text) == (level == "safe" and "All rights reserved" in text)


def test_only_some_categories() -> None:
    result = cleaner.clean(PAGE, only=["share"])
    assert {r.category for r in result.report.removals} == {"share"}
    assert "All rights reserved" in result.text


def test_skipped_categories_stay() -> None:
    result = cleaner.clean(PAGE, skip=["related"])
    assert "Tides of 1953" in result.text
    assert "All rights reserved" not in result.text


@pytest.mark.parametrize("extractor", ["trafilatura", "readability"])
def test_other_extractors_have_a_vote(extractor: str) -> None:
    result = cleaner.clean(PAGE, extractor=extractor)  # type: ignore[arg-type]
    assert all(prose in result.text for prose in PROSE)
    assert "All rights reserved" not in result.text
    votes = [e for r in result.report.removals for e in r.evidence if e.rule == extractor]
    assert votes[0].saw.code == "vote"


def test_rules_alone() -> None:
    result = cleaner.clean(PAGE, extractor="none")
    assert all(prose in result.text for prose in PROSE)
    assert not [e for r in result.report.removals for e in r.evidence if e.rule == "scorer"]


def test_an_unknown_extractor() -> None:
    with pytest.raises(cleaner.OptionError, match="extractor must be one of cleaner, trafilatura, readability, none"):
        cleaner.Cleaner(extractor="boilerpipe")  # type: ignore[arg-type]


def test_explain_tells_of_pages(shipped: cleaner.Cleaner) -> None:
    story = explain(shipped, shipped.work(PAGE, url=None))
    assert story.format == "html"
    share = next(line for line in story.lines if "Share on Facebook" in line.text)
    assert share.fate == "went"
    assert re.search(r"structure-share\.yaml:\d+$", share.traces[0].where)
    links = next(line for line in story.lines if line.text.startswith("[Boats]"))
    assert any(e.rule == "scorer" for trace in links.traces for e in trace.evidence)


def test_the_seed_as_a_page_gives_the_same_article(shipped: cleaner.Cleaner) -> None:
    """Each line a paragraph, no URL."""
    seed = (SEEDS / "000_d0dcb1b4df1049bc.txt").read_text(encoding="utf-8")
    expected = (SEEDS / "000_d0dcb1b4df1049bc.expected.txt").read_text(encoding="utf-8")
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in seed.splitlines() if line.strip())
    for page in (paragraphs, f"<!doctype html><html><head></head><body>{paragraphs}</body></html>"):
        text = cleaner.clean(page, format="html", to="text").text
        assert [line for line in text.splitlines() if line] == [line for line in expected.splitlines() if line]
        markdown = shipped.clean(page, format="html").text
        assert [line for line in markdown.splitlines() if line] == [line for line in expected.splitlines() if line]


def test_a_cleaner_can_be_sent_to_another_process(shipped: cleaner.Cleaner) -> None:
    shipped.clean(PAGE)
    other = pickle.loads(pickle.dumps(shipped))
    assert other.clean(PAGE) == shipped.clean(PAGE)


def test_bytes_in_any_encoding(shipped: cleaner.Cleaner) -> None:
    page = PAGE.replace("simply", "wirklich schön – nämlich")
    expected = shipped.clean(page).text
    for encoding in ("utf-8", "utf-16", "utf-16-le"):
        result = shipped.clean(page.encode(encoding))
        assert result.text == expected, encoding
        assert result.report.encoding == "utf-8"
    latin = page.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252")
    assert shipped.clean(latin).text == expected
    assert shipped.clean(latin).report.page is not None


def test_rules_of_the_engine_are_no_packs() -> None:
    assert {rule.pack for rule in ENGINE} == {"engine"}
    assert len({rule.id for rule in ENGINE}) == len(ENGINE)


def test_nothing_to_see(shipped: cleaner.Cleaner) -> None:
    """An application without its scripts: an empty result is no surprise, but it is not silent."""
    result = shipped.clean(
        "<!doctype html><html><head><title>App</title></head><body><div id=root></div></body></html>"
    )
    assert result.text == ""
    assert result.report.warnings == ("the page has no text: it may need its scripts; save it from a browser",)


def page_of(body: str, head: str = "") -> str:
    """A page with enough structure to be judged, and the prose above in its article."""
    prose = "".join(f"<p>{prose}</p>" for prose in PROSE)
    return (
        f'<html><head><title>The ferry that left</title>{head}</head><body><nav class="menu"><a href="/">Home</a></nav>'
        f'<main class="content"><article class="post">{body.replace("PROSE", prose)}</article></main>'
        '<footer class="site-footer">© Harbour Post</footer></body></html>'
    )


ARTICLE = '<meta property="og:type" content="article">'
COMMENTS = "".join(
    f'<li class="comment"><p>Comment {n}: I was on the quay that morning too and saw nothing but fog, and I do not '
    "think that anybody else saw more of it than I did, whatever they may say in the bakery now.</p></li>"
    for n in range(30)
)


def test_comments_are_no_part_of_an_article_however_many_there_are(shipped: cleaner.Cleaner) -> None:
    html = page_of(
        f'PROSE</article><div id="comments"><ol class="comment-list">{COMMENTS}</ol></div><article>', ARTICLE
    )
    result = shipped.clean(html)
    assert "Comment 3" not in result.text
    assert all(prose in result.text for prose in PROSE)
    assert {r.category for r in result.report.removals if "Comment 3" in r.text} == {"comments"}


def test_the_standfirst_stays(shipped: cleaner.Cleaner) -> None:
    dek = "A village waits for its boat, and learns who really decides about the tide."
    html = page_of(
        f'<h1>The ferry that left</h1><p class="x1">{dek}</p><p class="byline">By Ida Quill</p>PROSE',
        f'<meta name="description" content="{dek}">',
    )
    assert shipped.clean(html).text.startswith(f"# The ferry that left\n\n{dek}\n\n")


def test_the_figure_under_the_headline_stays_with_its_caption(shipped: cleaner.Cleaner) -> None:
    html = page_of(
        '<header><h1>The ferry that left</h1><p class="byline">By Ida Quill</p><figure><img src="/q.jpg" alt="Quay">'
        "<figcaption>The quay on Tuesday.</figcaption></figure></header>PROSE"
    )
    head = "# The ferry that left\n\n![Quay](/q.jpg)\n\nThe quay on Tuesday.\n\nThe ferry left"
    assert shipped.clean(html).text.startswith(head)


def test_a_listing_between_paragraphs_stays(shipped: cleaner.Cleaner) -> None:
    html = page_of(f"<p>{PROSE[0]}</p><pre>x = 1</pre><p>{PROSE[1]}</p><p>{PROSE[2]}</p>")
    assert "\n\n```\nx = 1\n```\n\n" in shipped.clean(html).text


def test_a_hit_inside_a_line_takes_only_its_words(shipped: cleaner.Cleaner) -> None:
    html = page_of(
        f'<p>{PROSE[0]} <a class="permalink headerlink" href="/x">Link to this</a></p><p>{PROSE[1]}</p>PROSE'
    )
    result = shipped.clean(html)
    assert f"{PROSE[0]}\n" in result.text
    assert [r.text for r in result.report.removals if "Link to this" in r.text] == ["[Link to this](/x)"]


def test_what_is_hidden_is_there_to_be_restored(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page_of('PROSE<div style="display:none"><p>Subscribe now to read on</p></div>'))
    assert "Subscribe now" not in result.text
    assert "Subscribe now to read on" in result.source


def test_a_keep_rule_saves_from_rules(shipped: cleaner.Cleaner) -> None:
    """A quotation in a box that a rule would take."""
    html = page_of(f'PROSE<div class="related-posts"><blockquote>{PROSE[0][:80]} once more</blockquote></div>')
    result = shipped.clean(html)
    assert any(kept.veto == Reason.of("keep-rule", rule="keep-block.quotes") for kept in result.report.kept)


def test_a_title_that_says_more_is_no_copy(shipped: cleaner.Cleaner) -> None:
    html = page_of("<h2>Why the ferry that left will not come back before spring</h2>PROSE")
    assert "## Why the ferry" in shipped.clean(html).text


def test_a_page_with_next_to_no_article_says_so(shipped: cleaner.Cleaner) -> None:
    items = "".join(f'<li><a href="/{n}">Read about the harbour of town number {n}</a>' for n in range(40))
    menus = f'<nav class="menu"><ul>{items}</ul></nav>' * 4
    result = shipped.clean(page_of(f"<p>{PROSE[0]}</p></article></main>{menus}<main><article>"))
    assert result.text == f"# The ferry that left\n\n{PROSE[0]}\n"
    assert "only 41 of the page's 1,325 words were taken for its article" in result.report.warnings


def test_a_page_behind_a_wall_says_so(shipped: cleaner.Cleaner) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    result = shipped.clean(page_of("PROSE", data))
    assert result.report.warnings == ("the page says that it is not free; 118 words of its article are in it",)


def test_another_extractor_is_not_asked_when_it_would_take_too_long() -> None:
    prose = "".join(f"<p class=x>{prose} {n}</p>" for n in range(2_000) for prose in PROSE)
    result = cleaner.Cleaner(extractor="trafilatura", max_seconds=2).clean(f"<main>{prose}</main>", format="html")
    assert any(warning.startswith("trafilatura was not asked") for warning in result.report.warnings)
    assert PROSE[0] in result.text


def test_what_was_selected_is_mostly_wanted(shipped: cleaner.Cleaner) -> None:
    part = f'<div class="css-1a2b"><h2 class="x">Title</h2><p class="css-9">{PROSE[0]}</p><ul><li>one<li>two</ul></div>'
    assert shipped.clean(part).text == f"## Title\n\n{PROSE[0]}\n\n- one\n- two\n"


@pytest.mark.parametrize("name", ["paywall", "piano-paywall", "locked-content", "sidebar", "advertisement"])
def test_a_class_name_alone_takes_no_prose_of_the_main_container(shipped: cleaner.Cleaner, name: str) -> None:
    gated = f'<div class="{name}"><p>{PROSE[2]}</p></div>'
    text = shipped.clean(PAGE.replace(f"<p>{PROSE[2]}</p>", gated)).text
    assert all(paragraph in text for paragraph in PROSE)
    text = shipped.clean(PAGE.replace('class="entry-content"', f'class="{name}"')).text
    assert all(paragraph in text for paragraph in PROSE)


def test_a_box_whose_words_agree_with_its_class_goes(shipped: cleaner.Cleaner) -> None:
    offer = "Subscribe today to read on: log in or sign up for our newsletter, and share it with your account."
    text = shipped.clean(PAGE.replace("</article>", f'<div class="paywall"><p>{offer}</p></div></article>')).text
    assert "Subscribe today" not in text


JAPANESE = (
    "その朝、フェリーは霧が出る一時間前の六時に港を離れた。いつ戻るのか、岸壁にいた誰にも分からなかった。",
    "昼までには、村じゅうがそれぞれの説を唱えていた。かつて浚渫船で働いていたパン屋は、水路がまた埋まったのだと考えた。",
    "手紙を見つけたのは学校の先生だった。火曜日から郵便局の窓口に置かれたままで、三人がコーヒーの受け皿に使っていた。",
)


def test_a_page_without_spaces_between_words(shipped: cleaner.Cleaner) -> None:
    page = PAGE
    for english, japanese in zip(PROSE, JAPANESE, strict=True):
        page = page.replace(english, japanese)
    page = page.replace("Tides of 1953", "一九五三年の潮").replace("Who owns the quay?", "岸壁は誰のものか")
    text = shipped.clean(page).text
    assert all(paragraph in text for paragraph in JAPANESE)
    assert "一九五三年の潮" not in text


def test_a_rule_below_which_nothing_is_left_goes() -> None:
    body = f"<p>{PROSE[0]}</p><hr><p>{PROSE[1]}</p><hr><p>Share this article</p>"
    text = cleaner.clean(f"<body>{body}</body>", format="html", extractor="none", title=False).text
    assert text.count("---") == 1
    assert text.rstrip().endswith(PROSE[1])


def test_a_quotation_that_is_called_an_advertisement_is_none() -> None:
    offer = (
        "We have no owner. If you like what you read here, please think about <a href='/subscribe'>a reader's pass</a>."
    )
    page = "<article>{}<blockquote{}><p>" + offer + "</p></blockquote>{}</article>"
    prose = "".join(f"<p>{text}</p>" for text in PROSE)
    assert "no owner" not in cleaner.clean(page.format(prose, " class='ad'", prose), format="html").text
    assert "no owner" in cleaner.clean(page.format(prose, "", prose), format="html").text


def test_a_heading_that_unfolds_its_section_is_no_button(shipped: cleaner.Cleaner) -> None:
    button = "<h3><button aria-controls='why'>Why it went</button></h3>"
    page = PAGE.replace("<h2>A theory</h2>", f"{button}<div id='why' class='collapse'><p>It was late.</p></div>")
    assert "### Why it went\n\nIt was late.\n" in shipped.clean(page).text
