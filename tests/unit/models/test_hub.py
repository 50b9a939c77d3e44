"""The limits of a hub file, each at its edge."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from provisioner.models.hub import (
    APP_ID_PATTERN,
    HOST_NAME_PATTERN,
    HUB_ID_PATTERN,
    LOGIN_PATTERN,
    MAX_APPS,
    MAX_DOMAINS,
    MAX_MAINTAINERS,
    MAX_VALUE_LENGTH,
    MAX_VARIABLES,
    SEALED_PATTERN,
    TEAM_PATTERN,
    TITLE_PATTERN,
    VALUE_PATTERN,
    VARIABLE_NAME_PATTERN,
    Hub,
)

LABEL = "a" * 63
LONGEST = f"{LABEL}.{LABEL}.{LABEL}.{'a' * 61}"
FITTING = {
    HUB_ID_PATTERN: ("abc", "a-1", "a" * 40),
    APP_ID_PATTERN: ("a", "a1", "a-b", "a" * 20),
    LOGIN_PATTERN: ("A", "1", "a-B", "a" * 39),
    TEAM_PATTERN: ("a", "1-", "a" * 48),
    HOST_NAME_PATTERN: ("a.bc", "x1.a-b.org", LONGEST),
    VARIABLE_NAME_PATTERN: ("A", "a_1", "A" * 100),
    SEALED_PATTERN: ("v1.AbCd_-12." + "A" * 64, "v1.AbCd_-12." + "A" * 40_000),
    TITLE_PATTERN: ("x", " x ", "Ñairobi 🌍"),
    VALUE_PATTERN: ("", "a\nb"),
}
UNFIT = {
    HUB_ID_PATTERN: ("ab", "1ab", "ab-", "a--b", "Abc", "a" * 41, "abc\n"),
    APP_ID_PATTERN: ("", "1", "a-", "a--b", "A", "a" * 21, "a\n"),
    LOGIN_PATTERN: ("", "-a", "a-", "a--b", "a" * 40, "a\n"),
    TEAM_PATTERN: ("", "-a", "A", "a" * 49, "a\n"),
    HOST_NAME_PATTERN: ("org", "a.b", "a..org", "-a.org", "a-.org", "a.1b", "A.org", "a" + LONGEST),
    VARIABLE_NAME_PATTERN: ("", "1A", "A-B", "_A", "A" * 101, "A\n"),
    SEALED_PATTERN: (
        "v2.AbCd_-12." + "A" * 64,
        "v1.AbCd_-1." + "A" * 64,
        "v1.AbCd_-12." + "A" * 63,
        "v1.AbCd_-12." + "A" * 40_001,
    ),
    TITLE_PATTERN: ("", "  ", "a\nb", "a\x7fb", "x\n"),
    VALUE_PATTERN: ("a\0",),
}
GOOD: dict[str, Any] = {
    "name": "Nairobi",
    "maintainers": ["amina-k"],
    "apps": {"docs": {"app": "docs-site"}},
}


@pytest.mark.parametrize(
    ("pattern", "text"), [(each, text) for each, texts in FITTING.items() for text in texts]
)
def test_what_a_name_may_be(pattern: str, text: str) -> None:
    assert re.search(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"), [(each, text) for each, texts in UNFIT.items() for text in texts]
)
def test_what_a_name_may_not_be(pattern: str, text: str) -> None:
    assert not re.search(pattern, text)


def hub(**changes: Any) -> Hub:
    return Hub.model_validate({**GOOD, **changes})


def app(**settings: Any) -> Hub:
    return hub(apps={"docs": {"app": "docs-site", **settings}})


def names(number: int) -> list[str]:
    return [f"a{each}" for each in range(number)]


def test_what_is_left_out_is_the_networks_or_nothing() -> None:
    found = hub()
    assert found.github is None
    docs = found.apps["docs"]
    assert (docs.domains, docs.env, docs.adopt) == ((), {}, False)


@pytest.mark.parametrize("most", [True, False], ids=["the most", "one more"])
def test_lists_and_groups_have_their_most(most: bool) -> None:
    more = 0 if most else 1
    given: list[Callable[[], Hub]] = [
        lambda: hub(maintainers=names(MAX_MAINTAINERS + more)),
        lambda: hub(apps={name: {"app": "docs-site"} for name in names(MAX_APPS + more)}),
        lambda: app(domains=[f"{name}.org" for name in names(MAX_DOMAINS + more)]),
        lambda: app(env=dict.fromkeys(names(MAX_VARIABLES + more), "x")),
        lambda: app(env={"A": "x" * (MAX_VALUE_LENGTH + more)}),
        lambda: hub(name="x" * (100 + more)),
    ]
    for each in given:
        if most:
            each()
        else:
            with pytest.raises(ValidationError):
                each()


@pytest.mark.parametrize("changes", [{"maintainers": []}, {"apps": {}}, {"odd": 1}])
def test_a_hub_has_people_and_apps_and_nothing_that_is_not_known(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        hub(**changes)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        hub().name = "Other"  # type: ignore[misc]
