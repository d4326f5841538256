"""Tokens that were not filled in go out of sentences, whatever their marks, unless the text is about templates."""

from __future__ import annotations

import pytest

import cleaner

AROUND = ("The weir was mended in the spring, and ", " was glad of it, for there was bread again in the valley.")
TOKENS = (
    *("{{townName}}", "{{ town }}", "{{{town.name}}}", "{{#if town}}", "{{имя}}", "{{名前}}", "{{town | upper}}"),
    *("${townName}", "<<townName>>", "<<town_name>>", "%%TOWN%%", "@@town@@", "###TOWN###", "[[town.name]]"),
    *("{!Town.Name}", "<%= town %>", "{townName}", "{town_name}", "{name}", "{имя}", "__TOWN_NAME__", "*|TOWN|*"),
)
WORDS = (
    "[sic]",
    "[in writing]",
    "{sic}",
    "<<mon voisin>>",
    "[[Town hall]]",
    "50 %% more",
    "###",
    "a@@b",
    "__init",
    "$5",
)
ABOUT = (
    "A template holds a variable for the name.",
    "The placeholder is filled in when the letter is sent.",
    "Der Platzhalter wird beim Versand ersetzt.",
    "В шаблоне стоит переменная.",
    "模板里有变量。",
    "テンプレートには変数がある。",
)


@pytest.mark.parametrize("token", TOKENS)
def test_goes_out_of_a_sentence(token: str, shipped: cleaner.Cleaner) -> None:
    assert shipped.clean(token.join(AROUND), format="text").text == "".join(AROUND).replace("  ", " ")


@pytest.mark.parametrize("token", ["{{plural}}", "${plural}", "%%PLURAL%%"])
def test_goes_glued_to_a_word(token: str, shipped: cleaner.Cleaner) -> None:
    text = f"The miller{token}".join(AROUND)
    assert shipped.clean(text, format="text").text == text.replace(token, "")


@pytest.mark.parametrize("words", WORDS)
def test_what_somebody_wrote_stays(words: str, shipped: cleaner.Cleaner) -> None:
    text = words.join(AROUND)
    assert shipped.clean(text, format="text").text == text


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("token", ["{{townName}}", "${townName}", "{town_name}"])
def test_stays_where_the_text_is_about_templates(about: str, token: str, shipped: cleaner.Cleaner) -> None:
    text = f"{token.join(AROUND)}\n\n" + "The oven is lit on Fridays, and everybody brings bread.\n\n" * 3 + about
    assert shipped.clean(text, format="text").text == text
