"""A plan: the difference between desired and observed, as steps with a verdict. Frozen, no I/O."""

from enum import StrEnum

from provisioner.models.dns import DnsEntry
from provisioner.models.hub import Frozen


class Verdict(StrEnum):
    """What a step would do to the world."""

    CREATE = "create"
    UPDATE = "update"
    ADOPT = "adopt"
    KEEP = "keep"
    REMOVE = "remove"
    BLOCKED = "blocked"


class Actor(StrEnum):
    """Who has to do something next."""

    NOBODY = "nobody"
    """The provisioner goes on by itself."""
    FACILITATOR = "facilitator"
    MAINTAINER = "maintainer"


class Resource(Frozen):
    """Something in the remote world that a step may touch, by its natural key.

    `kind` is a plain word (`repository`, `project`, `domain`, `webhook`);
    `existed` says whether it was there before the run's first effect.
    """

    kind: str
    name: str
    existed: bool = False


class PlannedStep(Frozen):
    """One step of a plan. `checked` is false where the world could not be looked at."""

    action: str
    verdict: Verdict
    detail: str = ""
    hint: str = ""
    who: Actor = Actor.NOBODY
    checked: bool = True
    resources: tuple[Resource, ...] = ()


class AppPlan(Frozen):
    """The steps of one app, in order."""

    id: str
    app: str
    title: str
    url: str | None = None
    dns: tuple[DnsEntry, ...] = ()
    steps: tuple[PlannedStep, ...]


class HubPlan(Frozen):
    """What one hub's next run would do. `retiring`: its file is gone."""

    hub: str
    title: str
    digest: str
    retiring: bool = False
    due: bool = True
    reason: str = ""
    apps: tuple[AppPlan, ...] = ()
