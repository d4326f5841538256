"""Which picture an element shows, if it is one that a reader would miss."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes

_SOURCES = (
    *(
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-hi-res-src",
        "data-full-src",
        "data-img-src",
        "data-image-src",
    ),
    *("data-actualsrc", "data-url", "src"),
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"^(?:data|blob|about|javascript):|(?:^|/)(?:blank|spacer|pixel|placeholder|transparent|1x1|lazy|loading)\b[^/]*$",
    re.IGNORECASE,
)
_UNFILLED = re.compile(r"[\[{}]")
"""In the address of a template, or in what a script has to read first."""
_INLINE = re.compile(r"data:image/(?!gif)[\w.+-]+[;,]|blob:", re.IGNORECASE)
"""A picture that stands in the page itself; a GIF there is the dot that keeps a place."""
_PLAIN = re.compile(r"data:image/(?:png|jpe?g|webp|avif);base64,[\w+/=]+", re.IGNORECASE)
_EMPTY = re.compile(
    r"data:image/(?:png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"  # one pixel by one
    r"|svg\+xml[^,]*,(?:(?!base64)|PHN2)(?:%3C|<)svg(?:(?!%3E|>).)*(?:%2F|/)?(?:%3E|>)"
    r"(?:(?:%3C|<)rect(?:%20|\s)fill-opacity=(?:%22|%27|[\"'])0(?:(?!%3E|>).)*(?:%3E|>))?(?:(?:%3C|<)(?:%2F|/)|$))",
    re.IGNORECASE | re.DOTALL,
)
_GROUPED = "--sf-img-"
"""Where SingleFile puts a picture that it met more than once: into a variable of the style sheet."""
_FILE = re.compile(r"[^\s?#]+\.(?:jpe?g|png|webp|avif|gif|svg|bmp|tiff?)(?:[?#]\S*)?", re.IGNORECASE)
_WIDTH = re.compile(
    r"(?:[?&](?:w|width|imwidth|resize)=|-|/w_|/)(\d{2,4})(?=x\d*\.\w+$|px-|[&,/]|%2C|$)", re.IGNORECASE
)
_TRACKER = re.compile(
    r"(?:https?:)?//(?:[\w.-]*\.)?(?:facebook\.com/tr\b|scorecardresearch\.com|doubleclick\.net|google-analytics\.com"
    r"|quantserve\.com|googleadservices\.com|bat\.bing\.com|px\.ads\.linkedin\.com|mc\.yandex\.\w+|hm\.baidu\.com"
    r"|counter\.yadro\.ru|pixel\.wp\.com|stats\.wp\.com|feeds\.feedburner\.com/~)",
    re.IGNORECASE,
)
_ICON = re.compile(r"(?:^|[\s_-])(?:avatar|gravatar|icon|logo|emoji|pixel|tracking|sprite)(?=$|[\s_-])", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*(['\"]?)([^'\")]+)\1\s*\)", re.IGNORECASE)
_NEXT_IMAGE = "/_next/image"
_SIZE = re.compile(r"[-_@](?:\d+x\d*|\d+w|scaled|[1-4]x)(?=\.\w+$)")
_SMALL = 48  # pixels; smaller pictures are icons
_LETTER = re.compile(r"[\"“‘„«]?[^\W\d_]")
_RESERVED = "__wf_reserved"
"""What Webflow writes where an editor gave no words."""
_SIGN = 8  # characters of an emoji
_THUMBNAIL = 400  # pixels; if the page has a larger copy, that is the picture
_NEAR = 3  # elements, of which each is in the next one
MAX_INLINE = 2_000
"""Characters of a picture that stands in the page itself; longer ones would bury the text."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its alternative text and its address.

    Attributes:
        source: empty for a picture whose data stand in the page itself and cannot be written into the text; then `alt`
            stands for it.
    """

    alt: str
    source: str


def image(element: Element) -> Image | None:
    """The picture of an ``img``; None for icons, avatars, tracking pixels and placeholders."""
    if _small(element) or _ICON.search(element.get("class") or "") or _UNSEEN.search(element.get("style") or ""):
        return None
    alt = " ".join((element.get("alt") or "").split())
    alt = "" if alt.startswith(_RESERVED) else alt
    source = _source(element)
    if source:
        return None if _TRACKER.match(source) or _is_preview(element, source) else Image(alt, source)
    if element.get("aria-hidden") == "true" or _is_stand_in(element):
        return None
    own = (element.get("src") or "").strip()
    if _EMPTY.match(own):
        return Image(alt, "") if _GROUPED in (element.get("style") or "") else None
    if not _INLINE.match(own):
        return None
    return Image(alt, own if len(own) <= MAX_INLINE and _PLAIN.fullmatch(own) else "")


def sign(element: Element) -> str:
    """The sign that a small picture stands for (an emoji), or the letter that begins the word behind it (a drop cap);
    empty for any other picture."""
    alt = (element.get("alt") or "").strip()
    if _LETTER.fullmatch(alt) and (element.tail or "")[:1].isalpha():
        return alt
    if not alt or len(alt) > _SIGN or alt.isascii() or any(map(str.isalpha, alt)):
        return ""
    names = element.get("class") or ""
    return alt if _small(element) or "emoji" in names else ""


def background(element: Element, attributes: Attributes) -> Image | None:
    """The picture that an element without words shows as its background, if it says that it is a picture.

    Others are decoration.
    """
    style = attributes.get("style", "")
    if "url(" not in style or (attributes.get("role") != "img" and not _is_figure(element.getparent())):
        return None
    found = _BACKGROUND.search(style)
    alt = " ".join((attributes.get("aria-label") or attributes.get("title") or "").split())
    return Image(alt, found[2].strip()) if found and not _PLACEHOLDER.search(found[2]) else None


def drawing(element: Element) -> Image | None:
    """The picture of an ``object`` or ``embed``, or the one that stands for a ``video`` which cannot be found."""
    stated = element.get("poster") if element.tag == "video" else element.get("data") or element.get("src")
    source = (stated or "").strip()
    if _PLACEHOLDER.search(source) or not _FILE.fullmatch(source) or _small(element):
        return None
    alt = element.get("alt") or element.get("aria-label") or element.get("title") or ""
    return Image(" ".join(alt.split()), source)


def copies(scriptless: Element) -> list[Image]:
    """The pictures of a ``noscript`` without words: those of lazy pictures, once more for readers without scripts.

    One that stands in the place of none, and is no file, counts visitors.
    """
    found = [one for one in map(image, scriptless.iter("img")) if one is not None and one.source]
    if not found or "".join(scriptless.itertext()).strip():
        return []
    return found if _before(scriptless) else [one for one in found if _FILE.fullmatch(one.source)]


def is_copy(scriptless: Element, shown: str) -> bool:
    """Whether the pictures of a ``noscript`` are those of the one before it, of which the address `shown` is known."""
    return shown != "" and (_before(scriptless) or any(_is_same(one.source, shown) for one in copies(scriptless)))


def _before(scriptless: Element) -> bool:
    """Whether a picture stands right before a ``noscript``, or before what it is the first in."""
    at: Element | None = scriptless
    following = scriptless.getnext()
    if following is not None and following.tag == "img" and scriptless.getprevious() is None:
        return False  # it stands before the one whose place it takes
    for _ in range(_NEAR):
        if at is None:
            return False
        before = at.getprevious()
        if before is not None:
            said = (before.tail or "").strip() or before.tag == "noscript"
            return not said and next(before.iter("img"), None) is not None
        at = at.getparent()
    return False


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, in whatever size."""
    return one == other or (_name(one) == _name(other) != "")


def _name(source: str) -> str:
    """What the addresses of one picture in several sizes have in common: its file's name."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    if parts.path.endswith(_NEXT_IMAGE):
        return _name(next(iter(parse_qs(parts.query).get("url", ())), ""))
    return _SIZE.sub("", parts.path.rsplit("/", 1)[-1])


def _source(element: Element) -> str:
    """Its address: that of a lazy picture, its own, or, if that is a thumbnail's or none, the largest one stated."""
    own = ""
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not _PLACEHOLDER.search(value) and not _UNFILLED.search(value):
            own = value
            break
    sets = " , ".join(value for value in map(element.get, _SETS) if value)
    if own:
        width = _WIDTH.search(own) if sets else None
        return (width and int(width[1]) < _THUMBNAIL and _largest(sets, int(width[1]))) or own
    for around in element.iterancestors("picture"):
        sources = (source.get("srcset") or source.get("data-srcset") for source in around.iter("source"))
        sets = " , ".join(filter(None, (sets, *sources)))
    return _largest(sets) or next((value for name, value in element.items() if _is_lazy(name, value)), "")


def _is_lazy(name: str, value: str) -> bool:
    return name.startswith("data-") and _FILE.fullmatch(value) is not None


def _largest(srcset: str, than: float = -1.0) -> str:
    """The address with the greatest width or density of a ``srcset``, if it is greater `than` that."""
    best, size = "", than
    for candidate in re.split(r",\s+|,(?=https?:|//)", srcset):
        address, _, descriptor = candidate.strip().partition(" ")
        if not address or _PLACEHOLDER.search(address) or _UNFILLED.search(address):
            continue
        number = descriptor.strip().rstrip("wx")
        width = float(number) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", number) else 0.0
        if width > size:
            best, size = address, width
    return best


def _is_stand_in(element: Element) -> bool:
    """Whether the picture itself follows the element, or what it is in: loaded later, or for want of scripts."""
    at: Element | None = element
    for _ in range(_NEAR):
        if at is None or (at.tail or "").strip():
            return False
        after = at.getnext()
        if after is not None and after.tag == "noscript":
            return bool(copies(after))
        if after is not None and after.tag in ("img", "picture"):
            return any(_source(one) for one in after.iter("img"))
        at = at.getparent()
    return False


def _is_preview(element: Element, source: str) -> bool:
    """Whether the next element is the same picture, of another size or quality."""
    after = None if (element.tail or "").strip() else element.getnext()
    if after is not None and after.tag == "canvas":
        after = after.getnext()
    return after is not None and after.tag == "img" and _source(after).split("?")[0] == source.split("?")[0]


def _is_figure(element: Element | None) -> bool:
    return element is not None and element.tag == "figure"


def _small(element: Element) -> bool:
    for name in ("width", "height"):
        value = (element.get(name) or "").removesuffix("px")
        if value.isdecimal() and len(value) < 6 and int(value) < _SMALL:
            return True
    return False
