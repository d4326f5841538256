"""Removing what a run that was cut off has left behind."""

from __future__ import annotations

import os

from cleaner.draft import PREFIX, SUFFIX, remove


def sweep(folder: str) -> None:
    """Remove all drafts in a folder and those below it, which nobody is writing any more."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                remove(os.path.join(place, name))
