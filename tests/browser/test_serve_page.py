"""The page of `cleaner serve` in a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.test_view_page import CONTRASTS, Opened
from tests.service.conftest import Running, running
from tests.service.test_growing import KEEPS, REMOVES, TEXT, URL
from tests.unit.test_page import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.slow

Scheme = Literal["light", "dark"]
TOKEN = "a-token-that-is-long-enough"
PHONE = (360, 740)
SEED = (Path(__file__).parents[2] / "seeds" / "000_d0dcb1b4df1049bc.txt").read_text("utf-8")
Visit = Callable[..., Opened]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service writes rules."""
    return tmp_path_factory.mktemp("rules")


@pytest.fixture(scope="module")
def service(rules: Path) -> Iterator[Running]:
    """A service."""
    with running("--no-config", "--save-rules", str(rules)) as made:
        yield made


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens the page of a service, and sees to it that it asks nobody else and complains of nothing."""
    opened: list[tuple[Opened, str]] = []

    def run(service: Running, *, scheme: Scheme = "light", size: tuple[int, int] = (1300, 800)) -> Opened:
        context = browser.new_context(color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
        one = Opened(context.new_page())
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("console", lambda message: one.said.append(message.text))
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.page.on("dialog", lambda dialog: one.said.append(dialog.message))
        one.page.goto(service.address)
        opened.append((one, service.address))
        return one

    yield run
    for one, address in opened:
        assert one.said == []
        assert [url for url in one.requests if not url.startswith(address)] == []
        one.page.context.close()


def until(one: Opened, holds: Callable[[], bool]) -> None:
    """Wait for something; the page's policy lets nobody wait inside of it."""
    for _ in range(1500):
        if holds():
            return
        one.page.wait_for_timeout(20)
    pytest.fail(f"in vain; the page says: {one.text('body')}")


def clean(one: Opened, text: str, url: str = "") -> None:
    """Paste a clipping, and wait for what goes."""
    one.page.fill("#source", text)
    one.page.fill("#url", url)
    one.page.click("#clean")
    until(one, lambda: one.text("#status").endswith("."))


def asked(one: Opened) -> list[str]:
    """Which addresses were asked, without the query."""
    return [url.partition("?")[0].rpartition("/")[2] for url in one.requests]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1300, 800), PHONE])
def test_paste_see_and_click(scheme: Scheme, size: tuple[int, int], visit: Visit, service: Running) -> None:
    one = visit(service, scheme=scheme, size=size)
    dark = one.background() == "rgb(22, 23, 26)"
    assert dark == (scheme == "dark")
    clean(one, TEXT, URL)
    assert sorted(asked(one)) == ["", "clean", "explain"]
    assert one.text("#status") == f"28 of {len(TEXT)} characters go."
    assert (one.count(".l"), one.count(".l.gone"), one.count("del")) == (5, 1, 1)
    one.page.click(".l >> nth=4")
    assert one.text("#chosen") == "Line 5 goes"
    assert one.text("#why article p >> nth=0").split() == ["taken", "by", "newsletter.heading", "newsletter"]
    assert one.text("#why article p >> nth=1") == "the heading or button of a newsletter box"
    assert one.page.evaluate("document.documentElement.scrollWidth") == size[0]
    box = one.page.locator("#remove").bounding_box()
    assert box is not None
    assert 0 < box["y"] < size[1] - box["height"]  # without scrolling
    assert box["height"] >= 40
    contrasts = one.page.evaluate(CONTRASTS)
    assert [pair for pair in contrasts if pair[0] < 4.5] == []
    one.page.click("#show-text")
    assert one.page.inner_text("#result") == TEXT.partition("\n\nSign up")[0] + "\n"
    assert not one.count(".l")


def test_from_a_line_to_a_rule(visit: Visit, service: Running, rules: Path) -> None:
    one = visit(service)
    clean(one, TEXT, URL)
    one.page.click(".l >> nth=2")
    assert one.text("#chosen") == "Line 3 stays"
    one.page.click("#remove")
    one.page.wait_for_selector("#rule:not([hidden])")
    path = rules / "lantern-post.com.yaml"
    assert one.page.text_content("#yaml") == REMOVES
    assert one.text("#does") == "With it, the line goes."
    assert one.text("#where") == f"to {path}"
    assert not path.exists()
    one.page.click("#save")
    until(one, lambda: one.text("#said") != "")
    assert one.text("#said") == f"Written to {path}. It holds from now on."
    assert path.read_text("utf-8") == REMOVES
    assert one.count(".l.gone") == 2
    one.page.click(".l >> nth=4")
    one.page.click("#keep")
    one.page.wait_for_selector("#rule:not([hidden])")
    assert one.page.text_content("#yaml") == KEEPS
    one.page.click("#save")
    until(one, lambda: one.text("#said") != "")
    assert one.page.locator(".l.gone").all_inner_texts() == ["Become a keeper of the lantern"]


def test_keys_and_ranges(visit: Visit, service: Running) -> None:
    one = visit(service)
    clean(one, SEED)
    one.page.locator(".l").nth(23).focus()
    one.page.keyboard.press("Enter")
    assert one.text("#chosen") == "Line 24 goes"
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Shift+Enter")
    assert one.text("#chosen") == "Lines 24 to 26"
    assert one.page.locator(".l[aria-pressed=true]").count() == 3
    one.page.click(".l >> nth=29", modifiers=["Shift"])
    assert one.text("#chosen") == "Lines 24 to 30"
    one.page.focus("#source")
    one.page.keyboard.press("Control+Enter")
    until(one, lambda: one.text("#chosen") == "No line is chosen")


def test_offsets_count_code_points(visit: Visit, service: Running) -> None:
    one = visit(service)
    clean(one, "😀😀 The story tells of a mill. 😀 {{numberArticlesLeft}} It goes on, and on, and on.\n")
    assert one.text("del") == " {{numberArticlesLeft}}"


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_a_hostile_clipping_runs_nothing(format: str, visit: Visit, service: Running) -> None:
    one = visit(service)
    one.page.select_option("#format", format)
    for text in (
        HOSTILE,
        f"<!doctype html><title>{HOSTILE}</title><body>{HOSTILE}<p>A story.</p><svg onload=alert(1)></svg>",
        f"---\ntitle: '{HOSTILE}'\n---\n\n[{HOSTILE}](javascript:pwned=1) ![x](https://evil.example/x.png)\n",
        f"<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>\n\nSign up for our newsletter {HOSTILE}\n",
    ):
        clean(one, text, "javascript:pwned=1")
        for row in one.page.locator(".l").all()[:2]:
            row.click()
            one.page.click("#remove")
            until(one, lambda: one.page.is_enabled("#remove"))
        one.page.click("#show-text")
        one.page.click("#show-lines")
    one.page.wait_for_timeout(100)
    counts = "[typeof pwned, document.images.length, document.scripts.length, frames.length]"
    assert one.page.evaluate(counts) == ["undefined", 0, 1, 0]
    inside = "document.querySelectorAll('#columns :is(script, img, iframe, svg, a, object, style, link)').length"
    assert one.page.evaluate(inside) == 0
    one.said[:] = [text for text in one.said if "422" not in text]  # of some lines no rule can be made


def test_even_if_something_were_put_into_the_page_it_would_not_run(visit: Visit, service: Running) -> None:
    one = visit(service)
    answered: list[str] = []
    one.page.on("response", lambda response: answered.append(response.url))
    one.page.evaluate(
        """() => {
          document.getElementById("why").innerHTML = "<img src=x onerror='window.pwned = 1'><b onclick='pwned=1'>b</b>";
          const script = document.createElement("script");
          script.textContent = "window.pwned = 1";
          document.body.append(script);
          return fetch("https://evil.example/").catch(() => null);
        }"""
    )
    one.page.wait_for_timeout(100)
    assert one.page.evaluate("typeof pwned") == "undefined"
    assert len([text for text in one.said if "Content Security Policy" in text]) >= 3
    one.said.clear()
    assert answered == []  # not even the picture was asked for


def test_the_token_is_asked_for_and_checked(visit: Visit) -> None:
    with running("--no-config", token=TOKEN) as guarded:
        one = visit(guarded)
        assert not one.count("#token")
        one.page.fill("#source", TEXT)
        for wrong in ("", "wrong"):
            if wrong:
                one.page.fill("#token", wrong)
            one.page.click("#clean")
            one.page.wait_for_selector("#problem:not([hidden])")
            assert one.text("#problem") == "the token is missing or wrong; send the header Authorization: Bearer TOKEN"
            assert not one.count(".l")
        one.page.fill("#token", TOKEN)
        one.page.click("#clean")
        one.page.wait_for_selector(".l")
        one.page.reload()
        clean(one, TEXT)
        assert one.count(".l") == 5  # it is remembered as long as the tab is open
        one.said[:] = [text for text in one.said if "401" not in text]  # the browser's own word on it


def test_a_service_that_is_gone(visit: Visit) -> None:
    with running("--no-config") as made:
        one = visit(made)
        made.stop()
        one.page.fill("#source", TEXT)
        one.page.click("#clean")
        one.page.wait_for_selector("#problem:not([hidden])")
        assert one.text("#problem") == "The service does not answer. Is it still running?"
        one.said.clear()


def test_a_page_of_another_site_gets_nothing(browser: Browser, service: Running) -> None:
    context = browser.new_context()
    page = context.new_page()

    def evil(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>evil</title>")

    context.route("http://evil.example/**", evil)
    page.goto("http://evil.example/")
    send = """async ([address, settings]) => {
      try {
        const answer = await fetch(address, settings);
        return [answer.type, await answer.text()];
      } catch (error) {
        return [error.name, ""];
      }
    }"""
    body = json.dumps({"text": TEXT})
    for settings in (
        {"method": "POST", "body": body, "headers": {"Content-Type": "application/json"}},
        {"method": "POST", "body": body, "mode": "no-cors"},
        {"method": "GET"},
    ):
        kind, text = page.evaluate(send, [service.address + "clean", settings])
        assert (kind, text) in [("TypeError", ""), ("opaque", "")]
    framed = f"const f = document.createElement('iframe'); f.src = '{service.address}'; document.body.append(f)"
    page.evaluate(framed)
    page.wait_for_timeout(300)
    assert [frame.url for frame in page.frames if frame.url == service.address and frame.title()] == []
    context.close()
