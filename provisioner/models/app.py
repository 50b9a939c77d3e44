"""One app of one hub with everything resolved. Frozen, no I/O."""

from datetime import datetime

from provisioner.models.catalog import (
    BuildSettings,
    CatalogApp,
    CatalogEntry,
    CopyMethod,
    DomainRule,
    VariableRule,
)
from provisioner.models.hub import Frozen, Value
from provisioner.models.network import Limits, Network

__all__ = [
    "BuildSettings",
    "CatalogApp",
    "CatalogEntry",
    "CopyMethod",
    "DesiredApp",
    "DesiredHub",
    "DomainRule",
    "Limits",
    "Network",
    "VariableRule",
]


class DesiredApp(Frozen):
    """One app of one hub, resolved: all that a step's inputs are made of.

    `repository` and `project` are natural keys: the same hub and app always
    give the same names, so that a lost record can be found again by looking.
    """

    hub: str
    id: str
    entry: CatalogEntry
    owner: str
    host: str
    """The key of the host that the project is at."""
    team: str
    """The account there."""
    domains: tuple[str, ...] = ()
    env: dict[str, Value] = {}
    adopt: bool = False
    seals_since: datetime | None = None
    """Until then the hub's name had another owner: what was sealed before is not opened."""

    @property
    def name(self) -> str:
        """`<hub>--<app>`; no id holds `--`, so no two apps share a name."""
        return f"{self.hub}--{self.id}"

    @property
    def repository(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def project(self) -> str:
        return self.name


class DesiredHub(Frozen):
    """The desired state of one hub; `digest` changes when and only when it does."""

    id: str
    title: str
    maintainers: tuple[str, ...]
    digest: str
    apps: tuple[DesiredApp, ...]
    seals_since: datetime | None = None
    """As in its apps. The journal knows it, no file does; so it is not part of `digest`."""
    blob: str = ""
    """The id that git gives to the hub file; not part of `digest` either."""
