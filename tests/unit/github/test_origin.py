"""Which pull request brought a file: its number is believed only when GitHub confirms it."""

from datetime import timedelta

import pytest

from provisioner.clock import ManualClock
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.origin import last_change
from provisioner.sandbox.github.merging import Method
from provisioner.sandbox.server import Sandbox

PATH = "hubs/nairobi.yaml"


def opened(sandbox: Sandbox, text: str = "name: Nairobi\n") -> int:
    return int(sandbox.control.open_pull_request("Nairobi", "amina-k", {PATH: text})["number"])


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merged_pull_request_is_found(
    network: NetworkRepository, sandbox: Sandbox, clock: ManualClock, method: Method
) -> None:
    number = opened(sandbox)
    sandbox.control.merge_pull_request(number, method)

    change = last_change(network, PATH, clock)

    assert change is not None
    assert change.pull_request == number


def test_the_newest_change_counts(
    network: NetworkRepository, sandbox: Sandbox, clock: ManualClock
) -> None:
    sandbox.control.merge_pull_request(opened(sandbox))
    clock.advance(60)
    second = opened(sandbox, "name: Nairobi Commons\n")
    sandbox.control.merge_pull_request(second)

    change = last_change(network, PATH, clock)

    assert change is not None
    assert change.pull_request == second


def test_a_file_that_was_never_there_has_no_origin(
    network: NetworkRepository, clock: ManualClock
) -> None:
    assert last_change(network, PATH, clock) is None


def test_a_push_without_a_pull_request_is_recognised_after_half_a_minute(
    network: NetworkRepository, sandbox: Sandbox, clock: ManualClock
) -> None:
    began = clock.now()
    pushed = sandbox.control.push({PATH: "name: Nairobi\n"})

    change = last_change(network, PATH, clock)

    assert change is not None
    assert (change.commit, change.pull_request) == (pushed["sha"], None)
    assert clock.now() - began == timedelta(seconds=30)


@pytest.mark.parametrize("message", ["Nairobi (#{})", "Merge pull request #{} from x/y"])
def test_a_number_in_a_message_of_somebodys_own_is_checked(
    network: NetworkRepository, sandbox: Sandbox, clock: ManualClock, message: str
) -> None:
    number = opened(sandbox)
    sandbox.control.push({PATH: "name: x\n"}, message=message.format(number))

    change = last_change(network, PATH, clock)

    assert change is not None
    assert change.pull_request is None
