"""Files that hold many documents: how each kind is read, and how it is written again."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cleaner.formats import containers
from cleaner.formats.container import Container


def container_of(name: str) -> Container | None:
    """The kind of container that a file is, by its name; None if it holds one document, or none."""
    low = name.lower()
    return next((kind for suffix, kind in _suffixes() if low.endswith(suffix)), None)


@cache
def named(name: str) -> Container:
    """The container called `name`."""
    container: Container = import_module(f"{containers.__name__}.{name}").CONTAINER
    return container


@cache
def _suffixes() -> list[tuple[str, Container]]:
    """The suffixes of all kinds, longest first."""
    kinds = [named(module.name) for module in iter_modules(containers.__path__)]
    return sorted(((suffix, kind) for kind in kinds for suffix in kind.suffixes), key=lambda one: -len(one[0]))
