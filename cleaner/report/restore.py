"""The way back: clean text and report give the input, byte for byte."""

from __future__ import annotations

import hashlib

from cleaner.edit import inserted
from cleaner.errors import RestoreError
from cleaner.model import ReportFacts
from cleaner.read.decode import encode


def restore(clean: str | bytes, report: ReportFacts) -> bytes:
    """The bytes of the input (for a str that was cleaned: its UTF-8 form); of HTML the whole page as rendered.

    Args:
        clean: the clean text, or the bytes that were written of it.

    Raises:
        RestoreError: the two do not belong together.
    """
    try:
        bom = bytes.fromhex(report.bom)
        if isinstance(clean, bytes):
            clean = clean.removeprefix(bom).decode(report.encoding, report.errors)
        pieces = [(r.start, r.text) for r in report.removals] + [(r.start, r.text) for r in report.repairs]
        data = encode(inserted(clean, pieces), report.encoding, bom, report.errors)
    except (ValueError, LookupError):
        data = b""
    expected = report.page.sha256 if report.page else report.input_sha256
    if hashlib.sha256(data).hexdigest() != expected:
        raise RestoreError(
            "clean text and report do not belong together, or one was edited since; nothing was restored"
        )
    return data
