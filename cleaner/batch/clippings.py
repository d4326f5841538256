"""Which notes of a vault are clippings: those that say of which page they are, and those where clippings are kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from cleaner.read.frontmatter import front_matter, source_of

HEAD = 65536
"""Bytes of a note that are looked at."""
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_TAG = re.compile(r"(?<![\w/#&])#([^\W\d][\w/-]*)")
_CODE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Clippings:
    """What tells a clipping from a note that somebody has written.

    Attributes:
        folders: of clippings: globs, of one name or (with a slash) of a path below `base`.
        tags: of clippings.
        base: the folder below which `folders` count.
        named: files that somebody named, and so means.
    """

    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    base: str = ""
    named: frozenset[str] = frozenset()

    def holds(self, path: str, head: bytes) -> bool:
        """Whether a note is a clipping.

        Args:
            head: its first `HEAD` bytes, or all of it.
        """
        path = os.path.abspath(path)
        if path in self.named or self._is_in_folder(path):
            return True
        text = _decoded(head[:HEAD])
        span, front = front_matter(text)
        if source_of(front):
            return True
        return bool(self.tags) and any(self._is_tag(tag) for tag in _tags(text, span[1] if span else 0))

    def _is_in_folder(self, path: str) -> bool:
        if not self.folders:
            return False
        below = os.path.relpath(os.path.dirname(path), self.base).replace(os.sep, "/")
        parts = below.split("/")
        if parts[0] in (os.pardir, os.curdir):
            return False
        paths = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        return any(
            fnmatchcase(one, folder.strip("/"))
            for folder in self.folders
            for one in (paths if "/" in folder else parts)
        )

    def _is_tag(self, tag: str) -> bool:
        """Whether a tag is one of them, or one below it: `clippings/news` is below `clippings`."""
        low = tag.lower()
        return any(low == one or low.startswith(f"{one}/") for one in (tag.lower().lstrip("#") for tag in self.tags))


def _decoded(head: bytes) -> str:
    return head.decode(_MARKS.get(head[:2], "utf-8"), "replace").removeprefix("\ufeff")


def _tags(text: str, body: int) -> Iterator[str]:
    """The tags of a note: in its front matter, and in what stands behind it."""
    yield from _tags_stated(text[:body])
    yield from (match[1] for match in _TAG.finditer(_CODE.sub("", text[body:])))


def _tags_stated(front: str) -> Iterator[str]:
    """Those of the front matter, as a list or as words."""
    rows = front.splitlines()[1:-1]
    if not any(row.lower().startswith(("tags", "tag")) for row in rows):
        return
    import yaml  # only who looks for tags waits for it

    try:
        stated: Any = yaml.safe_load("\n".join(rows))
    except (yaml.YAMLError, ValueError, RecursionError):
        return  # what is no YAML names no tags
    for key, value in stated.items() if isinstance(stated, Mapping) else ():
        if isinstance(key, str) and key.lower() in ("tags", "tag"):
            words = re.split(r"[,\s]+", value) if isinstance(value, str) else value if isinstance(value, list) else ()
            yield from (word.lstrip("#") for word in words if isinstance(word, str) and word)
