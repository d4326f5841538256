"""Site configurations of FiveFilters' Full-Text RSS: a file a host, a directive a line.

What takes something out of a page becomes rules, `body` says where the article is, and `prune: no` that only rules take
something of it.  Nothing is rewritten here and nothing is fetched, so directives for that are left out, as are those
for what a page says of itself, which is read from the page.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from cleaner.imports.selecting import KEPT, Selecting, article_xpath, from_css, from_xpath, unique
from cleaner.imports.taken import Refused, Taken, files_in
from cleaner.tools.drafts import PackDraft, RuleDraft, slug

_DIRECTIVE = re.compile(r"([A-Za-z_]+)(\([^)]*\))?\s*:\s*(.*)")
_HOST = re.compile(r"\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_CLASS = re.compile(r"-?[A-Za-z_][\w-]*(?<![-_])")
_WRITES = "it rewrites the page; here is only deletion"
_FETCHES = "it is for fetching pages; nothing is fetched here"
_STATES = "what a page says of itself is read from the page"
_ENGINE = "it steers another engine"
LEFT_OUT = {
    **dict.fromkeys(("find_string", "replace_string", "wrap_in", "dissolve", "move_into", "move", "unwrap"), _WRITES),
    **dict.fromkeys(("convert_double_br_tags", "src_lazy_load_attr", "insert_detected_image", "footnotes"), _WRITES),
    **dict.fromkeys(("single_page_link", "single_page_link_in_feed", "next_page_link", "http_header"), _FETCHES),
    **dict.fromkeys(("if_page_contains", "requires_login", "login_uri", "login_username_field"), _FETCHES),
    **dict.fromkeys(("login_password_field", "login_extra_fields", "not_logged_in_xpath", "user_agent"), _FETCHES),
    **dict.fromkeys(("title", "author", "date", "language", "native_ad_clue", "skip_json_ld"), _STATES),
    **dict.fromkeys(("tidy", "parser", "autodetect_on_failure", "autodetect_next_page", "strip_comments"), _ENGINE),
    "strip_image_src": "rules take elements with words, not single pictures",
    "test_contains": "rules carry tests of their own",
}
"""The other directives, with the reasons."""


@dataclass(slots=True)
class _Config:
    """What a file says, as far as it is mapped."""

    article: list[str] = field(default_factory=list)
    whole: bool = False
    strip: list[Selecting] = field(default_factory=list)
    named: list[Selecting] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)

    def key(self) -> tuple[object, ...]:
        """Equal for files that say the same."""
        selectors = [tuple((one.kind, one.source) for one in part) for part in (self.strip, self.named)]
        return (tuple(self.article), self.whole, *selectors)


def take(path: str) -> Taken:
    """The configurations below a path.

    Raises:
        InputError: there are none.
    """
    taken = Taken()
    groups: dict[tuple[object, ...], list[tuple[str, _Config]]] = defaultdict(list)
    for name, text in files_in(path, (".txt",), "ftr-site-config"):
        host = os.path.basename(name).removesuffix(".txt").lower()
        if not _HOST.fullmatch(host):
            taken.leave_out(name, 1, name, "the name of the file is no host")
            continue
        taken.sources += 1
        config = _read(name, text, taken)
        if config.article or config.strip or config.named:
            groups[host.startswith("."), config.key()].append((host, config))
    for same in groups.values():
        taken.packs.append(_pack([host for host, _ in same], [config for _, config in same]))
    return taken


def _read(name: str, text: str, taken: Taken) -> _Config:
    config = _Config()
    for number, row in enumerate(text.splitlines(), 1):
        line = row.strip()
        if not line or line.startswith("#"):
            continue
        match = _DIRECTIVE.fullmatch(line)
        if match is None:
            taken.leave_out(name, number, line, "no directive")
            continue
        key, value = match[1].lower(), match[3].strip()
        taken.note(name, number, line, partial(_mapped, config, key, value))
    return config


def _mapped(config: _Config, key: str, value: str) -> str:
    """What became of a directive.

    Raises:
        Refused: nothing, and why.
    """
    if key in LEFT_OUT:
        raise Refused(LEFT_OUT[key])
    if key == "prune":
        config.whole = config.whole or value.lower() == "no"
        return "where the article is: whole" if value.lower() == "no" else "where the article is: as by default"
    if key == "test_url":
        config.tests.append(value)
        return "a note in the pack"
    if not value:
        raise Refused("it has no value")
    if key == "body":
        config.article += article_xpath(value)
        return "where the article is"
    if key == "strip":
        config.strip += from_xpath(value if value.startswith("//") else f"//{value.lstrip('/')}")
        return "a rule for elements"
    if key == "strip_id_or_class":
        config.named += list(_named(value.strip("'\"")))
        return "a rule for elements"
    raise Refused("an unknown directive")


def _named(value: str) -> Iterator[Selecting]:
    """A part of ids and classes as a whole one: `ad` is not to take `header`."""
    if not _CLASS.fullmatch(value):
        raise Refused("a part of a class that is no name of its own")
    yield from_css(f".{value}")
    yield from_css(f"#{value}")


def _pack(hosts: Sequence[str], configs: Sequence[_Config]) -> PackDraft:
    first = configs[0]
    below = hosts[0].startswith(".")
    names = [host.lstrip(".") for host in hosts]
    stem = f"ftr-{slug(('below ' if below else '') + names[0])}"
    every = names if below else list(dict.fromkeys(name for host in names for name in (host, _with_www(host))))
    rules = [
        *_rules(f"{stem}.strip", "FiveFilters takes it out", unique(first.strip)),
        *_rules(f"{stem}.strip-id-or-class", "FiveFilters takes it out by its name", unique(first.named)),
    ]
    tests = [f"a page: {url}" for config in configs for url in config.tests]
    return PackDraft(
        name=f"sites/ftr/{'below.' if below else ''}{names[0]}",
        description="Imported from a site configuration of FiveFilters.",
        rules=tuple(rules),
        hosts=tuple(every),
        subdomains=below,
        article=tuple(dict.fromkeys(first.article)),
        whole=first.whole and bool(first.article),
        notes=tuple(tests[:10]),
    )


def _with_www(host: str) -> str:
    return host if host.startswith("www.") else f"www.{host}"


def _rules(name: str, message: str, found: Sequence[Selecting]) -> Iterator[RuleDraft]:
    """A rule for selectors of each kind."""
    for kind in ("css", "xpath"):
        own = [one for one in found if one.kind == kind]
        if own:
            yield RuleDraft(
                id=name if kind == "css" else f"{name}-xpath",
                category="boilerplate",
                confidence="certain",
                scope="html",
                message=message,
                looks={kind: [one.source for one in own]},
                removes=tuple(dict.fromkeys(one.example for one in own)),
                keeps=(KEPT,),
            )
