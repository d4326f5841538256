from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import OptionError
from cleaner.rulebook.store import Store
from cleaner.tools.check import check
from cleaner.tools.lint import lint
from cleaner.tools.new import new_pack

NAMES = [
    "generic/share",
    "generic/two-words",
    "platforms/piano",
    "sites/nikkei",
    "sites/asia.nikkei.com",
    "generic/de/x",
]
EXAMPLES = [
    None,
    "Sign up for 'free' # to: \"read\" on!",
    "{{ Subscribe }} now",
    "Ad",
    "広告",
    "* [Sign up](https://example.com/)",
    "# A heading",
    "  two\n lines ",
    "no",
    "100 % off | today",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_new_pack_passes(name: str, example: str | None) -> None:
    data = new_pack(name, example).encode()
    assert not lint([("new.yaml", data)])
    assert not check([("new.yaml", data)])
    (pack,) = Store.of([("new.yaml", data)]).packs()
    assert pack.name == name
    assert (pack.site is not None) == name.startswith("sites/")


@pytest.mark.parametrize("name", ["share", "general/share", "generic/", "generic/Share", "sites/a b", "sites/../x", ""])
def test_bad_names(name: str) -> None:
    with pytest.raises(OptionError, match="is no name of a pack"):
        new_pack(name)


@pytest.mark.parametrize("example", ["", "…", "x" * 500, "<html><body><p>Sale</p></body></html>"])
def test_bad_examples(example: str) -> None:
    with pytest.raises(OptionError):
        new_pack("generic/share", example or " ")


@given(st.text(min_size=1, max_size=60))
@settings(deadline=None)
def test_any_example_loads(example: str) -> None:
    try:
        text = new_pack("generic/share", example)
    except OptionError:
        return
    assert Store.of([("new.yaml", text.encode())]).packs()
    assert not [finding for finding in lint([("new.yaml", text.encode())]) if finding.severity == "error"]
