"""Which format a clipping is in."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath

from cleaner.late import late
from cleaner.model import Format
from cleaner.read.frontmatter import front_matter

_HEAD = 65536  # characters that are looked at
EXTENSIONS: dict[str, Format] = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht"), "html"),
}
PAGES = frozenset(suffix for suffix, format in EXTENSIONS.items() if format == "html")
TEXTS = frozenset({".txt", ".text", *(suffix for suffix, format in EXTENSIONS.items() if format == "markdown")})
"""How the names of files end that hold pages, or texts."""
_COMMENT = late(r"\s*(?:<!--.*?-->|<\?xml[^<>]*\?>)", re.DOTALL)
_PAGE = late(r"\s*<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
_MHTML = late(r"^MIME-Version:\s*1\.0", re.IGNORECASE | re.MULTILINE)
_ELEMENT = late(
    r"\s*<(?:a|article|aside|b|blockquote|button|center|div|dl|em|figure|footer|form|h[1-6]|header|hr|i|iframe|img"
    r"|link|main|meta|nav|ol|p|picture|pre|script|section|span|strong|style|svg|table|tbody|td|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_TAG = late(r"</?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>]*>")
_CHARS_PER_TAG = 200
_FEW_TAGS = 3

_FENCE = late(r"^ {0,3}```[^`\r\n]*\r?$", re.MULTILINE)
_LINK = late(r"\[[^\[\]\r\n]*\]\((?:https?:|mailto:|[/#.<])[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t][^()\r\n]*)?\)")
_IMAGE = late(r"!\[[^\[\]\r\n]*\]\([^()\r\n]+\)")
_WIKILINK = late(r"\[\[(?!\s|\d+\]\])[^\[\]\r\n]*[^\[\]\s]\]\](?![ \t]*\r?\n[ \t]*[\w.-]+[ \t]*=)")
_CALLOUT = late(r"^> ?\[![\w-]+\]", re.MULTILINE)
_REFERENCE = late(r"^ {0,3}\[[^\[\]\r\n]+\]:[ \t]+<?(?:https?:|/)", re.MULTILINE)
_TABLE = late(r"^\|?[ \t]?:?-{3,}:?[ \t]?\|[-:| \t]*\r?$", re.MULTILINE)
_MARKS = (("```", _FENCE), ("[[", _WIKILINK), ("[!", _CALLOUT), ("]:", _REFERENCE), ("---", _TABLE))
"""Patterns that show Markdown, and what of each is looked for first, which is faster."""
_HASH = late(r"^(#{1,6})[ \t]+[^\s#]", re.MULTILINE)
# What stands before the asterisks is asked behind them: `re` finds a pattern fast that begins with a literal.
_STRONG = late(r"\*\*(?<![*\w]\*\*)(?![\s*])[^*\r\n]+(?<!\s)\*\*(?![*\w])")
_EMPHASIS = late(r"\*(?<![*\w/]\*)(?![\s*|])[^*\r\n]+(?<![\s/])\*(?![*\w])")
_LIST = late(r"^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+\S", re.MULTILINE)
_QUOTE = late(r"^> \S", re.MULTILINE)
_INDENTED = late(r"^(?: {4}|\t)[ \t]*\S", re.MULTILINE)
_ENOUGH = 3  # points of weak marks
_LAID_OUT = 10  # one line in so many


def sniff(text: str, name: str | None = None) -> Format:
    """The format of `text`, by the extension of the file `name` if that says something, else by its first 64 kB.

    Doubt is text: taken for Markdown, a plain text would lose its indentation to code zones and its asterisks to
    emphasis; taken for text, Markdown only loses some matches.
    """
    if name:
        known = EXTENSIONS.get(PurePath(name).suffix.lower())
        if known:
            return known
    return _told_by(text[:_HEAD])


@lru_cache(maxsize=4)
def _told_by(head: str) -> Format:
    """The format of a text that begins so; it is asked what comes in, what is left, and what is given back."""
    head = head.removeprefix("\ufeff")
    markdown = _is_markdown(head)
    if _is_html(head, markdown):
        return "html"
    return "markdown" if markdown else "text"


def _is_html(head: str, markdown: bool) -> bool:
    at = 0
    while match := _COMMENT.match(head, at):
        at = match.end()
    if _PAGE.match(head, at):
        return True
    if "multipart/related" in head[:4096].lower() and _MHTML.search(head, 0, 4096):
        return True
    if markdown or not _ELEMENT.match(head, at):
        return False
    tags = _TAG.findall(head)
    closing = sum(1 for tag in tags if tag.startswith("</"))
    if len(tags) * _CHARS_PER_TAG < len(head) or not closing:
        return False
    return closing >= _FEW_TAGS or head.rstrip().endswith(">")


def _is_markdown(head: str) -> bool:
    if front_matter(head)[0] or ("](" in head and (_LINK.search(head) or _IMAGE.search(head))):
        return True
    if any(mark in head and pattern.search(head) for mark, pattern in _MARKS):
        return True
    if "#" in head and not head.startswith("#!") and _has_headings(head):
        return True
    return _has_emphasis(head)


def _has_emphasis(head: str) -> bool:
    """Whether emphasis shows Markdown.  Lists and quotes are plain text as well: they only add to it."""
    if "*" not in head:
        return False
    strong = len(_STRONG.findall(head))
    emphasis = len(_EMPHASIS.findall(head))
    company = bool(_LIST.search(head)) + bool(_QUOTE.search(head))
    if not strong + emphasis or 2 * strong + emphasis + company < _ENOUGH:
        return False
    # Text laid out with blanks (a page rendered as text) would become indented code.
    return len(_INDENTED.findall(head)) * _LAID_OUT < head.count("\n") + 1


def _has_headings(head: str) -> bool:
    """Whether the lines that begin with ``# `` are headings rather than comments of a script or a config file.

    A heading has blank lines around it (from ``##`` on, one before it is enough); comments come in runs or directly
    over code.
    """
    headings = others = 0
    for match in _HASH.finditer(head):
        before = head[max(0, match.start() - 4) : match.start()] if match.start() else "\n\n"
        blank_before = before.replace("\r\n", "\n").replace("\r", "\n").endswith("\n\n") or match.start() == 0
        rest = head[match.end() : match.end() + 1000].replace("\r\n", "\n").replace("\r", "\n")
        newline = rest.find("\n")
        following = rest[newline + 1 :].split("\n", 1)[0].strip() if newline >= 0 else ""
        if blank_before and (not following or len(match[1]) > 1):
            headings += 1
        else:
            others += 1
    return headings > others
