"""A note of Evernote's as Markdown: checkboxes, files, tasks and links to notes, where the cleaner had pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from urllib.parse import quote

from cleaner.formats.enml import Element, Markup
from cleaner.formats.evernote import Note, Resource
from cleaner.formats.naming import file_name
from cleaner.html.render.markdown import escaped

FOLDER = "attachments"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_SUBTYPE = re.compile(r"\w+/([a-z0-9]{2,5})")
_SUFFIXES = {"image/jpeg": ".jpg", "image/svg+xml": ".svg", "audio/mpeg": ".mp3", "text/plain": ".txt"}
_GROUP = re.compile(r"--en-id\s*:\s*([\w-]+)")
_LOOSE = re.compile(r"^(- \[[ x]\] .*)\n\n(?=- \[[ x]\] )", re.MULTILINE)


def attachment_names(number: int, resources: Sequence[Resource]) -> list[str]:
    """The file names of what is attached to the note with that number: no other note's files have them."""
    taken: set[str] = set()
    names = []
    for resource in resources:
        stem, suffix = os.path.splitext(resource.name)
        if not _SUFFIX.fullmatch(suffix):
            stem, suffix = resource.name, _suffix(resource.mime)
        names.append(file_name(f"{number + 1}-{stem or resource.hash}", suffix, taken))
    return names


def _suffix(mime: str) -> str:
    subtype = _SUBTYPE.fullmatch(mime.lower())
    return _SUFFIXES.get(mime.lower()) or (f".{subtype[1]}" if subtype else "")


def markdown(text: str, note: Note, markup: Markup, own: Sequence[Element], names: Sequence[str]) -> str:
    """The note's clean Markdown with what is Evernote's own as any program knows it.

    Args:
        own: what the numbers in the addresses mean.
        names: of the files of its resources.
    """
    files = {resource.hash: (resource, name) for resource, name in zip(note.resources, names, strict=True)}
    address = re.escape(markup.address(0)[:-1]) + "([0-9]+)"

    def picture(match: re.Match[str]) -> str:
        start, item, number, space = match.groups()
        element = own[int(number)]
        if element.kind != "checkbox":
            return (start or "") + (item or "") + _written(element, note, files) + space
        box = "[x] " if _is_checked(element) else "[ ] "
        return box if start is None else start + (item or "- ") + box

    text = re.sub(rf"(^[ >]*)?([-*+] |[0-9]+[.)] )?!\[\]\({address}\)( ?)", picture, text, flags=re.MULTILINE)
    text = re.sub(rf"(?<=\]\(){address}(?=\))", lambda match: _target(own[int(match[1])]), text)
    return _LOOSE.sub(r"\1\n", text)


def _written(element: Element, note: Note, files: dict[str, tuple[Resource, str]]) -> str:
    kind = element.kind
    if kind == "tasks":
        group = _GROUP.search(element.attributes["style"])
        tasks = [task for task in note.tasks if group and task.group == group[1]]
        return "\n".join(f"- [{'x' if task.status == 'completed' else ' '}] {escaped(task.title)}" for task in tasks)
    if kind == "secret":
        words = " ".join(child.value for child in element.children if not isinstance(child, Element))
        return f"`encrypted: {' '.join(words.split())}`"
    if kind == "picture":
        return f"![]({element.attributes['src']})"
    found = files.get(element.attributes.get("hash", "").lower())
    if found is None:
        return f"`missing: {element.attributes.get('hash', '')}`"
    resource, name = found
    link = f"[{escaped(resource.name or name)}]({FOLDER}/{quote(name)})"
    return f"!{link}" if resource.mime.startswith("image/") else link


def _is_checked(element: Element) -> bool:
    if element.name == "li":
        return re.search(r"--en-checked\s*:\s*true", element.attributes["style"]) is not None
    return element.attributes.get("checked") == "true"


def _target(element: Element) -> str:
    return quote(element.attributes["href"], safe="/:?&=#%+~@,;!$'*")
