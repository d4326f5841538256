"""The quick way out never differs from the full way."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleaner
from cleaner.cli.quick import LIMIT, PLAIN, unchanged
from cleaner.errors import InputError

PIECES = st.sampled_from(
    [
        *(
            "advertisement",
            "Sign up",
            "sign\nup",
            "SUBSCRIBE",
            "share",
            "read more",
            "this is your last",
            "free article",
        ),
        *("articles left", "icon", "facebook", "All rights reserved", "newsletter", "- item", "1. item", "---", "a: b"),
        *(
            "MIME-Version: 1.0",
            "multipart/related",
            "https://example.com/x",
            "\r\n",
            "\n\n",
            "\t",
            "  ",
            "word",
            "It's",
        ),
        *('"quoted"', "(c)", "...", "10", "$1", "#", "# Head", "*", "_", "{{x}}", "<p>", "é", "\ufeff", "\x1c", "\x00"),
    ]
)
TEXTS = st.lists(st.tuples(PIECES | st.text(PLAIN.decode(), max_size=6), st.sampled_from(["", " ", "\n", "\n\n"]))).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)


@given(TEXTS)
@example("---\ntitle: a\n---\nSign\n- up\n")
@example("MIME-Version: 1.0\nContent-Type: multipart/related\n\nwords\n")
@example("")
@example("\n")
def test_it_is_the_full_way(shipped: cleaner.Cleaner, text: str) -> None:
    if unchanged(text.encode()):
        result = shipped.clean(text.encode())
        assert result.text == text
        assert not result.report.warnings
        assert not result.report.kept
        assert result.report.format == "text"


@pytest.mark.parametrize("text", ["hi\n", "", "Zebras graze; herons (grey) flew.\n\nDunes drift.\n"])
def test_it_takes_what_it_is_for(text: str) -> None:
    assert unchanged(text.encode())


@pytest.mark.parametrize("text", ["Advertisement\n", "caf\xe9", "<p>", "---\na: b\n---\n", "x" * (LIMIT + 1)])
def test_it_leaves_the_rest(text: str) -> None:
    assert not unchanged(text.encode())


@pytest.mark.parametrize("text", ["MIME-Version: 1.0\nContent-Type: multipart/related; boundary\n\nx\n"])
def test_pages_saved_as_mail_are_refused_as_on_the_full_way(text: str, shipped: cleaner.Cleaner) -> None:
    assert not unchanged(text.encode())
    with pytest.raises(InputError):
        shipped.clean(text)
