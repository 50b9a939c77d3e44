"""Where text leaves the process: stdout, stderr, the log, the page of an Actions job.

Every way out takes `Shown`; no other module of ours prints. It words nothing and
hides nothing by itself. Comments and commit statuses leave through
`github.network_repository`, which demands the same.
"""

import contextlib
import io
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import click

from provisioner.redaction import Redactor, Shown

SECRET_NAMES = (
    "GITHUB_TOKEN",
    "PROVISIONER_GITHUB_TOKEN",
    "PROVISIONER_SEALING_KEY",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
)
SECRET_ENDING = "_TOKEN"  # noqa: S105 - no secret, but the names of those that are
"""Of variables that hold a secret: each host's token is one."""
SHORTEST_TOKEN = 8
"""Of a variable known by its ending only: `X_TOKEN=true` is no reason to hide every `true`."""
SUMMARY = "GITHUB_STEP_SUMMARY"

Say = Callable[[Shown], None]


def echo(shown: Shown) -> None:
    """The result of a command."""
    click.echo(shown.text)


def complain(shown: Shown) -> None:
    """The log: everything that is not the result."""
    click.echo(shown.text, err=True)


def append_summary(shown: Shown, environ: Mapping[str, str]) -> None:
    """The page of the Actions job, where there is one."""
    path = environ.get(SUMMARY)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(shown.text)


def redactor_of(environ: Mapping[str, str], redactor: Redactor | None = None) -> Redactor:
    """One that knows every secret of the environment, on top of what it knows already."""
    knowing = redactor or Redactor()
    for name in secret_names(environ):
        least = 0 if name in SECRET_NAMES else SHORTEST_TOKEN
        for secret in environ[name].split():
            if len(secret) >= least:
                knowing.register(secret)
    return knowing


def secret_names(environ: Mapping[str, str]) -> list[str]:
    """The variables of the environment that hold secrets."""
    return [name for name in environ if name in SECRET_NAMES or name.endswith(SECRET_ENDING)]


class SafeHandler(logging.Handler):
    """Writes records redacted, their exceptions and stacks too; fails silently and never raw."""

    def __init__(self, redactor: Redactor, say: Say = complain) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        self._redactor = redactor
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError, ValueError):  # a closed stream stops nobody
            self._say(self._redactor.lines(self._formatted(record)))

    def _formatted(self, record: logging.LogRecord) -> str:
        try:
            return self.format(record)
        except (TypeError, ValueError):  # arguments that do not fit lose no message
            return f"{record.levelname}: {record.msg} {record.args!r}"


class SafeStream(io.TextIOBase):
    """A stream for rich, which draws by itself: what passes is redacted and no runner command.

    Only whole lines can be judged, so the beginning of one waits for its end; what moves on a
    terminal is flushed by every drawing.
    """

    def __init__(self, stream: TextIO, redactor: Redactor) -> None:
        self._stream = stream
        self._redactor = redactor
        self._waiting = ""

    def write(self, text: str) -> int:
        whole, line_end, rest = (self._waiting + text).rpartition("\n")
        self._waiting = rest
        if line_end:
            self._stream.write(self._redactor.drawn(whole).text + line_end)
        return len(text)

    def flush(self) -> None:
        if self._waiting:
            self._stream.write(self._redactor.drawn(self._waiting).text)
            self._waiting = ""
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def writable(self) -> bool:
        return True


def guard(redactor: Redactor) -> None:
    """From now on also what nobody foresaw leaves the process redacted: errors of threads and
    of finalizers, warnings, and the logs of libraries that no handler of ours listens to."""

    def show(error: BaseException | None) -> None:
        if error is not None:
            complain(redactor.lines("".join(traceback.format_exception(error))))

    def on_error(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        show(error)

    def on_warning(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        complain(redactor.line(f"warning: {category.__name__}: {message}"))

    sys.excepthook = on_error
    threading.excepthook = lambda failed: show(failed.exc_value)
    sys.unraisablehook = lambda failed: show(failed.exc_value)
    warnings.showwarning = on_warning
    logging.lastResort = SafeHandler(redactor)
    logging.lastResort.setLevel(logging.WARNING)
    logging.raiseExceptions = False
