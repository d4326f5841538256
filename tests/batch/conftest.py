"""Fixtures of other places that tests of runs use, too."""

from tests.batch.inline import inline
from tests.cli.conftest import call

__all__ = ["call", "inline"]
