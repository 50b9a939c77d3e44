"""The host's stand-in against the official description; and that lies would be caught."""

import json

import pytest

from provisioner.sandbox.contract import Contract
from provisioner.sandbox.descriptions import load
from provisioner.sandbox.deviations import described_path
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.vercel.api import ROUTES
from provisioner.sandbox.vercel.calls import Route
from tests.unit.sandbox.host import NAME, TEAM, Host, specifications

needs_descriptions = pytest.mark.skipif(
    specifications() is None,
    reason="PROVISIONER_API_SPECS does not name the folder of API descriptions",
)


@needs_descriptions
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_described(route: Route) -> None:
    folder = specifications()
    assert folder is not None

    description = load(folder / "vercel.json")

    assert description.find(route.method, described_path("vercel", route.path)) is not None


@needs_descriptions
def test_the_life_of_a_project_is_validated_exchange_by_exchange(host: Host) -> None:
    host.live()
    host.set_variable("SITE_TITLE", "Nairobi")
    host.attach("docs.nairobi.example.org")
    host.config("docs.nairobi.example.org")

    assert host.contract.report() == {"validated": 5, "violations": []}


@needs_descriptions
@pytest.mark.parametrize(
    "planted",
    [b'{"id": "prj_1"}', b'{"error": 1}', b"[]", b"not json"],
)
def test_an_answer_that_is_not_as_described_is_caught(planted: bytes) -> None:
    contract = Contract(specifications())
    asked = Request("GET", f"/v9/projects/{NAME}", f"slug={TEAM}", {})
    headers = (("Content-Type", "application/json"),)

    contract.check("vercel", asked, Answer(200, headers, planted))

    assert contract.report()["violations"]


@needs_descriptions
def test_an_unlisted_property_is_excused_only_where_it_is_known(host: Host) -> None:
    contract = Contract(specifications())
    host.live()
    for path in (f"/v9/projects/{NAME}", f"/v6/domains/{NAME}.vercel.app/config"):
        seen = host.get(path).body
        body = {**seen, "nameservers": []}
        asked = Request("GET", path, "", {})
        contract.check("vercel", asked, Answer(200, (), json.dumps(body).encode()))

    (violation,) = contract.report()["violations"]
    assert "`nameservers` is not described" in violation
