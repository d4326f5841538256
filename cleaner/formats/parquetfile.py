"""Parquet files: columns of text as bytes, and a writer that does as the file that was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import IO, Any

from cleaner.formats.extras import need
from cleaner.isolation.problem import DocumentError

_BUFFER = 1 << 20  # bytes; without a buffer, all of a column in a row group is read at once
_LARGE = 1 << 29  # bytes of a row group, unpacked; a larger one is read and written in parts
_DICTIONARIES = frozenset({"PLAIN_DICTIONARY", "RLE_DICTIONARY"})
_SCHEMA = b"ARROW:schema"
_CODECS = frozenset({"SNAPPY", "GZIP", "BROTLI", "LZ4", "ZSTD", "NONE"})


def arrow() -> Any:
    """The library for columns in memory.

    Raises:
        DocumentError: `unsupported`, it is not there.
    """
    return need("pyarrow", "parquet", "a Parquet file")


def parquet() -> Any:
    """The library for the files.

    Raises:
        DocumentError: `unsupported`, it is not there.
    """
    return need("pyarrow.parquet", "parquet", "a Parquet file")


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """The Parquet file at `path`, to be read.

    Raises:
        DocumentError: `broken`: it is none, or damaged; also if that shows in the block.
        OSError: it cannot be read or written.
    """
    library = parquet()
    with open(path, "rb") as stream:
        try:
            yield library.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
        except MemoryError:
            raise
        except (arrow().ArrowException, UnicodeDecodeError, OSError) as error:  # names of columns are not checked
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk is to blame, not the file
            why = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
            raise DocumentError("broken", f"it is no Parquet file, or damaged ({why}): get it once more") from None


def is_text(kind: Any) -> bool:
    """Whether a column of that type holds text, or bytes that may be text."""
    types = arrow().types
    if types.is_dictionary(kind):
        return is_text(kind.value_type)
    tests = ("is_string", "is_large_string", "is_string_view", "is_binary", "is_large_binary", "is_binary_view")
    return any(getattr(types, test, _never)(kind) for test in tests)


def _never(_: Any) -> bool:
    return False


def to_bytes(column: Any) -> list[bytes | None]:
    """The values of a column of text; nobody looks whether strings are UTF-8."""
    values: list[bytes | None] = column.cast(arrow().large_binary()).to_pylist()
    return values


def plain(column: Any) -> list[Any]:
    """The values of a column as JSON has them: times and decimals as text, None for what has no plain form."""
    library, kind = arrow(), column.type
    types = library.types
    if is_text(kind):
        return [_decoded(value) for value in to_bytes(column)]
    if types.is_integer(kind) or types.is_boolean(kind):
        return list(column.to_pylist())
    if types.is_floating(kind):
        return [value if value is None or isfinite(value) else None for value in column.to_pylist()]
    if types.is_temporal(kind) or types.is_decimal(kind):
        return plain(column.cast(library.string()))
    if types.is_list(kind) and is_text(kind.value_type):
        lists = column.cast(library.list_(library.large_binary())).to_pylist()
        return [[text for one in values or () if (text := _decoded(one)) is not None] for values in lists]
    return [None] * len(column)


def _decoded(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return None


def of_bytes(values: Sequence[bytes | None], kind: Any) -> Any:
    """A column of text of that type; nobody looks whether strings are UTF-8."""
    library = arrow()
    column = library.array(values, library.large_binary())
    return column.cast(kind) if "binary" in str(kind) else column.view(library.large_string()).cast(kind)


def batches(file: Any, size: int, columns: Sequence[str] | None) -> Iterator[Any]:
    """The rows of a file, so many at a time, of these columns or all."""
    for number in range(file.num_row_groups):
        yield from file.iter_batches(size, row_groups=[number], columns=columns, use_threads=False)


def tables(file: Any) -> Iterator[Any]:
    """The rows of a file, a row group at a time."""
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        parts = -(-group.total_byte_size // _LARGE)
        if parts > 1:
            size = -(-group.num_rows // parts)
            for batch in file.iter_batches(batch_size=size, row_groups=[number], use_threads=False):
                yield arrow().Table.from_batches([batch])
        else:
            yield file.read_row_group(number, use_threads=False)


def writer(out: IO[bytes], schema: Any, file: Any) -> Any:
    """What writes tables of that schema to `out`, packed and encoded like the file that was read."""
    metadata = file.metadata
    columns = []
    if metadata.num_row_groups:
        group = metadata.row_group(0)
        columns = [group.column(number) for number in range(group.num_columns)]
    codecs = {column.path_in_schema: _codec(column.compression) for column in columns}
    usual = next(iter(codecs.values()), "SNAPPY")
    dictionaries = [column.path_in_schema for column in columns if _DICTIONARIES.intersection(column.encodings)]
    said = metadata.metadata or {}
    written = parquet().ParquetWriter(
        out,
        schema,
        compression={name: codecs.get(name, usual) for name in (*codecs, *schema.names)},
        use_dictionary=dictionaries or not columns,
        write_statistics=[column.path_in_schema for column in columns if column.is_stats_set] or not columns,
        use_deprecated_int96_timestamps=any(column.physical_type == "INT96" for column in columns),
        use_compliant_nested_type=not any(".list.item" in column.path_in_schema for column in columns),
        store_schema=_SCHEMA in said,
        write_page_index=any(column.has_offset_index for column in columns),
    )
    if said and _SCHEMA not in said:  # it comes with Arrow's own, or not at all
        written.add_key_value_metadata(said)
    return written


def _codec(name: str) -> str:
    name = "NONE" if name == "UNCOMPRESSED" else name.partition("_")[0]
    return name if name in _CODECS else "SNAPPY"
