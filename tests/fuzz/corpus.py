"""Hostile hub files by kind: what strangers may send, made by rule rather than kept by thousands.

`LARGE` makes files of any size, each of one thing in excess; `SMALL` makes one at random, of the
kinds that once broke something or could. `mutated` is the byte fuzzer.
"""

import random
from collections.abc import Callable, Iterator

from tests.unit.desired.given import GOOD, SEALED, bot_with, hub_with

Large = Callable[[int], str]
Small = Callable[[random.Random], str | bytes]


def _filled(unit: str, head: str = "", tail: str = "") -> Large:
    """One text over and over."""
    return lambda size: head + unit * ((size - len(head) - len(tail)) // len(unit)) + tail


def _numbered(unit: str, head: str = "") -> Large:
    """Entries that differ by their number, which stands in place of `N`."""
    width = len(unit) + 4
    return lambda size: (
        head + "".join(unit.replace("N", str(n)) for n in range((size - len(head)) // width))
    )


_APPS = "name: x\nmaintainers: [a]\napps:\n"
_ENV = hub_with("env:")

LARGE: dict[str, Large] = {
    "addresses with passwords": _filled("postgres://u:p@"),
    "addresses, one a line": _filled("postgres://u:p@\n"),
    "an address without an end": _filled("u:", "# postgres://"),
    "schemes": _filled("a+", "# "),
    "signed tokens": _filled("eyJaaaaaaaaaa.", "# "),
    "heads of signed tokens": _filled("eyJaaaaaaaa-", "# "),
    "private keys": _filled("-----BEGIN PRIVATE KEY-----\n"),
    "heads of private keys": _filled("-----BEGIN ", "# "),
    "headers": _filled("authorization: ", "# "),
    "named secrets": _numbered("      TOKENN: xxxx\n", _ENV + "\n"),
    "sealed values": _filled(f"      A: {{sealed: {SEALED}}}\n", _ENV + "\n"),
    "unknown keys": _numbered("kN: 1\n"),
    "the same key": _filled("a: 1\n"),
    "aliases": _numbered("kN: *a\n"),
    "anchors": _numbered("kN: &aN b\n"),
    "tags": _numbered("kN: !a b\n"),
    "curly quotes": _numbered("kN: “x”\n"),
    "keys to escape": _numbered("'/~~~~N': 1\n"),
    "long keys": _filled("k", "'", "': 1\n"),
    "a long key above many": lambda size: (
        f"'{'k' * (size // 2)}': {{" + _numbered("kN: 1, ")(size // 2) + "}\n"
    ),
    "a long app above many": lambda size: (
        f"apps: {{{'k' * (size // 2)}: {{app: telegram-bot, env: {{"
        + _numbered("TOKENN: 1, ")(size // 2)
        + "}}}\n"
    ),
    "apps": _numbered("  aN: {app: docs-site}\n", _APPS),
    "unknown apps": _numbered("  aN: {app: xN}\n", _APPS),
    "domains": _numbered("xN.a.org, ", hub_with("domains: [").rstrip("\n")),
    "the same domain": _filled("- a.a.org\n", "apps: {a: {app: docs-site, domains:\n"),
    "domains in a list": lambda size: hub_with(f"domains: [{'a.a.org, ' * (size // 9)}]"),
    "an address of a machine": _filled("0:", "apps: {a: {app: docs-site, domains: ['", "x']}}"),
    "a long host": _filled("é", "apps: {a: {app: docs-site, domains: ['", "']}}"),
    "a long login": _filled("@ ", "maintainers: ['", "x']"),
    "maintainers": _numbered("mN, ", "maintainers: ["),
    "brackets": _filled("[", "a: "),
    "braces": _filled("{a: ", "a: "),
    "dashes": _filled("- "),
    "questions": _filled("? "),
    "brackets for the other parser": _filled("[", "a: [who?, "),
    "lists for the other parser": _filled("a: [who?]\n"),
    "a mistake at the end": lambda size: _numbered("kN: v\n")(size) + "@",
    "hexadecimal": _filled("f", "apps: 0x"),
    "octal": _filled("7", "apps: 0o"),
    "decimal": _filled("9", "apps: "),
    "a fraction": _filled("9", "apps: 1."),
    "an exponent": _filled("9", "apps: 1e"),
    "spaces": _filled(" ", "name: x", "y"),
    "line breaks": _filled("\n", "a: [\n"),
    "directives": _filled("%\n"),
    "documents": _filled("---\n"),
    "control characters": _filled("\x01\n"),
    "escapes": _filled("\\u0041", 'name: "', '"'),
    "combining marks": _filled("\u0301", "name: a"),
}

_NUMBERS = ("0x" + "f" * 3580, "0o" + "7" * 4770, "9" * 4301, "-" + "9" * 5000, "1e999999999")
_ESCAPES = (r"\U00110000", r"\UFFFFFFFF", r"\uD800", r"\uDFFF\uD800", r"\0", r"\x1b[2J", r"\N\L\P")
_TEXTS = (
    *(f'"{escape}"' for escape in _ESCAPES),
    *_NUMBERS,
    *("0x110000", ".nan", "-.inf", "~", "null", "!!binary x", "&a b", "*a", "<<", "|", ">-\n"),
    *("::error::x", "##[error]x", "${{ secrets.X }}", "`x`", "<!-- -->", "[a](http://x.org)"),
    *("docs.local", "co.ke", "vercel.app", "xn--a.org", "a" * 300 + ".org", "*.a.org", "1.2.3.4"),
    *(f"{{sealed: {SEALED}}}", "{sealed: v1.x}", "123456789:" + "A" * 35, "postgres://u:p@h"),
    *("@amina", "“x”", "a: b", "[", "{", "}", "? ", "- ", "\t", "\u00a0", "\u202e", "\ufeff", ""),
)
_KEYS = (
    *("name", "maintainers", "github", "vercel", "apps", "owner", "team", "app", "domains", "env"),
    *("adopt", "sealed", "docs", "<<", "a/b~c", "''", "? x", "TELEGRAM_TOKEN", "k" * 200),
)


def _one_value(rng: random.Random) -> str:
    """A good file with one value replaced."""
    lines = GOOD.splitlines()
    number = rng.choice([n for n, line in enumerate(lines) if ": " in line])
    key = lines[number].partition(": ")[0]
    lines[number] = f"{key}: {rng.choice(_TEXTS)}"
    return "\n".join(lines) + "\n"


def _any_tree(rng: random.Random) -> str:
    return "".join(_lines(rng, 0))


def _lines(rng: random.Random, depth: int) -> Iterator[str]:
    for _ in range(rng.randint(1, 5)):
        key = rng.choice(_KEYS)
        if depth < rng.randint(0, 15):
            yield f"{'  ' * depth}{key}:\n"
            yield from _lines(rng, depth + 1)
        else:
            yield f"{'  ' * depth}{key}: {rng.choice(_TEXTS)}\n"


def _any_flow(rng: random.Random) -> str:
    """Brackets, commas and texts in no good order."""
    parts = [rng.choice((*"[]{},:?&*!|>'\"%@`#\n-", *_TEXTS)) for _ in range(rng.randint(1, 60))]
    return "a: " + "".join(parts)


def _any_encoding(rng: random.Random) -> bytes:
    encoding = rng.choice(("utf-16", "utf-32", "utf-8-sig", "latin-1", "utf-7", "cp037"))
    return GOOD.encode(encoding)


def _any_bytes(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 2000))


def _too_large(rng: random.Random) -> str:
    return "#" * (64 * 1024 + rng.randint(-1, 2))


def _in_excess(rng: random.Random) -> str:
    return rng.choice(list(LARGE.values()))(rng.choice((300, 20_000, 65_000)))


def _variables(rng: random.Random) -> str:
    return bot_with("\n".join(f"{rng.choice(_KEYS)}: {rng.choice(_TEXTS)}" for _ in range(6)))


def mutated(rng: random.Random) -> bytes:
    """A good file with some bytes changed, cut out, repeated or put in."""
    data = bytearray(GOOD.encode())
    for _ in range(rng.randint(1, 8)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 0, 1, 1, 4, 40)))
        piece = bytes(data[start:end]) * rng.randint(0, 3)
        chosen = rng.choice(_TEXTS).encode(errors="replace")
        data[start:end] = rng.choice((rng.randbytes(rng.randint(0, 4)), chosen, piece))
    return bytes(data)


SMALL: dict[str, Small] = {
    "one value": _one_value,
    "any tree": _any_tree,
    "any flow": _any_flow,
    "any encoding": _any_encoding,
    "any bytes": _any_bytes,
    "too large": _too_large,
    "in excess": _in_excess,
    "variables": _variables,
    "changed bytes": mutated,
}


def hostile(rng: random.Random, kind: str) -> bytes:
    """One file of a kind."""
    text = SMALL[kind](rng)
    return text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")
