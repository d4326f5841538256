"""Custom extractors of Postlight's Parser: a module of JavaScript a site, of which the fields of `content` are read.

`selectors` say where the article is, `clean` takes elements out, `defaultCleaner: false` says that nothing else does.
`transforms` rewrite; what a page says of itself is read from the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cleaner.imports.selecting import article_css, from_css
from cleaner.imports.sites import Known, Sites
from cleaner.imports.taken import Taken, files_in

_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
_COMMENT = re.compile(r"(?<![:'\"])//[^\n]*|/\*.*?\*/", re.DOTALL)
_DOMAIN = re.compile(r"\bdomain\s*:\s*['\"]([^'\"]+)['\"]")
_STATED = ("title", "author", "date_published", "dek", "lead_image_url", "next_page_url", "excerpt", "extend")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def take(path: str) -> Taken:
    """The extractors below a path.

    Raises:
        InputError: there are none.
    """
    taken, sites = Taken(), Sites("postlight", "Postlight's Parser")
    for name, raw in files_in(path, (".js", ".ts"), "Postlight's Parser"):
        text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), raw)
        domain = _DOMAIN.search(text)
        if domain is None or not _HOST.fullmatch(domain[1].lower()):
            continue
        taken.sources += 1
        hosts = [domain[1].lower(), *_strings(_field(text, "supportedDomains")[1])]
        for host in hosts:
            _read(name, text, host.removeprefix("www."), taken if host is hosts[0] else Taken(), sites)
    taken.packs += sites.packs()
    return taken


def _read(name: str, text: str, host: str, taken: Taken, sites: Sites) -> None:
    for key in _STATED:
        at, body = _field(text, key)
        if body:
            taken.leave_out(name, _line(text, at), f"{key}: …", "what a page says of itself is read from the page")
    start, content = _field(text, "content")
    if not content:
        return
    site = sites.of(host)
    for key in ("selectors", "clean"):
        at, body = _field(content, key)
        for source in _strings(body):
            taken.note(name, _line(text, start + at), source, partial(_mapped, site, key, source))
    at, body = _field(content, "transforms")
    if body.strip("{} \n\t"):
        reason = "it rewrites the page; here is only deletion"
        taken.leave_out(name, _line(text, start + at), "transforms: …", reason)
    match = re.search(r"\bdefaultCleaner\s*:\s*false\b", content)
    if match:
        taken.note(name, _line(text, start + match.start()), match[0], partial(_mapped, site, "whole", ""))


def _mapped(site: Known, key: str, source: str) -> str:
    """What became of a field of `content`."""
    if key == "whole":
        site.whole = True
        return "where the article is: whole"
    if key == "selectors":
        site.article.append(article_css(source))
        return "where the article is"
    site.remove.append(from_css(source))
    return "a rule for elements"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _field(text: str, key: str) -> tuple[int, str]:
    """Where the value of a field begins, and the value if it is a list or an object; empty if there is none."""
    match = re.search(rf"(?<![\w'\"]){key}['\"]?\s*:\s*([\[{{])", text)
    if match is None:
        return 0, ""
    depth, quote = 0, ""
    for at in range(match.start(1), len(text)):
        char = text[at]
        if quote:
            quote = "" if char == quote and text[at - 1] != "\\" else quote
        elif char in "'\"`":
            quote = char
        elif char in "[{(":
            depth += 1
        elif char in "]})":
            depth -= 1
            if not depth:
                return match.start(1), text[match.start(1) : at + 1]
    return match.start(1), ""


def _strings(body: str) -> Iterator[str]:
    for match in _STRING.finditer(body):
        value = next(group for group in match.groups() if group is not None)
        yield re.sub(r"\\(.)", r"\1", value)
