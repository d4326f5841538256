"""Reports as JSON: reasons as codes, and the reports of older versions."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

import cleaner
from cleaner.errors import RestoreError
from cleaner.reasons import Code, Reason
from cleaner.report import dumps, loads, restore, to_dict
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
