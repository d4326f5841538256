"""What a line of code looks like: how much one line says, taken by itself.

Four is proof, three is strong, two is fair (two such lines make code), one is weak: it only joins code beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache

PROOF, STRONG, FAIR, WEAK, NONE = 4, 3, 2, 1, 0
LOOKED_AT = 300  # characters of a line

_PROOF = re.compile(
    r"""
      \#[ ]?include\s*[<"][\w./+-]+[>"]
    | <\?php\b | \#!/(?:usr/)?bin/
    | @@\ -\d+(?:,\d+)?\ \+\d+(?:,\d+)?\ @@ | diff\ --git\ | index\ [0-9a-f]{7,}\.\.[0-9a-f]{7,}
    | Traceback\ \(most\ recent\ call\ last\): | File\ "[^"]+",\ line\ \d+
    | (?:std::)?(?:cout|cerr|clog)\s*<<
    | \\(?:documentclass|usepackage)\b.*\{
    | [\w.-]+@[\w.-]+:[~/][^\s]*[$\#]\ \S
    | (?:async\ )?def\ \w+\s*\(.*\).*:\s*(?:\#.*)?$
    | (?:public|private|protected)\s+(?:static\s+)?[\w<>\[\],]+\s+\w+\s*\(.*\)\s*(?:throws\ .*)?\{?$
    | int\ main\s*\(
    """,
    re.VERBOSE,
)
_STRONG = re.compile(
    r"""
      \#\s?(?:define|ifdef|ifndef|endif|pragma|undef)\b(?:\s+\w+|\s*$)
    | (?:---|\+\+\+)\ [ab]?/[\w.-]
    | (?:class|struct|interface|enum|trait|impl)\ \w+[\w<>\s,:&()]*(?:\{|\(.*\):|:)\s*$
    | from\ [\w.]+\ import\ [\w*(]
    | import\ (?:\w+|\{.*\}|\*\ as\ \w+|\w+,\ \{.*\})\ from\ ['"]
    | (?:export\s+)?(?:default\s+)?(?:async\s+)?function\b\s*\w*\s*\(
    | (?:export\s+)?(?:const|let|var)\s+[\w${\[][^=]*=\s*\S
    | (?:pub\s+)?(?:async\s+)?(?:fn|func|fun)\ [\w<>]+\s*\(
    | (?:if|for|while|switch|catch|foreach|else\ if|elseif)\s*\(.*\)\s*\{?$
    | for\ \w+(?:,\s*\w+)*\ in\ .+:$ | (?:el)?if\ .*(?:[=!<>]=|\bnot\b|\bis\ None|[\w\]]\.\w|\w\().*:$
    | while\ \S+.*[=<>(].*:$
    | (?:return|throw|yield|await|delete|goto|using|typedef|package|namespace)\b.*;\s*(?://.*)?$
    | [\w.:>\[\]*&-]+(?:\s+[\w.:<>\[\]*&]+){0,3}\s*(?:[-+*/|&]|<<|>>)?=\s*[^=].*;\s*(?://.*)?$
    | [\w.:>\[\]-]+\([^()]*(?:\([^()]*\)[^()]*)*\)\s*;\s*(?://.*)?$
    | .*\bstd::\w | .*`[^`]*\$\{[^}]+\}[^`]*` | .*\$this->\w | \$\w+(?:\[.*\])?\s*=\s*\S.*;$
    | "[\w$@./: -]{1,60}"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null|[\[{].*)\s*,?\s*\}?$
    | \{%[-+]?\s*\w+[^%]*%\}.*(?:\{%|\{\{|<) | .*<[a-z][^<>]*(?:\{\{|\{%).*>
    | .*\{\{-?\s*(?:\.Values|\.Release|\.Chart|include\ |template\ |toYaml|range\ |end\b).*\}\}
    | (?:\$|PS[ ]?[A-Z]?:?[\\\w:]*>)\ (?:[a-z./~][\w./-]*)(?:\s|$)
    | >>>\ (?:\w+\s*[.(=]|(?:import|from|def|for|print)\b) | In\ \[\d+\]:\ 
    | at\ [\w.$<>/]+\s?\([\w.$<>:/\\ -]*\)$
    | \[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s.*\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL)\b
    | (?:SELECT|select)\s+(?:DISTINCT\s+|distinct\s+)?(?:\*|[a-z_]\w*(?:\.\w+)?\s*,
      |[A-Za-z_][\w.,() ]*\s(?:FROM|from)\s+\w+)
    | INSERT\ INTO\ [\w."`]+\s*\(?
    | CREATE\ (?:OR\ REPLACE\ )?(?:TEMP\ |UNIQUE\ )?(?:TABLE|VIEW|INDEX|FUNCTION)\ [a-z\w."`]+\s*(?:\(|AS|ON|$)
    | UPDATE\ [a-z]\w*\ SET\ | DELETE\ FROM\ [a-z]\w* | ALTER\ TABLE\ \w+
    | \\(?:begin|end)\{\w+\*?\}
    | [^<>"'(]*\)\s*(?:=>|->\s*[\w<>\[\]]+)?\s*\{$ | \}\s*(?:else|catch|finally|while)\b
    """,
    re.VERBOSE,
)
_FAIR = re.compile(
    r"""
      \{%[-+]?\s*/?\w+[^%]*%\}
    | \{\{[\#/^]\w+[^{}]*\}\} | .*<[a-z]+[^<>]*>.*\{\{ | \{\{-?\s*(?:define|block|if|else|with|range)\b.*\}\}
    | [@.\#&*:\w][\w.\#:,\s>\[\]="'*+~()@-]*\{$
    | -?-?[a-z][a-z-]*\s*:\s*[^;{}:]+;\s*(?:/\*.*\*/)?$
    | (?:export\ )?[A-Z][A-Z0-9_]{2,}=\S*
    | [A-Za-z_][\w.\[\]-]*\s?(?:[-+*/:|]?=|\?=)\s?(?:["'\d\[({]|[\w./-]+\(|[\w./-]+$|\S+\s*[+*/%-]\s*\S)
    | [a-z_][\w.]*\((?!s\)|\d*\)).*\)[,;:]?\s*(?:\#.*|//.*)?$
    | \\[a-zA-Z]{2,}\*?(?:\[.*\])?\{
    | apiVersion:\s*[\w./]+$ | kind:\s*[A-Z]\w+$ | (?:metadata|spec|containers|services|jobs|steps):$
    | (?:sudo|apt(?:-get)?|npm|npx|pip3?|git|docker|kubectl|helm|brew|curl|wget|yarn|cargo|chmod|systemctl)\ .*(?:\s--?\w|://|/\w)
    | (?:RUN|COPY|ADD|ENV|ARG|WORKDIR|VOLUME|CMD|ENTRYPOINT)\ (?:[a-z\d./~$-]\S*\ .*[-/=$"]
      |[A-Z_]+=|[/~.]?\w*/\w|\$\{?\w|\[")
    | (?:INFO|WARN|WARNING|ERROR|DEBUG|FATAL)(?::\s*\w|\s+\[)
    | [\w.]*(?:Error|Exception):\s
    | (?:raise|assert|return|yield|del)\s+\w*[.(\[{"'].*[)\]}"']$ | return\ (?:None|True|False|self\b.*)$
    | (?:FROM|JOIN|(?:LEFT|RIGHT|INNER)\ (?:OUTER\ )?JOIN)\ [a-z_]\w*
    | WHERE\ .*(?:[=<>]|\bIN\b|\bLIKE\b)|(?:GROUP|ORDER)\ BY\ [a-z_\d]
    | .*(?:&&|\|\|)\ *[\w!$(\[].*[;){\\]\s*$ | .*[\w)\]]->\w+[(;.\[,)=\s] | .*\w::\w+[(<;]
    | \(?[\w, ]*\)?\s*=>\s*[\w({\[].*[;,){(]$
    | .*;\s*(?://.*|/\*.*\*/)$ | \w[\w\s.,*&:<>\[\]]*\s[*&]?\w+(?:\[\w*\])?;$
    | [\w.-]+\s*:=\s*\S
    """,
    re.VERBOSE,
)
_WEAK = re.compile(
    r"""
      [{}()\[\]]+[;,]?$ | [}\])]{1,4}[;,)]*\s*(?://.*|\#.*)?$ | // | /\*|\*/ | \*\s | \#\ ?\S | <!-- | --\ \w
    | </?[a-z][\w-]*(?:\s[^<>]*)?/?> | .*\{\{.*\}\} | \{\#.*\#\}
    | (?:-\ )?["']?[a-z_$][\w./$-]*["']?\s*:(?:\s|$) | \[[\w.\ :"-]+\]$
    | (?:import|from|using|package|require|include|use)\ [\w.:/"'<>*{}, ]+;?$
    | (?:else|try|finally|do|begin|end|fi|done|esac|pass|break|continue|then|default|loop|repeat)\b\s*[:;{]?$
    | (?:return|print|echo|yield|throw|raise|case|export|cd|mkdir|sudo|pip|npm|git|apt|make|cat|ls|rm|cp|mv)\b
    | @\w[\w.]*(?:\(.*\))?$ | .*[;{}\\|,(\[]$ | .*[=<>!]= | ["'].*["'][,)\]]*$ | [+-]\s*\S | -?[\d.]+,?$ | \$\{
    | (?:AND|OR|ON|SET|VALUES|LIMIT|HAVING|UNION|AS)\b | .*\w\(.*\)
    | (?:USER|EXPOSE|ARG|WORKDIR|STOPSIGNAL)\ [a-z\d$]\S*$ | (?:&&|\|\|)\s+[a-z./$]
    """,
    re.VERBOSE,
)
_LEVELS = ((_PROOF, PROOF), (_STRONG, STRONG), (_FAIR, FAIR))
_CODE_CHARS = re.compile(r"[{}<>;=$\\]")
_INNER_WORD = re.compile(r"\s[a-z]{2,}\s")
_TALK = re.compile(r"(?:[A-Z\"“‘][\w'’\"”,-]*\s+)(?:[\w'’\"“”,-]+\s+){4}")


@lru_cache(maxsize=4096)  # a text is looked at more than once
def sign(line: str) -> int:
    """How much `line` (stripped) says for code, from `FAIR` on; `NONE` for less."""
    for pattern, score in _LEVELS:
        if pattern.match(line):
            return NONE if score == FAIR and is_prose(line) else score
    return NONE


def weak_sign(line: str) -> bool:
    """Whether `line` (stripped) may go on with the code beside it."""
    return bool(_WEAK.match(line)) and not is_prose(line)


def is_prose(line: str) -> bool:
    """Whether `line` reads like a sentence: five words in a row from a capital on, or words up to a full stop."""
    if _TALK.match(line):
        return True
    ends = line.rstrip("'\"”’)").endswith((".", "!", "?", ":"))
    return ends and not _CODE_CHARS.search(line) and bool(_INNER_WORD.search(line))
