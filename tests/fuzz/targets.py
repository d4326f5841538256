"""What is attacked: each target takes any bytes, and raises only if a promise is broken."""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cleaner
from cleaner.errors import InputError, RestoreError, RuleError
from cleaner.formats import container_of
from cleaner.model import Format
from cleaner.read.decode import decode, encode
from cleaner.read.document import read
from cleaner.read.sniff import sniff
from cleaner.report.json import dumps, loads, to_dict
from cleaner.report.restore import restore
from cleaner.rulebook.load import load_pack
from cleaner.view import View
from tests.formats.roundtrip import travel

Target = Callable[[bytes], None]


@cache
def _cleaner() -> cleaner.Cleaner:
    return cleaner.Cleaner()


def reader(data: bytes) -> None:
    """Bytes to text and back; zones in order; a view that leads back to every character."""
    found = decode(data)
    assert encode(found.text, found.encoding, found.bom, found.errors) == data
    text = found.text
    sniff(text)
    formats: tuple[Format, ...] = ("text", "markdown")
    for format in formats:
        document = read(text, format)
        ends = [0, *(zone.end for zone in document.zones)]
        assert all(zone.start >= end for zone, end in zip(document.zones, ends, strict=False))
        assert all(zone.start < zone.end <= len(text) for zone in document.zones)
        view = View(text, document.hidden)
        for start, end in view.lines:
            first, last = view.origin_span(start, end)
            assert 0 <= first < last <= len(text)


def _clean(data: bytes, format: Format) -> None:
    try:
        result = _cleaner().clean(data, format=format)
    except InputError:
        return
    report = result.report
    assert not any("please report" in warning for warning in report.warnings), report.warnings
    restored = restore(result.text, loads(dumps(to_dict(report))))
    if format == "html":
        assert restored.decode("utf-8", "surrogatepass") == result.source
        return
    assert restored == data
    written = encode(result.text, report.encoding, bytes.fromhex(report.bom), report.errors)
    again = _cleaner().clean(written, format=format)
    assert encode(again.text, again.report.encoding, bytes.fromhex(again.report.bom), again.report.errors) == written


def text(data: bytes) -> None:
    """A plain text: no error, restored exactly, cleaning twice is cleaning once."""
    _clean(data, "text")


def markdown(data: bytes) -> None:
    """The same of Markdown."""
    _clean(data, "markdown")


def html(data: bytes) -> None:
    """A page: no error, restored exactly."""
    _clean(data, "html")


def _container(name: str, data: bytes) -> None:
    kind = container_of(name)
    assert kind is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        trip = travel(kind, path)
    for result in trip.results:
        assert not any("please report" in warning for warning in result.report.warnings)


def zipped(data: bytes) -> None:
    """An archive of one note that is the rest of the data, or the data themselves as an archive."""
    if data[:1] == b"P":
        _container("x.zip", data)
        return
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.md", data)
    _container("x.zip", out.getvalue())


def rules(data: bytes) -> None:
    """A rule file: loaded, or refused with a word."""
    with contextlib.suppress(RuleError):
        load_pack("fuzz.yaml", data)


def report(data: bytes) -> None:
    """A report: read and obeyed, or refused with a word."""
    with contextlib.suppress(RestoreError):
        restore("A text.\n", loads(data))


def _of_container(name: str) -> Target:
    return lambda data: _container(name, data)


TARGETS: dict[str, Target] = {
    "reader": reader,
    "text": text,
    "markdown": markdown,
    "html": html,
    "zip": zipped,
    **{suffix: _of_container(f"x.{suffix}") for suffix in ("jsonl", "csv", "enex", "warc", "wacz", "parquet")},
    "rules": rules,
    "report": report,
}
