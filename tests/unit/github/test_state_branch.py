"""The journal's files: compare and swap, with one branch however many writers begin at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from provisioner.errors import RemoteError, UnusableFile
from provisioner.github.session import GitHubSession
from provisioner.github.state_branch import BRANCH, StateBranch
from provisioner.sandbox.server import Sandbox
from tests.unit.github.conftest import NETWORK

PATH = "hubs/nairobi.json"


@pytest.fixture
def branch(actions: GitHubSession) -> StateBranch:
    return StateBranch(actions, NETWORK)


def test_without_a_branch_there_is_nothing(branch: StateBranch) -> None:
    assert branch.read(PATH) is None
    assert branch.names("hubs") == []


def test_what_was_written_is_read_with_its_version(branch: StateBranch) -> None:
    version = branch.write(PATH, b"one", None, "Begin")

    assert branch.read(PATH) == (b"one", version)
    assert branch.names("hubs") == ["nairobi.json"]


def test_the_branch_shares_no_history_with_the_code(branch: StateBranch, sandbox: Sandbox) -> None:
    branch.write(PATH, b"one", None, "Begin")

    git = sandbox.github.network_repository().git
    head = git.head(BRANCH)
    assert head is not None
    assert git.file(head, "README.md") is not None
    assert git.file(head, "hubs/README.md") is None


def test_a_write_over_something_newer_is_refused(branch: StateBranch) -> None:
    first = branch.write(PATH, b"one", None, "Begin")
    second = branch.write(PATH, b"two", first, "Go on")

    assert branch.write(PATH, b"three", first, "Too late") is None
    assert branch.read(PATH) == (b"two", second)


def test_a_file_that_somebody_else_made_is_not_overwritten(branch: StateBranch) -> None:
    branch.write(PATH, b"one", None, "Begin")

    assert branch.write(PATH, b"two", None, "Begin too") is None


def test_writers_that_begin_at_once_share_one_branch(branch: StateBranch) -> None:
    names = [f"hubs/hub-{number}.json" for number in range(8)]

    def write(name: str) -> None:
        while branch.write(name, name.encode(), None, "Begin") is None:
            if branch.read(name) is not None:
                return

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(write, names))

    assert sorted(branch.names("hubs")) == sorted(name.removeprefix("hubs/") for name in names)


def test_a_branch_that_appears_after_the_first_look_is_used(
    branch: StateBranch, sandbox: Sandbox
) -> None:
    branch.write("hubs/kigali.json", b"theirs", None, "Begin")
    sandbox.control.add_faults(
        {"method": "PUT", "path": "*/contents/*", "kind": "status", "status": 404}
    )

    assert branch.write(PATH, b"ours", None, "Begin") is not None


def test_a_token_that_may_not_write_is_told(branch: StateBranch, sandbox: Sandbox) -> None:
    fault = {"method": "PUT", "path": "*/contents/*", "kind": "status", "status": 403}
    sandbox.control.add_faults(fault)

    with pytest.raises(RemoteError):
        branch.write(PATH, b"ours", None, "Begin")


def test_a_branch_that_was_deleted_is_made_anew(branch: StateBranch, sandbox: Sandbox) -> None:
    branch.write(PATH, b"one", None, "Begin")
    sandbox.control.delete_branch(NETWORK, BRANCH)

    assert branch.read(PATH) is None
    assert branch.write(PATH, b"two", None, "Begin") is not None


@pytest.mark.parametrize("there", [{f"{PATH}/readme": "a folder"}, {PATH: " " * 1_100_000}])
def test_what_is_no_file_or_too_large_is_said_to_be_so(
    branch: StateBranch, sandbox: Sandbox, there: dict[str, str]
) -> None:
    branch.write("hubs/kisumu.json", b"one", None, "Begin")
    sandbox.control.push(there, branch=BRANCH)

    with pytest.raises(UnusableFile):
        branch.read(PATH)
