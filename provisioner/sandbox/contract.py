"""Holds every exchange with the stand-ins to the services' official API descriptions.

Both sides are judged: what a client sent (method, path, query, body, and the
name of every property) and what the stand-in answered (status, body). Without
a folder of descriptions nothing is judged. Never changes an exchange.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from provisioner.errors import ConfigurationError
from provisioner.sandbox.descriptions import Description, Operation, Schema, load
from provisioner.sandbox.deviations import Deviation, allowed, as_described, described_path
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.known_names import KnownNames

if TYPE_CHECKING:
    from openapi_schema_validator import OAS30Validator

APIS = ("github", "vercel")
MAX_SHOWN = 160

_NAMES = KnownNames()
_VALIDATORS: dict[int, "OAS30Validator"] = {}


class Contract:
    """Judges exchanges and remembers what was wrong with them. Thread-safe."""

    def __init__(self, folder: Path | None) -> None:
        self._descriptions = _read(folder) if folder else {}
        self._lock = threading.Lock()
        self._validated = 0
        self._violations: list[str] = []

    def check(self, api: str, request: Request, answer: Answer | None) -> None:
        """Judge an exchange; with `answer` None only the request."""
        description = self._descriptions.get(api)
        if description is None:
            return
        found = list(_judge(api, description, request, answer))
        with self._lock:
            self._validated += 1
            self._violations += found

    def note(self, sentence: str) -> None:
        """Put something on record that is wrong whatever a description says."""
        with self._lock:
            self._violations.append(sentence)

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {"validated": self._validated, "violations": list(self._violations)}


def _read(folder: Path) -> dict[str, Description]:
    try:
        import openapi_schema_validator  # noqa: F401, PLC0415 - a tool of tests, not of users
    except ImportError:
        raise ConfigurationError(
            "Exchanges cannot be held to the API descriptions: a package is not installed.",
            "Install openapi-schema-validator, or leave the folder of descriptions out.",
        ) from None
    try:
        return {api: load(folder / f"{api}.json") for api in APIS}
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no API description {error.filename}.",
            "Name the folder that holds github.json and vercel.json.",
        ) from None


def _judge(
    api: str, description: Description, request: Request, answer: Answer | None
) -> Iterator[str]:
    path = described_path(api, request.path)
    operation = description.find(request.method, path)
    if operation is None:
        known = "the method is not described" if description.knows_path(path) else "no such path"
        yield f"{api}: {request.method} {request.path}: {known}"
        return
    place = f"{api}: {operation}"
    yield from (f"{place}: request: {one}" for one in _request(operation, request))
    if answer is not None:
        yield from (f"{place}: {one}" for one in _answer(api, description, operation, answer))


def _request(operation: Operation, request: Request) -> Iterator[str]:
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    for name, text in query.items():
        if name not in operation.query:
            yield f"query parameter `{name}` is not described"
        else:
            schema = operation.query[name]
            yield from _prefixed(f"query `{name}`: ", _invalid(schema, _from_text(schema, text)))
    for name in operation.required_query - query.keys():
        yield f"query parameter `{name}` is missing"
    yield from _body(operation, request)


def _body(operation: Operation, request: Request) -> Iterator[str]:
    if not request.body:
        if operation.body_required:
            yield "the body is missing"
        return
    schema = operation.body.get("application/json")
    value = _parsed(request.body)
    if schema is None:
        if value != {}:
            yield "sends a body where none is described"
        return
    yield from _prefixed("body: ", _invalid(schema, value))
    yield from (f"body: `{one}` is not described" for one in _NAMES.unknown(schema, value))


def _answer(
    api: str, description: Description, operation: Operation, answer: Answer
) -> Iterator[str]:
    place = f"answer {answer.status}"
    contents = operation.responses.get(answer.status)
    deviation = allowed(api, str(operation), answer.status) if contents is None else None
    if contents is None and deviation is None:
        yield f"{place}: the status is not described"
        return
    schema = _answer_schema(description, contents, deviation, answer)
    if schema is None:
        if answer.body and answer.status < 300 and not (contents or deviation):
            yield f"{place}: has a body where none is described"
        return
    value = as_described(api, str(operation), _parsed(answer.body))
    yield from _prefixed(f"{place}: ", _invalid(schema, value))
    names = _NAMES.unknown(schema, value)
    yield from (f"{place}: `{one}` is not described" for one in names if not _is_extra(answer, one))


def _is_extra(answer: Answer, name: str) -> bool:
    """GitHub repeats the status in every error; some of its descriptions of errors omit that."""
    return answer.status >= 400 and name == "status"


def _answer_schema(
    description: Description,
    contents: Mapping[str, Schema] | None,
    deviation: Deviation | None,
    answer: Answer,
) -> Schema | None:
    if contents is None:
        return description.schemas.get(deviation.schema) if deviation else None
    media = answer.header("Content-Type").split(";")[0].strip()
    return contents.get(media) or next(iter(contents.values()), None)


def _invalid(schema: Schema, value: Any) -> Iterator[str]:
    """What is wrong with a value, the most telling things first."""
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - only where tools are installed

    validator = _validator(schema)
    if validator.is_valid(value):
        return
    error = best_match(validator.iter_errors(value))
    where = ".".join(str(part) for part in error.absolute_path) or "the whole"
    message = error.message
    shown = message if len(message) <= MAX_SHOWN else f"…{message[-MAX_SHOWN:]}"
    yield f"`{where}`: {shown}"


def _validator(schema: Schema) -> "OAS30Validator":
    from openapi_schema_validator import (  # noqa: PLC0415 - a tool of tests, not of users
        OAS30Validator,
        oas30_format_checker,
    )

    if id(schema) not in _VALIDATORS:
        _VALIDATORS[id(schema)] = OAS30Validator(schema, format_checker=oas30_format_checker)
    return _VALIDATORS[id(schema)]


def _from_text(schema: Schema, text: str) -> Any:
    """A query parameter as the type that its schema names."""
    kinds = {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}
    if kinds & {"integer", "number"} and text.lstrip("-").isdecimal():
        return int(text)
    if "boolean" in kinds and text in {"true", "false"}:
        return text == "true"
    if "array" in kinds and "string" not in kinds:
        return text.split(",")
    return text


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _prefixed(prefix: str, sentences: Iterator[str]) -> Iterator[str]:
    return (prefix + sentence for sentence in sentences)
