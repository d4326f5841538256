"""Web archives in a ZIP file (WACZ), as ArchiveWeb.page and Browsertrix make them: the WARC files in it, as one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

from cleaner.formats.containers.warc import Warc
from cleaner.isolation.problem import DocumentError

_ENCRYPTED = 0x1
_FOLDER = "archive/"
_SUFFIXES = (".warc", ".warc.gz")


class Wacz(Warc):
    """All WARC files in one ZIP file."""

    suffixes = (".wacz",)

    def streams(self, path: str) -> Iterator[tuple[IO[bytes], int]]:
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise DocumentError("broken", f"it is no WACZ file, or cut off ({error})") from None
        with archive:
            found = [m for m in archive.infolist() if m.filename.startswith(_FOLDER) and m.filename.endswith(_SUFFIXES)]
            if not found:
                raise DocumentError("broken", f"it is no WACZ file: there is no {_FOLDER}*.warc.gz in it")
            if any(member.flag_bits & _ENCRYPTED for member in found):
                raise DocumentError("unsupported", "it needs a password: unpack it")
            for member in found:
                with _opened(archive, member) as stream:
                    yield stream, member.header_offset


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    try:
        return archive.open(member)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError("broken", f"it is damaged ({error})") from None


CONTAINER = Wacz()
