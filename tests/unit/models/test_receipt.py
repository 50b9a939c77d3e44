"""A receipt may come from anywhere: each of its fields is bounded, and its names are the hub's."""

from typing import Any

import pytest
from pydantic import ValidationError

from provisioner.models.hub import MAX_APPS
from provisioner.models.receipt import MOST_DOMAINS, Receipt
from tests.unit.receipts.receipts import RECEIPT

GOOD: dict[str, Any] = RECEIPT.model_dump(mode="json")
APP: dict[str, Any] = GOOD["apps"][0]


def receipt(**changes: Any) -> Receipt:
    return Receipt.model_validate({**GOOD, **changes})


def run(**changes: Any) -> Receipt:
    return receipt(run={**GOOD["run"], **changes})


def app(**changes: Any) -> Receipt:
    return receipt(apps=[{**APP, **changes}])


def apps(number: int) -> list[dict[str, Any]]:
    names = [f"a{each}" for each in range(number)]
    return [
        {
            **APP,
            "id": name,
            "repository": {**APP["repository"], "name": f"nairobi--{name}"},
            "project": {**APP["project"], "name": f"nairobi--{name}"},
        }
        for name in names
    ]


def domains(number: int) -> list[str]:
    return [f"a{each}.example.org" for each in range(number)]


def test_what_we_write_can_be_read() -> None:
    assert receipt() == RECEIPT
    assert RECEIPT.apps[0].repository.full_name == "nairobi-commons/nairobi--docs"


@pytest.mark.parametrize(
    "changes",
    [
        {"pull_request": None},
        {"pull_request": 1},
        {"pull_request": 2**31 - 1},
        {"hub_file_commit": None},
        {"hub_file_commit": "a" * 64},
        {"actions_run": None},
        {"id": "a" * 100},
    ],
)
def test_what_a_run_may_say(changes: dict[str, Any]) -> None:
    run(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "waiting"},
        {"pull_request": 0},
        {"pull_request": 2**31},
        {"hub_file_commit": "a" * 41},
        {"hub_file_commit": "a" * 40 + "\n"},
        {"plan_digest": "a" * 63},
        {"started_at": "2026-03-03T14:02:00"},
        {"actions_run": "javascript:x"},
        {"actions_run": "https://a b"},
        {"actions_run": "https://" + "a" * 500},
        {"id": "a" * 101},
        {"id": "a b"},
    ],
)
def test_what_a_run_may_not_say(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        run(**changes)


def test_so_many_apps_and_domains_are_taken() -> None:
    receipt(apps=apps(MAX_APPS))
    app(domains=domains(MOST_DOMAINS))
    for unfit in ([], apps(MAX_APPS + 1)):
        with pytest.raises(ValidationError):
            receipt(apps=unfit)
    with pytest.raises(ValidationError):
        app(domains=domains(MOST_DOMAINS + 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"repository": {**APP["repository"], "name": "kisumu--docs"}},
        {"project": {**APP["project"], "name": "kisumu--docs"}},
        {"id": "wiki"},
    ],
)
def test_a_name_that_is_not_the_hubs_own_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="not this hub's"):
        app(**changes)


def test_an_app_is_listed_once() -> None:
    with pytest.raises(ValidationError, match="listed twice"):
        receipt(apps=[APP, APP])


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"network": "a"},
        {"network": "a/.b"},
        {"hub": "N"},
        {"versions": {"provisioner": "0.1.0", "journal": 0}},
        {"versions": {"provisioner": "0.1.0", "journal": 1000}},
        {"versions": {"provisioner": "a b", "journal": 4}},
        {"odd": 1},
    ],
)
def test_nothing_else_is_a_receipt(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        receipt(**changes)
