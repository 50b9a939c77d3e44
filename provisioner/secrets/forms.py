"""How a secret may be written, and how it is taken out of a text. No I/O, remembers nothing.

For `redaction` alone: whoever has a text to make safe goes there.
"""

import base64
import html
import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, quote_plus, urlsplit

HIDDEN = "***"
SHORTEST_SECRET = 4

_USER_INFO = r"\b(?P<scheme>[a-z][a-z0-9+.-]{1,20}://)[^\s/?#\"'<>]*@"
_TOKEN_SHAPES = re.compile(
    r"\bgh[a-z]_[A-Za-z0-9_.-]{16,}|\bgithub_pat_\w{16,}|\bvc[a-z]_\w{20,}"  # GitHub, hosts
    r"|(?<!\d)\d{6,12}(?::|%3A)[\w-]{30,}"  # Telegram, also within /bot<token>/
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\s\S]*)"
    r"|(?P<header>\bbearer\s+)(?=\S*\d|\S{20})[\w.~+/=-]{6,}"
    r"|(?P<key>\bauthorization[\"']?\s*[:=]\s*[\"']?(?:(?:basic|bearer|token)\s+)?+)[^\s\"',*]+"
    rf"|{_USER_INFO}",
    re.IGNORECASE,
)


_WEB_TOKEN = re.compile(  # of a run of letters only its first `eyJ` is tried: else n² steps
    r"(?<![\w-])(?P<before>(?>[\w-]*?\b(?=eyJ)))eyJ[\w-]{8,}+\.[\w-]{8,}+\.[\w-]*", re.IGNORECASE
)


def forms_of(secret: str) -> set[str]:
    """The secret as it may stand in an address, a payload, a traceback, a header.

    Of several lines each one counts, and of an address its password.
    """
    texts = {secret, secret.strip(), _password(secret), *secret.splitlines()}
    forms = {form for text in texts if _long_enough(text) for form in (text, *_written(text))}
    forms.update(_base64_forms(secret.encode(errors="replace")))
    return {form for form in forms if _long_enough(form)}


def _long_enough(text: str) -> bool:
    return len(text.strip()) >= SHORTEST_SECRET


def _password(secret: str) -> str:
    try:
        return urlsplit(secret).password or ""
    except ValueError:
        return ""


def _written(text: str) -> Iterator[str]:
    for ascii_only in (True, False):
        quoted = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        yield quoted
        yield quoted.replace("/", "\\/")
        yield json.dumps(quoted, ensure_ascii=ascii_only)[1:-1]
    for address in (quote(text, safe="", errors="replace"), quote(text, errors="replace")):
        yield address
        yield re.sub("%..", lambda match: match[0].lower(), address)
    yield quote_plus(text, errors="replace")
    yield repr(text)[1:-1]
    yield html.escape(text)
    yield text.encode(errors="replace").hex()


def _base64_forms(raw: bytes) -> Iterator[str]:
    """Also as a part of something longer, such as `user:secret`, at each of three alignments.

    There the first and last characters hold bits of the neighbours, so they are left out.
    """
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(raw).decode().rstrip("=")
        for shift, first in ((0, 0), (1, 2), (2, 3)):
            text = encode(b"\0" * shift + raw).decode()
            last = {0: 0, 1: 3, 2: 2}[(shift + len(raw)) % 3]
            form = text[first : len(text) - last]
            if len(form) >= 2 * SHORTEST_SECRET:
                yield form


def without_secrets(text: str, forms: Sequence[str]) -> str:
    """The text with `***` for each of the given forms and for whatever looks like a token."""
    text = _TOKEN_SHAPES.sub(_keep_label, _hide(text, forms))
    return _hide(_WEB_TOKEN.sub(rf"\g<before>{HIDDEN}", text), forms)


def _keep_label(match: re.Match[str]) -> str:
    if match["scheme"]:
        return f"{match['scheme']}{HIDDEN}@"
    return (match["header"] or match["key"] or "") + HIDDEN


def _hide(text: str, forms: Sequence[str]) -> str:
    """Until nothing is found: what stands around a hidden secret may form another one."""
    while found := [form for form in forms if form in text]:
        end, parts = 0, list[str]()
        for start, stop in _merged(sorted(_places(text, found))):
            parts += text[end:start], HIDDEN
            end = stop
        text = "".join(parts) + text[end:]
    return text


def _places(text: str, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for form in forms:
        start = text.find(form)
        while start >= 0:
            yield start, start + len(form)
            start = text.find(form, start + 1)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
