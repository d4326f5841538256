"""Names of programming languages, as classes, attributes and labels of listings have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.etree import _Element as Element

_KNOWN = """
abap actionscript ada apache apacheconf apex applescript arduino asciidoc asm assembly awk bash basic bat batch
bibtex c caddyfile clojure cmake cmd cobol coffeescript console cpp crystal csharp css csv cuda cypher cython d
dart delphi diff django docker dockerfile dos dot ebnf elixir elm env erb erlang excel fish forth fortran fsharp
gdscript gherkin git glsl go golang gradle graphql groovy haml handlebars haskell haxe hcl hlsl html http idris
ini java javascript jinja jinja2 js json json5 jsonc jsonl jsx julia kotlin kt latex lean lean4 less liquid lisp
lua make makefile markdown mathematica matlab md mermaid mips mysql nasm nginx nim nix objc objective-c
objectivec ocaml octave pascal patch perl pgsql php plsql postgresql powershell prisma prolog properties proto
protobuf ps1 pug puppet purescript py pycon python python2 python3 qml r racket raku razor rb react reason regex
rst ruby rust sas sass scala scheme scss sed sh shell shell-session shellsession smalltalk solidity sparql sql
sqlite stata svelte swift systemverilog tcl terraform tex toml ts tsql tsx turtle twig typescript vb vba vbnet
verilog vhdl vim vue wasm xml xquery xslt yaml yml zig zsh
"""
_NAMES = frozenset(_KNOWN.split())
_LABELS = {
    "ipython": "python",
    "ipython3": "python",
    "c++": "cpp",
    "c#": "csharp",
    "f#": "fsharp",
    "vb.net": "vbnet",
    "asp.net": "aspnet",
    "objective-c": "objectivec",
    "shell script": "shell",
    "shell session": "shell-session",
    "emacs lisp": "lisp",
    "node.js": "javascript",
    "json with comments": "jsonc",
}
_NOTHING = "none default auto nohighlight no-highlight undefined unknown plain plaintext null block"
_NO_LANGUAGE = frozenset(_NOTHING.split())
_NAMED = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|mw-highlight-lang-|hl-|brush:\s*|highlight-|src-|code-lang-|syntax-|prism-lang-)([\w+#.-]+)",
    re.IGNORECASE,
)
_FILE_TYPE = re.compile(r"(?:^|\s)blob-wrapper\s(?:.*\s)?type-(\S+)", re.DOTALL)
"""Of a file that GitHub shows on other pages."""
_SAID = ("data-lang", "data-language", "data-enlighter-language", "data-code-language", "data-syntax", "data-codelang")
_TOOLS = frozenset(
    [
        "hljs",
        "sourcecode",
        "prettyprint",
        "src",
        "brush",
        "syntaxhighlighter",
        "shiki",
        "codehilite",
        "crayon",
        "chroma",
    ]
)
_AROUND = 3  # elements around a listing that may name its language
_INSIDE = 4  # elements in it
_LONGEST = 20  # characters


def language(element: Element) -> str:
    """The language that a listing is in, lower case, as its elements say; empty if none does."""
    inside = islice(element.iter("pre", "code"), _INSIDE)
    for candidate, own in chain([(element, True)], ((each, True) for each in inside), _around(element)):
        found = _by_attribute(candidate) or _by_class(candidate.get("class") or "", bare=own)
        if found:
            return found
    return ""


def labelled(text: str) -> str | None:
    """The language that a label names, empty for plain text; None if it is no label of a language."""
    name = " ".join(text.lower().split()).strip(" :")
    if name in _LABELS:
        return _LABELS[name]
    if name in _NAMES:
        return name
    return "" if name in ("plain text", "plaintext", "text", "code", "txt") else None


def _around(element: Element) -> Iterator[tuple[Element, bool]]:
    """What frames a listing: its class is a name of more than the language."""
    around = element.getparent()
    for _ in range(_AROUND):
        if around is None:
            return
        yield around, around.tag == "figure" and "highlight" in (around.get("class") or "").split()
        around = around.getparent()


def _by_attribute(element: Element) -> str:
    for name in _SAID:
        value = (element.get(name) or "").strip().lower()
        if value and len(value) < _LONGEST and not any(map(str.isspace, value)):
            return "" if value in _NO_LANGUAGE else _LABELS.get(value, value)
    stated = _NAMED.search(element.get("data-syntaxhighlighter-params") or "")
    if stated:
        return stated[1].lower()
    file = _FILE_TYPE.search(element.get("class") or "")
    if file and file[1].lower() in _NAMES:
        return file[1].lower()
    value = (element.get("lang") or "").lower()
    return value if element.tag in ("pre", "code") and value in _NAMES else ""


def _by_class(names: str, *, bare: bool) -> str:
    for match in _NAMED.finditer(names):
        found = match[1].lower().rstrip(".-")
        found = _LABELS.get(found, found)
        if found not in _NO_LANGUAGE:
            return found
    if not bare or not names:
        return ""
    tokens = names.lower().split()
    by_tool = not _TOOLS.isdisjoint(tokens)
    return next((name for name in tokens if name in _NAMES and (by_tool or len(name) > 1)), "")
