"""Pages that no one writes and somebody sends: each function gives one, the larger the larger its number."""

from __future__ import annotations


def deep(n: int, tag: str = "div") -> str:
    """`n` elements inside each other, with a word in the middle and one behind."""
    return f"<{tag}>" * n + "middle" + f"</{tag}>" * n + "<p>behind"


def deep_article(n: int) -> str:
    """An article of paragraphs with markup, `n` elements deep."""
    return "<div>" * n + "<p>one <b>two</b> three</p><ul><li>four</ul>" * 20 + "</div>" * n + "<p>behind"


def formatting(n: int) -> str:
    """`n` pairs of formatting elements that are never closed, then as many stray end tags."""
    return "<b><i>" * n + "middle" + "</p></u>" * n + "<p>behind"


def tables(n: int) -> str:
    """`n` tables that are never closed."""
    return "<table><tr><td>" * n + "middle"


def wide(n: int) -> str:
    """`n` paragraphs that are never closed."""
    return "<p>word" * n + "<p>behind"


def attributes(n: int, value: str = "1") -> str:
    """An element with `n` attributes."""
    return "<p " + " ".join(f'a{number}="{value}"' for number in range(n)) + ">middle</p><p>behind"


def long_attribute(n: int) -> str:
    """An attribute of `n` characters."""
    return f'<img alt="{"x" * n}"><p>behind'


def long_text(n: int) -> str:
    """A paragraph of `n` characters."""
    return f"<p>{'word ' * (n // 5)}</p><p>behind"


def unclosed(opening: str, n: int) -> str:
    """`opening` `n` times, with words after each, in a page that is complete otherwise."""
    return f"<html><body><p>middle</p>{f'{opening} word <p>word</p> ' * n}<p>behind</p></body></html>"


def angles(n: int) -> str:
    """`n` angle brackets that begin nothing."""
    return "<p>middle " + "< " * n + "<p>behind"


def entities(n: int) -> str:
    """`n` references to characters, half of them to none."""
    return "<p>middle " + "&amp;&#1;" * n + "<p>behind"


def pages(n: int) -> str:
    """`n` complete pages one after the other."""
    return "<html><head><title>t</title></head><body><p>middle</p></body></html>" * n + "<p>behind"
