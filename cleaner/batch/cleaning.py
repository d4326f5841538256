"""How the documents of a run are cleaned, as plain data that travels between processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import blake2b

from cleaner._version import VERSION
from cleaner.api import Cleaner
from cleaner.batch.records import Records
from cleaner.model import MAX_BYTES, MAX_SECONDS, Extractor, Level, Target
from cleaner.rulebook.store import Store


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


@dataclass(frozen=True, slots=True)
class Cleaning:
    """The options of `Cleaner`, and what becomes of files that hold many documents.

    Attributes:
        records: `same`: the same kind of file with its documents clean; `files`: a folder with one file a document;
            `jsonl`: one file with one JSON object a document.
    """

    level: Level = "normal"
    rules: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    to: Target = "markdown"
    images: bool = True
    front_matter: bool = False
    dates: bool = False
    extractor: Extractor = "cleaner"
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS
    line_counts: str | None = None
    fields: Fields = Fields()
    records: Records = "same"

    def cleaner(self) -> Cleaner:
        """A cleaner with these options.

        Raises:
            OptionError, RuleError: as `Cleaner`.
        """
        return Cleaner(
            level=self.level,
            rules=self.rules,
            only=self.only,
            skip=self.skip,
            to=self.to,
            images=self.images,
            front_matter=self.front_matter,
            dates=self.dates,
            extractor=self.extractor,
            max_bytes=self.max_bytes,
            max_seconds=self.max_seconds,
            line_counts=self.line_counts,
        )

    def fingerprint(self) -> str:
        """Names everything but the input that the output depends on: version, rules, options, line counts.

        Raises:
            OptionError: no table of line counts.
        """
        stated = asdict(self)
        stated["only"], stated["skip"] = sorted(set(self.only)), sorted(set(self.skip))
        del stated["rules"], stated["max_seconds"]  # the rules by their content; time changes only whether, not what
        del stated["line_counts"]
        if self.line_counts is not None:
            from cleaner.corpus.table import LineCounts

            stated["line_counts"] = LineCounts(self.line_counts).digest
        return blake2b(
            json.dumps([VERSION, Store(self.rules).digest, stated], sort_keys=True).encode(), digest_size=16
        ).hexdigest()
