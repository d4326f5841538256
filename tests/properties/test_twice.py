"""Cleaning twice is cleaning once, of bytes too: nothing is taken if the rest would be read in another way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.read.decode import decode, encode
from tests.properties.strategies import NOISE, PROSE

CLEANER = cleaner.Cleaner()
PAGE = "<!DOCTYPE html>\n<html><body><p>An example of a page, as the tutorial has it.</p></body></html>\n"
FOREIGN = {
    "cp1250": ["Prom odpłynął późnym wieczorem, a nikt na nabrzeżu nie wiedział, dlaczego.", "Łódź", "Udostępnij"],
    "iso8859_2": ["Příliš žluťoučký kůň úpěl ďábelské ódy, a nikdo nevěděl proč.", "Sdílet na Facebooku"],
    "cp1251": ["Паром отошёл поздно вечером, и никто на причале не знал почему.", "Реклама", "Поделиться"],
    "koi8_r": ["Паром отошёл поздно вечером, и никто на причале не знал почему.", "Реклама"],
    "cp1252": ["Die Fähre lief spät am Abend aus, und niemand wußte, warum.", "Anzeige", "À lire aussi", "— “So”"],
    "cp932": ["フェリーは夜遅くに出港したが、理由は誰も知らなかった。", "広告", "シェアする"],
    "gb18030": ["渡轮深夜离港,码头上没有人知道原因。", "广告", "分享到微信"],
}
lines = st.sampled_from(sorted(FOREIGN)).flatmap(
    lambda encoding: st.tuples(
        st.just(encoding),
        st.lists(st.sampled_from([*FOREIGN[encoding] * 3, *NOISE[:6], *PROSE[:1], "", PAGE]), min_size=1, max_size=16),
    )
)


def once(data: bytes) -> bytes:
    result = CLEANER.clean(data)
    report = result.report
    if report.page:
        return data
    assert cleaner.restore(result.text, report) == data
    return encode(result.text, report.encoding, bytes.fromhex(report.bom), report.errors)


@given(lines)
@settings(max_examples=3 * settings().max_examples // 2)
def test_bytes_in_an_encoding_that_nobody_declares(case: tuple[str, list[str]]) -> None:
    encoding, found = case
    data = "\n".join(found).encode(encoding, "ignore")
    clean = once(data)
    assert once(clean) == clean


@pytest.mark.parametrize("words", range(1, 16))
def test_a_polish_text_is_guessed_alike_whatever_goes(words: int) -> None:
    text = f"{FOREIGN['cp1250'][0]}\n" * words + "\nReklama\n"
    for part in (text, text.replace("Reklama\n", "")):
        assert decode(part.encode("cp1250")).text == part


@pytest.mark.parametrize("name", [None, "page.txt"])
def test_a_quoted_page_that_would_begin_the_text(name: str | None) -> None:
    text = f"Advertisement\n\n{PAGE}"
    result = CLEANER.clean(text, name=name)
    assert result.text == text
    assert result.report.warnings == ("what would be left looks like a page: the rules took nothing of it",)
    assert CLEANER.clean(text, format="text").text == PAGE


def test_a_rest_in_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "Advertisement\n\nDie Fähre lief spät am Abend aus, und niemand wusste, warum.\n".encode("cp1252")
    guessed = decode(data)
    monkeypatch.setattr(
        "cleaner.read.intake.decode", lambda d: guessed if d == data else replace(guessed, encoding="koi8_r")
    )
    result = CLEANER.clean(data)
    assert result.text == guessed.text
    assert result.report.warnings[1].startswith("what would be left looks like text in another encoding")


def test_a_long_chain_settles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each round takes a line, and so shows the next one to stand at the edge."""
    from cleaner import pipeline

    original = pipeline.scan
    monkeypatch.setattr(pipeline, "MAX_ROUNDS", 3)
    looks: list[int] = []

    def counted(*args: object) -> pipeline.Round:
        found = original(*args)  # type: ignore[arg-type]
        looks.append(len(found.cuts))
        cuts = found.cuts[-1:]
        return pipeline.Round(found.board, found.removals[-1:], (), cuts)

    monkeypatch.setattr(pipeline, "scan", counted)
    text = "A story begins here, and it goes on.\n\n" + "Advertisement\n\nIt goes on and on, as it has to.\n\n" * 8
    result = CLEANER.clean(text)
    assert len(looks) > 3
    assert "Advertisement" not in result.text
    monkeypatch.setattr(pipeline, "SETTLED", 0)
    result = CLEANER.clean(text)
    assert result.text == text
    assert result.report.warnings == ("the text did not settle in 3 rounds: the rules took nothing of it",)
