"""What a page says of itself, from wherever it says it, and what it is not believed."""

from __future__ import annotations

import subprocess
import sys
import time

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.etree import _Element as Element

from cleaner.html.facts import facts as said
from cleaner.html.facts.dates import in_url, iso
from cleaner.html.facts.names import byline, names, several, stated, turned
from cleaner.html.facts.titles import key, title
from cleaner.model import Metadata

URL = "https://www.example.org/2024/stories/mill"


def facts(root: Element, *, url: str | None = None, dates: bool = False) -> Metadata:
    return said(root, url=url, dates=dates).metadata


def page(head: str = "", body: str = "<p>Text.</p>", html: str = "<html>") -> Element:
    return lxml.html.document_fromstring(f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>")


def ld(script: str) -> str:
    return f'<script type="application/ld+json">{script}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


def of(head: str = "", body: str = "<p>Text.</p>", url: str | None = URL) -> Metadata:
    return facts(page(head, body), url=url)


def test_a_page_that_says_nothing() -> None:
    assert facts(page()) == Metadata()


def test_everything() -> None:
    found = facts(
        page(
            "<title>The old mill | The Example</title>"
            '<link rel="canonical" href="/stories/mill">'
            '<meta name="description" content="Of a &amp;quot;mill&amp;quot;">'
            + meta(og__site_name="The Example", og__title="The old mill")
            + ld(
                '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "The Example"},'
                '{"@type": "NewsArticle", "headline": "The old mill", "author": {"@id": "#ann"},'
                '"datePublished": "2025-01-29T08:30:00Z", "isAccessibleForFree": "False"},'
                '{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}'
            ),
            "<h1>The old mill</h1>",
            '<html lang="en_GB">',
        ),
        url=URL,
    )
    assert found == Metadata(
        title="The old mill",
        author="Ann Lee",
        published="2025-01-29T08:30:00+00:00",
        language="en-GB",
        site="The Example",
        url="https://www.example.org/stories/mill",
        description='Of a "mill"',
        kind="article",
        free=False,
        headline="The old mill",
    )


# --- JSON-LD ------------------------------------------------------------------------------------

ARTICLE = '"@type": "Article", "author": {"name": "Ann Lee"}'


@pytest.mark.parametrize(
    "script",
    [
        f"{{{ARTICLE}}}",
        f"[{{{ARTICLE}}}]",
        f"[[{{{ARTICLE}}}]]",
        f"{{{ARTICLE},}}",
        f'{{{ARTICLE}, "keywords": [1, 2, ],\n}}',
        f"<!-- {{{ARTICLE}}} -->",
        f"//<![CDATA[\n{{{ARTICLE}}}\n//]]>",
        f"/* <![CDATA[ */ {{{ARTICLE}}} /* ]]> */",
        f'{{{ARTICLE}, "description": "a line\nbreak and a \t tab"}}',
        f"{{{ARTICLE}}};",
        f'{{"@type": "Organization", "name": "x"}} {{{ARTICLE}}}',
        f'{{"@graph": [{{"@type": "WebPage", "mainEntity": {{{ARTICLE}}}}}]}}',
        f"{{{ARTICLE}}}".replace('"', "&quot;"),
        '{"@type": ["Article", "Thing"], "author": [{"@type": "Person", "name": ["Ann Lee"]}]}',
        '{"@type": "https://schema.org/BlogPosting", "author": "Ann Lee"}',
        '{"@type": "Recipe", "author": {"@type": "Person", "name": "Ann&#32;Lee"}}',
        '{"@type": "DiscussionForumPosting", "author": {"@type": "Person", "name": "<b>Ann</b> Lee"}}',
    ],
)
def test_json_ld_however_it_is_written(script: str) -> None:
    assert of(ld(script)).author == "Ann Lee"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        '{"@type": "Article", "author": "Ann Lee"',
        "[" * 50_000,
        "1" * 5_000,
        "null",
        '"Ann Lee"',
        '{"@type": 7}',
    ],
)
def test_json_ld_that_says_nothing(script: str) -> None:
    assert of(ld(script), url=None) == Metadata()


def test_the_author_of_a_review_or_of_a_listed_text_is_not_the_author() -> None:
    product = '{"@type": "Product", "name": "Mill", "review": {"@type": "Review", "author": "Ann Lee"}}'
    listed = '[{"@type": "Article", "headline": "A", "author": "Ann Lee"}, {"@type": "Article", "headline": "B"}]'
    assert of(ld(product)).author is None
    assert of(ld(product)).kind == "product"
    assert of(ld(listed)).author is None
    assert of(ld(listed), "<h1>A</h1>").author == "Ann Lee"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("NewsArticle", "article"),
        ("DiscussionForumPosting", "discussion"),
        ("QAPage", "question"),
        ("Recipe", "recipe"),
        ("WebPage", "webpage"),
        ("Organization", None),
    ],
)
def test_kind(kind: str, expected: str | None) -> None:
    assert of(ld(f'{{"@type": "{kind}"}}')).kind == expected


def test_a_date_of_publication_knows_better_than_a_mere_page() -> None:
    page = ld('{"@type": "WebPage", "name": "x"}')
    assert of(page).kind == "webpage"
    assert of(page + meta(og__type="article")).kind == "webpage"
    assert of(page + meta(og__type="article", article__published_time="2021-05-03")).kind == "article"
    assert of(page + meta(article__published_time="2021-05-03")).kind == "article"
    product = ld('{"@type": "Product", "name": "x"}')
    assert of(product + meta(article__published_time="2021-05-03")).kind == "product"


def test_kind_from_open_graph() -> None:
    assert of(meta(og__type="og:product")).kind == "product"
    assert of(meta(og__type="website")).kind is None


# --- title --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "headings", "sites", "expected"),
    [
        (["The old mill | The Example"], [], ["The Example"], "The old mill"),
        (["The Example - The old mill"], [], ["The Example"], "The old mill"),
        (["The old mill — part one"], [], ["The Example"], "The old mill — part one"),
        (["Spider-Man: No Way Home - The Example"], [], ["The Example"], "Spider-Man: No Way Home"),
        (["The old mill | Example News | Local"], [], ["Example"], "The old mill"),
        (["The old mill | Anything at all"], ["The old mill"], [], "The old mill"),
        (["The Example"], [], ["The Example"], None),
        (["The old mill"], ["The Example"], ["The Example"], "The old mill"),
        (["The old mill"], ["The old mill By Ann Lee, 3 May"], [], "The old mill"),
        (
            ["Old mills of the north"],
            ["Mills of the north, and how they work"],
            [],
            "Mills of the north, and how they work",
        ),
        (["The old mill"], ["Subscribe today"], [], "The old mill"),
        (["The old mill, which still turns : news"], ["news"], [], "The old mill, which still turns : news"),
        (["Sorting — Manual"], ["Sorting¶"], [], "Sorting"),
        ([], ["The old mill"], [], "The old mill"),
        (["|"], ["—"], [], None),
    ],
)
def test_title(stated: list[str], headings: list[str], sites: list[str], expected: str | None) -> None:
    assert title(stated, headings, {key(site) for site in sites}) == expected


def test_the_host_is_a_name_of_the_site() -> None:
    assert of("<title>The old mill - Example.org</title>").title == "The old mill"
    assert of("<title>The old mill - Example</title>").title == "The old mill"
    assert of("<title>The old mill - Example</title>").site is None


def test_a_heading_is_its_words() -> None:
    body = "<h1><span>The old</span><br>mill<!-- x --> &lt;br&gt;<svg><title>Icon</title></svg><script>x</script></h1>"
    assert of("<title>The old mill &lt;br&gt;</title>", body).title == "The old mill <br>"


# --- author -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("ByAnn Lee", ["Ann Lee"]),
        ("Written by: Ann Lee", ["Ann Lee"]),
        ("Von Ann Lee", ["Ann Lee"]),
        ("von Neumann", ["von Neumann"]),
        ("Byron Lee", ["Byron Lee"]),
        ("Ann Lee and Jo Berg", ["Ann Lee", "Jo Berg"]),
        ("Ann Lee, Jo Berg & Max Roe", ["Ann Lee", "Jo Berg", "Max Roe"]),
        ("Ann Lee; Ann Lee", ["Ann Lee"]),
        ("Ann Lee, MD", ["Ann Lee, MD"]),
        ("Smith & Sons", ["Smith & Sons"]),
        ("admin", []),
        ("ann@example.org", []),
        ("https://example.org/ann", []),
        ("page.extra.author", []),
        ("August 28, 2025", []),
        ("12345", []),
        ("word " * 30, []),
        ("", []),
    ],
)
def test_names(value: str, expected: list[str]) -> None:
    assert names(value) == expected


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee | 3 May 2025",
        "By Ann Lee on May 3, 2025",
        "Ann Lee • 5 min read",
        "Ann Lee, 3 May 2025",
        "by Ann Lee in Travel",
        "Ann Lee (updated)",
    ],
)
def test_byline(line: str) -> None:
    assert byline(line) == ["Ann Lee"]


@pytest.mark.parametrize("line", ["By Ann Lee", "3 May 2025 by Ann Lee", "May 3 | By Ann Lee", "Author: Ann Lee"])
def test_a_line_that_states_the_author(line: str) -> None:
    assert stated(line) == ["Ann Lee"]


@pytest.mark.parametrize(
    "line", ["By the river", "Stand By Me Again", "Bytes and Pieces", "by admin", "The Mill, by Ann Lee"]
)
def test_a_line_that_does_not(line: str) -> None:
    assert stated(line) == []


def test_several_undoes_the_joining() -> None:
    assert several("Ann Lee, MD, Jo Berg") == ["Ann Lee, MD", "Jo Berg"]
    assert several("") == []


def test_turned() -> None:
    assert turned("Lee, Ann") == "Ann Lee"
    assert turned("Ann Lee, MD") == "Ann Lee, MD"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="Ann Lee">', ""),
        (meta(article__author="https://example.org/ann") + '<meta name="parsely-author" content="Ann Lee">', ""),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">', ""),
        ('<meta name="citation_author" content="Lee, Ann">', ""),
        ("", '<p itemprop="author" itemscope><a href="/"><span itemprop="name">Ann Lee</span></a> of somewhere</p>'),
        ("", '<p>By <a rel="nofollow author" href="/ann">Ann Lee</a></p>'),
        ("", '<div class="post-header__author">By <a href="/ann">Ann Lee</a>, who writes about mills and more</div>'),
        ("", '<p class="byline">By Ann Lee</p>'),
        ("", '<p>From <a href="/authors/ann">Ann Lee</a></p>'),
        ("", "<h1>The old mill</h1><div><div>3 May 2025</div><div>By Ann Lee</div></div>"),
        ("", "<article><p>By Ann Lee</p><h1>The old mill</h1></article>"),
        ("<title>The old mill</title>", "<h1></h1><h2>The old mill</h2><div>By Ann Lee</div>"),
    ],
)
def test_author(head: str, body: str) -> None:
    assert of(head, body).author == "Ann Lee"


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comments"><p class="author">Ann Lee</p></div>',
        '<footer><a rel="author">Ann Lee</a></footer>',
        '<div class="related-posts"><p class="byline">By Ann Lee</p></div>',
        '<div class="authority">Ann Lee</div>',
        '<p class="author">' + "Ann Lee writes about mills. " * 20 + "</p>",
        "<h1>A</h1>" + f"<p>{'Long text. ' * 40}</p>" * 5 + "<p>By Ann Lee</p>",
    ],
)
def test_nobody(body: str) -> None:
    assert of("", body).author is None


def test_the_site_is_the_author_only_if_nobody_else_is() -> None:
    site = meta(og__site_name="The Example") + '<meta name="author" content="The Example">'
    assert of(site).author == "The Example"
    assert of(site, '<p class="byline">By Ann Lee</p>').author == "Ann Lee"
    firm = ld('{"@type": "Article", "author": {"@type": "Organization", "name": "Mills Ltd"}}')
    assert of(firm).author == "Mills Ltd"
    assert of(firm, '<p class="byline">By Ann Lee</p>').author == "Ann Lee"


# --- date ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-01-29", "2025-01-29"),
        ("2025/1/9", "2025-01-09"),
        ("20250129", "2025-01-29"),
        ("2025-01-29T08:30:00Z", "2025-01-29T08:30:00+00:00"),
        ("2025-01-29 08:30", "2025-01-29T08:30:00"),
        ("2025-01-29T08:30:00.123+0100", "2025-01-29T08:30:00+01:00"),
        ("2025-01-29T08:30:00-08", "2025-01-29T08:30:00-08:00"),
        ("20250129T083000Z", "2025-01-29T08:30:00+00:00"),
        ("Wed, 29 Jan 2025 08:30:00 GMT", "2025-01-29T08:30:00+00:00"),
        ("January 29, 2025", "2025-01-29"),
        ("Published Jan. 29th 2025", "2025-01-29"),
        ("29. Januar 2025", "2025-01-29"),
        ("29 de enero de 2025", "2025-01-29"),
        ("le 29 janvier 2025", "2025-01-29"),
        ("2025年1月29日", "2025-01-29"),
        ("29.01.2025", "2025-01-29"),
        ("01/29/2025", "2025-01-29"),
        ("29/01/2025", "2025-01-29"),
        ("03/04/2025", None),
        ("2025-02-30", None),
        ("2025", None),
        ("January 2025", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("1738108800", None),
        ("in 3 days", None),
        ("", None),
    ],
)
def test_iso(value: str, expected: str | None) -> None:
    assert iso(value) == expected


def test_in_url() -> None:
    assert in_url("https://example.org/2025/01/29/mill") == "2025-01-29"
    assert in_url("https://example.org/mill-2025-01-29") == "2025-01-29"
    assert in_url("https://example.org/2025/13/29/mill") is None
    assert in_url("https://example.org/mill?d=/2025/01/29/") is None


TABLE = (
    "<table><tr><th>Flood</th><th>Height</th></tr><tr><td>29 January 2025</td><td>4 m</td></tr>"
    "<tr><td>3 March 2024</td><td>3 m</td></tr></table>"
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta(article__published_time="2025-01-29"), ""),
        ('<meta name="DC.date.issued" content="2025-01-29">', ""),
        ('<meta name="citation_publication_date" content="2025/01/29">', ""),
        (ld('{"@type": "WebPage", "datePublished": "2025-01-29"}'), ""),
        ('<meta itemprop="datePublished" content="2025-01-29">', ""),
        ("", '<span itemprop="datePublished">29 January 2025</span>'),
        ("", '<time class="updated" datetime="2025-02-01">x</time><time datetime="2025-01-29">x</time>'),
        ("", '<time datetime="2025-01-28">x</time><time class="entry-date published" datetime="2025-01-29">x</time>'),
        ("", '<time datetime="2025-01-28">x</time><time pubdate datetime="2025-01-29">x</time>'),
        ("", "<time>January 29, 2025</time>"),
        ("", '<h1>A</h1><ul><li><a href="/x">Ann Lee</a> <time>January 29, 2025</time></li></ul>'),
        (
            "",
            "<article><h1>A</h1><h2><a href='/s'>From the valley of mills</a></h2><time>2025-01-29</time></article>",
        ),
        ("", "<table><tr><td><h1>A</h1></td></tr><tr><td><time>January 29, 2025</time></td></tr></table>"),
        ("", "<h1>A</h1><p>January 29, 2025 · 5 min</p>"),
        ("", "<h1>A</h1><p>Published January 29, 2025. Updated May 1, 2025</p>"),
    ],
)
def test_published(head: str, body: str) -> None:
    assert of(head, body).published == "2025-01-29"


def test_a_date_in_the_address() -> None:
    assert of(url="https://example.org/2025/01/29/mill").published == "2025-01-29"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta(article__modified_time="2025-01-29"), ""),
        (ld('{"@type": "Article", "dateModified": "2025-01-29"}'), ""),
        ("", '<time itemprop="dateModified" datetime="2025-01-29">x</time>'),
        ("", "<h1>A</h1><p>Last updated January 29, 2025</p>"),
        ("", '<div class="comments"><time datetime="2025-01-29">x</time></div>'),
        ("", "<footer><p>© 2025</p></footer>"),
        ("", f"<h1>A</h1>{TABLE}"),
        ("", f"<h1>A</h1>{TABLE.replace('29 January 2025', '<time>29 January 2025</time>')}"),
        ("", '<h1>A</h1><ul><li><a href="/b">Another story of the mill</a> <time>January 29, 2025</time></li></ul>'),
        ("", '<h1>A</h1><article><h2><a href="/b">What the miller saw</a></h2><time>January 29, 2025</time></article>'),
        ("", '<h1>A</h1><article><h2><a href="/b">What the miller saw</a></h2><p>January 29, 2025</p></article>'),
    ],
)
def test_not_published(head: str, body: str) -> None:
    assert of(head, body).published is None


def test_htmldate_is_only_asked_on_demand() -> None:
    root = page(body='<p class="post-date">Posted on 2021-03-04 by us</p>')
    assert facts(root).published is None
    assert facts(root, dates=True).published == "2021-03-04"
    code = "import sys, cleaner.html.facts; sys.exit('htmldate' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the rest -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/a", "https://www.example.org/a"),
        ("https://other.example/b", "https://other.example/b"),
        ("https://www.example.org/", URL),
        ("javascript:alert(1)", URL),
        ("https://[::1/", URL),
        ("https://a b/", URL),
        ("", URL),
    ],
)
def test_url(canonical: str, expected: str) -> None:
    assert of(f'<link rel="canonical" href="{canonical}">').url == expected


def test_url_of_open_graph_and_of_nobody() -> None:
    assert of(meta(og__url="https://example.org/c"), url=None).url == "https://example.org/c"
    assert of(url="file:///tmp/x.html").url is None
    assert (
        of('<link rel="canonical" href="https://example.org/">', url="https://example.org/").url
        == "https://example.org/"
    )


def test_language() -> None:
    assert facts(page(html='<html lang=" pt-BR ">')).language == "pt-BR"
    assert of(meta(og__locale="de_AT")).language == "de-AT"
    assert facts(page(html='<html lang="{{lang}}">')).language is None


def test_values_are_plain_text() -> None:
    found = of('<meta name="description" content="\u200bA &amp;amp; B\n\u202e &lt;b&gt;C&lt;/b&gt;">')
    assert found.description == "A & B C"
    assert of(ld('{"@type": "Article", "headline": "A \\ud83d B"}')).headline == "A B"


def test_what_is_too_long_is_something_else() -> None:
    assert of(f"<title>{'x' * 1000}</title>", f"<h1>{'y ' * 1000}</h1>").title is None
    assert of(f'<meta name="description" content="{"x" * 10_000}">').description is None


# --- any tree -----------------------------------------------------------------------------------

SNIPPETS = st.sampled_from(
    [
        *(
            "<h1>",
            "</h1>",
            "<div class=author>",
            "</div>",
            "<a rel=author href=/author/x>",
            "</a>",
            "By Ann",
            "<!-- x -->",
        ),
        *(
            "<time datetime=2025-01-29>",
            "<meta itemprop=author content=x>",
            "<link rel=canonical href='//['>",
            "<title>",
        ),
        *(
            "<script type=application/ld+json>{",
            '{"@type":"Article","author":[',
            "]}",
            "</script>",
            "\x00",
            "| - :",
            "<?x?>",
        ),
        *(
            "<p>",
            "<br>",
            "<svg>",
            "<svg:x:y>",
            "<meta property=og:title content='|'>",
            "&#xd800;",
            "<body>",
            "<h2>",
            "<frameset>",
        ),
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=2 * settings().max_examples, deadline=None)
@given(st.lists(SNIPPETS, max_size=60))
def test_never_raises(pieces: list[str]) -> None:
    root = lxml.html.document_fromstring("<html>" + "".join(pieces))
    assert facts(root, url="https://example.org/x") == facts(root, url="https://example.org/x")


def test_fragments_and_parts_of_a_tree() -> None:
    assert facts(lxml.html.fragment_fromstring("<h1>A</h1>")).title == "A"
    root = page(body="<main><h1>A</h1><!-- x --><p>By Ann Lee</p></main><!-- y -->")
    assert facts(next(root.iter("main"))).author == "Ann Lee"


HOSTILE = {
    "headings": "<h1>A" * 20_000,
    "depth": "<div class=author>" * 200 + "<b>" * 20_000,
    "bylines": "<p class='author byline'>By Ann</p>" * 20_000,
    "classes": f"<div class='{'x-' * 200_000}'>" + "<p class=author>By the river</p>" * 5_000,
    "json": "<script type=application/ld+json>" + "[{" * 100_000 + "</script>",
    "spaces": "<script type=application/ld+json>{" + " " * 1_000_000 + "</script>",
    "commas": "<script type=application/ld+json>{" + ", " * 300_000 + "</script>",
    "slashes": "<script type=application/ld+json>{" + "/* " * 300_000 + "</script>",
    "nodes": "<script type=application/ld+json>[" + ",".join(['{"@type":"Article"}'] * 40_000) + "]</script>",
    "metas": "<meta name=author content='" + "Ann and " * 30 + "'>" + "<meta name=author content=x>" * 20_000,
    "title": f"<title>{'| ' * 200_000}</title>",
    "dates": "<time>" + "1 1 1 " * 50_000 + "</time>" + "<time>1 may</time>" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bounded(name: str) -> None:
    root = lxml.html.document_fromstring("<html><body>" + HOSTILE[name], parser=lxml.html.HTMLParser(huge_tree=True))
    begun = time.process_time()
    facts(root, url=URL)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("stated", "body", "expected"),
    [
        ("Why does the weir sing? : river", "<h1>river</h1><a href='/1'>Why does the weir sing?</a>", True),
        ("Why does the weir sing? | Miller News", "<a href='/1'>Why does the weir sing?</a>", True),
        ("Why does the weir sing? : river", "<h1>river</h1><p>Why does the weir sing?</p>", False),
        ("Mend weirs : river", "<h1>river</h1><a href='/1'>Mend weirs</a>", False),
        ("How to mend a weir : river", "<h1>Weirs and mills</h1><a href='/1'>How to mend a weir</a>", False),
    ],
)
def test_a_thread_whose_headline_is_a_link(stated: str, body: str, expected: bool) -> None:
    link = stated.rpartition(" : ")[0] or stated.partition(" | ")[0]
    assert of(f"<title>{stated}</title>", body).title == (link if expected else stated)
