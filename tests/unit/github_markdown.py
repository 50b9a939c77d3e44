"""Reads Markdown as GitHub reads a comment, so that tests can judge what a reader gets."""

import html
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token


def github_like() -> MarkdownIt:
    """CommonMark with HTML, tables, strikethrough and bare links.

    Neither a bare `evil.example` nor `//evil.example` is a link on GitHub (GFM spec, 6.9), so the
    guesses for them are off.
    """
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
    reader.linkify.add("//", None)
    reader.linkify.add("www.", {"validate": re.compile(r"[\w-]+\.\w+")})
    return reader


READER = github_like()


def blocks(source: str) -> list[Token]:
    return READER.parse(source)


def every_token(source: str) -> list[Token]:
    return [part for token in blocks(source) for part in (token, *(token.children or []))]


def shown(source: str) -> str:
    """What a reader sees; the zero-width pauses are not seen."""
    text = "".join(
        token.content
        for token in every_token(source)
        if token.type in {"text", "text_special", "code_inline"}
    )
    return text.replace("\u200b", "")


def links(source: str) -> list[str]:
    tokens = every_token(source)
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


_REFERENCE = re.compile(  # what GitHub makes of text that stands in no code
    r"(?:^|[\s*_~(])www\.\S+"  # cmark-gfm: autolink.c, www_match
    r"|(?:https?|ftp)://\S"  # url_match: whatever stands before the scheme
    r"|(?:mailto|xmpp):[\w.+-]+@\w|[\w.+-]+@[\w-]+\.\w"  # postprocess_text
    r"|@\w|\#\d|\bGH-\d|(?<![0-9A-Za-z])[0-9a-f]{7,40}(?![0-9A-Za-z])"  # mentions, issues, commits
    r"|:[\w+-]+:",
    re.IGNORECASE | re.MULTILINE,
)


def references(source: str) -> list[str]:
    """What GitHub would turn into a link, a mention or an emoji by itself."""
    texts = [_plain(token.children) for token in blocks(source) if token.children]
    texts += [
        html.unescape(summary)
        for token in blocks(source)
        for summary in re.findall(r"<summary>(.*?)</summary>", token.content, re.DOTALL)
        if token.type == "html_block"
    ]
    return [found for text in texts for found in _REFERENCE.findall(text)]


def _plain(tokens: list[Token]) -> str:
    """Text as it stands on the page; a space for whatever else stands between."""
    kept, depth = [], 0
    for token in tokens:
        depth += (token.type == "link_open") - (token.type == "link_close")
        text = token.type in {"text", "text_special"} and not depth
        kept.append(token.content if text else " ")
    return "".join(kept)


def structure(source: str) -> list[str]:
    """The blocks, and the tags of the HTML between them; not the words."""
    return [
        _tags(token.content) if token.type == "html_block" else token.type
        for token in blocks(source)
    ]


def _tags(source: str) -> str:
    return " ".join(re.findall(r"<[^>]+>", source))


LINK_PARTS = (
    *("www.", "www", ".evil.example", "https://", "http:", "//", "ftp://", "evil.example", "/x"),
    *("_", "*", "~", "(", ")", "[", "]", "!", "<", ">", "|", "\\", ":", "/", "\n", " ", " "),
    *("`", "`", "``", "`a`", "`a``b`", "x@evil.example", "mailto:", "xmpp:", "@", "maintainer"),
    *("#", "1", "GH-", "deadbeefcafe", "owner/repo", "x_www.evil.example", "tada", "a"),
)
"""What links are made of, to be put together in any order."""

NASTY = (
    "[click](https://evil.example)",
    "![](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "</summary></details>",
    "<!-- provisioner:hub=other -->",
    "# heading",
    "1. list",
    "1) list",
    "- list",
    "+ list",
    "> quote",
    "***",
    "---",
    "===",
    "| a | b |",
    "|--|--|",
    ":-:",
    "~~~",
    "```",
    "    code",
    "`code`",
    "https://evil.example",
    "HTTP://evil.example",
    "www.evil.example",
    "WWW.evil.example",
    "x_www.evil.example",
    "`a``b`https://evil.example",
    "`x`y``z`https://evil.example",
    "ftp://evil.example",
    "mailto:a@evil.example",
    "a@evil.example",
    "@maintainer",
    "#1",
    "owner/repo#1",
    "GH-12",
    ":tada:",
    "$x$",
    "[^1]: note",
    "[a]: https://evil.example",
    "&#64;maintainer",
    "&lt;b&gt;",
    "a\\",
    "_a_ *b* ~~c~~ **d** __e__",
    "line\n\n# two",
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "abc\u202edlrow",
    "deadbeefcafe",
    "https://github.com.evil.example/apps/x",
    "https://github.com/apps/../../evil",
)
