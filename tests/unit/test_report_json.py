"""Reports as JSON: reasons as codes, and the reports of older versions."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import pytest

import cleaner
from cleaner.errors import RestoreError
from cleaner.reasons import Code, Reason
from cleaner.report import dumps, loads, restore, to_dict
from cleaner.report.check import fault
from cleaner.report.json import plain
from cleaner.report.wording import WORDING, words

SOURCE = (
    "Share this article:\nFacebook\nTwitter\nEmail\n\nThe ferry left at six in the morning, an hour before the fog.\n"
)


def version_1(report: cleaner.Report) -> dict[str, Any]:
    """A report as the first versions of the program wrote it: reasons in words."""
    data = to_dict(report)
    for one, removal in zip(data["removals"], report.removals, strict=True):
        one["evidence"] = [{"rule": e.rule, "saw": words(e.saw)} for e in removal.evidence]
    for one, kept in zip(data["kept"], report.kept, strict=True):
        one["veto"] = words(kept.veto)
    return {**data, "version": 1}


def test_reasons_are_codes_with_parameters() -> None:
    report = cleaner.clean("Advertisement\n\nSponsored\n\n" + SOURCE, level="safe").report
    vetoes = [kept["veto"] for kept in json.loads(dumps(to_dict(report)))["kept"]]
    assert {"code": "needs-neighbours", "params": {"confidence": "high"}} in vetoes
    assert loads(dumps(to_dict(report))) == report


def test_old_reports_restore() -> None:
    result = cleaner.clean(SOURCE)
    assert result.report.removals[-1].evidence
    old = loads(json.dumps(version_1(result.report)))
    assert restore(result.text, old) == SOURCE.encode()
    seen = old.removals[-1].evidence[0].saw
    assert (seen.code, words(seen)) == ("words", words(result.report.removals[-1].evidence[0].saw))


@pytest.mark.parametrize("version", [0, 3, "2", None])
def test_later_versions_are_refused(version: object) -> None:
    data = {**to_dict(cleaner.clean(SOURCE).report), "version": version}
    with pytest.raises(RestoreError, match="version"):
        loads(json.dumps(data))


def test_every_code_has_words() -> None:
    assert set(get_args(Code)) == set(WORDING)
    assert words(Reason.of("keep-rule", rule="a.b")) == "keep rule a.b"
    assert words(Reason.of("words", text="{braces} stay")) == "{braces} stay"


ODD: list[Any] = [None, True, -1, 0, 1.5, 10**40, "", "x", "\0", "\ud800", [], {}, [1], {"a": 1}, "zip", "idna", [[]]]
"""What may stand in the place of a value in a report that is damaged, or was made to do harm."""


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in plain data."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*at, key))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("source", [SOURCE, SOURCE.encode("utf-16"), f"<article><h1>A</h1><p>{SOURCE}</p></article>"])
def test_no_report_makes_restore_fall(source: str | bytes, version: int) -> None:
    """Each value of a report is replaced by each odd one, and left out: restore gives the input, or says why not."""
    result = cleaner.clean(source)
    plain = version_1(result.report) if version == 1 else to_dict(result.report)
    text = json.dumps(plain)
    expected = None
    for place in [place for place in places(plain) if place]:
        for odd in [*ODD, KeyError]:
            data = json.loads(text)
            holder = data
            for key in place[:-1]:
                holder = holder[key]
            if odd is KeyError:
                del holder[place[-1]]
            else:
                holder[place[-1]] = odd
            with contextlib.suppress(RestoreError):
                restored = restore(result.text, loads(json.dumps(data)))
                expected = expected or restored
                assert restored == expected


def test_what_is_wrong_is_named() -> None:
    data = to_dict(cleaner.clean(SOURCE).report)
    data["removals"][1]["start"] = "7"
    with pytest.raises(RestoreError, match=r"not a report of cleaner: removals\[1\]\.start is not a whole number"):
        loads(json.dumps(data))


def test_what_a_terminal_takes_for_a_command_is_escaped() -> None:
    points = [*range(0x7F, 0xA0), 0x61C, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A)]
    text = "".join(map(chr, points))
    written = dumps({text: [text, "é 字 \u200d"]}, indent=2)
    assert json.loads(written) == {text: [text, "é 字 \u200d"]}
    assert not set(text) & set(written)
    assert "é 字 \u200d" in written


def put(data: Any, place: str, value: Any) -> Any:
    """A copy of plain data with something else at a place."""
    data = json.loads(json.dumps(data))
    holder, *keys = data, *(int(key) if key.isdigit() else key for key in place.split("."))
    for key in keys[:-1]:
        holder = holder[key]
    holder[keys[-1]] = value
    return data


WEAK = "Advertisement\n\nSponsored\n\n" + SOURCE


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("level", 3, "level is not a text"),
        ("level", None, "level is not a text"),
        ("version", "2", "version is not a whole number"),
        ("version", True, "version is not a whole number"),
        ("input", [], "input is not an object"),
        ("input.characters", "7", "input.characters is not a whole number"),
        ("input.characters", 7.5, "input.characters is not a whole number"),
        ("input.characters", True, "input.characters is not a whole number"),
        ("input.url", 3, "input.url is not a text or nothing"),
        ("input.url", None, ""),
        ("input.url", "x", ""),
        ("page", "x", "page is not an object"),
        ("page", {"rendered": 1}, "page.rendered is not a text"),
        ("page", None, ""),
        ("site", {"evidence": [1]}, "site.evidence[0] is not a text"),
        ("removals", {}, "removals is not a list"),
        ("removals.0", "x", "removals[0] is not an object"),
        ("removals.1.start", None, "removals[1].start is not a whole number"),
        ("removals.1.no such", None, ""),
        ("counts.categories", [["share", 1]], ""),
        ("counts.categories", [], ""),
        ("counts.categories", [["share", "1"]], "counts.categories.share is not a whole number"),
        ("counts.categories", [["share"]], "counts.categories is not an object"),
        ("counts.categories", [[1, 1]], "counts.categories is not an object"),
        ("counts.categories", ["ab"], "counts.categories is not an object"),
        ("counts", [["removals", 1]], "counts is not an object"),
        ("kept.0.veto", "in words", "kept[0].veto is not an object"),
        ("kept.0.veto.code", 1, "kept[0].veto.code is not a text"),
        ("kept.0.veto.params.confidence", 1, "kept[0].veto.params.confidence is not a text"),
        ("no such", None, ""),
    ],
)
def test_what_is_laid_out_like_no_report(place: str, value: Any, said: str) -> None:
    data = to_dict(cleaner.clean(WEAK, level="safe").report)
    data["removals"] = to_dict(cleaner.clean(SOURCE).report)["removals"]
    assert fault(put(data, place, value), 2) == said


def test_the_first_version_had_reasons_in_words() -> None:
    report = cleaner.clean(WEAK, level="safe").report
    old = version_1(report)
    assert fault(old, 1) == ""
    assert fault(old, 2) == "removals[0].evidence[0].saw is not an object"
    assert fault(to_dict(report), 1) == "removals[0].evidence[0].saw is not a text"
    assert fault({"kept": to_dict(report)["kept"]}, 1) == "kept[0].veto is not a text"
    removed = cleaner.clean(SOURCE).report
    assert fault(to_dict(removed), 1).endswith(".saw is not a text")
    assert fault(version_1(removed), 1) == ""
    assert fault([], 2) == "it is not an object"  # type: ignore[arg-type]


def test_lone_surrogates_are_escaped() -> None:
    assert dumps({"é": "\ud800"}, indent=1) == '{\n "\\u00e9": "\\ud800"\n}'
    assert dumps({"é": "字"}, indent=1) == '{\n "é": "字"\n}'
    assert dumps({"é": ["\ud800"]}) == '{"\\u00e9": ["\\ud800"]}'


@dataclass(frozen=True, slots=True)
class One:
    """A class with one field."""

    only: tuple[int, ...]


def test_plain_data_of_a_class_with_one_field() -> None:
    assert plain(One((1, 2))) == {"only": [1, 2]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "not a report of cleaner: it holds no object"),
        ("{", "the report is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("{}", "not a report of cleaner: 'version'"),
        ('{"version": 9}', "report version 9 is not 2 or older; use the cleaner that wrote it"),
        ('{"version": 2}', "not a report of cleaner: 'input'"),
    ],
)
def test_what_is_no_report(text: str, said: str) -> None:
    with pytest.raises(RestoreError) as caught:
        loads(text)
    assert str(caught.value) == said


def test_what_does_not_belong_together_is_refused() -> None:
    result = cleaner.clean(SOURCE)
    assert restore(result.text, result.report) == SOURCE.encode()
    for text in (result.text + "x", "", result.text.encode("utf-16")):
        with pytest.raises(RestoreError) as caught:
            restore(text, result.report)
        said = "clean text and report do not belong together, or one was edited since; nothing was restored"
        assert str(caught.value) == said


def test_a_byte_order_mark_is_taken_off_and_put_back() -> None:
    source = b"\xef\xbb\xbf" + SOURCE.encode()
    result = cleaner.clean(source)
    assert restore(result.encoded(), result.report) == source
    assert restore(result.text, result.report) == source
