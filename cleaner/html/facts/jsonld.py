"""JSON-LD: what a page tells search engines of itself, however badly it is written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from cleaner.html.facts.titles import key
from cleaner.html.facts.values import plain

Node = dict[str, object]

_MAX_TEXT = 4_000_000  # characters over all scripts of a page
_MAX_NODES = 5_000
_MAX_VALUES = 100  # in one script
_MAX_HEADLINE = 400  # characters
_MAX_ADDRESS = 2_000
_OPENING = re.compile(r"[{\[]")
_WRAPPING = re.compile(r"<!--|-->|(?:/\*|//)?<!\[CDATA\[(?:\*/)?|(?:/\*|//)?\]\]>(?:\*/)?|/\*\s*\*/")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_DECODER = json.JSONDecoder(strict=False)  # not strict: control characters in strings are common
_RANKS = (
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle "
    "reviewnewsarticle liveblogposting techarticle scholarlyarticle medicalscholarlyarticle advertisercontentarticle "
    "satiricalarticle report apireference",
    "discussionforumposting socialmediaposting qapage question recipe howto podcastepisode",
    "product productgroup softwareapplication book movie event jobposting course",
    "review videoobject creativework",
    "webpage medicalwebpage itempage aboutpage contactpage faqpage collectionpage profilepage checkoutpage",
)
"""Types of schema.org in lower case, those first that describe the text of a page best."""
_RANK = {kind: rank for rank, kinds in enumerate(_RANKS) for kind in kinds.split()}
_TEXTS = 2  # ranks below this are of texts, of which a page has one
_KIND = {
    **dict.fromkeys(_RANKS[0].split(), "article"),
    "discussionforumposting": "discussion",
    "socialmediaposting": "discussion",
    "qapage": "question",
    "productgroup": "product",
}
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "mainentity", "liveBlogUpdate")
"""What a description of a page may be wrapped in.  Everything else (offers, reviews, parts) describes other things."""


def nodes(scripts: Iterable[Element]) -> list[Node]:
    """All top-level nodes of the JSON-LD in the scripts of a page, and those in `@graph` and `mainEntity`, in order.

    Scripts that cannot be read, even after the usual repairs, are left out.  Never raises.
    """
    found: list[Node] = []
    left = _MAX_TEXT
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        left -= len(text)
        if left < 0 or len(found) >= _MAX_NODES:
            break
        for value in _values(text):
            _flatten(value, found)
    return found


def index(graph: list[Node]) -> dict[str, Node]:
    """The nodes that have a name of their own, by their `@id`; a mere reference is not one."""
    named: dict[str, Node] = {}
    for node in graph:
        for candidate in (node, node.get("author"), node.get("publisher"), node.get("creator")):
            if isinstance(candidate, dict) and len(candidate) > 1:
                known = candidate.get("@id")
                if isinstance(known, str):
                    named.setdefault(known, candidate)
    return named


def main(graph: list[Node], titles: set[str], address: str) -> Node:
    """The node that describes the text of the page; empty if none does, or several do and none is known to.

    Args:
        titles: keys (`cleaner.html.facts.titles.key`) of the titles that the page states elsewhere.
        address: the key of its address.
    """
    ranked: dict[int, list[Node]] = {}
    for node in graph:
        rank = min((_RANK[kind.lower()] for kind in types(node) if kind.lower() in _RANK), default=None)
        if rank is not None:
            ranked.setdefault(rank, []).append(node)
    for rank in sorted(ranked):
        nodes = ranked[rank]
        for node in nodes:
            if len(nodes) == 1 or _headline(node) in titles or (address and address in _addresses(node)):
                return node
        if rank < _TEXTS and len(set(map(_headline, nodes))) == 1:
            return nodes[0]
    return {}


def kind(node: Node) -> str | None:
    """What the node describes: ``article`` for all kinds of them, else its type in lower case."""
    known = (kind.lower() for kind in types(node) if kind.lower() in _RANK)
    return next((_KIND.get(kind, kind) for kind in known), None)


def is_free(graph: list[Node]) -> bool | None:
    """Whether the text is accessible for free; None if no node says."""
    for node in graph:
        stated = str(node.get("isAccessibleForFree", ""))[:100].lower().rsplit("/", 1)[-1]
        if stated in ("true", "false"):
            return stated == "true"
    return None


def types(node: Node) -> list[str]:
    """The types of a node, without the address of their vocabulary."""
    stated = node.get("@type")
    values = stated if isinstance(stated, list) else [stated]
    return [re.split(r"[/#:]", value)[-1] for value in values[:10] if isinstance(value, str)]


def items(value: object, named: dict[str, Node]) -> Iterator[object]:
    """The values of a property: one or a list, references replaced by what they refer to."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            reference = item.get("@id")
            if isinstance(reference, str) and "name" not in item and reference in named:
                yield named[reference]
                continue
        if item is not None:
            yield item


def _headline(node: Node) -> str:
    return key(plain(node.get("headline") or node.get("name"), _MAX_HEADLINE) or "")


def _addresses(node: Node) -> list[str]:
    stated = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    return [key(address[:_MAX_ADDRESS]) for address in stated if isinstance(address, str)]


def _values(text: str) -> Iterator[object]:
    """Every JSON value in a script.  Some hold several, one after the other."""
    text = text.strip().strip("\ufeff;").strip()
    if not text:
        return
    try:
        yield _DECODER.decode(text)
        return
    except (ValueError, RecursionError):
        pass
    text = _WRAPPING.sub(" ", text).strip()
    if text[:6] in ("{&quot", "[&quot") or text.startswith(("{&#34;", "[&#34;")):
        text = html.unescape(text)
    text = _TRAILING_COMMA.sub("", text)
    at = 0
    for _ in range(_MAX_VALUES):
        match = _OPENING.search(text, at)
        if not match:
            return
        try:
            value, at = _DECODER.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            return
        yield value


def _flatten(value: object, found: list[Node]) -> None:
    waiting = [value]
    while waiting and len(found) < _MAX_NODES:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MAX_NODES]))
        elif isinstance(value, dict):
            found.append(value)
            waiting.extend(value[key] for key in reversed(_INSIDE) if isinstance(value.get(key), dict | list))
