"""Watches addresses while others work: after every request, does each still answer visitors?"""

from dataclasses import dataclass, field

from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.sandbox.vercel.serving import has_certificate, site_at


@dataclass
class Uptime:
    """An observer of a sandbox. `gaps` counts the requests after which an address was down."""

    hosts: tuple[str, ...] = ()
    sandbox: Sandbox | None = None
    gaps: dict[str, list[str]] = field(default_factory=dict)

    def watch(self, sandbox: Sandbox, *hosts: str) -> None:
        self.sandbox, self.hosts, self.gaps = sandbox, hosts, {}

    def __call__(self, logged: Logged) -> None:
        for host in self.hosts:
            if not self.answers(host):
                self.gaps.setdefault(host, []).append(f"{logged.method} {logged.path}")

    def answers(self, host: str) -> bool:
        assert self.sandbox is not None
        store = self.sandbox.vercel
        site = site_at(store, host)
        return (
            site is not None
            and site.deployment is not None
            and not site.project.paused
            and has_certificate(store, host)
        )
