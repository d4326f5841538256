"""A step of a datatrove pipeline that cleans documents: text, Markdown, or the pages that a reader gives.

    pipeline = [WarcReader("crawl/"), CleanerStep(), JsonlWriter("clean/")]

It needs datatrove; what a process beside the task's own does is in `documents`, which does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from cleaner.api import Cleaner
from cleaner.batch.options import MAX_MEMORY
from cleaner.errors import OptionError
from cleaner.integrations import hint
from cleaner.integrations.documents import Answer, Task, Work
from cleaner.isolation.isolated import IsolatedWorker
from cleaner.isolation.problem import Problem
from cleaner.model import Format, ReportFacts
from cleaner.options import OptionArguments, shows_options
from cleaner.report import dumps, to_dict
from cleaner.report.paint import visible
from cleaner.result import Result

if TYPE_CHECKING:
    from typing_extensions import Unpack

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.writers.disk_base import DiskWriter
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ImportError:
    raise hint("datatrove") from None


class CleanerStep(PipelineStep):  # type: ignore[misc]
    """Cleans the text of documents, and drops those that have none left.

    A document that cannot be cleaned passes on as it is, with the reason in its metadata and in the log; none sinks its
    task.  The step works in a process beside the task's own, which it replaces when a document hangs, crashes or takes
    all memory; such a document is tried twice.

    Counts in the statistics: `total`, `forwarded` and `dropped` documents; of them `changed`, `warned` (with a warning)
    and `failed`, `failed_CODE` (not cleaned); `removed_characters`, `category/NAME` (removals).

    Args:
        format: of the texts, as in `Cleaner.clean`.
        url_key: what the metadata calls the address that a document is from, for the rules of sites; need not be there.
        report_key: the metadata that gets the report; None: none does.
        report_as: how: `dict`, in the layout of `docs/report.schema.json`, or `json`, the same as a string.
        problem_key: the metadata that gets why a document was not cleaned, its `code` and `text`; None: none does.
        page_key: the metadata that gets what a page says of itself, as `Metadata`; None: none does.
        exclusion_writer: gets what was removed: a document for each one that lost something, with the same id and
            metadata, and `removals` (rules, categories, places) beside them.
        isolate: False saves the process, and lets a document that crashes take its task along.
        max_memory: bytes that one document may need; only counts in a process beside.
        arguments: options of `Cleaner`, such as ``level="safe"``.

    Raises:
        OptionError, RuleError: as `Cleaner`.
    """

    type = "✂️ - FORMAT"
    name = "Cleaner"

    @shows_options
    def __init__(
        self,
        *,
        format: Format | Literal["auto"] = "auto",
        url_key: str = "url",
        report_key: str | None = "report",
        report_as: Literal["dict", "json"] = "dict",
        problem_key: str | None = "problem",
        page_key: str | None = None,
        exclusion_writer: DiskWriter | None = None,
        isolate: bool = True,
        max_memory: int = MAX_MEMORY,
        **arguments: Unpack[OptionArguments],
    ) -> None:
        super().__init__()
        if report_as not in ("dict", "json"):
            raise OptionError(f"report_as must be one of dict, json, not {report_as!r}")
        cleaner = Cleaner(**arguments)
        cleaner.clean("", format=format)  # what is wrong shows here, and not in each task
        self.work = Work(cleaner.options, format)
        self.url_key = url_key
        self.report_key = report_key
        self.report_as = report_as
        self.problem_key = problem_key
        self.page_key = page_key
        self.exclusion_writer = exclusion_writer
        self.isolate = isolate
        self.max_seconds = cleaner.options.max_seconds
        self.max_memory = max_memory

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents with their texts clean."""
        with self.exclusion_writer or nullcontext() as writer, self._cleaning() as clean:
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    answer = clean(Task(document.text, document.metadata.get(self.url_key)))
                if isinstance(answer, Problem):
                    self._set_aside(document, answer)
                else:
                    if answer is not None:
                        if writer is not None and answer.report.removals:
                            writer.write(_removed(document, answer.report), rank)
                        self._take(document, answer)
                    if not (document.text or "").strip():
                        self.stat_update(StatHints.dropped)
                        continue
                    self.update_doc_stats(document)
                self.stat_update(StatHints.forwarded)
                yield document

    @contextmanager
    def _cleaning(self) -> Iterator[Callable[[Task], Answer]]:
        if not self.isolate:
            yield self.work()
            return
        worker: IsolatedWorker[Task, Answer] = IsolatedWorker(
            self.work, seconds=self.max_seconds, memory=self.max_memory
        )
        with closing(worker):
            yield lambda task: worker([task])[0]

    def _take(self, document: Document, result: Result) -> None:
        report = result.report
        if result.text != document.text:
            self.stat_update("changed")
        if report.warnings:
            self.stat_update("warned")
            logger.info("{}: {}", visible(str(document.id)), visible("; ".join(report.warnings)))
        self.stat_update("removed_characters", value=report.removed_characters)
        for category, number in report.counts.items():
            self.stat_update(f"category/{category}", value=number)
        document.text = result.text
        document.metadata.pop(self.problem_key, None)
        if self.report_key is not None:
            plain = to_dict(report)
            document.metadata[self.report_key] = plain if self.report_as == "dict" else dumps(plain)
        if self.page_key is not None:
            document.metadata[self.page_key] = asdict(result.metadata)

    def _set_aside(self, document: Document, problem: Problem) -> None:
        self.stat_update("failed", f"failed_{problem.code}")
        logger.warning(
            "{}: passes on as it is: {} ({})", visible(str(document.id)), visible(problem.text), problem.code
        )
        if self.problem_key is not None:
            document.metadata[self.problem_key] = asdict(problem)


def _removed(document: Document, report: ReportFacts) -> Document:
    """What a document lost, each stretch of it once."""
    pieces = [removal.text[-size:].strip("\r\n") for removal, size in report.sizes() if size]
    removals = [
        {
            "rule": removal.rule,
            "category": removal.category,
            "confidence": removal.confidence,
            "start": removal.start,
            "end": removal.end,
        }
        for removal in report.removals
    ]
    return Document("\n".join(pieces), document.id, metadata={**document.metadata, "removals": removals})
