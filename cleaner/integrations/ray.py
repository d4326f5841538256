"""A step for Ray Data that cleans a column of texts, or of pages.

clean = clean_dataset(ray.data.read_parquet("crawl/"), url="url", level="safe")
clean.write_parquet("clean/")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cleaner.api import Cleaner
from cleaner.batch.options import MAX_MEMORY
from cleaner.formats.arrow import report_column
from cleaner.formats.parquetfile import is_text, of_bytes, to_bytes
from cleaner.integrations import hint
from cleaner.integrations.documents import Answer, Task, Work
from cleaner.isolation.isolated import IsolatedWorker
from cleaner.isolation.problem import DocumentError, Problem
from cleaner.options import OptionArguments, shows_options
from cleaner.report import to_dict
from cleaner.result import Result

if TYPE_CHECKING:
    from typing_extensions import Unpack

try:
    import pyarrow
    from ray.data import ActorPoolStrategy, Dataset
except ImportError:
    raise hint("ray") from None

BATCH = 64
"""Rows that a worker gets at once: what is done again when its node dies."""
PROBLEM = pyarrow.struct([("code", pyarrow.string()), ("text", pyarrow.string())])


@shows_options
def clean_dataset(
    ds: Dataset,
    text: str = "text",
    url: str = "url",
    html: str = "html",
    *,
    report: str | None = "report",
    problem: str | None = "problem",
    max_memory: int = MAX_MEMORY,
    compute: ActorPoolStrategy | None = None,
    num_cpus: float = 1,
    **arguments: Unpack[OptionArguments],
) -> Dataset:
    """Clean a column of a dataset, row by row, on all nodes; lazily, as everything in Ray Data.

    Each worker compiles the rules once and cleans in a process of its own, so that a document that hangs, crashes or
    takes all memory is given up after two tries; Ray alone would try it again for ever.

    Args:
        ds: rows with a column of texts, Markdown or HTML, or one of pages, or both; strings or bytes.
        text: the column to be cleaned; gets the clean text, and is added if it is not there.
        url: the column that says where a row is from, for the rules of sites; need not be there.
        html: the column of pages; read where `text` is empty; need not be there.
        report: the column that gets the reports, a struct laid out as in `docs/report.schema.json`; null where nothing
            was cleaned.  None: no such column.
        problem: the column that gets why a document was set aside, a struct of `code` and `text`; null for all others.
            Such a document keeps its text as it was.  None: no such column.
        max_memory: bytes that one document may need.
        compute: how many workers; by default as many as there is room for.
        num_cpus: cores for each worker.
        arguments: options of `Cleaner`, such as ``level="safe"``.

    Returns:
        The same rows in the same columns, with those that were named above.  They are in the order of `ds` only if its
        context preserves the order.

    Raises:
        OptionError, RuleError: as `Cleaner`.
        DocumentError: while the dataset runs: it has none of the columns, or one that holds no text.
    """
    cleaner = Cleaner(**arguments)
    step = _Step(
        work=Work(cleaner),
        text=text,
        url=url,
        html=html,
        report=report,
        problem=problem,
        max_seconds=cleaner.options.max_seconds,
        max_memory=max_memory,
    )
    cleaned: Dataset = ds.map_batches(
        _CleanTable,
        fn_constructor_args=(step,),
        batch_size=BATCH,
        batch_format="pyarrow",
        compute=compute or ActorPoolStrategy(min_size=1),
        num_cpus=num_cpus,
    )
    return cleaned


@dataclass(frozen=True, slots=True)
class _Step:
    """What travels to the workers."""

    work: Work
    text: str
    url: str
    html: str
    report: str | None
    problem: str | None
    max_seconds: float
    max_memory: int


class _CleanTable:
    """What Ray's workers do."""

    def __init__(self, step: _Step) -> None:
        self._step = step
        self._worker: IsolatedWorker[Task, Answer] = IsolatedWorker(
            step.work, seconds=step.max_seconds, memory=step.max_memory
        )

    def __call__(self, table: Any) -> Any:
        """A `pyarrow.Table` with its texts clean."""
        step = self._step
        tasks = _tasks(table, step)
        answers = self._worker(tasks)
        results = [answer if isinstance(answer, Result) else None for answer in answers]
        texts = [task.text if result is None else result.encoded() for task, result in zip(tasks, results, strict=True)]
        table = _put(table, step.text, of_bytes(texts, _kind(table, step.text)))
        if step.report is not None:
            reports = (None if result is None else to_dict(result.report) for result in results)
            table = _put(table, step.report, report_column(reports))
        if step.problem is not None:
            problems = [asdict(answer) if isinstance(answer, Problem) else None for answer in answers]
            table = _put(table, step.problem, pyarrow.array(problems, PROBLEM))
        return table


def _tasks(table: Any, step: _Step) -> Sequence[Task]:
    there = table.schema.names
    if step.text not in there and step.html not in there:
        shown = ", ".join(there)
        raise DocumentError("unsupported", f"no column is called {step.text!r} or {step.html!r}; there are: {shown}")
    columns = (_values(table, name) for name in (step.text, step.url, step.html))
    return [
        Task(text, None if url is None else url.decode("utf-8", "replace"), page)
        for text, url, page in zip(*columns, strict=True)
    ]


def _values(table: Any, name: str) -> Sequence[bytes | None]:
    if name not in table.schema.names:
        return [None] * table.num_rows
    kind = table.schema.field(name).type
    if not (is_text(kind) or pyarrow.types.is_null(kind)):
        raise DocumentError("unsupported", f"the column {name!r} holds {kind}, no text; say which one does")
    return to_bytes(table.column(name))


def _kind(table: Any, name: str) -> Any:
    """The type of the clean texts: that of the texts there were."""
    kind = table.schema.field(name).type if name in table.schema.names else pyarrow.null()
    return pyarrow.string() if pyarrow.types.is_null(kind) else kind


def _put(table: Any, name: str, column: Any) -> Any:
    place = table.schema.get_field_index(name)
    field = pyarrow.field(name, column.type)
    return table.append_column(field, column) if place < 0 else table.set_column(place, field, column)
