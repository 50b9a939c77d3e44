"""How stories end: what the world holds, what people read, and who acts in between."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from provisioner.commands.options import desired_of
from provisioner.commands.planning import candidates, plan_hubs
from provisioner.hosting.base import MARK
from provisioner.models.plan import Actor, PlannedStep
from provisioner.models.run import Run, RunState, StepRecord, StepState
from provisioner.sandbox.requests import Logged
from tests.scenario.network import PLAIN, Network, app_of

COPY = "nairobi-commons/nairobi--docs"
SOURCE = "example-network/docs-site"
PROJECT = "nairobi--docs"

PEOPLE = {
    Actor.FACILITATOR: "Hub facilitator, please",
    Actor.MAINTAINER: "Network maintainer, please",
    Actor.NOBODY: "Nobody has to do anything",
}


def merged(network: Network, text: str = PLAIN) -> int:
    """The hub's file was proposed and merged; the pull request's number."""
    network.write("nairobi", text)
    return network.merge("nairobi")


def repositories(network: Network, owner: str = "nairobi-commons") -> list[str]:
    """The full names of what an account holds."""
    found = network.world()["github"]["repositories"]
    names = [str(item["full_name"]) for item in found]
    return [name for name in names if name.startswith(f"{owner}/")]


def repository(network: Network, full_name: str = COPY) -> dict[str, Any]:
    found = network.world()["github"]["repositories"]
    return next(item for item in found if item["full_name"] == full_name)


def projects(network: Network) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = network.world()["vercel"]["projects"]
    return found


def project(network: Network, name: str = PROJECT) -> dict[str, Any]:
    return next(item for item in projects(network) if item["name"] == name)


def variables(project: dict[str, Any]) -> list[str]:
    """The variables that the hub's file asks for: all but the mark of whose the project is."""
    return [item["key"] for item in project["env"] if item["key"] != MARK]


def unfinished(run: Run, app: str = "docs") -> StepRecord:
    """The one step that stands between an app and its end."""
    ended = {StepState.FAILED, StepState.WAITING}
    (step,) = [step for step in app_of(run, app).steps if step.state in ended]
    return step


def planned(network: Network) -> dict[str, PlannedStep]:
    """What a plan says of the hub's site just now, by action."""
    wiring = network.wiring()
    desired = desired_of(network.directory, wiring.environ)
    chosen = candidates(wiring, desired, ("nairobi",), only_due=False)
    (plan,) = plan_hubs(wiring, desired, chosen)
    return {step.action: step for app in plan.apps if app.id == "docs" for step in app.steps}


def assert_asks(network: Network, number: int, run: Run, who: Actor, action: str) -> StepRecord:
    """The step stands still and the comment's first line says who must act; gives the step."""
    step = unfinished(run)
    assert (step.action, step.who) == (action, who)
    assert PEOPLE[who] in network.headline(number)
    assert "http" not in step.detail, "a person reads this: no address of an API"
    assert " answered " not in step.detail, "a person reads this: not only what a service said"
    return step


def assert_live(network: Network, run: Run) -> None:
    """The site is live, there is one of everything, and one more run does nothing."""
    assert run.state is RunState.COMPLETED
    assert [item["name"] for item in projects(network)] == [PROJECT]
    found = project(network)
    assert found["link"]["repository"] == COPY
    assert [item["aliased"] for item in found["deployments"]] == [True]
    assert variables(found) == ["SITE_TITLE"]
    assert COPY in repositories(network)
    before, asked = network.world(), len(network.requests())
    assert network.apply() == run
    assert network.world() == before
    methods = {item.method for item in network.requests()[asked:]}
    assert methods <= {"GET", "HEAD"}


@dataclass
class Meanwhile:
    """Somebody who acts once, right after a certain request: an observer of a sandbox."""

    method: str = ""
    path: str = ""
    act: Callable[[], object] | None = None

    def __call__(self, logged: Logged) -> None:
        if self.act and logged.method == self.method and fnmatch(logged.path, self.path):
            act, self.act = self.act, None
            act()

    def after(self, method: str, path: str, act: Callable[[], object]) -> None:
        self.method, self.path, self.act = method, path, act
