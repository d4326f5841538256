"""The clippings that the command line names: globs, and what is no clipping, with the command that it is for."""

from __future__ import annotations

import os

from cleaner.cli import COMMANDS
from cleaner.cli.codes import INPUT, USAGE
from cleaner.cli.stop import Stop
from cleaner.cli.streams import STDIN, name_of, read_bytes
from cleaner.errors import did_you_mean, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.cli.options import Options

_ADDRESSES = ("http:/", "https:/", "ftp:/")
_CONVERTED = {
    **dict.fromkeys((".docx", ".odt", ".epub", ".rtf"), ("a document", "pandoc -t gfm {} | cleaner --format markdown")),
    **dict.fromkeys((".doc", ".xls", ".xlsx", ".ppt", ".pptx", ".pages"), ("a document", "")),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic"), ("a picture", "")),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".mov", ".webm", ".mkv"), ("a recording", "")),
    ".pdf": ("a PDF", "pdftotext {} - | cleaner"),
    ".webarchive": ("a web archive of Safari", ""),
}
"""By the end of a name what it is, and the command that makes text of it."""
_MAGIC = {
    b"%PDF-": ("a PDF", "pdftotext {} - | cleaner"),
    b"PK\x03\x04": ("a ZIP archive (or a document in one)", "unzip {}"),
    b"\x1f\x8b": ("packed by gzip", "gunzip -c {} | cleaner"),
    b"\xfd7zXZ\x00": ("packed by xz", "xz -dc {} | cleaner"),
    b"\x28\xb5\x2f\xfd": ("packed by Zstandard", "zstd -dc {} | cleaner"),
    b"{\\rtf": ("RTF", "pandoc -f rtf -t gfm {} | cleaner --format markdown"),
    b"PAR1": ("Parquet", "cleaner batch {} OUT/"),
    b"WARC/1.": ("a web archive (WARC)", "cleaner batch {} OUT/"),
    b"\xd0\xcf\x11\xe0": ("a document", ""),
    b"bplist00": ("a web archive of Safari", ""),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", ""),
    b"\x89PNG\r\n": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    b"GIF8": ("a picture", ""),
    b"\x7fELF": ("a program", ""),
    b"SQLite format 3\0": ("a database", ""),
}
"""By how it begins what it is, and the command that it is for."""


def named(files: Sequence[str]) -> list[str]:
    """The files that are meant, globs spelled out, each once.

    Raises:
        Stop: nothing is like a glob.
    """
    return list(dict.fromkeys(file for name in files for file in _spelled_out(name))) or [STDIN]


def _spelled_out(name: str) -> Iterable[str]:
    if not any(c in name for c in "*?[") or os.path.lexists(name) or _is_address(name):
        return (name,)
    from glob import glob

    found = sorted(path for path in glob(name, recursive=True) if not os.path.isdir(path))
    if not found and not any(c in name for c in "*?"):
        return (name,)
    if not found:
        raise Stop(INPUT, f"{shown(name)}: no file has such a name; check the folder and the glob")
    return found


def check_command(args: Sequence[str]) -> None:
    """Tell of a command that is misspelled, before its options are taken for those of the filter."""
    first = args[0] or "-"
    if first[0].isalpha() and first.replace("-", "").isalpha() and not os.path.lexists(first):
        hint = did_you_mean(first, COMMANDS)
        if hint:
            raise Stop(USAGE, f"{first}: no such command, and no such file{hint}")


def read_clipping(options: Options, file: str) -> bytes:
    """A clipping, unless it is plain that it is none.

    Raises:
        Stop: it is an address, a folder, a file of many documents or no text, with the command that it is for.
    """
    if file != STDIN:
        _refuse_name(file, by_end=options.format == "auto")
    data = read_bytes(file)
    check_text(options, file, data)
    return data


def check_text(options: Options, file: str, data: bytes) -> None:
    """See that what was read may be text, unless somebody says that it is.

    Raises:
        Stop: it is none, with the command that it is for.
    """
    if options.format == "auto":
        _refuse(file, next((what for magic, what in _MAGIC.items() if data.startswith(magic)), None))


def _is_address(name: str) -> bool:
    return name.lower().startswith(_ADDRESSES)


def _refuse_name(file: str, *, by_end: bool) -> None:
    if os.path.lexists(file):
        if os.path.isdir(file):
            name = quoted(file)
            raise Stop(
                INPUT,
                f"{name_of(file)}: is a folder; cleaner batch {name} OUT/ cleans all of it into another one, "
                f"cleaner batch --in-place {name} where it is",
            )
    elif _is_address(file):
        command = f"cleaner PAGE.html --url {quoted(file)}"
        raise Stop(INPUT, f"{name_of(file)}: nothing is fetched; save the page first, then: {command}")
    if by_end:
        _refuse_container(file)
        _refuse(file, _CONVERTED.get(os.path.splitext(file)[1].lower()))


def _refuse_container(file: str) -> None:
    if os.path.splitext(file)[1].lower() in (".md", ".txt", ".html", ".htm"):
        return  # what most files are; the kinds of containers need not be imported
    from cleaner.formats import container_of

    if container_of(file):
        ways = [f"cleaner batch {quoted(file)} OUT/ cleans each of them"]
        if file.lower().endswith((".jsonl", ".ndjson")):
            ways.append(f'cleaner --jsonl {quoted(file)} the field "text" of each line')
        raise Stop(INPUT, f"{name_of(file)}: holds many documents; {', '.join(ways)}")


def _refuse(file: str, found: tuple[str, str] | None) -> None:
    if found is None:
        return
    what, command = found
    way = "save it as text, Markdown or HTML first"
    if command and file == STDIN:
        way = "name it as a FILE, and cleaner tells the command that it is for"
    elif command:
        way = f"to clean it: {command.format(quoted(file))}"
    raise Stop(INPUT, f"{name_of(file)}: is {what} and no text; {way}")


def quoted(file: str) -> str:
    """A name of a file as a shell takes it."""
    import shlex

    return shlex.quote(shown(file))


def from_here(path: str) -> str:
    """A path as one would type it here."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return path
