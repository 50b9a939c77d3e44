"""Makes foreign text safe to show: in Markdown, in logs, in a terminal. No I/O, no wording.

Foreign is everything the house did not write: names, build logs, answers of
remote services, lines of hub files. The order is always redact, shorten,
escape; `redaction` makes what may leave. No other module may escape by hand.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

_PAUSE = "&#8203;"  # a zero-width space: breaks @mentions, #1, links and :emoji: without a trace

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(  # control characters, text direction overrides, zero-width characters
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def terminal(text: str) -> str:
    """The text without escape sequences and invisible characters; lines and tabs are kept."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAK.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))


def log_line(text: str) -> str:
    """One line that the Actions runner cannot take for a command.

    The runner obeys `::name::` at the start of a line, after white space, and `##[name]`
    anywhere (actions/runner: ActionCommand.cs).
    """
    return without_commands(_one_line(text))


def without_commands(line: str) -> str:
    return _COMMAND.sub(r"\1: ", _without_old_commands(line))


_COMMAND = re.compile(r"^(\s*):(?=:)")


def _without_old_commands(text: str) -> str:
    return text.replace("##[", "## [")


def annotation_data(text: str) -> str:
    """The message of a workflow command; its lines are kept (actions/toolkit: command.ts)."""
    return _without_old_commands(terminal(text)).replace("%", "%25").replace("\n", "%0A")


def annotation_property(text: str) -> str:
    """A property of a workflow command, such as a file name or a title."""
    return annotation_data(text).replace(":", "%3A").replace(",", "%2C")


def _one_line(text: str) -> str:
    return " ".join(terminal(text).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters; what was cut is shown as `…`."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


# Markdown. Character references instead of backslashes, because they also hold inside the raw
# HTML that GitHub allows (`<summary>`), and a mark written as one never opens or closes anything.
_MARK = re.compile(
    r"(?P<pause>@|\#(?=\d|$)|GH-(?=\d|$)|:(?=/|$)|:(?=[\w+-]+(?::|$))|www(?=\.|$))"
    r"|(?P<commit>(?<![^\W_])[0-9a-f]{7,40}(?![^\W_]))"
    r"|[&<>*`\\\[\]|~$]|!$"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word `_` means nothing
    r"|^[-+=\#:]",  # at the start: a list, a heading, a table
    re.IGNORECASE,
)
_TOUCHING = re.compile(r"``|[0-9a-f]{2}", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")


def markdown(text: str, limit: int = 500) -> str:
    """One line of inline Markdown that shows the text and does nothing else.

    No emphasis, HTML, link, image, emoji, mention or reference comes of it, also within a table
    cell or `<summary>`. Not for HTML attributes. `limit` counts the characters shown.
    """
    escaped = _MARK.sub(_reference, shorten(_one_line(text), limit))
    return _LIST_NUMBER.sub(lambda match: f"{match[1]}&#{ord(match[2])};", escaped)


def _reference(match: re.Match[str]) -> str:
    if match["commit"]:
        return re.sub(r".{6}(?=.)", rf"\g<0>{_PAUSE}", match[0])  # no seven letters in a row
    if match["pause"]:
        return match[0].replace("#", "&#35;") + _PAUSE
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(match[0], f"&#{ord(match[0])};")


def markdown_code(text: str, limit: int = 500) -> str:
    """An inline code span; empty for empty text. Not for `<summary>`, where backticks are text."""
    line = shorten(_one_line(text), limit)
    if not line:
        return ""
    fence = "`" * (_longest_run("`", line) + 1)
    room = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"


def side_by_side(parts: Iterable[str]) -> str:
    """Parts of one line; two code spans that touch would be one, and what follows no code. Two
    halves of a commit's name would be the whole."""
    line = ""
    for part in filter(None, parts):
        line += _PAUSE + part if _TOUCHING.match(line[-1:] + part[0]) else part
    return line


def markdown_table_cell(text: str, limit: int = 500, *, code: bool = False) -> str:
    """One table cell. As `code` unless the text holds a `|`, which would end the cell."""
    return markdown_code(text, limit) if code and "|" not in text else markdown(text, limit)


def markdown_block(lines: Iterable[str], limit: int = 4000) -> str:
    """A fenced code block that none of its lines can close; empty for no text.

    Of more than `limit` characters the last lines are kept and the cut is told.
    """
    kept, left_out = _last_lines(lines, limit)
    if not kept:
        return ""
    if left_out:
        kept.insert(0, f"… ({left_out} earlier line{'s' if left_out > 1 else ''} left out)")
    fence = "`" * max(3, _longest_run("`", "\n".join(kept)) + 1)
    return "\n".join([f"{fence}text", *kept, fence])


def markdown_link(label: str, url: str, limit: int = 200, *, code: bool = False) -> str:
    """A link to an http(s) address, or only its label if the address is none."""
    text = markdown_table_cell(label, limit, code=code)
    if not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return text
    address = quote(terminal(url), safe="/:?#[]@!$&'*+,;=%~").replace("&", "&amp;")
    return f"[{text}]({address})"


def _longest_run(mark: str, text: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(mark)}+", text)), default=0)


def _last_lines(lines: Iterable[str], limit: int) -> tuple[list[str], int]:
    everything = [
        shorten(line.expandtabs(4).rstrip(), limit)
        for text in lines
        for line in terminal(text).split("\n")
    ]
    first, room = len(everything), limit
    while first and room >= len(everything[first - 1]):
        first -= 1
        room -= len(everything[first]) + 1
    return everything[first:] if any(everything) else [], first
