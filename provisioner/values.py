"""Values of any shape, changed in every text they hold. Knows no model and no reason."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pydantic import BaseModel


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same value after `change` of each text in it, also of the keys of mappings.

    What stays the same is the same object. A member of an enumeration is no text.
    """
    if type(value) is str:
        return change(value)
    if isinstance(value, Mapping):
        return {changed(key, change): changed(each, change) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(changed(each, change) for each in value)
    if isinstance(value, BaseModel):
        return value.model_copy(update=_different(dict(value), change))
    if is_dataclass(value) and not isinstance(value, type):
        held = {item.name: getattr(value, item.name) for item in fields(value) if item.init}
        return replace(value, **_different(held, change))
    return value


def _different(held: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    found = {name: changed(each, change) for name, each in held.items()}
    return {name: each for name, each in found.items() if each != held[name]}
