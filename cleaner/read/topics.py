"""What a whole text is about, as far as rules ask: a text about templates or code shows tokens on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cleaner.late import late
from cleaner.model import Zone

Topic = Literal["templates"]
TOPICS: tuple[Topic, ...] = ("templates",)

_SURE = late(
    r"\b(?:jinja|handlebars|mustache templat|nunjucks|freemarker|thymeleaf|go templat|html/template|twig|erb|ejs"
    r"|liquid (?:tag|templat|syntax)|templat(?:e|ing) (?:engine|language|literal|string|syntax|tag)|ansible|helm"
    r"|vue(?:\.js)?|angular|svelte|templater|dataview|merge[ -](?:tag|field)|mail[ -]?merge|shortcodes?|placeholders?"
    r"|string (?:interpolation|format)|interpolat\w+|f-strings?|(?:curly|double|single) (?:braces|brackets)|curly"
    r"|printf|i18n|localis?z?ation strings?)\b"
    r"|platzhalter|geschweifte|marcador(?:es)? de posición|llaves dobles|accolades|заполнител|плейсхолдер"
    r"|фигурн\w+ скоб|占位符|佔位符|プレースホルダ|플레이스홀더|中括弧|波括弧|花括号|大括号"
)
_PERHAPS = late(
    r"\b(?:templates?|variables?|syntax|render(?:s|ed|ing)?|strings?|tokens?|scripts?|functions?|compil\w+|parameters?"
    r"|python|javascript|typescript|php|ruby|bash|shell|html|css|json|yaml|xml|latex|regex|api|sdk|source code|braces?"
    r"|vorlagen?|variablen?|plantillas?|gabarits?|modelli|szablon\w*|zmienn\w+|šablon\w*|proměnn\w+|sjabl?o\w+|skabelon\w*"
    r"|şablon\w*|değişken\w*)\b"
    r"|шаблон|переменн|змінн|模板|模版|範本|变量|變數|テンプレート|変数|템플릿|변수|قالب|متغير|תבנית|משתנ|πρότυπ|μεταβλητ"
    r"|टेम्पलेट|biến số"
)
_ENOUGH = 2
"""Different words that are not sure each."""


def is_about(topic: Topic, text: str, zones: Sequence[Zone]) -> bool:
    """Whether a text is about a topic.

    Args:
        text: of the view, in lower case.
        zones: of the document; whoever writes code or formulas writes about them.
    """
    assert topic == "templates"
    if any(zone.kind in ("code", "math") for zone in zones) or _SURE.search(text):
        return True
    found: set[str] = set()
    for match in _PERHAPS.finditer(text):
        found.add(match[0].rstrip("s"))
        if len(found) >= _ENOUGH:
            return True
    return False
