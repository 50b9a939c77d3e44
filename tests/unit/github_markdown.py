"""Reads Markdown as GitHub reads a comment, so that tests can judge what a reader gets."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token


def github_like() -> MarkdownIt:
    """CommonMark with HTML, tables, strikethrough and bare links.

    A bare `evil.example` is no link on GitHub, so the guess for it is off.
    """
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
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


def structure(source: str) -> list[str]:
    """The blocks, and the tags of the HTML between them; not the words."""
    return [
        _tags(token.content) if token.type == "html_block" else token.type
        for token in blocks(source)
    ]


def _tags(source: str) -> str:
    return " ".join(re.findall(r"<[^>]+>", source))


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
