"""The number of an account: it tells who somebody is when logins change hands."""

import pytest

from provisioner.errors import RemoteError
from provisioner.github.network_repository import NetworkRepository
from provisioner.sandbox.server import Sandbox


def looked_up(sandbox: Sandbox) -> int:
    return sum(item.path.startswith("/users/") for item in sandbox.control.requests())


def test_an_account_is_asked_for_once_however_it_is_written(
    network: NetworkRepository, sandbox: Sandbox
) -> None:
    number = network.account_id("amina-k")

    assert number is not None
    assert network.account_id("Amina-K") == number
    assert looked_up(sandbox) == 1


def test_a_login_without_an_account_has_no_number(
    network: NetworkRepository, sandbox: Sandbox
) -> None:
    sandbox.control.set_account(login="gone", exists=False)

    assert network.account_id("gone") is None


def test_a_failure_is_not_remembered(network: NetworkRepository, sandbox: Sandbox) -> None:
    sandbox.control.add_faults(
        {
            "api": "github",
            "method": "GET",
            "path": "/users/*",
            "when": "before",
            "kind": "status",
            "status": 503,
        }
    )

    with pytest.raises(RemoteError):
        network.account_id("amina-k")

    assert network.account_id("amina-k") is not None
