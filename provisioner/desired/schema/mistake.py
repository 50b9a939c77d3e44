"""One mistake as jsonschema found it, as a plain value of known types. No words, no places."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from provisioner.desired.read.marks import escape
from provisioner.desired.schema.schemas import schema_of

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mistake:
    """`rule` is the schema's keyword, `limit` what it asks for, `given` what stands there.

    `of_name`: it is the mapping's key that is wrong, and `given` is that key.
    `inner`: for each choice of an `anyOf`, what was wrong with it.
    """

    rule: str
    limit: Any
    given: Any
    schema: dict[str, Any]
    path: Path
    of_name: bool
    inner: tuple[tuple["Mistake", ...], ...]

    @property
    def pointer(self) -> str:
        return pointer_of(self.path)

    @property
    def example(self) -> Any:
        """How it is written right; None if the schema gives no example."""
        return next(iter(self.schema.get("examples", ())), None)


def pointer_of(path: Path) -> str:
    return "".join(f"/{escape(str(part))}" for part in path)


def mistakes(kind: str, data: object) -> Iterator[Mistake]:
    """All of them, in the order of the schema."""
    return (_mistake(error) for error in _validator(kind).iter_errors(data))


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def _mistake(error: ValidationError) -> Mistake:
    return Mistake(
        rule=str(error.validator),
        limit=error.validator_value,
        given=error.instance,
        schema=dict(error.schema) if isinstance(error.schema, dict) else {},
        path=tuple(error.absolute_path),
        of_name="propertyNames" in error.relative_schema_path,
        inner=tuple(_choices(error)),
    )


def _choices(error: ValidationError) -> Iterator[tuple[Mistake, ...]]:
    if error.validator == "anyOf" and isinstance(error.validator_value, list):
        for number in range(len(error.validator_value)):
            inner = (item for item in error.context or () if item.schema_path[0] == number)
            yield tuple(_mistake(item) for item in inner)
