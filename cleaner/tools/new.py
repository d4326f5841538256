"""`cleaner rules new`: a pack to start from."""

from __future__ import annotations

import json
import re

from cleaner.categories import CATEGORIES
from cleaner.errors import InputError, OptionError
from cleaner.read.document import read
from cleaner.read.sniff import sniff
from cleaner.tools.lint_literals import CJK_LETTERS, LEAST_PHRASE, weight
from cleaner.view import View, literal

_NAME = re.compile(r"(generic|platforms|sites)(/[a-z0-9]+([.-][a-z0-9]+)*)+")
_NOT_YAML = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEFAULT = "You have read your last free article this month"
_MOST = 400

_SITE = """\
site:
  hosts: [{host}]                # the pack applies to these hosts and to hosts below them
  # fingerprints:                # what tells the site in a text without a URL
  #   need: 2                    # so many different ones must occur
  #   any: ["a wording that only this site has", "another one"]
# disable: [family.some-rule]    # generic or platform rules that do not apply on this site
"""

_PACK = """\
# A pack of rules.  The keys are explained in docs/rule-format.md; try it with
#   cleaner rules lint FILE
#   cleaner rules test FILE
format: 1
pack: {name}
description: Says what the pack is for, what was seen, and what is unverified.
languages: [{languages}]         # codes such as en or de; any when language does not matter
{site}rules:
  - id: {id}
    category: {category}         # kind of leftover; `cleaner --help` lists all
    # certain: taken at every level; high: at normal; medium: at aggressive, or in company; low: in company only
    confidence: {confidence}
    # span: just what matches; line: whole lines, when matches cover all their words;
    # block: the lines up to the blank lines around; section: from the marker line on
    scope: line
    message: says in a few words what the rule is for, as a reason in the report
    phrases:                     # fixed wordings; case, punctuation at the ends and white space do not count
      - {phrase}
    # when: {{position: {{tail: 40%}}}}              # conditions that must all hold
    # unless: [{{followed_by: {{paragraph_chars: 200}}}}]   # groups of conditions; one that holds saves the text
    tests:
      removes:                   # texts of which the rule takes every word
        - {phrase}
      keeps:                     # texts of which the rule takes nothing: the sentence an article might hold
        - {kept}
# keep:                          # rules that save what they match from every other rule
#   - id: {stem}.keep-this
#     scope: line
#     message: part of every article
#     phrases: [a line that must stay]
#     tests: {{keeps: [A line that must stay]}}
"""


def new_pack(name: str, example: str | None = None) -> str:
    """The text of a rule file to start from; it passes lint and tests as it is.

    Args:
        name: `generic/…`, `platforms/…` or `sites/…`; for a site, its host name or a short name.
        example: a leftover, which becomes the first phrase.

    Raises:
        OptionError: a name that no pack can have, or an example that no phrase can be made of.
    """
    if not _NAME.fullmatch(name):
        raise OptionError(f"{name!r} is no name of a pack; it is like generic/x, platforms/x or sites/example.com")
    phrase = _visible(" ".join((example or _DEFAULT).split()))
    core = literal(phrase)
    if not any(map(str.isalnum, core)) or len(phrase) > _MOST:
        raise OptionError(f"the example must be one leftover with words in it, of at most {_MOST} characters")
    own = name.rpartition("/")[2]
    stem = re.sub(r"[^a-z0-9]+", "-", own).strip("-")
    host = own if "." in own else f"{own}.com"
    sure = len(core.split()) > 1 or weight(core) >= LEAST_PHRASE
    ideographic = any(weight(c) == CJK_LETTERS for c in core)
    filled = _PACK.format(
        name=name,
        languages="any",
        site=_SITE.format(host=host) if name.startswith("sites/") else "",
        id=f"{stem}.first-rule",
        stem=stem,
        category=_category(own),
        confidence="high" if sure else "medium",
        phrase=_quoted(phrase),
        kept=_quoted(f"彼は前に{phrase}と書いた。" if ideographic else f"He wrote {phrase} before and smiled at us."),
    )
    return re.sub(r"(?m)^((?:[^#\n]*\S)) +(#.*)$", _aligned, filled)


def _visible(text: str) -> str:
    """What rules see of a text: no link targets, no marks of emphasis, nothing that YAML cannot hold."""
    text = _NOT_YAML.sub("", text)
    try:
        return " ".join(View(text, read(text, sniff(text)).hidden).text.split())
    except InputError:
        raise OptionError("the example must be text or Markdown; give the words as they are on the page") from None


def _category(own: str) -> str:
    return own if own in CATEGORIES and own != "boilerplate" else "subscription"


def _quoted(text: str) -> str:
    """The text as a double-quoted YAML scalar, which is what a JSON string is."""
    return json.dumps(text, ensure_ascii=False)


def _aligned(match: re.Match[str]) -> str:
    code, comment = match[1], match[2]
    if '"' in code:  # the sign may be part of the text
        return match[0]
    return f"{code:<32} {comment}"
