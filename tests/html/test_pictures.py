"""Pictures, and what pages embed of others, in Markdown."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.html.images import MAX_INLINE
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.walk import walk

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAkAAAAJCAYAAADgkQYQAAAAEklEQVR4nGNgGAWjYBSMAggAAAQRAAE="
EMPTY = "data:image/svg+xml;charset=utf-8,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 6'%3E%3C/svg%3E"
LONG = "data:image/jpeg;base64," + "A" * MAX_INLINE


def md(html: str) -> str:
    return render(
        walk(parse(f"<body>{html}</body>").root).blocks, "markdown", base="https://mill.example/a/"
    ).text.strip()


PICTURES = {
    "the letter that begins a word": ('<p><img src="/a.gif" alt="A">nd so on.</p>', "And so on."),
    "a quotation that begins with one": ('<p><img src="/a.gif" alt="“I">t hums.”</p>', "“It hums.”"),
    "a letter of its own": ('<p><img src="/a.gif" alt="A"> road</p>', "![A](https://mill.example/a.gif) road"),
    "words that Webflow puts in": (
        '<img src="/w.jpg" alt="__wf_reserved_inherit">',
        "![](https://mill.example/w.jpg)",
    ),
    "a paragraph of a joiner": ('<p>\u200d</p><img src="/w.jpg" alt="W">', "![W](https://mill.example/w.jpg)"),
    "a joiner in an emoji": ("<p><u>👩</u>\u200d<u>🔬</u></p>", "👩\u200d🔬"),
    "own address": ('<img src="/weir.jpg" alt="The weir">', "![The weir](https://mill.example/weir.jpg)"),
    "lazy address": (f'<img src="{DOT}" data-src="weir.jpg" alt="W">', "![W](https://mill.example/a/weir.jpg)"),
    "lazy set": (
        f'<img src="{DOT}" data-srcset="/w-400.jpg 400w, /w-1600.jpg 1600w" alt="W">',
        "![W](https://mill.example/w-1600.jpg)",
    ),
    "a preview of lower quality": (
        '<div><img src="/w.jpg?q=20"><canvas></canvas><img data-src="/w.jpg" alt="W"></div>',
        "![W](https://mill.example/w.jpg)",
    ),
    "files of one name": (
        '<div><img src="/a/w.jpg"><img src="/b/w.jpg"></div>',
        "![](https://mill.example/a/w.jpg)![](https://mill.example/b/w.jpg)",
    ),
    "a copy before its placeholder, below another picture": (
        f'<p><img src="/a.jpg"></p><figure><noscript><img src="/w.jpg" alt="W"></noscript><img src="{DOT}"></figure>',
        "![](https://mill.example/a.jpg)\n\n![W](https://mill.example/w.jpg)",
    ),
    "an attribute of some script": (
        f'<img src="{DOT}" data-zoom="/w.webp" alt="W">',
        "![W](https://mill.example/w.webp)",
    ),
    "a template for a script": (
        '<img data-src="/w_{width}x.jpg" src="/w_300x.jpg" srcset="/w_300x.jpg 300w, /w_900x.jpg 900w" alt="W">',
        "![W](https://mill.example/w_900x.jpg)",
    ),
    "the larger copy of a thumbnail": (
        '<img src="/p/w-150x150.jpg" srcset="/p/w-150x150.jpg 150w, /p/w.jpg 1200w" alt="W">',
        "![W](https://mill.example/p/w.jpg)",
    ),
    "a picture of useful size stays itself": (
        '<img src="/p/w-800x600.jpg" srcset="/p/w-800x600.jpg 800w, /p/w.jpg 2400w" alt="W">',
        "![W](https://mill.example/p/w-800x600.jpg)",
    ),
    "commas in addresses of a set": (
        f'<img src="{DOT}" srcset="https://i.example/w_300,c_fit/a.jpg 3w, https://i.example/w_900,c_fit/a.jpg 9w">',
        "![](https://i.example/w_900,c_fit/a.jpg)",
    ),
    "a sign": (
        '<p>A <img class="emoji" alt="🔥" src="/1f525.svg"> and <img alt="⚓" width="20" src="/x.png"> here.</p>',
        "A 🔥 and ⚓ here.",
    ),
    "no sign": (
        '<p>A <img class="emoji" alt=":fire:" src="/a.svg"> and <img alt="火" width="20" src="/b.png"> here.</p>',
        "A and here.",
    ),
    "picture with sources": (
        f'<picture><source srcset="/w.avif 1x, /w2.avif 2x"><img src="{DOT}" alt="W"></picture>',
        "![W](https://mill.example/w2.avif)",
    ),
    "placeholder and copy without scripts": (
        f'<p>One.</p><img src="{DOT}" alt="W"><noscript><img src="/w.jpg" alt="W"></noscript><p>Two.</p>',
        "One.\n\n![W](https://mill.example/w.jpg)\n\nTwo.",
    ),
    "lazy picture and copy without scripts": (
        '<img src="/w-900.jpg" alt="W"><noscript><img src="/w-1800.jpg" alt="W"></noscript><p>Two.</p>',
        "![W](https://mill.example/w-900.jpg)\n\nTwo.",
    ),
    "placeholders in a gallery": (
        "".join(f'<img src="{DOT}"><noscript><img src="/{n}.jpg"></noscript>' for n in (1, 2)),
        "![](https://mill.example/1.jpg)\n\n![](https://mill.example/2.jpg)",
    ),
    "copy deeper than its placeholder": (
        f'<span><span><img src="{EMPTY}" alt="W"></span><noscript><img src="/w.jpg" alt="W"></noscript></span>',
        "![W](https://mill.example/w.jpg)",
    ),
    "copy at an optimising server": (
        '<img src="/_next/image?url=%2Fw.png&amp;w=640"><p></p>'
        '<noscript><img src="/_next/image?url=%2Fw.png&amp;w=1920"></noscript>',
        "![](https://mill.example/_next/image?url=%2Fw.png&w=640)",
    ),
    "blurred copy before the picture": (
        f'<div><img src="{PNG}" alt=""></div><picture><img src="/w.jpg" alt="W"></picture>',
        "![W](https://mill.example/w.jpg)",
    ),
    "small picture in the page": (f'<img src="{PNG}" alt="W" width="600">', f"![W]({PNG})"),
    "large picture in the page": (f'<p>One.</p><img src="{LONG}" alt="W">', "One.\n\n[W]"),
    "large picture without words": (f'<p>One.</p><img src="{LONG}">', "One."),
    "picture that only the browser had": ('<img src="blob:https://mill.example/1" alt="W">', "[W]"),
    "picture that SingleFile keeps in a style sheet": (
        '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6">'
        "<rect fill-opacity=\"0\"/></svg>' style='background-image:var(--sf-img-3)' alt='W'>",
        "[W]",
    ),
    "nothing but a placeholder": (f'<p>One.</p><img src="{DOT}" alt="W"><img src="{EMPTY}" alt="W">', "One."),
    "tracking pixels and icons": (
        '<p>One.</p><img src="/p" width="1" height="1"><img src="https://sb.scorecardresearch.com/p?c1=2">'
        '<img class="icon" src="/i.png"><noscript><img src="https://www.facebook.com/tr?id=1"></noscript>'
        '<noscript><img src="https://c.count.example/7/0/"></noscript><img src="/h.jpg" style="display: none">',
        "One.",
    ),
    "background of what says that it is a picture": (
        '<div role="img" aria-label="The weir" style="background-image: url(\'/w.jpg\')"></div>'
        '<div style="background-image: url(/paper.png)"></div>',
        "![The weir](https://mill.example/w.jpg)",
    ),
    "drawing in an object": (
        '<object type="image/svg+xml" data="/plan.svg" title="Plan"></object>',
        "![Plan](https://mill.example/plan.svg)",
    ),
    "in a link": (
        '<a href="/full.jpg"><img src="/w.jpg" alt="W"></a>',
        "[![W](https://mill.example/w.jpg)](https://mill.example/full.jpg)",
    ),
}

EMBEDS = {
    "video": (
        '<iframe title="The weir" src="https://www.youtube.com/embed/a1B2c3D4e5F?rel=0"></iframe>',
        "[The weir](https://www.youtube.com/watch?v=a1B2c3D4e5F)",
    ),
    "video that waits for consent": (
        '<iframe title="The weir" data-src="//www.youtube-nocookie.com/embed/a1B2c3D4e5F" src="about:blank"></iframe>',
        "[The weir](https://www.youtube.com/watch?v=a1B2c3D4e5F)",
    ),
    "video twice": (
        '<iframe data-src="https://player.vimeo.com/video/123"></iframe>'
        '<noscript><iframe src="https://player.vimeo.com/video/123"></iframe></noscript>',
        "[player.vimeo.com](https://vimeo.com/123)",
    ),
    "video between two halves of a text": (
        '<p>One.<iframe src="https://player.vimeo.com/video/123" title="V"></iframe>Two.</p>',
        "One.\n\n[V](https://vimeo.com/123)\n\nTwo.",
    ),
    "post": (
        '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=1234567890" title="X Post"></iframe>',
        "[X Post](https://x.com/i/status/1234567890)",
    ),
    "post of a script": (
        '<div class="fb-post" data-href="https://www.facebook.com/mill/posts/1"></div>',
        "[facebook.com](https://www.facebook.com/mill/posts/1)",
    ),
    "map": (
        '<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=1" title="Where the mill is"></iframe>',
        "[Where the mill is](https://www.openstreetmap.org/export/embed.html?bbox=1)",
    ),
    "sound": (
        '<p>Hear it: <audio src="/bell.mp3" title="The bell"></audio></p>',
        "Hear it: [The bell](https://mill.example/bell.mp3)",
    ),
    "recording with sources": (
        '<video poster="/w.jpg" aria-label="W"><source src="/w.webm"></video>',
        "[W](https://mill.example/w.webm)",
    ),
    "recording that only the browser had": (
        '<video src="blob:https://mill.example/1" poster="/w.jpg" title="W"></video>',
        "![W](https://mill.example/w.jpg)",
    ),
    "AMP": (
        '<amp-youtube data-videoid="a1B2c3D4e5F"></amp-youtube>',
        "[youtube.com](https://www.youtube.com/watch?v=a1B2c3D4e5F)",
    ),
    "custom element with words of its player": (
        '<lite-youtube videoid="a1B2c3D4e5F" playlabel="The weir"><button>Play</button></lite-youtube>',
        "[The weir](https://www.youtube.com/watch?v=a1B2c3D4e5F)\n\nPlay",
    ),
    "Flash": (
        '<object><param name="movie" value="https://www.youtube.com/v/a1B2c3D4e5F"><embed '
        'src="https://www.youtube.com/v/a1B2c3D4e5F"></object>',
        "[youtube.com](https://www.youtube.com/watch?v=a1B2c3D4e5F)",
    ),
    "listing of another site": (
        '<script src="https://gist.github.com/miller/0123abcd.js"></script>',
        "[miller/0123abcd](https://gist.github.com/miller/0123abcd)",
    ),
    "frame whose page stands in the attribute": ('<iframe title="Chart" srcdoc="<p>x</p>"></iframe>', "[Chart]"),
    "buttons and comments of Facebook": (
        '<p>One.</p><div class="fb-like" data-href="https://mill.example/a"></div>'
        '<div class="fb-comments" data-href="https://mill.example/a"></div>',
        "One.",
    ),
    "frames of machines": (
        '<p>One.</p><iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe><iframe width="1" height="1" '
        'src="https://x.example/a"></iframe><iframe style="display:none" src="https://x.example/b"></iframe><iframe '
        'src="https://www.facebook.com/plugins/like.php?href=x"></iframe><iframe src="about:blank"></iframe><iframe '
        'src="https://x.example/newsletter/form"></iframe><iframe src="javascript:void(0)"></iframe>',
        "One.",
    ),
}


@pytest.mark.parametrize(("html", "expected"), PICTURES.values(), ids=PICTURES)
def test_pictures(html: str, expected: str) -> None:
    assert md(html) == expected


@pytest.mark.parametrize(("html", "expected"), EMBEDS.values(), ids=EMBEDS)
def test_embeds(html: str, expected: str) -> None:
    assert md(html) == expected


PAGE = """<!doctype html><html lang="en"><head><title>The weir</title></head><body><header><nav><a href="/">Mill</a>
<a href="/news">News</a></nav></header><main><article><h1>The weir</h1><div class="text">
<p>The weir was built by the millers of the valley, who needed the head of water for their wheels in August.</p>
{}
<p>It has been repaired three times since, and each time with the oak that stands on the hill behind the church.</p>
</div></article></main><footer><a href="/legal">Legal notice</a></footer></body></html>"""


def test_what_is_unreadable_is_in_the_report() -> None:
    result = cleaner.clean(PAGE.format(f'<p><img src="{LONG}" alt="The weir in May"></p><iframe srcdoc="x"></iframe>'))
    assert "\n\n[The weir in May]\n\n" in result.text
    assert any("2 pictures or frames stand in the page itself" in warning for warning in result.report.warnings)
    assert not any("pictures" in warning for warning in cleaner.clean(PAGE.format("")).report.warnings)


@pytest.mark.parametrize(
    "caption",
    [
        "<figcaption>Share this picture. Photo: Getty</figcaption>",
        '<figcaption>Photo</figcaption><p class="credit"><a href="/shop">Buy a print</a></p>',
        '<p class="wp-caption-text"><a href="/agency">Agency</a></p>',
    ],
)
def test_no_caption_takes_its_picture_along(caption: str) -> None:
    picture = f'<figure class="image"><img src="https://mill.example/w.jpg" alt="W" width="900">{caption}</figure>'
    assert "![W](https://mill.example/w.jpg)" in cleaner.clean(PAGE.format(picture)).text


def test_a_caption_stays_with_its_picture() -> None:
    picture = '<figure><img src="https://mill.example/w.jpg" alt="W"><figcaption>In May</figcaption></figure>'
    assert "![W](https://mill.example/w.jpg)\n\nIn May\n" in cleaner.clean(PAGE.format(picture)).text


def test_pictures_in_the_page_are_shown_in_html_too() -> None:
    assert (
        f'<img src="{PNG}" alt="W"' in cleaner.clean(PAGE.format(f'<p><img src="{PNG}" alt="W"></p>'), to="html").text
    )
