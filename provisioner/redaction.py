"""Hides secrets, and makes what may leave the program: `Shown`. No I/O, no wording.

Every way out demands `Shown`, which only this module makes. No other module may hide secrets.
"""

import json
import threading
from collections.abc import Iterable
from typing import TypeVar, final

from provisioner.safetext import (
    annotation_data,
    annotation_property,
    log_line,
    markdown,
    shorten,
    terminal,
    without_commands,
)
from provisioner.secrets.forms import SHORTEST_SECRET, forms_of, without_secrets
from provisioner.values import changed

LONGEST = 10_000_000
"""Characters of one text that is shown: a whole network's state, but nothing without end."""

Value = TypeVar("Value")
_PROOF = object()


@final
class Shown:
    """Text that may leave the program: redacted, shortened, escaped for where it goes.

    Every sink demands one (`output`, comments, commit statuses). Only this module can make it.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str, proof: object) -> None:
        if proof is not _PROOF:
            raise TypeError("only `redaction` makes text that may be shown")
        self._text = text

    @property
    def text(self) -> str:
        return self._text


class Redactor:
    """Hides secrets in text: those registered, in every form they travel in, and token shapes.

    Thread-safe. Redact before shortening or escaping: half a secret, or one with a mark escaped
    in a way not foreseen here, is no longer found.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._secrets: tuple[str, ...] = ()
        self._forms: tuple[str, ...] = ()
        for secret in secrets:
            self.register(secret)

    def register(self, secret: str) -> bool:
        """Hide this value from now on. False, and nothing done, if it is too short.

        Below four characters a value is no secret, and hiding `1` or `on` wherever it stands
        would ruin every text and so give the value away.
        """
        if len(secret.strip()) < SHORTEST_SECRET:
            return False
        with self._lock:
            if secret not in self._secrets:
                self._secrets = (*self._secrets, secret)
                self._forms = tuple(_every_form(secret).union(self._forms))
        return True

    def redact(self, text: str) -> str:
        """The text with `***` for every secret.

        It is looked through twice: as it is, because an escape sequence may swallow the first
        letter of a secret, and cleaned (`terminal`), because one may split a secret in two.
        """
        cleaned = terminal(without_secrets(text, forms := self._forms))
        return text if cleaned == text else without_secrets(cleaned, forms)

    def covered(self, value: Value) -> Value:
        """The same value, redacted in every text it holds: before a renderer shortens one."""
        covered: Value = changed(value, self.redact)
        return covered

    def line(self, text: str, limit: int = LONGEST) -> Shown:
        """One line for a log, a terminal, a commit status."""
        return Shown(log_line(shorten(self.redact(text), limit)), _PROOF)

    def lines(self, text: str, limit: int = LONGEST) -> Shown:
        """Text for a log or a terminal; lines and the spaces within them are kept."""
        found = shorten(self.redact(text).rstrip("\n"), limit).split("\n")
        return Shown("\n".join(map(without_commands, found)), _PROOF)

    def drawn(self, text: str) -> Shown:
        """What rich has drawn from safe words: its colours and cursor moves are kept."""
        lines = without_secrets(text, self._forms).split("\n")
        return Shown("\n".join(map(without_commands, lines)), _PROOF)

    def json(self, document: object, indent: int | None = None) -> Shown:
        """A JSON text with the same values, but for secrets; no line of it is a command."""
        text = json.dumps(changed(document, self.value), indent=indent)
        return Shown(text.replace("##[", r"#\u0023["), _PROOF)

    def value(self, text: str) -> str:
        """As it is where it holds no secret: JSON writes what cannot be seen as escapes."""
        redacted = self.redact(text)
        return text if redacted == terminal(text) else redacted

    def markdown(self, page: str) -> Shown:
        """A page of Markdown whose foreign words are escaped already."""
        return Shown(self.redact(page), _PROOF)

    def command(self, name: str, message: str = "", **properties: str) -> Shown:
        """An order of ours to the Actions runner, such as an annotation."""
        written = [
            f"{key}={annotation_property(self.redact(text))}" for key, text in properties.items()
        ]
        head = f"{name} {','.join(written)}" if written else name
        return Shown(f"::{head}::{annotation_data(self.redact(message))}", _PROOF)

    def mask_commands(self) -> list[Shown]:
        """The lines that make the Actions runner hide every registered secret in its log."""
        lines = (line.strip() for secret in self._secrets for line in secret.splitlines())
        wanted = dict.fromkeys(line for line in lines if len(line) >= SHORTEST_SECRET)
        return [Shown(f"::add-mask::{annotation_data(line)}", _PROOF) for line in wanted]


def disclosed(text: str) -> Shown:
    """Shown as it is, because it is for the reader: a new key, a sealed value. Says so by name."""
    return Shown(text, _PROOF)


def _every_form(secret: str) -> set[str]:
    plain = terminal(secret)
    forms = forms_of(secret) | forms_of(plain) | forms_of(markdown(plain, len(plain)))
    forms.add(markdown(f"x {plain}", len(plain) + 2)[2:])  # escaped within a line, not at its start
    forms.update([terminal(form) for form in forms])  # as they stand in a cleaned text
    return {form for form in forms if len(form.strip()) >= SHORTEST_SECRET}
