"""What comes in, told once: how bytes became text, which format that is, where it is from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from cleaner.model import Format
from cleaner.read.decode import Decoded, decode, decode_page, encode
from cleaner.read.sniff import sniff

Source = str | bytes
_HEAD = 4096  # bytes


@dataclass(frozen=True, slots=True)
class Input:
    """One clipping or page.

    Attributes:
        source: as it came.
        decoded: how it became text.
        format: as stated, or as told from the text and `name`.
        stated: whether somebody stated the format.
        url: where it is from, if that is known.
        name: of its file, for the extension.
    """

    source: Source
    decoded: Decoded
    format: Format
    stated: bool
    url: str | None = None
    name: str | None = None

    @property
    def text(self) -> str:
        """The text of it, decoded."""
        return self.decoded.text

    def left(self, text: str) -> Input:
        """What is left of it, as it would come in if it were cleaned once more.

        A clipping may begin with a quoted page once what stood before it is gone; that does not make it a page.
        """
        if text == self.text:
            return self
        format = self.format if self.stated else sniff(text, self.name)
        if format == "html" != self.format:
            format = "text"
        return replace(self, source=text, decoded=_as_text(text), format=format)

    def misread(self, text: str) -> str | None:
        """Why `text`, which is left of it, would be read as something else if it came in again; None if it would be
        read as the same."""
        if text == self.text or self.format == "html":
            return None
        if not self.stated and sniff(text, self.name) == "html":
            return "what would be left looks like a page"
        decoded = self.decoded
        if isinstance(self.source, str) or decoded.bom or (decoded.encoding, decoded.errors) == ("utf-8", "strict"):
            return None
        again = decode(encode(text, decoded.encoding, errors=decoded.errors))
        same = (again.encoding, again.bom, again.errors) == (decoded.encoding, decoded.bom, decoded.errors)
        return None if same else "what would be left looks like text in another encoding"


def take_in(
    source: Source,
    *,
    url: str | None = None,
    format: Format | Literal["auto"] = "auto",
    name: str | None = None,
) -> Input:
    """Take a clipping or page in; `auto` tells its format from the text and the name."""
    decoded = decode(source) if isinstance(source, bytes) else _as_text(source)
    if format != "auto":
        return Input(source, decoded, format, True, url, name)
    told = sniff(decoded.text, name)
    if told != "html" and isinstance(source, bytes) and b"\0" in source[:_HEAD]:
        # UTF-16 without a mark is only known in a page.
        told = "html" if sniff(decode_page(source[:_HEAD]).text, name) == "html" else told
    return Input(source, decoded, told, False, url, name)


def _as_text(text: str) -> Decoded:
    return Decoded(text, "utf-8", errors="surrogatepass")
