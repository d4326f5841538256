"""Reasons as one tells them to somebody who does not know the program: whole clauses, and certainties in percent.

`cleaner.report.wording` has the short forms, for where there is little room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cleaner.reasons import Code, Reason
from cleaner.report.wording import words

_TOLD: Mapping[Code, str] = {
    "below-level": "the rule is not sure enough for this level (its confidence is {confidence})",
    "block-quotation": "it is part of a quotation, and quotations stay",
    "budget": "if all of this went, almost nothing would be left",
    "cut-link": "taking it would cut a link in two",
    "heading": "it is the heading of something that stays",
    "introduced": "the sentence before it ends with a colon and leads up to it",
    "keep-rule": "the rule {rule} protects it",
    "list-middle": "it is in the middle of a list that stays",
    "needs-neighbours": "the rule is not sure enough alone (its confidence is {confidence}); it takes this only beside "
    "other leftovers, or at a higher level",
    "note-of-text": "it is a note to text that stays",
    "nothing-left": "nothing would be left",
    "quotation-marks": "it stands between quotation marks",
    "reader-keeps": "it reads like text of the article ({sure} sure)",
    "scorer-disagrees": "by its place and form it is text of the article ({sure} sure)",
    "table-frame": "it frames a table that stays",
    "table-row": "it is a row of a table",
    "title": "it is the title",
    "unless": "the rule makes an exception here: {conditions}",
    "web-address": "it is part of a web address",
    "zone": "it is {kind}, which no rule may touch",
    "condition": "{condition}",
    "other-site": "it is a rule for {sites}, and this clipping is from {this}",
    "switched-off": "the rules for {site} switch it off",
    "not-asked": "its category, {category}, was not asked for",
    "keyword-only": "a word of it is here, but not the wording that it looks for",
    "part-of-line": "the rule takes whole lines, and this line says more than that",
    "article-probability": "by its place and form it is no text of the article ({unsure} sure)",
    "at-edge": "between it and the edge of the text there is only what {rule} took",
    "beside-removal": "it stands beside what {rule} took",
    "between-removals": "it stands between what {above} and what {below} took",
    "reader-removes": "{what} ({sure} sure)",
    "on-site": "it stands in {documents} of {all} documents of {site}",
    "only-links": "there is nothing but links",
    "matched": "“{text}”",
    "vote": "{share} of its words are in the article that this extractor finds",
}
_CONDITIONS = {
    "near": ("there are no other leftovers near it", "what stands near it"),
    "position": ("the rule looks at another part of the text", "where in the text it stands"),
    "max_words": ("it has more words than the rule allows", "it is short"),
    "min_words": ("it has fewer words than the rule needs", "it is long"),
    "alone": ("it does not stand alone", "it stands alone"),
    "followed_by": ("what follows it is not what the rule waits for", "what follows it"),
    "preceded_by": ("what stands before it is not what the rule waits for", "what stands before it"),
    "repeated": ("it is not repeated as often as the rule needs", "it is repeated"),
    "zone": ("it does not stand where the rule looks, such as in a list or a table", "it stands in a list or a table"),
    "linked": ("too little of it is links", "it is linked"),
    "about": ("the text is not about what the rule is for", "what the text is about"),
}
"""Of each condition of a rule: that it does not hold, and that an exception is made for it."""
_ZONES = {
    "code": "code",
    "front-matter": "front matter",
    "math": "maths",
    "own": "what the owner of the note wrote",
    "url": "a web address",
}
_SIDES = {"+ ": "for the article", "- ": "against it"}
_PHRASES = (
    (re.compile(r"^wording$"), lambda m: "how it is worded"),
    (re.compile(r"^sentence$"), lambda m: "it is a sentence"),
    (re.compile(r"^visibility$"), lambda m: "how it is shown"),
    (re.compile(r"^kind of block: (.*)$"), lambda m: f"its kind ({m[1]})"),
    (re.compile(r"link density (\d\.\d+)"), lambda m: f"{float(m[1]):.0%} links".replace("%", " %")),
    (re.compile(r"^container of (.*?)(?=,|$)"), lambda m: f"a box of {m[1]}"),
    (re.compile(r"^looks like no other$"), lambda m: "nothing else on the page looks like it"),
    (re.compile(r"^no record of a list$"), lambda m: "it is no entry of a list"),
    (re.compile(r"^one of (\d+) like records$"), lambda m: f"one of {m[1]} entries of a list"),
    (re.compile(r"words of page furniture"), lambda m: "words of menus and forms"),
    (re.compile(r"^blocks before and after it$"), lambda m: "what stands before and after it"),
    (re.compile(r"^prose (.*) away$"), lambda m: f"the next paragraph is {m[1]} away"),
    (re.compile(r"^at (\d+ %) of the page$"), lambda m: f"it stands after {m[1]} of the page"),
)
"""The reasons of the scorer, which count for or against the article."""


def plainly(reason: Reason) -> str:
    """A reason for somebody who does not know the program."""
    params = dict(reason.params)
    if reason.code == "words":
        return _phrase(params["text"])
    told = _TOLD.get(reason.code)
    if told is None:
        return words(reason)
    if "probability" in params:
        params["sure"], params["unsure"] = _percent(params["probability"]), _percent(params["probability"], less=True)
    if reason.code == "condition":
        params["condition"] = _CONDITIONS.get(params["condition"], (params["condition"],))[0]
    if reason.code == "unless":
        names = params["conditions"].removeprefix("unless ").split(" and ")
        params["conditions"] = " and ".join(_CONDITIONS.get(name, ("", name))[1] for name in names)
    if reason.code == "zone":
        params["kind"] = _ZONES.get(params["kind"], params["kind"])
    return told.format(**params)


def together(reasons: Iterable[Reason]) -> str:
    """Some reasons of one and the same rule; what counts for the same side is told in one breath."""
    told: list[str] = []
    side = ""
    for text in map(plainly, reasons):
        before, side = side, next((f"{one}: " for one in _SIDES.values() if text.startswith(f"{one}: ")), "")
        told.append(text.removeprefix(side) if side == before else text)
    return "; ".join(told)


def _percent(probability: str, *, less: bool = False) -> str:
    part = float(probability)
    return f"{100 * (1 - part if less else part):.0f} %"


def _phrase(text: str) -> str:
    side = _SIDES.get(text[:2])
    if side is None:
        return text
    phrase = text[2:]
    for pattern, told in _PHRASES:
        phrase = pattern.sub(told, phrase)
    return f"{side}: {phrase}"
