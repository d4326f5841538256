"""CSS selectors as rules may write them: parsed once, checked for cost, and kept as plain tuples.

`cssselect` reads the CSS.  Only what can be answered by looking at an element and the way up to its root is allowed,
so that the cost of a selector does not depend on what else is on the page.  Values are compared without case.  One
pseudo-class is our own: ``:words(related-posts)`` says that a class of the element holds these words next to each
other, whatever joins them: ``jp-related-posts``, ``RelatedPosts__list``, ``related_posts``.  Ids are left out: they are
often made of the words of a heading.
"""

from __future__ import annotations

from cssselect import SelectorError, parser

from cleaner.rulebook.selector import TAG, Compound, Selector, Test, words_of

MAX_STEPS = 3
MAX_WORDS = 3
_OPERATORS = {"=", "~=", "|=", "^=", "$="}
_SELECTIVE = ("=", "~=", "words", "^=", "|=", "$=", "has", TAG)


class BadSelector(ValueError):
    """What is wrong with a selector, in one line."""


def parse(source: str) -> Selector:
    """The selector.

    Raises:
        BadSelector: it is no CSS, or more than a rule may write.
    """
    try:
        trees = parser.parse(source)
    except (SelectorError, RecursionError) as error:
        raise BadSelector(" ".join(str(error).split()) or "it is nested too deep") from None
    if len(trees) != 1:
        raise BadSelector("write the alternatives as items of the list, not with commas")
    if trees[0].pseudo_element:
        raise BadSelector("a pseudo-element is no element of the page")
    steps: list[tuple[str, Compound]] = []
    tree: parser.Tree = trees[0].parsed_tree
    combinator = ""
    while isinstance(tree, parser.CombinedSelector):
        steps.append((combinator, _compound(tree.subselector)))
        combinator = str(tree.combinator)
        tree = tree.selector
        if combinator == "~":
            raise BadSelector("the combinator ~ is not allowed, since its cost has no bound; use +, > or a space")
    steps.append((combinator, _compound(tree)))
    if len(steps) > MAX_STEPS or [combinator for combinator, _ in steps].count(" ") > 1:
        raise BadSelector(f"at most {MAX_STEPS} steps, and one of them with a space")
    selector = tuple(steps)
    key(selector)
    return selector


def key(selector: Selector) -> Test:
    """The test by which the selector is looked up: the most selective one on the element itself.

    Raises:
        BadSelector: there is none.
    """
    tag, tests, _ = selector[0][1]
    found = min(tests, key=lambda test: _SELECTIVE.index(test[0]), default=(TAG, "", tag))
    if found[0] == TAG and not tag:
        raise BadSelector("the last step names no tag, class, id or attribute, so it would be tried on every element")
    return found


def _compound(tree: parser.Tree, *, negated: bool = False) -> Compound:
    tests: list[Test] = []
    nots: list[tuple[str, tuple[Test, ...]]] = []
    while not isinstance(tree, parser.Element):
        if isinstance(tree, parser.Class):
            tests.append(("~=", "class", tree.class_name.lower()))
        elif isinstance(tree, parser.Hash):
            tests.append(("=", "id", tree.id.lower()))
        elif isinstance(tree, parser.Attrib):
            tests.append(_attribute(tree))
        elif isinstance(tree, parser.Function) and tree.name == "words":
            tests.append(_words(tree))
        elif isinstance(tree, parser.Negation) and not negated:
            tag, inside, _ = _compound(tree.subselector, negated=True)
            nots.append((tag, inside))
        else:
            raise BadSelector("of the pseudo-classes there are :words() and, once deep, :not()")
        tree = tree.selector
    return (tree.element or "").lower(), tuple(tests), tuple(nots)


def _attribute(tree: parser.Attrib) -> Test:
    name = tree.attrib.lower()
    if tree.operator == "exists":
        if name in ("class", "id"):
            raise BadSelector(f"[{name}] alone is on every other element")
        return "has", name, ""
    if tree.operator not in _OPERATORS or tree.value is None:
        raise BadSelector(f"the operator {tree.operator} compares parts of words; use ~= or :words()")
    if name == "class" and tree.operator != "~=":
        raise BadSelector("a class is compared whole; write .name or :words()")
    value = " ".join((tree.value.value or "").lower().split())
    if not value:
        raise BadSelector(f"[{name}] is compared with nothing")
    return tree.operator, name, value


def _words(tree: parser.Function) -> Test:
    names = [token.value for token in tree.arguments if token.type in ("IDENT", "STRING")]
    words = words_of(names[0] or "") if len(names) == len(tree.arguments) == 1 else []
    if not 1 <= len(words) <= MAX_WORDS or "-".join(words) != names[0]:
        raise BadSelector(
            f":words() takes one to {MAX_WORDS} lower-case words, joined by hyphens: :words(related-posts)"
        )
    return "words", "class", "-".join(words)
