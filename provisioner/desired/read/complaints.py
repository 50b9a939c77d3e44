"""What a YAML parser complains of, in words that a facilitator understands: a table, no logic."""

from dataclasses import dataclass

from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import shown

INDENT_HINT = (
    "lines that belong together begin in the same column; what belongs to a line stands below it, "
    "two spaces further in"
)


@dataclass(frozen=True)
class Complaint:
    """`says`: parts of the parsers' own texts; `at_start`: point to where the construct began."""

    says: tuple[str, ...]
    message: str
    hint: str
    code: str = "yaml-syntax"
    at_start: bool = False

    @property
    def advice(self) -> Advice:
        return Advice(self.code, self.message, self.hint)


UNKNOWN = Complaint((), "this is not valid YAML", INDENT_HINT)
INDENT = Complaint((), "this line does not fit below the one above it", INDENT_HINT)
COLON_IN_VALUE = Complaint(
    (),
    "a second colon stands here, and a value may hold `: ` only in quotes",
    'write quotes around the whole value, as in `name: "Hub: Nairobi"`',
)
BRACKET_TOO_MANY = Complaint(
    (),
    "this closing bracket has no opening one",
    "remove it, or write the bracket that belongs to it",
)
AFTER_QUOTES = Complaint(
    (),
    "the value has ended before this, at the closing quotation mark",
    "write quotes around the whole value; an apostrophe within needs double quotes, as in "
    '`"Women\'s Hub"`',
)

# What YAML allows and files here do not.

HALF_CHARACTER = Complaint(
    (),
    "an escape (`\\u…`) in this text is only half of a character",
    "write the character itself",
    code="wrong-escape",
)
LONG_KEY = Complaint(
    (),
    "this key is longer than any key of such a file",
    "write the key, a colon and a space; a long text goes after the colon",
    code="wrong-key",
)
NO_SCALAR_KEY = Complaint(
    (),
    "a list or group stands where a key must be",
    "write a plain word and a colon, such as `name:`; a value that begins with a bracket or with "
    "`?` goes in quotes",
    code="wrong-key",
)
MERGE_KEY = Complaint(
    (),
    "a merge key (`<<`) is not allowed",
    "write out the lines that it stands for",
    code="merge-key",
)
ALIAS = Complaint(
    (),
    "an alias (`*name`) is not allowed",
    "write the value itself; if it is a text that begins with `*`, put it in quotes",
    code="alias",
)
ANCHOR = Complaint(
    (),
    "an anchor (`&name`) is not allowed",
    "remove it; if the text itself begins with `&`, put it in quotes",
    code="anchor",
)
TAG = Complaint(
    ("undefined tag handle",),
    "a tag (`!name`) is not allowed",
    "remove it; if the text itself begins with `!`, put it in quotes",
    code="tag",
)
DIRECTIVE = Complaint(
    ("directive",),
    "a YAML directive (a line that begins with `%`) is not allowed",
    "remove the line; if it is meant as a value, put it in quotes",
    code="directive",
    at_start=True,
)
SEVERAL_DOCUMENTS = Complaint(
    (),
    "a second document begins here, and a file holds one",
    "remove the line `---`, or move what follows it into a file of its own",
    code="several-documents",
)


def too_deep(most: int) -> Complaint:
    return Complaint(
        (),
        f"this is nested more than {most} levels deep",
        "a hub file has at most five levels; look at the indentation, or at a bracket never closed",
        code="too-deep",
    )


def too_many(most: int) -> Complaint:
    return Complaint(
        (),
        f"more than {most} values stand in this file, and this is where the reading ends",
        "a hub file has some dozens of lines; remove what does not belong here",
        code="too-much",
    )


def duplicate_key(key: str, first_line: int) -> Complaint:
    return Complaint(
        (),
        f"{shown(key)} stands here a second time; the first is in line {first_line}",
        "keep one of the two and remove the other",
        code="duplicate-key",
    )


COMPLAINTS = (
    Complaint(
        ("could not find expected ':'",),
        "this line is no `key: value` pair",
        "write a colon and a space after the key, as in `name: Nairobi Commons`",
        at_start=True,
    ),
    Complaint(("expected key", "<block end>"), "this line does not fit in here", INDENT_HINT),
    Complaint(
        ("did not find expected '-' indicator",),
        "this line does not fit into the list above it",
        "every line of a list begins with `- ` in the same column; a key such as `apps:` stands "
        "further left",
    ),
    Complaint(
        ("sequence entries are not allowed",),
        "a list cannot begin here",
        "write the first `- ` on a line of its own, below the key and two spaces further in",
    ),
    Complaint(
        ("expected ',' or ']'",),
        "the list that begins with `[` here is never closed, or lacks a comma",
        "write it as `[one, two]`",
        at_start=True,
    ),
    Complaint(
        ("expected ',' or '}'",),
        "the group that begins with `{` here is never closed, or lacks a comma",
        "write it as `{owner: nairobi-commons}`",
        at_start=True,
    ),
    Complaint(
        ("found unexpected end of stream",),
        "the quotation mark that opens here is never closed",
        "write the same mark at the end of the value; an apostrophe within needs double quotes, "
        'as in `"Women\'s Hub"`',
        at_start=True,
    ),
    Complaint(
        ("unexpected document",),
        "the quotation mark that opens here is never closed",
        "write the same mark at the end of the value",
        at_start=True,
    ),
    Complaint(
        ("Unicode character escape code",),
        "an escape (`\\U…`) in this text names no character; they end at `\\U0010FFFF`",
        "write the character itself, or remove the escape",
        code="wrong-escape",
    ),
    Complaint(
        ("escape",),
        "a backslash stands in double quotes, where it has a meaning of its own",
        "write the value in single quotes, or write `\\\\` for one backslash",
    ),
    TAG,
    DIRECTIVE,
    Complaint(
        ("document start>",),
        "this line does not belong to what stands above it",
        "a hub file is made of `key: value` lines; " + INDENT_HINT,
    ),
    Complaint(
        ("expected alphabetic or numeric character",),
        "a value that begins with `*` or `&` needs quotes",
        'put the value in quotes, as in `"*"`',
    ),
    Complaint(
        ("comment or line break", "chomping or indentation indicators"),
        "after `|` or `>` the line must end",
        "write the text on the lines below, two spaces further in, or put it in quotes",
        at_start=True,
    ),
    Complaint(
        ("node content",),
        "a value is missing here",
        "look for a comma too many or a bracket that is never closed",
    ),
)
