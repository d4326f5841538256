"""What a page shows of another page (a video, a post, a map) as a link that a reader can follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlsplit

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes, hides
from cleaner.html.images import Image, drawing

_IDS: dict[str, tuple[str, str]] = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-video": ("videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "vimeo-video": ("videoid", "https://vimeo.com/{}"),
    "amp-twitter": ("data-tweetid", "https://x.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/embed/v2/{}"),
}
"""Elements that name a recording or a post by its id: the attribute, and the address."""
TAGS = frozenset({*_IDS, "iframe", "video", "audio", "embed", "object", "amp-iframe", "amp-video", "amp-audio"})
"""Elements that show another page or a recording."""
_DRAWINGS = frozenset({"object", "embed"})
"""What may show a picture as well as another page."""
_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cmp-src", "data-cookieblock-src", "data")
_TITLES = ("title", "data-title", "aria-label", "playlabel", "alt")
_ID = re.compile(r"[\w-]{3,64}", re.ASCII)
_VIDEOS = ("data-id", "data-videoid", "data-video-id", "data-youtube-id", "data-ytid", "data-embed")
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_GIST = re.compile(r"https://gist\.github\.com/((?:[\w-]+/)?[0-9a-f]{5,40})\.js", re.ASCII)
_POST = re.compile(r"(?:^|\s)fb-(?:post|video|comment-embed)(?=\s|$)")
_QUOTED_POST = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|bluesky-embed|tiktok-embed|reddit-embed-bq|reddit-card"
    r"|mastodon-embed|text-post-media|fb-(?:post|video)|flickr-embed-frame|imgur-embed-pub|kg-bookmark-card"
    r"|kg-file-card|wp-block-embed(?!.*is-type-wp-embed)|wp-block-file)(?=\s|$)"
)
"""Classes of what stands in a page for a post, a file or another page, until a script shows it."""
_INSIDE = re.compile(r"(?:about|data|blob|javascript):", re.IGNORECASE)
_MACHINES = re.compile(
    r"(?:^|[.-])(?:googletagmanager|doubleclick|googlesyndication|googleadservices|google-analytics|adservice|adsystem"
    r"|recaptcha|hcaptcha|criteo|taboola|outbrain|teads|adnxs|rubiconproject|pubmatic|smartadserver|adform|quantserve"
    r"|addthis|sharethis|disqus|livefyre|intensedebate|mailchimp|list-manage|hsforms|hubspot|onetrust|cookiebot"
    r"|consensu|sourcepoint|trustarc|usercentrics|didomi|tinypass|piano|poool|intercom|drift|zendesk|tawk|crisp"
    r"|stripe|paypal|ads?)(?:[.-]|$)",
    re.IGNORECASE,
)
"""Hosts whose frames are advertisements, measurements, forms or consent, never what an article shows."""
_MACHINERY = re.compile(
    r"/(?:ads?|adserver|advert\w*|banners?|captcha|recaptcha|consent|cookies?|login|signin|signup|subscribe|newsletter"
    r"|paywall|plugins/(?:like|share_button|page|follow|comments|login_button)\.php"
    r"|widgets/(?:follow|tweet)_button\.[\w.]+)(?:[/?.]|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d{1,5})(?:px)?")
_SMALL = 48  # pixels; a smaller frame shows nothing


@dataclass(frozen=True, slots=True)
class Embed:
    """A link to what is embedded.

    Attributes:
        title: as the page gives it, else the host.
        source: its address; empty if what is shown stands in the page itself, where no reader could find it.
    """

    title: str
    source: str


def shown(element: Element) -> Embed | Image | None:
    """What an element of `TAGS` shows: a picture, or a link; None for advertisements, forms and measurements."""
    picture = drawing(element)
    if picture and element.tag in _DRAWINGS:
        return picture
    found = _embed(element)
    return found if found and found.source else picture or found


def _embed(element: Element) -> Embed | None:
    tag = str(element.tag)
    if _is_small(element) or hides(element):
        return None
    title = " ".join(next((value for value in map(element.get, _TITLES) if value), "").split())
    addresses = [value for value in _addresses(tag, element) if value]
    address = next((value for value in addresses if not _INSIDE.match(value)), "")
    if not address:
        inside = element.get("srcdoc") or any(not value.startswith(("about:", "javascript:")) for value in addresses)
        return Embed(title, "") if inside else None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or _MACHINES.search(host) or _MACHINERY.search(parts.path):
        return None
    return Embed(title or host or tag, _public(host, parts) or address)


def gist(element: Element) -> Embed | None:
    """The link for a ``script`` that shows a file of gist.github.com."""
    found = _GIST.match(element.get("src") or "")
    return Embed(found[1], f"https://gist.github.com/{found[1]}") if found else None


def facade(attributes: Attributes) -> Embed | None:
    """The link for an element without words that a script turns into a post or a video of Facebook or YouTube."""
    names = attributes.get("class", "")
    target = attributes.get("data-href", "")
    if _POST.search(names) and target.startswith("https://") and not _MACHINERY.search(target):
        return Embed("facebook.com", target)
    number = next((value for value in map(attributes.get, _VIDEOS) if value), "")
    if "youtube" in names.lower() and _VIDEO.fullmatch(number):
        title = " ".join((attributes.get("data-title") or attributes.get("title") or "youtube.com").split())
        return Embed(title, f"https://www.youtube.com/watch?v={number}")
    return None


def is_post(attributes: Attributes) -> bool:
    """Whether an element with these attributes is what a page shows of a post, in words."""
    return _names_post(attributes.get("class", ""))


@lru_cache(maxsize=50_000)
def _names_post(names: str) -> bool:
    return _QUOTED_POST.search(names) is not None


def _addresses(tag: str, element: Element) -> Iterator[str | None]:
    """All addresses that an element may show, the likeliest first."""
    if tag in _IDS:
        name, form = _IDS[tag]
        stated = (element.get(name) or "").strip()
        if _ID.fullmatch(stated):
            yield form.format(stated)
    yield from _stripped(map(element.get, _SOURCES))
    for inner in element.iterdescendants("source", "embed"):
        yield from _stripped(map(inner.get, _SOURCES))
    for inner in element.iterchildren("param"):
        if (inner.get("name") or "").lower() in ("movie", "src"):
            yield from _stripped((inner.get("value"),))


def _stripped(values: Iterable[str | None]) -> Iterator[str]:
    return (value.strip() for value in values if value)


_YOUTUBE = r"youtube(?:-nocookie)?\.com"
_PUBLIC: tuple[tuple[str, str, str], ...] = (
    (_YOUTUBE, r"/(?:embed|v|shorts|live)/(?!videoseries)([\w-]{5,20})", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com", r"/video/(\d+)", "https://vimeo.com/{}"),
    (r"(?:geo\.)?dailymotion\.com", r"/embed/video/(\w+)", "https://www.dailymotion.com/video/{}"),
    (r"instagram\.com", r"/((?:p|reel|tv)/[\w-]+)(?:/embed.*)?", "https://www.instagram.com/{}/"),
    (r"tiktok\.com", r"/(?:embed|player)(?:/v\d)?/(\d+)", "https://www.tiktok.com/embed/v2/{}"),
    (r"open\.spotify\.com", r"/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}"),
    (r"embed\.podcasts\.apple\.com", r"/(.+)", "https://podcasts.apple.com/{}"),
    (r"embed\.music\.apple\.com", r"/(.+)", "https://music.apple.com/{}"),
    (r"codepen\.io", r"/([\w-]+)/embed(?:/preview)?/(\w+)", "https://codepen.io/{}/pen/{}"),
    (r"archive\.org", r"/embed/([\w.-]+)", "https://archive.org/details/{}"),
    (r"embed\.ted\.com", r"/talks/(?:lang/\w+/)?([\w-]+)", "https://www.ted.com/talks/{}"),
    (r"streamable\.com", r"/[eo]/(\w+)", "https://streamable.com/{}"),
    (r"loom\.com", r"/embed/(\w+)", "https://www.loom.com/share/{}"),
    (r"giphy\.com", r"/embed/(\w+)", "https://giphy.com/gifs/{}"),
    (r"rutube\.ru", r"/play/embed/(\w+)", "https://rutube.ru/video/{}/"),
    (r"embed\.nicovideo\.jp", r"/watch/(\w+)", "https://www.nicovideo.jp/watch/{}"),
    (r"embed\.bsky\.app", r"/embed/(did:[\w:.]+)/app\.bsky\.feed\.post/(\w+)", "https://bsky.app/profile/{}/post/{}"),
)
"""Players whose recording has a page of its own: the host, the path with what names it, the address of that page."""
_QUERIES: tuple[tuple[str, str, str, str], ...] = (
    (r"platform\.(?:twitter|x)\.com", "id", r"\d{5,25}", "https://x.com/i/status/{}"),
    (r"player\.bilibili\.com", "bvid", r"\w{5,20}", "https://www.bilibili.com/video/{}"),
    (r"facebook\.com", "href", r"https?://\S+", "{}"),
    (r"w\.soundcloud\.com", "url", r"https?://(?:www\.)?soundcloud\.com/\S+", "{}"),
    (r"embedly\.com|cdn\.embedly\.com", "url", r"https?://\S+", "{}"),
    (r"(?:geo\.)?dailymotion\.com", "video", r"\w{4,20}", "https://www.dailymotion.com/video/{}"),
    (r"player\.twitch\.tv", "video", r"v?\d+", "https://www.twitch.tv/videos/{}"),
    (_YOUTUBE, "list", r"[\w-]{5,64}", "https://www.youtube.com/playlist?list={}"),
)
"""The same for those that name it in the query: the host, the parameter, its form, the address."""


def _public(host: str, parts: SplitResult) -> str:
    """The address of the page of a recording or post; empty if only that of the player is known."""
    for hosts, path, form in _PUBLIC:
        if re.fullmatch(hosts, host):
            found = re.fullmatch(path + "/?", parts.path)
            if found:
                return form.format(*found.groups())
    query = parse_qs(parts.query)
    for hosts, name, value, form in _QUERIES:
        if re.fullmatch(hosts, host):
            stated = next(iter(query.get(name, ())), "")
            if re.fullmatch(value, stated):
                return form.format(stated)
    return ""


def _is_small(element: Element) -> bool:
    for name in ("width", "height"):
        found = _NUMBER.fullmatch((element.get(name) or "").strip())
        if found and int(found[1]) < _SMALL:
            return True
    return False
