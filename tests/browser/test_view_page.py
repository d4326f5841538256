"""The page of `cleaner view` in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from cleaner.categories import CATEGORIES
from cleaner.model import Evidence
from cleaner.report.page import page
from tests.unit.test_page import HOSTILE, kept, matched, removal, report

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SOURCE = "".join(f"Paragraph {i} stays, as it should.\n\nLeftover {i}\n\n" for i in range(1, 41))
TYPICAL = page(
    SOURCE,
    report(
        SOURCE,
        *(removal(SOURCE, f"Leftover {i}\n", ("share", "legal")[i % 2], i, rule=f"rule.{i % 4}") for i in range(1, 41)),
        kept=(kept(SOURCE, "Paragraph 2 stays"),),
        warnings=("something to know",),
    ),
    name="typical.txt",
)
COLOURS = "".join(f"Words before.\n{category} text\nSome more {category} words.\n" for category in CATEGORIES)
ALL_CATEGORIES = page(
    COLOURS,
    report(
        COLOURS,
        *(
            removal(COLOURS, f"{category} {what}", category, 2 * i + j, evidence=(Evidence("rule", matched("saw")),))
            for i, category in enumerate(CATEGORIES)
            for j, what in enumerate(("text", "words"), 1)
        ),
        kept=tuple(kept(COLOURS, "Words before", category=category) for category in CATEGORIES),
        warnings=("something to know",),
    ),
    name="categories.txt",
)

CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (color) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = [...rgba(color)].map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (rgba(color)[3] === 255) return color;
    }
    return "white";
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest("svg, script")) continue;
    const back = behind(element);
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (own) found.push([contrast(getComputedStyle(element).color, back), element.outerHTML.slice(0, 80)]);
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const drawn = !["none", "normal"].includes(style.content);
      if (drawn) found.push([contrast(style.color, back), element.className + pseudo]);
    }
  }
  return found;
}"""


@dataclass(slots=True)
class Opened:
    """A page that was opened, and what it did that it should not."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def count(self, selector: str) -> int:
        """How many visible elements there are."""
        visible = "found => found.filter(each => each.checkVisibility()).length"
        return int(self.page.eval_on_selector_all(selector, visible))

    def text(self, selector: str) -> str:
        """The text of the first element."""
        return self.page.inner_text(selector)

    def current(self) -> str | None:
        """The id of the removal one is at."""
        element = self.page.query_selector("#list > [aria-current]")
        return element.get_attribute("id") if element else None

    def background(self) -> str:
        """The colour of the paper."""
        return str(self.page.evaluate("getComputedStyle(document.body).backgroundColor"))


Open = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file, in a browser without network, and sees to it that nothing was asked for or said."""
    opened: list[Opened] = []

    def run(
        html: str,
        *,
        scheme: Literal["light", "dark"] = "light",
        size: tuple[int, int] = (1300, 800),
        script: bool = True,
    ) -> Opened:
        path = tmp_path / "page.html"
        path.write_bytes(html.encode())
        address = path.as_uri()
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, java_script_enabled=script
        )
        context.set_offline(True)
        one = Opened(context.new_page())
        opened.append(one)

        def pass_only_the_page(route: Route) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
            else:
                route.abort()

        context.route("**/*", pass_only_the_page)
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("console", lambda message: one.said.append(message.text))
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.page.on("dialog", lambda dialog: one.said.append(dialog.message))
        one.page.goto(address)
        return one

    yield run
    for one in opened:
        assert one.said == []
        assert one.requests == [(tmp_path / "page.html").as_uri()]
        one.page.context.close()


def test_filter_by_category(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert (one.count("#list > li"), one.count("del:not(.off)")) == (40, 40)
    one.page.click("#categories button[data-c=share]")
    assert (one.count("#list > li"), one.count("del:not(.off)")) == (20, 20)
    assert one.count("#list > li[data-c=share]") == one.count("del[data-c=share]:not(.off)") == 20
    assert one.count("del") == 40  # what is filtered away is still there to be read
    assert one.text("#status") == "20 of 40 removals"
    assert one.page.get_attribute("#categories button[data-c=share]", "aria-pressed") == "true"
    one.page.click("#categories button[data-c=legal]")
    assert one.count("#list > li") == 40
    one.page.click("#reset")
    assert one.page.get_attribute("#categories button[data-c=share]", "aria-pressed") == "false"
    assert one.text("#status") == "40 removals"
    assert not one.count("#reset")


def test_filter_by_rule_and_by_words(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.select_option("#rule", "rule.3")
    assert (one.count("#list > li"), one.count("del:not(.off)")) == (10, 10)
    one.page.fill("#search", "leftover 3")
    assert one.count("#list > li") == 4  # 3, 31, 35, 39
    one.page.keyboard.press("Escape")
    assert one.count("#list > li") == 40
    assert one.page.input_value("#rule") == one.page.input_value("#search") == ""
    one.page.fill("#search", "REASON 17")
    assert one.count("#list > li") == 1
    one.page.fill("#search", "nothing of the kind")
    assert (one.count("#list > li"), one.count("del:not(.off)")) == (0, 0)
    one.page.keyboard.press("Escape")
    one.page.click("#r6 summary")
    one.page.click("#r6 .only")
    assert one.page.input_value("#rule") == "rule.2"
    assert one.count("#list > li") == 10


def test_keys(open_page: Open) -> None:
    one = open_page(TYPICAL)
    press = one.page.keyboard.press
    press("n")
    press("j")
    press("n")
    assert one.current() == "r3"
    assert one.page.evaluate("document.activeElement.closest('li').id") == "r3"
    assert one.count("#r3 dd") == 3
    assert one.count("#r2 dd") == 0
    assert one.text("#where").split("\n") == ["3 of 40 · rule.3", "reason 3"]
    press("p")
    press("k")
    assert one.current() == "r1"
    press("p")
    assert one.current() == "r40"
    mark = one.page.locator("del.now").bounding_box()
    assert mark is not None
    assert 0 < mark["y"] < 800
    press("n")
    assert one.current() == "r1"
    press("/")
    assert one.page.evaluate("document.activeElement.id") == "search"
    one.page.keyboard.type("leftover 3n")
    assert one.page.input_value("#search") == "leftover 3n"
    press("Backspace")
    press("Tab")
    one.page.click("#where")
    press("n")
    press("n")
    assert one.current() == "r30"
    press("Escape")
    assert (one.current(), one.count("#list > li")) == ("r30", 40)
    press("Escape")
    assert one.current() is None


def test_the_help_and_keys_switched_off(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert not one.count("#keys")
    one.page.keyboard.press("?")
    assert one.count("#keys dt") == 6
    one.page.keyboard.press("n")
    assert one.current() is None
    one.page.uncheck("#single")
    one.page.keyboard.press("Escape")
    assert not one.count("#keys")
    for key in ("n", "t", "?"):
        one.page.keyboard.press(key)
    assert one.current() is None
    assert not one.count("#keys")


def test_the_mouse(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.click("del[data-r=r5]")
    assert one.current() == "r5"
    one.page.click("#r5 summary")
    assert one.current() is None
    one.page.click("#r5 summary")
    assert one.current() == "r5"
    one.page.click("#next")
    assert one.current() == "r6"
    one.page.click("#previous")
    one.page.click("#previous")
    assert one.current() == "r4"
    one.page.click(".k")
    assert one.page.url.endswith("#k1")
    assert "a veto" in one.text(":target")


def test_light_and_dark(open_page: Open) -> None:
    light, dark = (open_page(TYPICAL, scheme=scheme) for scheme in ("light", "dark"))
    bright, gloomy = light.background(), dark.background()
    assert bright != gloomy
    assert (light.text("#theme"), dark.text("#theme")) == ("Dark colours", "Light colours")
    light.page.click("#theme")
    dark.page.keyboard.press("t")
    assert (light.background(), dark.background()) == (gloomy, bright)
    assert (light.text("#theme"), dark.text("#theme")) == ("Light colours", "Dark colours")
    light.page.keyboard.press("t")
    assert light.background() == bright


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: Literal["light", "dark"], open_page: Open) -> None:
    one = open_page(ALL_CATEGORIES, scheme=scheme)
    for state in ("", "n", "filtered", "help"):
        if state == "n":
            one.page.keyboard.press("n")
        elif state == "filtered":
            one.page.click("#categories button")
            one.page.mouse.move(0, 0)
            one.page.wait_for_timeout(200)  # the transition
        elif state == "help":
            one.page.keyboard.press("?")
        contrasts = one.page.evaluate(CONTRASTS)
        assert len(contrasts) > 300
        assert [pair for pair in contrasts if pair[0] < 4.5] == []


def test_print(open_page: Open) -> None:
    one = open_page(TYPICAL, scheme="dark")
    one.page.keyboard.press("n")
    one.page.emulate_media(media="print")
    for selector in ("#theme", "#search", "#rule", "#next", ".skip", ".only"):
        assert not one.count(selector)
    assert one.count("#list > li dd") == 120  # folded or not
    assert one.background() == "rgb(255, 255, 255)"
    panel = one.page.evaluate(
        "(() => { const p = document.getElementById('panel'); return p.scrollHeight - p.clientHeight; })()"
    )
    assert panel == 0  # nothing to be scrolled on paper
    assert "line-through" in one.page.evaluate("getComputedStyle(document.querySelector('del')).textDecorationLine")
    assert one.page.pdf()[:4] == b"%PDF"


def test_a_phone(open_page: Open) -> None:
    one = open_page(TYPICAL, size=(360, 700))
    assert one.page.evaluate("document.documentElement.scrollWidth") == 360
    one.page.click("#next")
    one.page.click("#next")
    mark = one.page.locator("del.now").bounding_box()
    assert mark is not None
    assert 0 < mark["y"] < 600
    next_button = one.page.locator("#next").bounding_box()
    assert next_button is not None
    assert min(next_button["width"], next_button["height"]) >= 44
    assert next_button["y"] + next_button["height"] <= 700


def test_without_scripts(open_page: Open) -> None:
    one = open_page(TYPICAL, script=False)
    for selector in ("#theme", "#search", "#next", ".only"):
        assert not one.count(selector)
    assert (one.count("#list > li"), one.count("del")) == (40, 40)
    one.page.click("#r2 summary")
    assert one.count("#r2 dd") == 3


def test_a_hostile_clipping_is_inert(open_page: Open) -> None:
    whole = removal(HOSTILE, HOSTILE, "share", 1, rule="<script>pwned=1</script>", reason=HOSTILE)
    about = report(HOSTILE, whole, kept=(kept(HOSTILE, "<img", veto=matched(HOSTILE)),), warnings=(HOSTILE,))
    one = open_page(page(HOSTILE, about, name=HOSTILE))
    for key in ("n", "p", "?", "Escape", "t"):
        one.page.keyboard.press(key)
    one.page.click("#r1 .only")
    one.page.click("del")
    one.page.wait_for_timeout(100)
    assert one.page.evaluate("[typeof pwned, document.images.length, document.scripts.length]") == ["undefined", 0, 1]
    assert one.text("#L1") == "</script><script>parent.pwned = 1</script>"
    assert one.count("#list > li") == 1


def test_the_policy_stops_what_is_put_in_later(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "pwned = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<img src='https://example.com/x.png' onerror='pwned = 1'>");
        }"""
    )
    one.page.wait_for_timeout(100)
    assert one.page.evaluate("typeof pwned") == "undefined"
    assert len(one.said) == 3
    assert all("Content Security Policy" in message for message in one.said)
    assert one.requests.pop() == "https://example.com/x.png"  # one that never left
    one.said.clear()


def test_a_large_clipping(open_page: Open) -> None:
    source = "".join(f"Paragraph {i} stays, as it should, whatever comes.\n\nLeftover {i}.\n" for i in range(1, 2001))
    removals = (removal(source, f"Leftover {i}.", ("share", "legal")[i % 2], i, line=3 * i) for i in range(1, 2001))
    one = open_page(page(source, report(source, *removals), name="large.txt"))
    one.page.keyboard.press("p")
    assert one.current() == "r2000"
    one.page.click("#categories button[data-c=legal]")
    assert one.text("#status") == "1,000 of 2,000 removals"


def test_names_and_landmarks(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert one.page.get_attribute("html", "lang") == "en"
    for selector in ("main", "header", "nav", "aside", "h1"):
        assert len(one.page.query_selector_all(selector)) == 1
    levels = one.page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((h) => +h.tagName[1])")
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))
    nameless = one.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, a, summary, dialog")].filter((e) =>
          !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    broken = one.page.evaluate(
        """() => [...document.querySelectorAll("[href^='#'], [aria-labelledby]")].filter((e) =>
          !document.getElementById(e.getAttribute("aria-labelledby") ?? e.hash.slice(1))).map((e) => e.outerHTML)"""
    )
    assert broken == []


def test_tabbing(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.hash") == "#text"
    box = one.page.locator(".skip").first.bounding_box()
    assert box is not None
    assert box["y"] >= 0  # seen as soon as it has the focus
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.id") == "removals"
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.dataset.c") == "share"
    assert one.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    one.page.keyboard.press("Space")
    assert one.count("#list > li") == 20
