"""Reasons as data: a stable code with parameters.

Programs compare codes; `cleaner.report.wording` puts a reason into words where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cleaner.about import About

Code = Literal[
    # what saves a text
    "below-level",
    "block-quotation",
    "budget",
    "cut-link",
    "heading",
    "introduced",
    "keep-rule",
    "list-middle",
    "needs-neighbours",
    "note-of-text",
    "nothing-left",
    "quotation-marks",
    "reader-keeps",
    "scorer-disagrees",
    "sentence-continues",
    "table-frame",
    "table-row",
    "title",
    "unless",
    "web-address",
    "zone",
    # what a claim lacks
    "condition",
    "keyword-only",
    "not-asked",
    "other-site",
    "part-of-line",
    "switched-off",
    # what speaks for a removal
    "article-probability",
    "at-edge",
    "beside-removal",
    "between-removals",
    "matched",
    "on-site",
    "reader-removes",
    "only-links",
    "vote",
    "words",
]
"""`matched` quotes the input; `words` is for what only its author could say (the message of a rule, a model)."""
Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided, or what spoke for it.

    Parameters are pairs of a name and a value; numbers are written as they are shown.
    """

    code: Annotated[Code, About("which")]
    params: Annotated[Params, About("what the code leaves open, by name")] = ()

    @classmethod
    def of(cls, code: Code, **params: str) -> Reason:
        """A reason with its parameters by name."""
        return cls(code, tuple(params.items()))
