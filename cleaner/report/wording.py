"""Reasons in words."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.reasons import Code, Reason

WORDING: Mapping[Code, str] = {
    "below-level": "confidence {confidence} is below the level",
    "block-quotation": "in a quotation",
    "budget": "budget: almost nothing would be left",
    "cut-link": "it would cut a link in two",
    "heading": "a heading or headword of what stays",
    "introduced": "introduced by a sentence that ends with a colon",
    "keep-rule": "keep rule {rule}",
    "list-middle": "in the middle of a list that stays",
    "needs-neighbours": "confidence {confidence} is below the level; only company or a higher level takes it",
    "note-of-text": "a note of what stays",
    "nothing-left": "nothing would be left",
    "quotation-marks": "between quotation marks",
    "reader-keeps": "a reader would keep it ({probability})",
    "scorer-disagrees": "the scorer takes it for article text ({probability})",
    "sentence-continues": "the sentence goes on in the next line",
    "table-frame": "the frame of a table that stays",
    "table-row": "a row of a table",
    "title": "the title",
    "unless": "unless {conditions}",
    "web-address": "inside a web address",
    "zone": "zone {kind}",
    "condition": "condition {condition} does not hold",
    "keyword-only": "nothing more of it is here",
    "not-asked": "{category} was not asked for",
    "other-site": "a rule for {sites}, and this is from {this}",
    "part-of-line": "only part of its line",
    "switched-off": "switched off by the rules for {site}",
    "article-probability": "{probability} likely to be article text",
    "at-edge": "between a removal of {rule} and the edge of the text",
    "beside-removal": "beside a removal of {rule}",
    "between-removals": "between removals of {above} and {below}",
    "matched": "{text}",
    "reader-removes": "{what} ({probability})",
    "on-site": "in {documents} of {all} documents of {site}",
    "only-links": "nothing but links",
    "vote": "has {share} of its words in the article",
    "words": "{text}",
}
"""With the parameters of each code."""


def words(reason: Reason) -> str:
    """A reason for people."""
    return WORDING[reason.code].format(**dict(reason.params))
