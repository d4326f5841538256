"""Lists of links are told from pages, and no page is taken for one."""

from __future__ import annotations

import time

import pytest

from cleaner.formats.links import is_link_list
from tests.formats.roundtrip import PAGE, SEED

FIREFOX = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1700000000">Reading</H3>
    <DL><p>
        <DT><A HREF="https://example.com/lamp" ADD_DATE="1700000001" TAGS="sea">The Lamp</A>
    </DL><p>
</DL>
"""
POCKET = """\
<!DOCTYPE html>
<html>
\t<!--So long and thanks for all the fish-->
\t<head>
\t\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
\t\t<title>Pocket Export</title>
\t</head>
\t<body>
\t\t<h1>Unread</h1>
\t\t<ul>
\t\t\t<li><a href="https://example.com/lamp" time_added="1700000001" tags="sea,work">The Lamp</a></li>
\t\t</ul>
\t</body>
</html>
"""
INSTAPAPER = """\
<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<title>Instapaper: Export</title>
</head>
<body>

<h1>Unread</h1>
<ol>

<li><a href="https://example.com/lamp">The Lamp</a>

</ol>
</body>
</html>
"""
LISTS = [FIREFOX, POCKET, INSTAPAPER]


@pytest.mark.parametrize("text", LISTS)
def test_lists_of_links(text: str) -> None:
    variants = (text, text.replace("\n", "\r\n"), f"\ufeff{text}", f"\n  {text}", text.upper(), text * 50)
    assert [is_link_list(one.encode()) for one in variants] == [True] * 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        SEED,
        PAGE,
        PAGE.replace("The Lamp at the Quay", "Pocket Export"),
        PAGE.replace("<title>The Lamp at the Quay", "<title>Instapaper: Export"),
        PAGE.replace("</p>", "</p><ul><li><a href='/a' time_added='7'>x</a></li></ul>"),
        PAGE.replace("<title>", "<title>How to read a Pocket Export: ").replace(
            "</p>", '</p><li><a time_added="1">', 1
        ),
        f"<p>A file of bookmarks begins so:</p><pre>{FIREFOX}</pre>",
        FIREFOX.replace("<!DOCTYPE NETSCAPE-Bookmark-file-1>", "<!DOCTYPE html>"),
        POCKET.replace("<", "&lt;"),
        f"# Notes on exports\n\n```html\n{POCKET.replace('Pocket Export', 'Export')}```\n",
    ],
)
def test_pages_and_texts(text: str) -> None:
    assert not is_link_list(text.encode())


def test_only_the_beginning_counts_and_no_input_takes_long() -> None:
    assert not is_link_list(b" " * 70_000 + FIREFOX.encode())
    begin = time.process_time()
    for unit in (
        b"<li><a ",
        b"<title>",
        b"<ol> ",
        b"<!--",
        b"<title>Pocket Export</title><li><a " + b"x" * 90,
        b"\xff",
    ):
        assert not is_link_list(unit * 100_000)
    assert time.process_time() - begin < 2
