"""What a rule is: something that can happen to the world, where it can, in so many ways."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.model.world import World

Choice = dict[str, Any]
"""The arguments of a rule: values that JSON can hold, so that a story can be kept."""
Ways = Callable[[World], Iterable[Choice]]
Act = Callable[..., object]


@dataclass(frozen=True)
class Rule:
    """`ways` are all the ways in which it can happen now; none: it cannot."""

    name: str
    kind: str
    ways: Ways
    act: Act


RULES: dict[str, Rule] = {}


def rule(kind: str, ways: Ways) -> Callable[[Act], Act]:
    """Registers the function as a rule of its name."""

    def registered(act: Act) -> Act:
        name = act.__name__
        RULES[name] = Rule(name, kind, ways, act)
        return act

    return registered


def always(*choices: Choice) -> Ways:
    return lambda _world: choices or ({},)
