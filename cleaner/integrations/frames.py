"""Columns of text: a pandas Series, a Polars Series, or any list of strings.

    frame["text"] = clean_column(frame["text"], url=frame["url"])

Neither library is imported; what the caller's object is, the caller has imported.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from cleaner.api import Cleaner
from cleaner.errors import InputError, OptionError
from cleaner.integrations import told
from cleaner.model import Format
from cleaner.options import OptionArguments, shows_options
from cleaner.report import dumps, to_dict

if TYPE_CHECKING:
    from typing_extensions import Unpack

Column = TypeVar("Column")


class NotCleaned(UserWarning):
    """Some texts of a column could not be cleaned and are as they were."""


@overload
def clean_column(
    column: Column,
    *,
    url: object = None,
    format: Format | Literal["auto"] = "auto",
    report: Literal[False] = False,
    **arguments: Unpack[OptionArguments],
) -> Column: ...


@overload
def clean_column(
    column: Column,
    *,
    url: object = None,
    format: Format | Literal["auto"] = "auto",
    report: Literal[True],
    **arguments: Unpack[OptionArguments],
) -> tuple[Column, Column]: ...


@shows_options
def clean_column(
    column: Any,
    *,
    url: object = None,
    format: Format | Literal["auto"] = "auto",
    report: bool = False,
    **arguments: Unpack[OptionArguments],
) -> Any:
    """Clean a column of texts, Markdown or HTML, row by row.

    Args:
        column: a pandas Series, a Polars Series, or a sequence of `str` and None.
        url: where the texts are from, for the rules of sites: a column as long as `column`, or one address for all.
        format: of the texts, as in `Cleaner.clean`.
        report: whether to give the reports too.
        arguments: options of `Cleaner`, such as ``level="safe"``; the rules are compiled once a call.

    Returns:
        A column of the same type, name and index; what was null is null.  With `report` also a column of the reports
        as JSON, named ``NAME_report``: what `cleaner.restore` needs, the same for both libraries, and a plain string
        in any file.  It is null where nothing was cleaned.

    Raises:
        TypeError: `column` or `url` is no such column.
        ValueError: `url` has other rows than `column`.
        OptionError, RuleError: as `Cleaner`.

    Warns:
        NotCleaned: once, if some texts could not be cleaned; they are as they were.
    """
    rows = _rows(column)
    if not all(rows.nulls) and not rows.texts:
        raise TypeError(f"the column holds {rows.kind}: make strings of it first")
    addresses = _addresses(url, column, rows)
    cleaner = Cleaner(**arguments)
    texts = list(rows.values)
    reports: list[str | None] = [None] * len(texts)
    problems = []
    for number, (text, null, address) in enumerate(zip(rows.values, rows.nulls, addresses, strict=True)):
        if null:
            continue
        try:
            if not isinstance(text, str):
                raise InputError(f"it is no string but of type {type(text).__name__}")
            result = cleaner.clean(text, url=address, format=format)
        except OptionError:
            raise
        except Exception as error:  # whatever it is, the other rows are cleaned
            problems.append(f"row {number} (from 0): {told(error)}")
            continue
        texts[number] = result.text
        if report:
            reports[number] = dumps(to_dict(result.report))
    if problems:
        warnings.warn(
            f"not cleaned, as they were: {len(problems)} texts; the first is {problems[0]}", NotCleaned, stacklevel=2
        )
    clean = rows.make(texts, "")
    return (clean, rows.make(reports, "_report")) if report else clean


@dataclass(frozen=True, slots=True)
class _Rows:
    """A column taken apart.

    Attributes:
        kind: of its values.
        texts: whether any string may stand in it.
        make: makes such a column again, from values and what is added to its name.
    """

    values: Sequence[Any]
    nulls: Sequence[bool]
    kind: str
    texts: bool
    make: Callable[[list[Any], str], Any]


def _rows(column: Any) -> _Rows:
    if _is_series(column, "pandas"):
        return _of_pandas(column)
    if _is_series(column, "polars"):
        return _of_polars(column)
    if isinstance(column, Sequence) and not isinstance(column, (str, bytes)):
        kind = tuple if isinstance(column, tuple) else list
        return _Rows(column, [value is None for value in column], "anything", True, lambda values, _: kind(values))
    raise TypeError(
        f"a column is a pandas or Polars Series or a list of strings, no {type(column).__name__}; "
        "of a frame give frame['text'], of a Polars expression use pl.col('text').map_batches(clean_column)"
    )


def _is_series(column: object, library: str) -> bool:
    module = sys.modules.get(library)
    return module is not None and isinstance(column, module.Series)


def _of_pandas(column: Any) -> _Rows:
    import pandas

    def make(values: list[Any], ending: str) -> Any:
        name = f"{column.name}{ending}" if ending and column.name is not None else column.name
        return pandas.Series(values, index=column.index, name=name, dtype=column.dtype)

    texts = pandas.api.types.is_string_dtype(column.dtype)  # true of object, not of categories
    return _Rows(column.tolist(), column.isna().tolist(), str(column.dtype), texts, make)


def _of_polars(column: Any) -> _Rows:
    import polars

    def make(values: list[Any], ending: str) -> Any:
        return polars.Series(column.name + ending if column.name else "", values, dtype=column.dtype)

    return _Rows(column.to_list(), column.is_null().to_list(), str(column.dtype), column.dtype == polars.String, make)


def _addresses(url: Any, column: Any, rows: _Rows) -> Sequence[str | None]:
    if url is None or isinstance(url, str):
        return [url] * len(rows.values)
    if _is_series(url, "pandas") and _is_series(column, "pandas") and not url.index.equals(column.index):
        raise ValueError("the column of addresses has another index; take both from the same frame")
    addresses = _rows(url).values
    if len(addresses) != len(rows.values):
        raise ValueError(f"there are {len(addresses)} addresses for {len(rows.values)} texts; one a row is needed")
    return [address if isinstance(address, str) else None for address in addresses]
