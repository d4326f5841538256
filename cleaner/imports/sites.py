"""Sites whose articles and leftovers are known by selectors, and their packs; sites that say the same are one pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.imports.selecting import KEPT, Selecting, unique
from cleaner.tools.drafts import PackDraft, RuleDraft, slug


@dataclass(slots=True)
class Known:
    """What is known of a site; see `cleaner.model.Site`."""

    article: list[str] = field(default_factory=list)
    remove: list[Selecting] = field(default_factory=list)
    whole: bool = False


class Sites:
    """The sites of one source, by their hosts."""

    def __init__(self, kind: str, name: str) -> None:
        self._kind = kind
        self._name = name
        self._known: dict[str, Known] = {}

    def of(self, host: str) -> Known:
        """What is known of a site, to be added to."""
        return self._known.setdefault(host, Known())

    def packs(self) -> Iterator[PackDraft]:
        """A pack for all hosts of which the same is known."""
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for host, known in self._known.items():
            if known.article or known.remove:
                removed = tuple(one.source for one in unique(known.remove))
                groups[(tuple(known.article), removed, known.whole)].append(host)
        for hosts in groups.values():
            yield self._pack(hosts, self._known[hosts[0]])

    def _pack(self, hosts: list[str], known: Known) -> PackDraft:
        found = unique(known.remove)
        rule = RuleDraft(
            id=f"{self._kind}-{slug(hosts[0])}.removed",
            category="boilerplate",
            confidence="certain",
            scope="html",
            message=f"{self._name} takes it out",
            looks={"css": [one.source for one in found]},
            removes=tuple(dict.fromkeys(one.example for one in found)),
            keeps=(KEPT,),
        )
        return PackDraft(
            name=f"sites/{self._kind}/{hosts[0]}",
            description=f"Imported from {self._name}.",
            rules=(rule,) if found else (),
            hosts=tuple(hosts),
            article=tuple(dict.fromkeys(known.article)),
            whole=known.whole and bool(known.article),
        )
