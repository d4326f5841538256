"""The exit codes, in one place."""

DONE = 0
FINDINGS = 1
USAGE = 2
INPUT = 3
RULES = 4
OUTPUT = 5
INTERNAL = 70
INTERRUPTED = 130
CLOSED_PIPE = 141

MEANING = {
    DONE: "done",
    FINDINGS: "done, with findings: a document of a batch that was set aside, something that would go (--check), a "
    "file that cannot be undone, a bad line of --jsonl, a lint error, a failed rule test, a text to restore that "
    "does not belong to the report",
    USAGE: "wrong options",
    INPUT: "input that cannot be read or is not supported",
    RULES: "a broken rule file",
    OUTPUT: "output that cannot be written",
    INTERNAL: "an error of cleaner itself",
    INTERRUPTED: "interrupted with Ctrl-C",
    CLOSED_PIPE: "the reader of the output closed it (as with head)",
}
