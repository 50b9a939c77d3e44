"""Opens sealed values for the actions that need them. Nothing else may open one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from provisioner.clock import Clock
from provisioner.desired.sealing import open_sealed
from provisioner.errors import FatalError
from provisioner.models.hub import Sealed
from provisioner.safetext import Redactor


@dataclass(frozen=True)
class SealedSecrets:
    """Opens with `key` and has each value hidden from every log and text from then on."""

    key: str
    redactor: Redactor
    mask: Callable[[str], None]
    clock: Clock
    _masked: set[str] = field(default_factory=set)

    def open(
        self,
        hub: str,
        app: str,
        name: str,
        value: str | Sealed,
        since: datetime | None = None,
    ) -> str:
        """The value; a plain one as it is. Raises `FatalError` when it cannot be opened."""
        if not isinstance(value, Sealed):
            return value
        if not self.key:
            raise FatalError(
                f"{name} is sealed, and there is no key to open it with.",
                "Set the secret PROVISIONER_SEALING_KEY, as the README says; then re-run the job.",
            )
        opened = open_sealed(
            self.key, hub, app, name, value.sealed, now=self.clock.now(), since=since
        )
        if self.redactor.register(opened) and opened not in self._masked:
            self._masked.add(opened)
            self.mask(opened)
        return opened
