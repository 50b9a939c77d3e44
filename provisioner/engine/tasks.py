"""What is to be done for one hub, as the engine sees it: apps, their steps, who comes first."""

from dataclasses import dataclass

from provisioner.engine.step import Step
from provisioner.models.plan import Resource


@dataclass(frozen=True)
class AppTask:
    """One app and the steps that bring it to its desired state."""

    id: str
    app: str
    title: str
    steps: tuple[Step, ...]
    retiring: bool = False
    planning: tuple[Step, ...] = ()
    """The same steps for making a plan, if they differ: their looks may be remembered."""
    takes: tuple[Resource, ...] = ()
    """Resources that another app of the hub claimed so far and that are this app's from now on."""
    releases: tuple[Resource, ...] = ()
    """Resources that this app claimed so far and no longer does."""
    after: tuple[str, ...] = ()
    """Apps that take this one's place: nothing of it is touched before all of them are done."""


@dataclass(frozen=True)
class HubTask:
    """What is to be done for one hub."""

    hub: str
    title: str
    digest: str
    apps: tuple[AppTask, ...]
    others: tuple[AppTask, ...] = ()
    """Apps that are asked for as well, but not to be looked at in this run."""
    retiring: bool = False
    notes: tuple[str, ...] = ()
    maintainers: tuple[str, ...] | None = None
    """Logins; `None` where the hub's file is gone: then the journal keeps those of before."""
    network_maintainers: tuple[str, ...] = ()
    blob: str = ""
    """The id that git gives to the hub file."""
