"""The sandbox from outside: look at everything, set everything, act as people do.

`Control` is the same in process as under `/_sandbox/` (`control_api`). What
concerns GitHub alone is in its base classes.
"""

from collections.abc import Sequence
from typing import Any

from provisioner.sandbox.contract import Contract
from provisioner.sandbox.dns import DnsZone
from provisioner.sandbox.faults import Faults, InvalidFault, read_faults
from provisioner.sandbox.github.people import ControlError
from provisioner.sandbox.github.settings import Settings
from provisioner.sandbox.github.snapshot import snapshot
from provisioner.sandbox.github.state import GitHubWorld
from provisioner.sandbox.requests import Logged, RequestLog
from provisioner.sandbox.telegram import TelegramWorld
from provisioner.sandbox.vercel.control import changed
from provisioner.sandbox.vercel.state import VercelWorld

Json = dict[str, Any]


class Control(Settings):
    """Every method is safe to call from any thread."""

    def __init__(
        self,
        github: GitHubWorld,
        vercel: VercelWorld,
        dns: DnsZone,
        telegram: TelegramWorld,
        log: RequestLog,
        faults: Faults,
        contract: Contract,
    ) -> None:
        super().__init__(github)
        self._vercel = vercel
        self._dns = dns
        self._telegram = telegram
        self._log = log
        self._faults = faults
        self._contract = contract

    def world(self) -> Json:
        """Everything that exists. Secret values stand as their SHA-256."""
        with self.github.world.lock:
            return {
                "github": snapshot(self.github),
                "vercel": self._vercel.snapshot(),
                "dns": self._dns.snapshot(),
                "telegram": self._telegram.snapshot(),
            }

    def requests(self) -> list[Logged]:
        """Every request so far; those to `/_sandbox/` are not among them."""
        return self._log.all()

    def clear_requests(self) -> None:
        self._log.clear()

    def maintainer_token(self) -> str:
        """A GitHub token of a person who administers the network's repository."""
        return self.github.world.tokens.github_maintainer

    def contract(self) -> Json:
        """`validated`, the number of exchanges that were judged, and `violations`."""
        return self._contract.report()

    def set_dns(self, records: Sequence[Json]) -> None:
        """Set records as a registrar's form does; see `DnsZone.set_records`."""
        try:
            self._dns.set_records(list(records))
        except ValueError as error:
            raise ControlError(str(error)) from None

    def remove_dns(self, records: Sequence[Json]) -> None:
        try:
            self._dns.remove_records(list(records))
        except ValueError as error:
            raise ControlError(str(error)) from None

    def add_faults(self, faults: Json | Sequence[Json]) -> None:
        """Order faults; see `faults` for their form."""
        try:
            self._faults.add(read_faults(faults if isinstance(faults, dict) else list(faults)))
        except InvalidFault as error:
            raise ControlError(str(error)) from None

    def faults(self) -> list[Json]:
        return self._faults.as_json()

    def clear_faults(self) -> None:
        self._faults.clear()

    def set_vercel(self, **fields: Any) -> None:
        """Set fields of the host's `Behaviour`; the others stay."""
        with self.github.world.lock:
            try:
                self._vercel.behaviour = changed(self._vercel.behaviour, fields)
            except ValueError as error:
                raise ControlError(str(error)) from None
