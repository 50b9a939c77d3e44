"""Runs that people and other systems ask for, as the events that GitHub hands to Actions."""

from typing import Any

from provisioner.sandbox.github.accounts import MAINTAINER
from provisioner.sandbox.github.events import repository_dispatch_event, workflow_dispatch_event
from provisioner.sandbox.github.payload_basics import Payload
from provisioner.sandbox.github.people import People


class Dispatching(People):
    """Every method takes the world's lock."""

    def dispatch(
        self, workflow: str, inputs: dict[str, Any] | None = None, sender: str = MAINTAINER
    ) -> Payload:
        """Ask for a run by hand; gives the event `workflow_dispatch`."""
        with self.github.world.lock:
            event = workflow_dispatch_event(
                self.github,
                self.github.network_repository(),
                workflow,
                inputs or {},
                self.github.accounts.person(sender),
            )
            return {"events": {"workflow_dispatch": event}}

    def repository_dispatch(
        self, action: str, payload: dict[str, Any] | None = None, sender: str = MAINTAINER
    ) -> Payload:
        """Ask for a run from outside; gives the event `repository_dispatch`."""
        with self.github.world.lock:
            event = repository_dispatch_event(
                self.github,
                self.github.network_repository(),
                action,
                payload or {},
                self.github.accounts.person(sender),
            )
            return {"events": {"repository_dispatch": event}}
