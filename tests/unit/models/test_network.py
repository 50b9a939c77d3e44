"""The network's own settings: what is left out, and the edges of its limits."""

from typing import Any

import pytest
from pydantic import ValidationError

from provisioner.models.hub import MAX_APPS
from provisioner.models.network import Limits, Network

LEAST: dict[str, Any] = {"name": "N", "owner": "a", "team": "a", "maintainers": ["m"]}


def network(**more: Any) -> Network:
    return Network.model_validate({**LEAST, **more})


def test_what_is_left_out_has_a_usual_value() -> None:
    found = network()
    assert (found.sealing_key, found.accounts) == (None, {})
    assert (found.limits.apps_per_hub, found.limits.removals_at_once) == (5, 3)


@pytest.mark.parametrize(
    ("field", "least", "most"), [("apps_per_hub", 1, MAX_APPS), ("removals_at_once", 0, None)]
)
def test_limits_have_limits(field: str, least: int, most: int | None) -> None:
    assert getattr(Limits.model_validate({field: least}), field) == least
    with pytest.raises(ValidationError):
        Limits.model_validate({field: least - 1})
    if most is None:
        assert getattr(Limits.model_validate({field: 10_000}), field) == 10_000
    else:
        assert getattr(Limits.model_validate({field: most}), field) == most
        with pytest.raises(ValidationError):
            Limits.model_validate({field: most + 1})


@pytest.mark.parametrize(
    "good",
    [
        {"sealing_key": "A" * 43},
        {"accounts": {"Riverside": ["nairobi", "kisumu"]}},
        {"accounts": {"a" * 48: []}},
        {"name": "x" * 100},
    ],
)
def test_what_it_may_say(good: dict[str, Any]) -> None:
    network(**good)


@pytest.mark.parametrize(
    "bad",
    [
        {"maintainers": []},
        {"sealing_key": "A" * 42},
        {"sealing_key": "A" * 44},
        {"accounts": {"-a": ["nairobi"]}},
        {"accounts": {"a" * 49: ["nairobi"]}},
        {"accounts": {"a": ["N"]}},
        {"name": "x" * 101},
        {"odd": 1},
    ],
)
def test_what_it_may_not_say(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        network(**bad)
