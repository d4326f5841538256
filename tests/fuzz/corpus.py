"""The inputs that fuzzing begins with, and those that once broke a promise: a folder for each target."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def inputs(target: str) -> dict[str, bytes]:
    """The inputs of a target, by their names."""
    return {path.name: path.read_bytes() for path in sorted((FOLDER / target).iterdir()) if path.is_file()}
