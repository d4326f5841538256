"""Lists of links as browsers and services export them: they look like pages and hold no text."""

from __future__ import annotations

import re

_HEAD = 65536  # bytes
_BOOKMARKS = re.compile(rb"\s*(?:<!--[^>]{0,999}-->\s*)?<!DOCTYPE\s+NETSCAPE-Bookmark-file-1\s*>", re.IGNORECASE)
_TITLE = re.compile(rb"<title>\s*(Pocket Export|Instapaper: Export)\s*</title>", re.IGNORECASE)
_LISTS = {
    b"pocket export": re.compile(rb'<li>\s*<a\s[^<>]{0,9999}\btime_added="\d+"', re.IGNORECASE),
    b"instapaper: export": re.compile(rb"<ol>\s*<li>\s*<a\s+href=", re.IGNORECASE),
}
"""How the lists of a service are written, by the title of its export."""


def is_link_list(data: bytes) -> bool:
    """Whether a page is a file of bookmarks, or the export of Pocket or Instapaper.

    Args:
        data: the page; only its first 64 kB are looked at.
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _BOOKMARKS.match(head):
        return True
    title = _TITLE.search(head)
    return title is not None and _LISTS[title[1].lower()].search(head, title.end()) is not None
