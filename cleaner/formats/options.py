"""How the documents of a run are cleaned, as plain data that travels between processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from cleaner._version import VERSION
from cleaner.options import CleanOptions, each_option

if TYPE_CHECKING:
    from cleaner.api import Cleaner

Records = Literal["same", "files", "jsonl"]
"""What files of many documents become: the same kind of file, a folder with one file a document, or one JSON object a
document."""
RECORDS: tuple[Records, ...] = ("same", "files", "jsonl")
RUN_SECONDS = 60.0
"""That a document may take in a run, where nobody waits for one that takes longer."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields (columns) of records that hold what is cleaned, and of those that are added.

    Attributes:
        text: text or Markdown (or HTML that looks like it); the clean text replaces it.
        html: read as a page if there is no text; the clean text goes to `text`.
        url: where the record is from.
        report, metadata: what is added; None adds nothing.
    """

    text: str = "text"
    html: str = "html"
    url: str = "url"
    report: str | None = None
    metadata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning(CleanOptions):
    """The options of `Cleaner`, and what becomes of files that hold many documents.

    Attributes:
        records: `same`: the same kind of file with its documents clean; `files`: a folder with one file a document;
            `jsonl`: one file with one JSON object a document.
        max_unpacked: bytes that such a file may unpack to; None: 200 times its own, if that is more than a little.
    """

    fields: Fields = Fields()
    records: Records = "same"
    max_unpacked: int | None = None

    def cleaner(self) -> Cleaner:
        """A cleaner with these options.

        Raises:
            OptionError, RuleError: as `Cleaner`.
        """
        from cleaner.api import Cleaner  # whoever only shows what options there are needs no engine

        return Cleaner(self)

    def fingerprint(self) -> str:
        """Names everything but the input that the output depends on: version, rules, options, line counts.

        Raises:
            OptionError: no table of line counts.
        """
        from cleaner.rulebook.store import Store

        stated = asdict(self)
        for name, option, _ in each_option():
            if not option.traced:
                del stated[name]
            elif option.kind == "names":
                stated[name] = sorted(set(stated[name]))
        del stated["rules"], stated["line_counts"]  # files count by their content
        del stated["max_unpacked"]  # it changes no output that there is
        if self.line_counts is not None:
            from cleaner.corpus.table import LineCounts

            stated["line_counts"] = LineCounts(self.line_counts).digest
        return blake2b(
            json.dumps([VERSION, Store(self.rules).digest, stated], sort_keys=True).encode(), digest_size=16
        ).hexdigest()
