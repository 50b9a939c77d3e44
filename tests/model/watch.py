"""Holds the edge under a look: whoever was online, and is still wanted there, stays online.

A name that is wanted on the very project that serves it is looked at after every
write. One that is to be served by another project may be off within a job, while
it changes hands, and where a person has to set its DNS entry anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from provisioner.sandbox.requests import Logged
from provisioner.sandbox.vercel.domain_config import diagnose
from tests.model.handwork import Hands


@dataclass(frozen=True)
class Seat:
    """Where a name is served, or is wanted."""

    team: str
    project: str
    path: str = "/"

    def __str__(self) -> str:
        return f"{self.team}/{self.project}"


Seats = dict[str, Seat]


class Watch:
    """`wanted` gives the names that the newest files ask for."""

    def __init__(self, hands: Hands, wanted: Callable[[], Seats]) -> None:
        self._hands = hands
        self._wanted = wanted
        self.online: Seats = {}
        self.falls: list[str] = []
        self._between: Seats = {}

    def look(self) -> None:
        """From now on whatever is online and wanted has to stay so."""
        wanted = self._wanted()
        self.online = {
            host: held
            for host, seat in wanted.items()
            if self._hands.answers(host, seat.path) and (held := self._holder(host, seat))
        }

    def request(self, logged: Logged) -> None:
        """After a write of the provisioner: what nothing concerns is still there."""
        if logged.api == "vercel" and logged.method != "GET":
            for host in self._fallen(concerned=False):
                self._note(host, f"went offline at {logged.method} {logged.path}")

    def after_tick(self, troubled: bool, ran: set[str]) -> None:
        """`ran`: the hubs that had a job. In trouble a name may be left between two projects."""
        for host in self._fallen(concerned=False):
            self._note(host, "is offline after the tick")
        moving = {host: self.online.pop(host) for host in self._fallen(concerned=True)}
        self._between |= moving
        for host, seat in list(self._between.items()):
            if self._is_settled(host):
                del self._between[host]
            elif not troubled and self._wanted()[host].project.partition("--")[0] in ran:
                del self._between[host]
                self.falls.append(
                    f"{host} was online on {seat} and is on no project after the tick"
                )
        self.look()

    def pardon(self) -> None:
        """People broke something: what is between two projects is theirs to find."""
        self._between.clear()
        self.look()

    def _is_settled(self, host: str) -> bool:
        seat = self._wanted().get(host)
        return seat is None or self._hands.answers(host, seat.path) or self._waits_for_dns(host)

    def _note(self, host: str, what: str) -> None:
        seat = self.online.pop(host)
        wanted = self._wanted().get(host)
        self.falls.append(f"{host} (online on {seat}, wanted on {wanted}) {what}")

    def _fallen(self, concerned: bool) -> list[str]:
        wanted = self._wanted()
        return [
            host
            for host, seat in self.online.items()
            if host in wanted
            and (wanted[host] != seat) is concerned
            and not self._hands.answers(host, seat.path)
        ]

    def _holder(self, host: str, seat: Seat) -> Seat | None:
        found = self._hands.store.holder(host)
        return Seat(found[0].account.slug, found[0].name, seat.path) if found else None

    def _waits_for_dns(self, host: str) -> bool:
        """It is where it should be; only its entry still names the former project."""
        found = self._hands.store.holder(host)
        wanted = self._wanted()[host]
        if found is None or (found[0].account.slug, found[0].name) != (wanted.team, wanted.project):
            return False
        return diagnose(self._hands.store, host, found[0]).misconfigured
