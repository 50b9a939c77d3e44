"""Opens sealed values for the actions that need them. Nothing else may open one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from provisioner.clock import Clock
from provisioner.errors import FatalError
from provisioner.models.hub import Sealed
from provisioner.secrets.sealing import open_sealed


@dataclass(frozen=True)
class SealedSecrets:
    """Opens with `key` and has each value hidden from every log and text from then on.

    `hide` is told each value and says whether it can be hidden, `mask` hides it in Actions' log.
    """

    key: str
    hide: Callable[[str], bool]
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
                "Set the secret PROVISIONER_SEALING_KEY, as docs/set-up.md says in step 6; then "
                "re-run the job.",
            )
        opened = open_sealed(
            self.key, hub, app, name, value.sealed, now=self.clock.now(), since=since
        )
        if self.hide(opened) and opened not in self._masked:
            self._masked.add(opened)
            self.mask(opened)
        return opened
