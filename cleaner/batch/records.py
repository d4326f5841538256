"""What becomes of files that hold many documents."""

from __future__ import annotations

from typing import Literal

Records = Literal["same", "files", "jsonl"]
"""The same kind of file, a folder with one file a document, or one JSON object a document."""
RECORDS: tuple[Records, ...] = ("same", "files", "jsonl")
