"""What a remote service answered, as a value or as an error; sends nothing, knows no API.

Every failure is a `RemoteError` that says what it did to the world: a read
never does anything; a write that was refused did nothing; a write whose answer
was lost, or that answered 5xx, is `unknown`; a write that answered 2xx in a
form we cannot read has `happened`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isnan
from typing import Any, TypeVar

from pydantic import ValidationError

from provisioner.errors import Effect, RemoteError, TokenRefused, UnexpectedResponse, Unreachable
from provisioner.foreign_json import json_of
from provisioner.safetext import shorten

Model = TypeVar("Model")

SAFE_METHODS = frozenset({"GET", "HEAD"})
MOST_WAIT = 86_400.0
MOST_SAID = 1000
MOST_CODE = 100
MOST_FIELD = 200


@dataclass(frozen=True)
class Answer:
    """An answer with its body read in full. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    text: str = field(repr=False)


@dataclass(frozen=True)
class Call:
    """What a failure needs to know of its request; `label` holds no secret."""

    service: str
    method: str
    label: str

    @property
    def reads(self) -> bool:
        return self.method in SAFE_METHODS


def lost(call: Call, reason: str, *, sent: bool) -> RemoteError:
    """The request got no usable answer; `sent` unless it surely never left."""
    kind = RemoteError if sent else Unreachable
    return kind(
        f"{call.service} did not answer {call.label}: {reason}",
        OFTEN_PASSES,
        service=call.service,
        effect=Effect.NONE if call.reads or not sent else Effect.UNKNOWN,
    )


def refused(
    call: Call,
    answer: Answer,
    *,
    message: str,
    code: str = "",
    now: datetime,
    body: object = None,
    token_refused: bool = False,
    wait: float | None = None,
) -> RemoteError:
    """The service answered with a status that says no.

    `wait` is what it says elsewhere than in `Retry-After` of when to come back.
    """
    message, code = _in_whole_words(message, MOST_SAID), shorten(code, MOST_CODE)
    unsure = answer.status >= 500 and not call.reads
    kind = TokenRefused if token_refused or answer.status == 401 else RemoteError
    asked = retry_after(answer.headers, now)
    asked = believable(wait) if asked is None and wait is not None else asked
    said = (
        f"{call.service} answered {answer.status} to {call.label}: {message or 'no reason given'}"
    )
    limited = asked is not None and answer.status < 500
    return kind(
        f"{call.service} takes no more requests for now" if limited else said,
        WAIT_FOR_LIMIT if limited else OFTEN_PASSES if answer.status >= 500 else "",
        service=call.service,
        effect=Effect.UNKNOWN if unsure else Effect.NONE,
        status=answer.status,
        code=code,
        retry_after=asked,
        body=body,
        said=message,
    )


def _in_whole_words(text: str, limit: int) -> str:
    """At most `limit` characters and no word cut in two: the half of a secret is not known again
    by whoever hides secrets later."""
    if len(text) <= limit:
        return text
    kept, space, _ = text[: limit - 1].rpartition(" ")
    return f"{kept}{space}…"


OFTEN_PASSES = "This often passes by itself; run it again in a few minutes."
WAIT_FOR_LIMIT = (
    "Nothing is needed: a limit of the service is used up, and the provisioner goes on by itself "
    "once it may."
)


def renew(token_name: str) -> str:
    """What to do about a token that is not accepted."""
    return f"{token_name} is not accepted: make a new token as docs/set-up.md says and set it."


def decoded(call: Call, answer: Answer) -> Any:
    """The JSON of a good answer. Raises `UnexpectedResponse`.

    An empty body is `None` after a write. To a read it is no answer: callers
    take `None` for "there is none", and would act on it.
    """
    try:
        payload = json_of(answer.text) if answer.text else None
    except ValueError:
        raise unexpected(call, "an answer that is not JSON", answer.status) from None
    if payload is None and call.reads:
        raise unexpected(call, "an empty answer", answer.status)
    return payload


def unexpected(call: Call, what: str, status: int | None = None) -> UnexpectedResponse:
    """A good status with a body we cannot use: whatever was asked for has happened."""
    return UnexpectedResponse(
        f"{call.service} gave {what} to {call.label}",
        "If this stays, the service has changed; please report it.",
        service=call.service,
        effect=Effect.NONE if call.reads else Effect.HAPPENED,
        status=status,
    )


def too_long(call: Call, status: int) -> UnexpectedResponse:
    return unexpected(call, "an answer of too many bytes", status)


def cut_list(call: Call, items: int) -> RemoteError:
    """A list of more items than are read: what is not among them may be there all the same.

    A status that no time fixes, so that nobody asks for the same pages again.
    """
    return RemoteError(
        f"{call.service} has more than {items:,} items at {call.label}, and no more are read",
        "Whether one is missing cannot be told from so long a list: shorten it.",
        service=call.service,
        effect=Effect.NONE,
        status=200,
    )


def parsed(call: Call, payload: Any, parse: Callable[[Any], Model]) -> Model:
    """`parse(payload)`; a missing or mistyped field is an `UnexpectedResponse` that names it.

    Only the field's name is said: the rest of the payload may hold what nobody may see.
    """
    try:
        return parse(payload)
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        OSError,
        RecursionError,
    ) as error:
        raise unexpected(call, _lacking(payload, error)) from None


def part(payload: Any, *names: str) -> Any:
    """What stands at `names` in nested JSON objects; `KeyError` with the whole path if nothing."""
    for depth, name in enumerate(names, 1):
        if not isinstance(payload, Mapping) or name not in payload:
            raise KeyError(".".join(names[:depth]))
        payload = payload[name]
    return payload


def _lacking(payload: Any, error: Exception) -> str:
    if payload is None:
        return "an empty answer"
    if isinstance(error, KeyError):
        return f"an answer without `{error.args[0]}`"
    if isinstance(error, ValidationError):
        where = error.errors(include_input=False, include_url=False)[0]["loc"]
        return f"an answer with an unusable `{_field(where)}`"
    return "an answer of another form than it promises"


def _field(where: tuple[int | str, ...]) -> str:
    """Names of a payload may be foreign ones."""
    return shorten(".".join(str(item) for item in where), MOST_FIELD)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until the service wants to be asked again: `Retry-After` as seconds or a date."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return believable(float(value))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return believable((moment - now).total_seconds())


def wait_until(moment: object, now: datetime, per_second: int = 1) -> float | None:
    """Seconds until a time in (parts of) seconds since the epoch; `None` for what is no number."""
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return None
    if isinstance(moment, float) and isnan(moment):
        return None
    latest = (now.timestamp() + MOST_WAIT) * per_second  # a number may be too large to divide
    return believable(max(min(moment, latest), 0) / per_second - now.timestamp(), least=1.0)


def believable(seconds: float, least: float = 0.0) -> float:
    """A wait of at most a day, whatever the service says: by then it is asked again anyway."""
    return min(max(seconds, least), MOST_WAIT)
