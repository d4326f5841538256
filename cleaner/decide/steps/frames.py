"""Frames and pixels: lines that hold nothing but a frame of an ad server, a comment box or a form, or a tracking pixel.

The view shows neither frames nor pictures, so no rule can find them; their addresses say whose they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.decide.board import Board, Step, Unseen
from cleaner.decide.engine_rules import engine_rule
from cleaner.edit import Lines
from cleaner.model import Evidence
from cleaner.reasons import Reason

FRAME = engine_rule("frames.machinery", "advertising", "block", "a frame or a pixel of an ad, a counter or a form")
_MARK = re.compile(r"<iframe\b|!\[")
_FRAME = re.compile(
    r"[ \t]*<iframe\b[^<>]{0,4000}\bsrc=[\"'](?P<src>[^\"'<>\s]{1,2000})[^<>]{0,4000}>[^<>]{0,80}(?:</iframe>)?\s*"
)
_PIXEL = re.compile(r"[ \t]*!\[\]\((?P<src>[^()\s]{1,2000})\)\s*")
_HOSTS = (
    (
        "advertising",
        r"googlesyndication\.com|doubleclick\.net|adservice\.google\.|amazon-adsystem\.com|taboola\.com|outbrain\.com"
        r"|criteo\.(?:com|net)|adnxs\.com|rubiconproject\.com|pubmatic\.com|ad-m\.asia|adform\.net|smartadserver\.com"
        r"|teads\.tv|yieldmo\.com|impact-ad\.jp|i-mobile\.co\.jp|gliastudios\.com",
    ),
    (
        "comments",
        r"giscus\.app|utteranc\.es|disqus\.com|commento\.io|hyvor\.com|facebook\.com/(?:v[\d.]+/)?plugins/comments",
    ),
    ("subscription", r"piano\.io|tinypass\.com|vx-piano\.|poool\.fr|zephr\.com"),
    (
        "newsletter",
        r"substack\.com/embed|beehiiv\.com/(?:embed|v\d)|list-manage\.com|convertkit\.com|mailerlite\.com|hsforms\.(?:com|net)"
        r"|klaviyo\.com|buttondown\.\w+/(?:[^/]+\?as_embed|embed)",
    ),
    (
        "share",
        r"facebook\.com/(?:v[\d.]+/)?plugins/(?:like|share|page|follow)|platform\.(?:twitter|x)\.com/widgets/(?:tweet_button"
        r"|follow)|b\.hatena\.ne\.jp/entry/button|addtoany\.com|addthis\.com|sharethis\.com",
    ),
    (
        "interface",
        r"recaptcha|hcaptcha\.com|challenges\.cloudflare\.com|googletagmanager\.com|google-analytics\.com|facebook\.com/tr\b"
        r"|pixel\.wp\.com|scorecardresearch\.com|bat\.bing\.com|quantserve\.com|chartbeat\.net|hotjar\.com|matomo\.php",
    ),
)  # fmt: skip
_WHOSE = tuple((category, re.compile(r"(?:^|//|[./])(?:[\w-]+\.)*(?:" + hosts + ")")) for category, hosts in _HOSTS)


def _apply(board: Board) -> None:
    document = board.document
    if board.level == "safe" or document.format != "markdown":
        return
    lines: Lines | None = None
    for mark in _MARK.finditer(document.text):
        lines = lines or Lines(document.text)
        start, end = lines.span(line := lines.at(mark.start()), line)
        found = (_FRAME if mark[0][0] == "<" else _PIXEL).fullmatch(document.text, start, end)
        if found is None or board.vetoes.in_zone(mark.start(), mark.end()):
            continue
        category = next((category for category, whose in _WHOSE if whose.search(found["src"])), None)
        if category and board.wants(rule := replace(FRAME, category=category)):
            seen = Reason.of("matched", text=found["src"])
            board.unseen.append(Unseen(rule, mark.start(), found.end("src"), (Evidence(FRAME.id, seen),)))


STEP = Step("frames", _apply, (FRAME,))
