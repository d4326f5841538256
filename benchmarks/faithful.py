"""Whether what a page says is what the article says.

    python -m benchmarks.faithful counts PAGES     what of each kind is found again, beside trafilatura and Defuddle
    python -m benchmarks.faithful digits PAGES     no number is glued, lost or slid into another column
    python -m benchmarks.faithful roundtrip PAGES  our Markdown, read by markdown-it, says the words of the page

PAGES is a folder of pages (`*.html` or `*.html.gz`, at any depth).  What is expected is read from the page's tree by
other code than the walk's.  `digits` and `roundtrip` look at the whole page as rendered, of which the article is cut:
what holds for all blocks holds for those that are kept.  `counts` looks at what `expected.md` beside the page says (as
in our fixtures), else at the element that best holds the text in `GOLD/<name of the page>.json` (as WCXB has it), or
else at `article` or `main`.  Of headings, items, cells, links and quotes it counts those whose words the reference text
has: an article's element holds more than the article.  A quotation that repeats words of its article is no part of it.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import _Element as Element
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

import cleaner
from benchmarks.pages import page_files, read
from cleaner.html.parse import parse
from cleaner.read.decode import decode

Things = dict[str, Counter[str]]
"""How often each thing of a kind is there."""

KINDS = (
    *("headings", "list items", "cells", "code blocks", "code languages", "links", "pictures", "quotes", "footnotes"),
    "formulas",
)
_SILENT = {
    *("script", "style", "head", "iframe", "object", "math", "canvas", "audio", "video"),
    *("noframes", "datalist", "rp", "input"),
}
_LINES = {
    *("html", "body", "address", "article", "aside", "blockquote", "br", "center", "details", "dialog", "dd", "dir"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p"),
    *("pre", "search", "section", "select", "summary", "table", "caption", "thead", "tbody", "tfoot", "tr", "td"),
    *("th", "textarea", "button", "ul"),
}
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\S?\d+(?:[^\w\s]?\d+)*\S?")
_DIGIT = re.compile(r"\d")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush:?)[- ]([\w+#.-]+)")
_MARK = re.compile(r"\W*(?:\w{1,3}|[*†‡§]+)\W*")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_EMBEDS = {"iframe", "embed", "object", "video", "audio", "source", "a", "blockquote", "div"}
_NAMES = {"title", "aria-label", "alt", "playlabel", "src", "data", "data-src", "data-title", "cite"}
_COUNTS_LETTERS = re.compile(r"^[aA] |alpha|latin")
_COUNTS_ROMAN = re.compile(r"^[iI] |roman")
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")
_LONGEST = 1_000  # characters of a word
_SHOWN = 8
"""Faults of one page that are told."""

_DEFUDDLE = """
import { createInterface } from "node:readline"; import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { JSDOM, VirtualConsole } from "jsdom"; import { Defuddle } from "defuddle/node";
console.log = console.warn = console.error = () => {};
for await (const path of createInterface({ input: process.stdin })) {
  let text = "";
  try {
    const url = "https://a.example/", options = { virtualConsole: new VirtualConsole(), url };
    const bytes = readFileSync(path), html = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    const dom = new JSDOM(html, options);
    text = (await Defuddle(dom, url, { markdown: true })).content ?? "";
    dom.window.close();
  } catch {}
  process.stdout.write(JSON.stringify(text) + "\\n");
}
"""


# --- reading ------------------------------------------------------------------------------------


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 400}).enable(["table", "strikethrough"])
    reader.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True).use(deflist_plugin)
    reader.use(tasklists_plugin).use(dollarmath_plugin, double_inline=True, allow_space=False, allow_digits=False)
    reader.add_render_rule("footnote_ref", _note_mark)
    return reader


def _note_mark(self: Any, tokens: Sequence[Any], at: int, options: object, env: object) -> str:
    return f'<sup class="footnote-ref">[{tokens[at].meta["label"]}]</sup>'


def rendered(markdown: str) -> Element:
    """Markdown as a tree, by a library that knows nothing of us."""
    return lxml.html.document_fromstring(f"<body>{_reader().render(markdown)}</body>")


def page_tree(path: Path) -> Element:
    """A page."""
    return parse(decode(read(path)).text).root


def spoken(element: Element) -> str:
    """What an element says: blocks are apart, white space is collapsed."""
    pieces: list[str] = []
    stack: list[Any] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
        elif isinstance(one.tag, str) and one.tag not in _SILENT and not _is_formula(one):
            border = "\n" if one.tag in _LINES else ""
            stack.append(border)
            for child in reversed(one):
                stack += (child.tail or "", child)
            stack += (one.text or "", border)
    return " ".join("".join(pieces).translate(_UNSEEN).split())


def words(element: Element) -> str:
    """The words of an element, by which it is known again."""
    return " ".join(_WORD.findall(spoken(element).lower()))


def _is_formula(element: Element) -> bool:
    return (element.get("class") or "").startswith(("math inline", "math block", "katex", "MathJax", "mwe-math"))


# --- counts -------------------------------------------------------------------------------------


def things(root: Element, *, page: Element | None) -> Things:
    """What stands in an element of `page`, or in the tree of some Markdown if there is no page."""
    found: Things = {kind: Counter() for kind in KINDS}
    found["headings"].update(words(one) for one in root.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    found["list items"].update(_own_words(one) for one in root.iter("li"))
    for table in root.iter("table"):
        if page is None or _is_data(table):
            found["cells"].update(words(cell) for cell in table.iter("td", "th"))
    for listing in root.iter("pre"):
        if _is_gutter(listing):
            continue
        code = re.sub(r"\s", "", "".join(map(str, listing.itertext())))
        found["code blocks"][code] += 1
        if code and (language := _language(listing)):
            found["code languages"][f"{language} {code}"] += 1
    found["links"].update(filter(None, map(_link, root.iter("a"))))
    found["pictures"].update(filter(None, map(_picture, root.iter("img"))))
    found["quotes"].update(words(one) for one in root.iter("blockquote"))
    if page is None:
        found["footnotes"]["mark"] = len(root.xpath(".//sup[@class='footnote-ref']"))
        found["formulas"]["formula"] = len(root.xpath(".//*[starts-with(@class, 'math ')]"))
    else:
        found["footnotes"]["mark"] = sum(1 for link in root.iter("a") if _is_mark(link, page))
        found["formulas"]["formula"] = len(root.xpath(".//math | .//script[starts-with(@type, 'math/tex')]"))
    for counter in found.values():
        counter.pop("", None)
    return found


def _own_words(item: Element) -> str:
    """The words of an item before a list or a listing in it."""
    copy = deepcopy(item)
    inner = next(copy.iter("ul", "ol", "pre", "table", "blockquote"), None)
    if inner is not None:
        for one in [inner, *inner.itersiblings()]:
            one.getparent().remove(one)
    return words(copy)


def _is_data(table: Element) -> bool:
    rows = [len(row.xpath("./td | ./th")) for row in table.iter("tr")]
    return len(rows) > 1 and max(rows) > 1 and next(table.iterdescendants("table", "form", "h1", "h2"), None) is None


def _is_gutter(listing: Element) -> bool:
    """Whether a listing is the column of numbers beside another one, and no code."""
    row = next(listing.iterancestors("tr"), None)
    beside = row is not None and sum(1 for _ in row.iter("pre")) > 1
    return beside and all(map(str.isdecimal, "".join(map(str, listing.itertext())).split()))


def _language(listing: Element) -> str:
    for one in (listing, *listing.iter("code"), listing.getparent()):
        found = _LANGUAGE.search(one.get("class") or "") if one is not None else None
        if found and found[1] not in ("none", "plaintext", "text", "default"):
            return found[1].lower()
    return ""


def _link(link: Element) -> str:
    target = (link.get("href") or "").strip()
    said = words(link)
    if not said or not target or target.startswith(("#", "javascript:", "data:")):
        return ""
    return f"{said} {_last(target)}"


def _picture(image: Element) -> str:
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        source = (image.get(name) or "").strip()
        if source and not source.startswith("data:"):
            size = [image.get(side, "") for side in ("width", "height")]
            return "" if any(one.isdecimal() and int(one) < 48 for one in size) else _last(source)
    return ""


def _last(address: str) -> str:
    """What is left of an address whatever it is relative to, and however it is escaped."""
    return re.sub(r"%[0-9a-fA-F]{2}|\W", "", address.split("#")[0].rstrip("/").rsplit("/", 1)[-1])[-30:]


def _is_mark(link: Element, page: Element) -> bool:
    _, _, name = (link.get("href") or "").partition("#")
    said = " ".join("".join(map(str, link.itertext())).split())
    if not name or not _MARK.fullmatch(said) or re.search(r"(?:ref|back)", name.split("-")[0]):
        return False
    says = f"{link.get('role')} {link.get('class')} {name}"
    raised = any(one.tag == "sup" for one in (*link.iterancestors(), *link))
    if not raised and not re.search(r"noteref|footnote|_ftn", says):
        return False
    return bool(page.xpath("boolean(//*[@id=$name] | //a[@name=$name])", name=name))


def article(page: Element, reference: str | None) -> Element | None:
    """The element of the article, whose text may be known."""
    if reference is None:
        return next((one for tag in ("article", "main") for one in page.iter(tag)), None)
    wanted = Counter(_WORD.findall(reference.lower()))
    best, score = None, 0.0
    for one in page.iter("body", "div", "article", "main", "section", "td"):
        has = Counter(words(one).split()) if len(one) else Counter[str]()
        if 2 * has.total() < wanted.total():
            continue
        mean = 2 * (has & wanted).total() / max(1, has.total() + wanted.total())
        if mean >= score:
            best, score = one, mean
    return best


def _told(there: Things, element: Element, reference: str | None) -> Things:
    """The things of an article's element without those whose words its reference text lacks, and quotations of its own
    words."""
    whole = words(element)
    there["quotes"] = Counter({said: n for said, n in there["quotes"].items() if whole.count(said) == n})
    if reference is None:
        return there
    text = f" {' '.join(_WORD.findall(reference.lower()))} "
    for kind in ("headings", "list items", "cells", "quotes", "links"):
        said = {one: one.rpartition(" ")[0] if kind == "links" else one for one in there[kind]}
        there[kind] = Counter({one: n for one, n in there[kind].items() if f" {said[one]} " in text})
    return there


def _reference(gold: Path | None, path: Path) -> dict[str, Any] | None:
    """What is known of a page."""
    about = gold / f"{path.name.split('.')[0]}.json" if gold else None
    known: dict[str, Any] | None = json.loads(about.read_text(encoding="utf-8")) if about and about.exists() else None
    return known


def has_type(path: Path, gold: Path | None, wanted: str) -> bool:
    """Whether a page is known to be of a type."""
    known = _reference(gold, path)
    return known is not None and known["_internal"]["page_type"]["primary"] == wanted


def _ours(path: Path) -> str:
    return cleaner.clean(read(path), format="html", to="markdown").text


def _trafilatura(path: Path) -> str:
    import trafilatura

    options: dict[str, Any] = {
        **dict.fromkeys(("include_links", "include_images", "include_tables", "include_formatting"), True)
    }
    return trafilatura.extract(decode(read(path)).text, output_format="markdown", **options) or ""


def expected(path: Path, gold: Path | None) -> Things | None:
    """What stands in the article of a page: as `expected.md` beside it says, or else in the article's own element."""
    if (own := path.with_name("expected.md")).exists():
        return things(rendered(own.read_text(encoding="utf-8")), page=None)
    page, known = page_tree(path), _reference(gold, path)
    reference = None if known is None else str(known["ground_truth"]["main_content"] or "")
    element = article(page, reference)
    return None if element is None else _told(things(element, page=page), element, reference)


def _found(there: Things, markdown: str) -> Counter[str]:
    given = things(rendered(markdown), page=None)
    return Counter({kind: (there[kind] & given[kind]).total() for kind in KINDS})


def counted(path: Path, gold: Path | None, tools: Sequence[str]) -> dict[str, Counter[str]]:
    """How many things of each kind a page has, and how many of them each tool gives."""
    there = expected(path, gold)
    if there is None:
        return {}
    sums = {"page": Counter({kind: there[kind].total() for kind in KINDS})}
    return sums | {tool: _found(there, {"cleaner": _ours, "trafilatura": _trafilatura}[tool](path)) for tool in tools}


def _defuddled(paths: Sequence[Path], folder: Path) -> Iterator[str]:
    run = ["node", "--input-type=module", "-e", _DEFUDDLE]
    names = "".join(f"{path.resolve()}\n" for path in paths)
    done = subprocess.run(run, input=names, cwd=folder, capture_output=True, text=True, check=True)
    yield from map(json.loads, done.stdout.rstrip("\n").split("\n"))  # not at U+2028


def run_counts(paths: Sequence[Path], gold: Path | None, defuddle: Path | None, jobs: int) -> int:
    """Print the table."""
    logging.disable(logging.CRITICAL)
    sums: dict[str, Counter[str]] = {name: Counter() for name in ("page", "cleaner", "trafilatura")}
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(partial(counted, gold=gold, tools=("cleaner", "trafilatura")), paths, chunksize=4):
            for name, counts in found.items():
                sums[name] += counts
    if defuddle:
        sums["Defuddle"] = Counter()
        for path, markdown in zip(paths, _defuddled(paths, defuddle), strict=True):
            there = expected(path, gold)
            if there is not None:
                sums["Defuddle"] += _found(there, markdown)
    print(f"{len(paths)} pages\n{'':<16}" + "".join(f"{name:>13}" for name in sums))
    for kind in KINDS:
        print(f"{kind:<16}" + "".join(f"{counts[kind]:>13,}" for counts in sums.values()))
    return 0


# --- digits and round trip ----------------------------------------------------------------------


def source(path: Path) -> str:
    """The whole page as we render it, before anything goes."""
    return cleaner.clean(read(path), format="html", to="markdown", images=False, title=False).source


def digits(path: Path) -> list[str]:
    """The numbers, each with what touches it, of which page and rendering have not equally many; cells that slid."""
    text = source(path)
    page, ours = page_tree(path), rendered(text)
    said = [_plain(spoken(one)) for one in (page, ours)]
    there, given = map(_numbers, said)
    for torn, pieces in _torn(*said):
        there, given = there - _numbers(torn), given - _numbers(pieces)
    unmarked = _numbers(
        _plain(spoken(_without_marks(ours)))
    )  # numbers of notes that the page leaves to its style sheet
    allowed, formulas = (_numbers(" ".join(said)) for said in (_unsaid(page, ours), _formulas(ours)))
    allowed += given - unmarked
    given |= unmarked & there
    faults = _differences(
        there,
        given + _labels(text),
        formulas,
        allowed + _marks(text),
        lambda number: (number, number[1:], number[:-1], number[1:-1]),
    )
    shown = {pair for table in ours.iter("table") for pair in columns(table)}
    heads = {head for head, _ in shown}
    for table in page.iter("table"):
        if _is_data(table):
            pairs = [pair for pair in columns(table) if pair[0] in heads]
            faults += [f"cell {cell!r} is not below {head!r}" for head, cell in pairs if (head, cell) not in shown]
    return faults


def _numbers(text: str) -> Counter[str]:
    """The numbers of a text, each with what touches it."""
    return Counter(_NUMBER.findall(text))


def _torn(there: str, given: str) -> Iterator[tuple[str, str]]:
    """What has digits and stands together in one text and apart in the other, where the markup sets it apart."""
    lost, beyond = (Counter(text.split()) for text in (there, given))
    lost, beyond = lost - beyond, beyond - lost
    for word in sorted(filter(_DIGIT.search, lost), key=len):
        while lost[word] and (pieces := _pieces(word, beyond)):
            lost[word] -= 1
            beyond -= Counter(pieces)
            yield word, " ".join(pieces)


def _without_marks(ours: Element) -> Element:
    copy = deepcopy(ours)
    for mark in copy.xpath(".//sup[@class='footnote-ref']"):
        mark.drop_tree()
    return copy


def columns(table: Element) -> list[tuple[str, str]]:
    """Each number of a table with the header of its column; nothing if the first row is no header."""
    heads: dict[int, str] = {}
    pairs: list[tuple[str, str]] = []
    taken: dict[int, int] = {}  # for each column the rows that a cell from above still has
    for number, row in enumerate(row for row in table.iter("tr") if next(row.iterancestors("table")) is table):
        column, below = 0, {}
        for cell in row.xpath("./td | ./th"):
            while taken.get(column, 0):
                column += 1
            wide, high = (int(v) if (v := cell.get(name, "1")).isdecimal() else 1 for name in ("colspan", "rowspan"))
            said = words(cell)
            for one in range(column, column + min(wide, 50)):
                below[one] = high
            if number == 0 and cell.tag == "th":
                heads[column] = said
            elif number and said.isdecimal() and heads.get(column):
                pairs.append((heads[column], said))
            column += max(1, wide)
        taken = {c: n - 1 for c, n in taken.items() if n > 1} | {c: n - 1 for c, n in below.items() if n > 1}
    return pairs


def roundtrip(path: Path) -> list[str]:
    """The words of which the page and its Markdown, read again, have not equally many.

    What the page has as one word may stand apart where its markup, if not its text, sets it apart.
    """
    text = source(path)
    page, ours = page_tree(path), rendered(text)
    there, given = (Counter(words(one).split()) for one in (page, ours))
    allowed, formulas = (
        Counter(_WORD.findall(" ".join(said).lower())) for said in (_unsaid(page, ours), _formulas(ours))
    )
    return _differences(there, given + _labels(text), formulas, allowed + _marks(text), lambda word: (word,))


def _unsaid(page: Element, ours: Element) -> Iterator[str]:
    """What may be written although no text of the page says it.

    For frames and recordings, which have none, stand their titles, addresses or names of tags, or the host of what is
    embedded; and the letters of lists are written by browsers.
    """
    for embed in page.iter():
        if embed.tag in _EMBEDS or (isinstance(embed.tag, str) and "-" in embed.tag):
            yield str(embed.tag)
            yield from (value for name, value in embed.items() if name in _NAMES and "data:" not in value)
    yield from (_hosts(ours) - _hosts(page)).elements()
    for list_ in page.iter("ol"):
        style = f"{list_.get('type')} {list_.get('style')}"
        letters = _ROMAN if _COUNTS_ROMAN.search(style) else _LETTERS if _COUNTS_LETTERS.search(style) else ()
        yield from letters[: len(list_)]


def _hosts(root: Element) -> Counter[str]:
    """The links whose words are the host that they lead to."""
    links = ((link, urlsplit(link.get("href")).hostname) for link in root.iter("a") if "//" in (link.get("href") or ""))
    return Counter(spoken(link) for link, host in links if host and spoken(link) == host.removeprefix("www."))


def _formulas(ours: Element) -> Iterator[str]:
    """The formulas of a rendering, which the page may have as text between dollar signs."""
    return ("".join(map(str, one.itertext())) for one in ours.iter("span", "div", "section", "eqn") if _is_formula(one))


def _labels(markdown: str) -> Counter[str]:
    """The labels before notes, for which readers write numbers of their own."""
    return Counter(re.findall(r"^\W*\[\^([^\]\s]+)\]:", markdown, re.MULTILINE))


def _marks(markdown: str) -> Counter[str]:
    """The labels of notes and of their marks, which the page may leave to its style sheet."""
    return Counter(re.findall(r"\[\^([^\]\s]+)\]", markdown))


def _differences(
    there: Counter[str],
    given: Counter[str],
    formulas: Counter[str],
    allowed: Counter[str],
    cut: Callable[[str], Sequence[str]],
) -> list[str]:
    """What is lost or beyond: what the page has as one may stand apart where its markup sets it apart.

    Args:
        there, given: what the page has, and what its rendering has.
        formulas: what stands in the formulas of the rendering, which may be text in the page.
        allowed: what may be beyond.
        cut: what of something lost has to be found again.
    """
    lost, beyond, allowed = there - given, given - there + formulas, allowed + formulas
    for one in sorted(lost, key=len):
        while lost[one] and (pieces := next(filter(None, (_pieces(less, beyond) for less in cut(one))), None)):
            lost[one] -= 1
            beyond -= Counter(pieces)
    faults = [f"lost {one!r} ({count})" for one, count in (+lost).items()]
    return faults + [f"beyond {one!r} ({count})" for one, count in (beyond - allowed).items()]


def _pieces(word: str, pool: Counter[str]) -> list[str]:
    """The pieces of a pool that a word is made of; none if it is not."""
    ways: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            way, piece = ways[start], word[start:end]
            if way is not None and way.count(piece) < pool[piece]:
                ways[end] = [*way, piece]
                break
    return ways[-1] or []


def _plain(text: str) -> str:
    """Without the brackets around the marks of notes, which pages have or have not, and the marks of highlights."""
    return re.sub(r"\[(\d+)\]", r"\1", text.replace("==", ""))


def run_check(check: Callable[[Path], list[str]], paths: Sequence[Path], jobs: int) -> int:
    """Check all pages."""
    logging.disable(logging.CRITICAL)
    wrong = 0
    with ProcessPoolExecutor(jobs) as pool:
        for path, faults in zip(paths, pool.map(check, paths, chunksize=4), strict=True):
            wrong += bool(faults)
            if faults:
                print(f"{path.name}: {len(faults)}: {'; '.join(faults[:_SHOWN])}", flush=True)
    print(f"{len(paths)} pages, {wrong} with a fault")
    return bool(wrong)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("counts", "digits", "roundtrip"))
    parser.add_argument("pages", type=Path)
    parser.add_argument("--gold", type=Path, help="folder of reference texts, for counts")
    parser.add_argument("--defuddle", type=Path, help="folder with Defuddle and jsdom, for counts")
    parser.add_argument("--type", help="pages of that type only, as GOLD has it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    paths = [path for path in page_files(args.pages) if not args.type or has_type(path, args.gold, args.type)]
    paths = paths[:: args.every]
    if args.what == "counts":
        return run_counts(paths, args.gold, args.defuddle, args.jobs)
    return run_check(digits if args.what == "digits" else roundtrip, paths, args.jobs)


if __name__ == "__main__":
    sys.exit(main())
