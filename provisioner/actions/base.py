"""The protocol of an action, and how it is bound to its inputs. Knows no remote service.

An action is one idempotent change: `assess` looks at the world and decides,
`perform` makes the change that the assessment asks for. To add one, write a
file beside this one and name it in a workflow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar, cast

from provisioner.dns.resolver import DnsReader
from provisioner.engine.step import Assessed, Assessment, Claims, Step
from provisioner.github.repositories import RepositoryReader, RepositoryWriter
from provisioner.hosting.base import HostReader, HostWriter
from provisioner.hosting.live_page import PageReader
from provisioner.models.hub import Sealed
from provisioner.telegram.api import WebhookReader, WebhookWriter


class Secrets(Protocol):
    """Opens sealed values, each for the one hub, app and variable it was sealed for."""

    def open(
        self,
        hub: str,
        app: str,
        name: str,
        value: str | Sealed,
        since: datetime | None = None,
    ) -> str:
        """The value; a plain one as it is. Raises `FatalError` when it cannot be opened.

        `since`: until then the hub's name had another owner, and what was sealed before stays
        shut.
        """
        ...


class At(Protocol):
    """What is in an account at a host, or is to be."""

    @property
    def host(self) -> str: ...

    @property
    def team(self) -> str: ...


@dataclass(frozen=True)
class Readers:
    """All that an action may look at. `secrets` is missing where nothing may be opened."""

    repositories: RepositoryReader
    hosts: Mapping[str, HostReader]
    """By their keys."""
    dns: DnsReader
    pages: PageReader
    webhooks: WebhookReader
    secrets: Secrets | None = None

    def host(self, at: At) -> HostReader:
        return self.hosts[at.host]


@dataclass(frozen=True)
class Writers:
    """All that an action may change."""

    repositories: RepositoryWriter
    hosts: Mapping[str, HostWriter]
    webhooks: WebhookWriter
    secrets: Secrets

    def host(self, at: At) -> HostWriter:
        return self.hosts[at.host]


Inputs_contra = TypeVar("Inputs_contra", contravariant=True)
Found = TypeVar("Found")


class Action(Protocol[Inputs_contra, Found]):
    """One idempotent change.

    `assess` only reads and is safe to repeat. `perform` makes the change that the assessment asks
    for, of what it found; when it fails with an unknown effect, the next `assess` tells.
    """

    name: str
    timeout: timedelta
    optional: bool

    def assess(
        self, inputs: Inputs_contra, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[Found]: ...

    def perform(self, inputs: Inputs_contra, writers: Writers, found: Found) -> str | None: ...


Bound = TypeVar("Bound")


def bind(
    action: Action[Bound, Found], inputs: Bound, readers: Readers, writers: Writers | None
) -> Step:
    """The action as a step. Without writers it can be planned but not performed."""

    def assess(claims: Claims, handle: str | None) -> Assessment:
        return action.assess(inputs, readers, claims, handle)

    def perform(assessment: Assessment) -> str | None:
        if writers is None:
            raise AssertionError("planning holds readers only")
        return action.perform(inputs, writers, cast(Found, assessment.found))

    return Step(action.name, assess, perform, action.timeout, action.optional)
