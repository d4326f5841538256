"""Code that nobody fenced."""

from __future__ import annotations

import pytest

from cleaner.read.code import code_zones
from cleaner.read.spans import lines

PROSE = "An ordinary paragraph of words stands here.\n\n"
CODE = {
    "cpp": ('#include <iostream>\n\nint main() {\n    std::cout << "hi" << x << std::endl;\n    return 0;\n}\n'),
    "heredoc": ("cat > file.txt <<EOF\nHello {{name}}, how are you today my friend?\nShare this\nEOF\n"),
    "jinja": ("{% for item in items %}\n  <li>{{ item.name }}</li>\n{% else %}\n  No items.\n{% endfor %}\n"),
    "hbs": ("{{#each people}}\n  <p>{{firstName}}</p>\n{{/each}}\n"),
    "django": ('{% extends "base.html" %}\n{% block title %}Home{% endblock %}\n<h1>{{ page.title }}</h1>\n'),
    "liquid": (
        '<div class="a">\n'
        "  {{ product.title | escape }}\n"
        "  {% if product.available %}\n"
        "  <p>{{ product.price }}</p>\n"
        "  {% endif %}\n"
        "</div>\n"
    ),
    "conflict": ("<<<<<<< HEAD\nShare this article\nfoo words here\n=======\nOther words.\n>>>>>>> branch\n"),
    "latex": (
        "\\documentclass{article}\n"
        "\\usepackage{amsmath}\n"
        "\\begin{document}\n"
        "\\section{Hello}\n"
        "Some words here.\n"
        "\\end{document}\n"
    ),
    "helm": (
        "apiVersion: v1\n"
        "kind: Service\n"
        "metadata:\n"
        "  name: {{ .Values.name }}\n"
        "  labels:\n"
        "    app: {{ .Release.Name }}\n"
    ),
    "json": ('{\n  "name": "x",\n  "version": 1,\n  "tags": [\n    "a",\n    "b"\n  ]\n}\n'),
    "py": (
        "import os\n"
        "def main(argv):\n"
        "    for x in argv:\n"
        "        print(x)\n"
        "    return 0\n"
        "\n"
        'if __name__ == "__main__":\n'
        "    main(sys.argv)\n"
    ),
    "js": ('const name = "x";\nconst msg = `Hello ${name}!`;\nconsole.log(msg);\n'),
    "sql": ("SELECT id, name\nFROM users\nWHERE id = 3\nORDER BY name;\n"),
    "css": (".share-bar {\n  display: none;\n  color: #fff;\n}\n"),
    "docker": (
        "FROM debian:stable\n"
        "ENV GREETING=hello\n"
        "WORKDIR /srv\n"
        "RUN apt-get update \\\n"
        "    && apt-get install -y tini\n"
        "USER nobody\n"
    ),
    "diff": ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-foo\n+bar\n"),
    "sh": ("$ pip install foo\n$ foo --help\nusage: foo\n"),
    "trace": (
        'Traceback (most recent call last):\n  File "x.py", line 3, in <module>\n    foo()\nValueError: bad thing\n'
    ),
    "log": ("2024-01-02 10:11:12 INFO starting\n2024-01-02 10:11:13 ERROR failed\n"),
    "env": ("DB_HOST=localhost\nDB_PORT=5432\nSECRET=abc\n"),
    "ini": ("[section]\nkey = value\nother = 3\n"),
    "java": ("at com.foo.Bar.baz(Bar.java:12)\nat com.foo.Main.main(Main.java:3)\n"),
    "template_str": ("const url = `${base}/x`\nfetch(url)\n"),
}
NOT_CODE = [
    "ADD TO CART\nADD TO WISHLIST\nCOPY LINK\nRUN CLUB\nUSER REVIEWS",
    "You have {{numberArticlesLeft}} free article{{numberArticlesLeft-plural}} left this month",
    "30 {{upvoteCount | shortNum}}",
    "Hej {{firstName}}!",
    "Manage {vendor_count} vendors",
    "<<numberArticlesLeft>> articles left",
    "{{user.name}}",
    '[vc_row css=".x"]',
    "Connecting to %s",
    "[object Object]",
    "Author: Jane",
    "Published: 2 May",
    "Ingredients:",
    "Home > News > Asia",
    "a.b.c",
    "{{user.name}}",
    "{{user.email}}",
    "{{user.age}}",
    "header.nav.title",
    "footer.legal.terms",
    "common.share",
    "Monday: 9am - 5pm",
    "Tuesday: 9am - 5pm",
    "$5 - small",
    "$10 - large",
    "$ 15 - huge",
    "Lakers 101 (OT)",
    "Celtics 99",
    '"Come in," he said.',
    '"No," she said; "never."',
    '"Why?"',
    "Comments (3)",
    "Share(0)",
    "comments(12)",
    "photo(s)",
    "Home",
    "News",
    "Sport",
    "import",
    "return",
    "else",
    "SELECT YOUR COUNTRY",
    "SELECT A SIZE",
    "If you want more:",
    "for all of us:",
    "1 cup flour = 120 g",
    '[caption id="attachment_1" align="left"]',
    "[/caption]",
    "The night is long;",
    "The day is short;",
    "The wind is cold;",
    "And life goes on.",
    "Sizes: S, M; L;",
    "Colour: red;",
    "Subscribe: $9.99 (monthly)",
    "Subscribe: $99 (yearly)",
    "@jane",
    "@joe",
    "©2020 (c) All rights reserved;",
    "${firstName}",
    "${lastName}",
    "Error: could not load",
    "Error: try again",
    "title=Hello",
    "utm_source=x",
    "{count} comments",
    "{count} shares",
    "Loading...",
    "%s of %s",
    "#{name}",
    "Tel: +1 (555) 123-4567",
    "Fax: +1 (555) 123-4567",
    "https://example.com/a?b=c",
    "https://example.com/d?e=f",
]


@pytest.mark.parametrize("code", CODE.values(), ids=CODE.keys())
def test_code_is_found_whole_and_alone(code: str) -> None:
    text = PROSE + code + "\n" + PROSE
    zones = code_zones(text, lines(text))
    assert [text[zone.start : zone.end].strip() for zone in zones] == [code.strip()]


@pytest.mark.parametrize("text", NOT_CODE)
def test_leftovers_and_prose_are_not_code(text: str) -> None:
    assert code_zones(text, lines(text)) == []
    surrounded = PROSE + text + "\n\n" + PROSE
    assert code_zones(surrounded, lines(surrounded)) == []


def test_a_here_document_needs_its_end() -> None:
    text = "run cat <<EOF\nwords\n"
    assert code_zones(text, lines(text)) == []
