"""A Chromium, one for all tests with a browser.

Needs the extra `browser` and a Chromium: the one `CLEANER_CHROMIUM` names, or one on the path.  Without them these
tests are skipped, with the reason; with ``CLEANER_BROWSER=required`` in the environment, as in CI, they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def _missing(what: str) -> NoReturn:
    if os.environ.get("CLEANER_BROWSER") == "required":
        pytest.fail(f"{what}, and CLEANER_BROWSER says that it is required")
    pytest.skip(what)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed: pip install -e '.[browser]'")
    program = os.environ.get("CLEANER_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        _missing("no Chromium on the path; CLEANER_CHROMIUM may name one")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # root gets no sandbox
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=[*_QUIET, *(["--no-sandbox"] if root else [])]
        )
        yield chromium
        chromium.close()
