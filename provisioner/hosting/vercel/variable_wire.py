"""Environment variables between Vercel's payloads and our models. Pure: no I/O.

An answer about variables may echo their values: only names that were sent and
Vercel's codes are taken from a refusal, never its text.
"""

from collections.abc import Collection
from typing import Any

from provisioner.answers import part
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel.wire import moment
from provisioner.models.remote import Variable, VariableSetting

TARGETS = ("production", "preview")


def variable(payload: Any) -> Variable:
    targets = payload.get("target") or ()
    return Variable(
        id=part(payload, "id"),
        key=part(payload, "key"),
        targets=(targets,) if isinstance(targets, str) else tuple(targets),
        secret=part(payload, "type") == "sensitive",
        comment=payload.get("comment") or "",
        updated_at=moment(payload.get("updatedAt") or payload.get("createdAt") or 0),
    )


def variable_body(setting: VariableSetting) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": setting.value,
        "type": "sensitive" if setting.secret else "encrypted",
        "target": list(TARGETS),
        "comment": setting.comment,
    }


def refused_in(payload: Any, sent: Collection[str]) -> dict[str, str]:
    """The variables that an answer refuses one by one, each with Vercel's code."""
    failed = payload.get("failed") or ()
    errors = [item.get("error") or {} for item in failed]
    return {_name(error, sent): _code(error.get("code")) for error in errors}


def some_refused(refused: dict[str, str]) -> RemoteError:
    """What a good answer with refusals in it amounts to: the others were set."""
    return _refusal(refused, Effect.HAPPENED)


def without_values(error: RemoteError, sent: Collection[str]) -> RemoteError:
    """The same error without any text of Vercel's; a refusal of a variable as such."""
    if not error.said and error.body is None:  # the words are our own
        return error
    if isinstance(error, HostProblem):
        return HostProblem(_bare(error, _code(error.code)), error.problem)
    code = _code(error.code)
    refused = _refused(error.body, code, sent) if error.status == 400 else {}
    if refused:
        return _refusal(refused, error.effect)
    return _bare(error, code)


def _bare(error: RemoteError, code: str) -> RemoteError:
    limited = error.retry_after is not None and (error.status or 500) < 500
    said = f"Vercel answered {error.status} to the variables ({code})"
    kind = RemoteError if isinstance(error, HostProblem) else type(error)
    return kind(
        error.message if limited else said,
        error.hint,
        service=error.service,
        effect=error.effect,
        status=error.status,
        code=code,
        retry_after=error.retry_after,
    )


def _refused(body: object, code: str, sent: Collection[str]) -> dict[str, str]:
    """What a refusal of the whole request says of single variables, in either of its forms."""
    if not isinstance(body, dict):
        return {}
    one = {_name(body, sent): code}
    try:
        every = refused_in(body, sent)
    except (AttributeError, TypeError):
        every = {}
    return {name: code for name, code in {**every, **one}.items() if name}


def _refusal(refused: dict[str, str], effect: Effect) -> RemoteError:
    said = ", ".join(f"{name or 'a variable'} ({code})" for name, code in sorted(refused.items()))
    error = RemoteError(f"Vercel did not take {said}", service="Vercel", effect=effect, status=400)
    return HostProblem(error, Problem.VARIABLES_REFUSED, variables=refused)


def _name(error: Any, sent: Collection[str]) -> str:
    name = error.get("envVarKey") or error.get("key")
    return name if isinstance(name, str) and name in sent else ""


def _code(code: object) -> str:
    """A code is one word of letters; anything else could be an echo."""
    text = str(code or "")
    plain = text.replace("_", "").replace("-", "")
    return text if plain.isascii() and plain.isalnum() and len(text) <= MOST_CODE else "refused"


MOST_CODE = 40
