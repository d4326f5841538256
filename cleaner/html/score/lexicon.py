"""Words, signs and beginnings that tell running text from the furniture of a page."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

WORD = re.compile(r"\w+")

_FUNCTION = (
    "the of and to in a is that for it with as on was be by at this are from or have an not which but had were "
    "they their his her its has been he she we you can will would there who what when if so than into also some "
    "could other then only der die das und ist von mit den im zu auf für nicht ein eine des dem sich auch als an "
    "es wie hat le la les et du un une est que qui dans pour pas sur au avec ce il elle plus par ne se el los las "
    "de en del con por para como más su al lo i di che e per non è sono della alla o do da em os no na não uma "
    "mais é van het op te dat voor zijn niet met och att det som på är av inte til af ikke w z nie się jest że и "
    "в на не что с по это как"
)
_PERSON = "you your yours we our us i my me"
_FURNITURE = (
    "cookie cookies subscribe subscription newsletter newsletters sign signin signup login logout register share "
    "tweet follow related recommended advertisement sponsored affiliate privacy terms copyright reserved comments "
    "comment reply previous next menu search contact home skip click download cart checkout view load show more "
    "learn started trial request written posted published updated views likes tags tag category categories filed "
    "photo credit getty source popular latest trending log facebook twitter instagram linkedin pinterest youtube "
    "whatsapp email print account abonnieren anmelden datenschutz impressum teilen mehr connecter partager "
    "suscribirse suscríbete compartir iscriviti condividi connexion partilhar cookie-richtlinie weiterlesen "
    "kommentare commentaires comentarios"
)
_MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre "
    "dicembre"
)
FUNCTION, PERSON, FURNITURE, MONTH, TITLE = range(5)
"""Kinds of words, as numbers of bits; `TITLE` is for the words of the page's own headline."""
LEXICON: dict[str, int] = {}
"""For a word in lower case the kinds it is of, as bits."""
for _number, _words in enumerate((_FUNCTION, _PERSON, _FURNITURE, _MONTHS)):
    for _word in _words.split():
        LEXICON[_word] = LEXICON.get(_word, 0) | 1 << _number

OTHER, LOWER, UPPER, DIGIT, SPACE, STOP, COMMA, SEPARATOR, AT, MONEY, QUOTE, COPYRIGHT = range(12)
"""Kinds of characters."""
CLASSES = 12
_SIGNS = {
    STOP: ".!?…。！？؟।",
    COMMA: ",、，;،",
    SEPARATOR: "|›»·•/>←→‹«",
    AT: "@",
    MONEY: "$€£¥₹",
    QUOTE: "\"“”„‟'‘’",
    COPYRIGHT: "©®™",
    SPACE: " \t\n\r\f\v\xa0",
}
_PLANE = 1 << 16


def _classes() -> npt.NDArray[np.uint8]:
    table = np.zeros(_PLANE, np.uint8)
    for code in range(0x530):  # Latin, Greek, Cyrillic: where letters have cases
        character = chr(code)
        if character.isupper():
            table[code] = UPPER
        elif character.islower():
            table[code] = LOWER
        elif character.isdigit():
            table[code] = DIGIT
    for number, signs in _SIGNS.items():
        for sign in signs:
            table[ord(sign)] = number
    return table


_CHARACTERS = _classes()


def kinds(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """The kinds of characters, given by their code points."""
    return _CHARACTERS[np.minimum(codes, _PLANE - 1)]


_CLOSING = "\"'”’»)]"
_FINAL = ".!?…。！？؟।"
SENTENCE, COLON, QUESTION = 1, 2, 3


def ending(text: str) -> int:
    """How a text ends: `SENTENCE`, `COLON`, `QUESTION`, or 0."""
    last = text[-1:]
    if last in _CLOSING:  # also of the empty text
        last = text.rstrip(_CLOSING)[-1:]
    if not last:
        return 0
    if last in "?？؟":
        return QUESTION
    if last in _FINAL:
        return SENTENCE
    return COLON if last in ":：" else 0


ANNOUNCEMENTS = {
    "related": (
        r"related|recommended|more (?:from|on|in|about|stories|posts|articles)|you (?:may|might)|"
        r"read (?:next|more|also)|see also|also (?:read|on)|popular|trending|latest|recent|similar|"
        r"up next|don.t miss|what to read|keep reading|mehr\b|auch interessant|lesen sie|à lire|"
        r"sur le même|te puede|leggi anche|customers? (?:also|who)"
    ),
    "comments": (
        r"(?:\d+ )?(?:comments?|replies|responses|kommentare?|commentaires?|comentarios)\b|leave a|"
        r"join the|discussion"
    ),
    "author": (
        r"about (?:the )?(?:author|us)|author|written by|contributors?|meet the|contact|media contact|"
        r"über (?:den|uns)"
    ),
    "newsletter": (
        r"(?:\w+ ){0,4}?(?:newsletter|subscribe|sign up|inbox|e-?mails?)\b|stay (?:up|in)|get (?:the|our|"
        r"your)|join (?:our|us)"
    ),
    "sources": (
        r"(?:references|sources|notes|footnotes|bibliography|citations|works cited|further reading|"
        r"external links|resources|disclaimer|disclosure)\b"
    ),
    "questions": r"(?:frequently asked|faqs?|questions)\b",
    "contents": (
        r"(?:table of contents|contents|in this (?:article|post|guide|page)|on this page|jump to|"
        r"key takeaways|summary|tl;?dr|conclusion|introduction|overview)\b"
    ),
    "share": r"(?:share|follow|tweet|print)\b",
    "product": (
        r"(?:features?|specifications?|details|description|product|reviews?|customer|shipping|"
        r"what.s included)\b"
    ),
}
"""What short texts announce at their beginning."""
ANNOUNCED = tuple(ANNOUNCEMENTS)
_ANNOUNCEMENT = re.compile("|".join(f"({pattern})" for pattern in ANNOUNCEMENTS.values()))
_ANNOUNCING = 100  # characters of a text that may announce something


def announced(text: str) -> int:
    """What a lower-case text announces: 1 + its place in `ANNOUNCED`; 0: nothing."""
    if not text or len(text) >= _ANNOUNCING:
        return 0
    found = _ANNOUNCEMENT.match(text)
    return found.lastindex or 0 if found else 0
