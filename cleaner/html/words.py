"""What the class, id and role words of an element say about its purpose, as bits of an integer.

Words are whole tokens: `ad` is not `header`.  They are split at hyphens, underscores and changes of case, so
`relatedPosts` and `related-posts` are the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

GROUPS: dict[str, str] = {
    "nav": (
        "nav navigation navbar menu menubar submenu megamenu topnav subnav navlinks sitemap skip skiplink "
        "toolbar tabs tablist tab"
    ),
    "header": "header masthead topbar banner hdr head",
    "footer": "footer foot colophon bottom btm copyright legal",
    "sidebar": "sidebar aside side rail widget widgets complementary secondary sticky rhs col sidenav",
    "related": (
        "related recommended recommendation recommendations more similar trending popular recirc "
        "recirculation suggested suggestions readnext read also upnext next latest recent teaser teasers "
        "promo promos outbrain taboola zergnet mostread"
    ),
    "share": (
        "share sharing social addtoany addthis sharedaddy sharethis socials facebook twitter pinterest "
        "whatsapp linkedin follow"
    ),
    "comment": "comment comments disqus respond reply replies commentlist livefyre coral responses discussion",
    "newsletter": (
        "newsletter subscribe subscription signup optin mailchimp subscriber mailing email hubspot convertkit"
    ),
    "ad": (
        "ad ads advert advertisement advertising adsense adslot sponsored sponsor dfp gpt promoted adunit "
        "adbox advertorial affiliate"
    ),
    "consent": "cookie cookies consent gdpr ccpa onetrust cookiebot didomi privacy cmp",
    "paywall": "paywall regwall meter piano premium gate locked subscribers wall",
    "meta": (
        "meta byline author authors date time timestamp published dateline posted info entry-meta postmeta "
        "pubdate updated credit"
    ),
    "tags": (
        "tags tag category categories topics topic labels cats keywords breadcrumb breadcrumbs crumbs breadcrumblist"
    ),
    "bio": "bio about profile avatar gravatar vcard authorbox contributor signature",
    "pager": "pager pagination paging prev previous older newer pages paginator",
    "form": "form search searchform input login signin register password captcha field fieldset",
    "modal": (
        "modal popup overlay lightbox dialog tooltip toast drawer offcanvas flyout interstitial dropdown "
        "collapse notice alert"
    ),
    "content": (
        "content contents body entry text copy prose richtext rte wysiwyg markdown articlebody storybody "
        "postbody maincontent articlecontent articletext story bodytext post-body article-body entry-content"
    ),
    "article": "article post hentry story single blog blogpost newsarticle page",
    "main": "main primary container wrapper inner",
    "title": (
        "title headline heading hed hero subtitle subhead dek standfirst summary lead lede intro excerpt "
        "description deck abstract"
    ),
    "figure": (
        "figure image img photo picture media gallery video caption thumbnail thumb slideshow carousel slider "
        "player embed"
    ),
    "product": (
        "product products price cart basket buy shop sku swatch variant variants quantity stock shipping "
        "review reviews rating ratings stars checkout woocommerce"
    ),
    "forum": (
        "forum thread message messages answer answers question posts bbp phpbb discourse signature topic-body "
        "postcontent userinfo"
    ),
    "docs": "docs documentation doc toc tableofcontents sphinx docutils api reference rst",
    "card": "card cards tile tiles grid list items item loop feed listing listings result results archive",
    "quote": "quote blockquote pullquote callout highlight tip warning note admonition",
    "cta": "cta button btn buttons action actions banner offer download trial demo",
    "faq": "faq faqs accordion question toggle panel",
    "testimonial": "testimonial testimonials client clients logos partners team",
    "spec": "spec specs specification specifications features feature details detail attributes table",
    "recipe": (
        "recipe ingredients ingredient instructions instruction directions nutrition steps step method wprm tasty"
    ),
}
BITS = {name: 1 << number for number, name in enumerate(GROUPS)}
_COUNTS_NOTHING = sum(
    BITS[name] for name in ("nav", "related", "share", "comment", "ad", "pager", "forum", "card", "product", "meta")
)
"""Class words of numbered lists that number nothing: comments, search results, crumbs."""
_CALLED_LIST = re.compile(r"(?<![^\W_])list(?:[-_]?item)?(?=\s|$)", re.IGNORECASE)
_GROUP_OF: dict[str, int] = {}
for _name, _words in GROUPS.items():
    for _word in _words.split():
        _GROUP_OF[_word] = _GROUP_OF.get(_word, 0) | BITS[_name]

ATTRIBUTES = frozenset({"class", "id", "role", "itemprop", "data-testid", "data-component"})
"""What names the purpose of an element."""
_SPLIT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=50_000)
def groups_in(value: str) -> int:
    """The groups that an element belongs to by the value of one of the `ATTRIBUTES`."""
    found = 0
    for name in value[:2000].split():
        found |= _groups_of(name)
    return found


@lru_cache(maxsize=50_000)
def _groups_of(name: str) -> int:
    """The groups of one name: as a whole, of its words, and of pairs of them."""
    found = _GROUP_OF.get(name.lower(), 0)
    words = _SPLIT.findall(name)
    if words == [name]:
        return found
    for word in words:
        found |= _GROUP_OF.get(word.lower(), 0)
    for one, two in pairwise(words):
        found |= _GROUP_OF.get((one + two).lower(), 0)
    return found


def counts_nothing(words: int, names: str) -> bool:
    """Whether a numbered list or an item of one numbers nothing; that it is called a list says nothing of that.

    Args:
        words: its class groups.
        names: its classes.
    """
    bits = words & _COUNTS_NOTHING
    if bits == BITS["card"]:
        bits = groups_in(_CALLED_LIST.sub("", names)) & _COUNTS_NOTHING
    return bool(bits)


_WORD = re.compile(r"\w+")


def similarity(one: str, other: str) -> float:
    """The share of words that two short texts have in common, 0 to 1 (Jaccard).

    Args:
        other: the text that many are compared with: its words are remembered.
    """
    first, second = set(_WORD.findall(one.lower())), _words_of(other)
    return len(first & second) / max(1, len(first | second))


@lru_cache(maxsize=16)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def normalized(text: str) -> str:
    """The words of a text without case and marks, by which it is known again."""
    return " ".join(_WORD.findall(text.casefold()))
