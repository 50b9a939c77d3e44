"""A sandbox with the official descriptions: lies on either side of it do not go unseen."""

import json
import time
from pathlib import Path

import pytest

from provisioner.sandbox.contract import Contract
from provisioner.sandbox.descriptions import load
from provisioner.sandbox.deviations import DEVIATIONS, allowed
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.undescribed import UNDESCRIBED
from tests.unit.sandbox.client import NETWORK, github


def test_a_wrong_property_from_a_client_is_a_violation_even_where_github_would_take_it(
    specs: Path,
) -> None:
    with Sandbox(specs=specs) as sandbox:
        answer = github(sandbox, maintainer=True).post(
            f"{NETWORK}/issues/1/comments", json={"body": "Hello", "in_reply_to": 7}
        )
        report = sandbox.control.contract()

    assert answer.status_code == 404
    assert report["violations"] == [
        "github: POST /repos/{owner}/{repo}/issues/{issue_number}/comments: request: "
        "body: `in_reply_to` is not described"
    ]


def test_a_wrong_property_in_an_answer_of_the_stand_in_is_a_violation(specs: Path) -> None:
    with Sandbox(specs=specs) as sandbox:
        true = github(sandbox).get(NETWORK)
    contract = Contract(specs)
    planted = {**true.json(), "forkz": 1}
    headers = (("Content-Type", "application/json"),)
    answer = Answer(200, headers, json.dumps(planted).encode())

    contract.check("github", Request("GET", NETWORK, "", {}), answer)

    assert contract.report()["violations"] == [
        "github: GET /repos/{owner}/{repo}: answer 200: `forkz` is not described"
    ]


@pytest.mark.parametrize("left_out", ["default_branch", "owner", "fork"])
def test_an_answer_that_lacks_what_is_promised_is_a_violation(specs: Path, left_out: str) -> None:
    with Sandbox(specs=specs) as sandbox:
        body = github(sandbox).get(NETWORK).json()
    del body[left_out]
    contract = Contract(specs)

    contract.check(
        "github", Request("GET", NETWORK, "", {}), Answer(200, (), json.dumps(body).encode())
    )

    (violation,) = contract.report()["violations"]
    assert f"'{left_out}' is a required property" in violation


def test_an_operation_that_the_stand_in_does_not_offer_is_a_violation(specs: Path) -> None:
    with Sandbox(specs=specs) as sandbox:
        github(sandbox).get(f"{NETWORK}/deployments")
        (violation,) = sandbox.control.contract()["violations"]

    assert violation == "github: the stand-in has no GET /repos/example-network/hubs/deployments"


def test_requests_to_a_stand_in_that_is_made_to_fail_are_judged_but_its_answers_are_not(
    specs: Path,
) -> None:
    with Sandbox(specs=specs) as sandbox:
        sandbox.control.add_faults({"kind": "wrong-type", "times": "forever"})
        github(sandbox).get(NETWORK)
        assert sandbox.control.contract() == {"validated": 1, "violations": []}
        github(sandbox).get(f"{NETWORK}?fields=all")
        (violation,) = sandbox.control.contract()["violations"]

    assert "query parameter `fields` is not described" in violation


def test_every_excuse_is_for_something_that_the_descriptions_really_lack(specs: Path) -> None:
    for api in ("github", "vercel"):
        operations = list(load(specs / f"{api}.json").operations())
        for one in DEVIATIONS:
            if one.api == api:
                excused = [
                    str(each)
                    for each in operations
                    if one.status not in each.responses and allowed(api, str(each), one.status)
                ]
                assert excused, f"{one.status} for {one.operations}: the descriptions have it"


def test_every_operation_that_is_added_is_one_that_the_descriptions_really_lack(
    specs: Path,
) -> None:
    for one in UNDESCRIBED:
        told = json.loads((specs / f"{one.api}.json").read_text(encoding="utf-8"))["paths"]
        known = load(specs / f"{one.api}.json")

        assert one.method not in told.get(one.template, {}), f"{one.template} is described"
        assert one.source
        assert known.find(one.method.upper(), one.template) is not None


@pytest.mark.parametrize("planted", [{"type": "github"}, {"type": "github", "repo": "a/b", "x": 1}])
def test_what_is_sent_to_an_added_operation_is_judged_too(
    specs: Path, planted: dict[str, object]
) -> None:
    contract = Contract(specs)
    body = json.dumps(planted).encode()

    contract.check("vercel", Request("POST", "/v9/projects/a/link", "", {}, body), None)

    assert contract.report()["violations"]


def test_judging_an_exchange_costs_a_fraction_of_a_millisecond(specs: Path) -> None:
    with Sandbox(specs=specs) as sandbox:
        body = github(sandbox).get(NETWORK).content
    contract = Contract(specs)
    request = Request("GET", NETWORK, "", {})
    contract.check("github", request, Answer(200, (), body))

    began = time.process_time()
    for number in range(100):
        contract.check("github", request, Answer(200, (), body + b" " * number))

    assert time.process_time() - began < 0.5
