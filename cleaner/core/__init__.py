"""The compiled core: small kernels in C for what is done most often, each with a twin in Python that does the same.

The twin is the definition: it stands where it is used, under `compiled`, and is what runs where nothing was compiled.
Here alone is decided which of the two is at work, once, when the process starts.  `CLEANER_CORE=off` in the environment
leaves the kernels alone, `required` makes it an error that they are missing.

Next to nothing is imported here: this is on the way of every start.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])

NUMBER = 8
"""Of what the kernels take and give.  Whoever changes that counts one up here and in `core.h`: what was compiled before
is then left alone, as in a checkout whose sources are newer than what was compiled of them."""

TWINS: dict[str, Callable[..., Any]] = {}
"""Every function that has a kernel, by its name: as it is written in Python."""


def _kernels() -> ModuleType | None:
    wish = os.environ.get("CLEANER_CORE")
    if wish == "off":
        return None
    try:
        from cleaner.core import _core

        if _core.NUMBER != NUMBER:
            raise ImportError(f"the compiled core is of other sources ({_core.NUMBER}, not {NUMBER}): install again")
    except ImportError:
        if wish == "required":
            raise
        return None
    return _core


_KERNELS = _kernels()
AT_WORK = _KERNELS is not None
"""Whether the kernels are at work."""


def compiled(function: F) -> F:
    """The kernel that has the name of a function, if the kernels are at work; else the function itself."""
    name = function.__name__
    TWINS[name] = function
    return function if _KERNELS is None else getattr(_KERNELS, name)
