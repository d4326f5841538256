"""What characters are, and how many words readers count."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.html.score import characters
from cleaner.html.score.characters import ASKS, COLON, SENTENCE, codes, count_words, digits, ending, kinds

SENTENCES = {
    "Latin": "The harbour was quiet when the boats came in that evening.",
    "Greek": "Το λιμάνι ήταν ήσυχο όταν μπήκαν οι βάρκες εκείνο το βράδυ.",
    "Russian": "В гавани было тихо, когда лодки вернулись в тот вечер домой.",
    "Arabic": "كان الميناء هادئا عندما دخلت القوارب في ذلك المساء الطويل.",
    "Hindi": "उस शाम जब नावें लौटीं तब बंदरगाह बहुत शांत था।",
    "Korean": "그날 저녁 배들이 들어왔을 때 항구는 아주 조용했다.",
    "Chinese": "那天傍晚船只回来的时候，港口里十分安静。",
    "Japanese": "その夕方、船が戻ってきたとき、港はとても静かだった。",
    "Thai": "ท่าเรือเงียบสงบมากเมื่อเรือทั้งหลายกลับเข้ามาในเย็นวันนั้น",
    "Lao": "ທ່າເຮືອງຽບສະຫງົບຫຼາຍເມື່ອເຮືອກັບຄືນມາໃນແລງມື້ນັ້ນ",
    "Khmer": "កំពង់ផែស្ងប់ស្ងាត់ណាស់នៅពេលទូកចូលមកនៅល្ងាចនោះ",
    "Burmese": "ထိုညနေခင်းတွင်လှေများပြန်ဝင်လာသောအခါဆိပ်ကမ်းသည်တိတ်ဆိတ်နေသည်။",
    "Tibetan": "ཉིན་དེའི་དགོང་མོར་གྲུ་ཁག་ཕྱིར་ལོག་སྐབས་གྲུ་ཁ་ཧ་ཅང་ལྷིང་འཇགས་ཡིན།",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_has_as_many_words_in_every_script(language: str) -> None:
    assert 8 <= count_words(SENTENCES[language]) <= 17


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("…", 1), ("one two", 2), ("港", 1), ("港口。", 2), ("한국어 문장", 2)]
)
def test_short_texts(text: str, expected: int) -> None:
    assert count_words(text) == expected


@pytest.mark.parametrize("text", ["\ud800 word", "😀", "𠀀𠀁𠀂𠀃", "𝐀𝐁"])
def test_far_planes_and_lone_surrogates(text: str) -> None:
    found = int(characters.units(codes(text)).sum())
    assert (found > 0) == any(map(str.isalnum, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Done.", SENTENCE),
        ("静かだった。」", SENTENCE),
        ("बहुत शांत था।", SENTENCE),
        ("ختم ہوا۔", SENTENCE),
        ("တိတ်ဆိတ်နေသည်။", SENTENCE),
        ("ស្ងប់ស្ងាត់។", SENTENCE),
        ("Վերջ։", SENTENCE),
        ("本当か？", ASKS),
        ("لماذا؟", ASKS),
        ("Γιατί;", ASKS),
        ("x = 1;", 0),
        ("次のとおり：", COLON),
        ("ホーム", 0),
    ],
)
def test_ends_of_sentences(text: str, expected: int) -> None:
    assert ending(text) == expected


def test_digits_of_all_scripts() -> None:
    found = digits(codes("2021 ٢٠٢١ २०२१ ２０２１ ๒๐๒๑"))
    assert found[found < 10].tolist() == [2, 0, 2, 1] * 5


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("д", characters.LOWER),
        ("Ω", characters.UPPER),
        ("ש", characters.LETTER),
        ("港", characters.LETTER),
        ("ि", characters.LETTER),
        ("٣", characters.DIGIT),
        ("、", characters.COMMA),
        ("،", characters.COMMA),
        ("「", characters.QUOTE),
        ("₽", characters.MONEY),
        ("😀", characters.OTHER),
    ],
)
def test_kinds(character: str, kind: int) -> None:
    assert kinds(codes(character)).tolist() == [kind]


def test_words_of_mixed_scripts_add_up() -> None:
    one, other = "The keeper said", "港は静かだった"
    assert abs(count_words(f"{one} {other}") - count_words(one) - count_words(other)) <= 1
    assert np.isscalar(count_words(one))
