"""The state branch is made by whoever writes first; everybody else finds it there."""

from provisioner.clock import ManualClock
from provisioner.github.budget import WriteBudget
from provisioner.github.session import GitHubSession
from provisioner.github.state_branch import StateBranch
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from tests.crash.playing import OpenSandbox


def state_branch(sandbox: Sandbox) -> StateBranch:
    clock, environment = ManualClock(), sandbox.environment
    session = GitHubSession(
        environment["GITHUB_API_URL"], environment["GITHUB_TOKEN"], clock, WriteBudget(clock)
    )
    return StateBranch(session, environment["GITHUB_REPOSITORY"])


def test_a_hub_whose_journal_is_refused_while_another_makes_the_branch_writes_it_after_all(
    open_sandbox: OpenSandbox,
) -> None:
    others: list[StateBranch] = []

    def another_comes_first(request: Logged) -> None:
        if request.method == "PUT" and request.status == 404 and others:
            others.pop().write("hubs/kigali.json", b"{}", None, "kigali")

    with open_sandbox(observer=another_comes_first) as sandbox:
        others.append(state_branch(sandbox))
        mine = state_branch(sandbox)

        assert mine.write("hubs/nairobi.json", b"[]", None, "nairobi")

        assert sorted(mine.names("hubs")) == ["kigali.json", "nairobi.json"]
        assert others == []
