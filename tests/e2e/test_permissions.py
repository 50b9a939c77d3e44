"""Jobs are given the permissions that their requests need, and not one more."""

from tests.e2e.hub_files import docs_hub
from tests.e2e.network import ActionsNetwork
from tests.e2e.permissions import NEEDED_TO_SIGN, given_to, needed_by


def test_reporting_and_provisioning_use_every_permission_that_they_are_given(
    network: ActionsNetwork,
) -> None:
    repository = network.sandbox.github.network

    reviewed = network.propose({"hubs/kisumu.yaml": docs_hub("kisumu-commons")})
    reporting = network.sandbox.control.requests()
    network.sandbox.control.clear_requests()
    run = network.merge(reviewed.number)
    provisioning = network.sandbox.control.requests()

    assert run.succeeded
    assert needed_by(reviewed.check_calls, repository) == given_to("check")
    assert needed_by(reporting, repository) == given_to("report")
    assert run.job("sign").steps["Sign the receipts"] == "success"
    needed = needed_by(provisioning, repository) | NEEDED_TO_SIGN
    assert needed == given_to("provision")
