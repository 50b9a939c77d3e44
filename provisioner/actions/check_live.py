"""Looks at the app as a visitor does: certificate and page. Changes nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.support.project_domains import production_names
from provisioner.engine.step import Assessed, Claims, Progress, moving
from provisioner.hosting.kind import Hints, HostKind
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import PageTrouble
from provisioner.refusals import BY_ITSELF

MOST_TOLD = 3


class CheckLive:
    """Each domain must answer; without a domain, the project's own production name.

    Everything that a visitor may meet just after a change passes by itself, so it
    is looked at again for a while; who can help is told only when that time is over.
    """

    name = "check-live"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessed[None]:
        hosts = app.domains or production_names(app, readers)
        if not hosts:
            return moving("The app has no address yet.")
        path = app.entry.app.health
        observations = {host: readers.pages.observe(host, path, hosts) for host in hosts}
        troubles = {host: seen for host, seen in observations.items() if seen.trouble}
        if not troubles:
            return Assessed(Verdict.KEEP, f"{hosts[0]} answers.", url=f"https://{hosts[0]}")
        told = [f"{host}: {seen.reason}" for host, seen in troubles.items()]
        more = f"; and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
        kind = readers.host(app).kind
        who, hint = _help(app, [seen.trouble for seen in troubles.values()], kind)
        detail = f"{'; '.join(told[:MOST_TOLD])}{more}."
        return Assessed(Verdict.KEEP, detail, hint, who, Progress.MOVING)

    def perform(self, app: DesiredApp, writers: Writers, found: None) -> str | None:
        raise AssertionError("looking changes nothing")


def _help(app: DesiredApp, troubles: list[PageTrouble | None], kind: HostKind) -> tuple[Actor, str]:
    """Who can help if it stays; the trouble that most needs a person comes first."""
    seen = next((trouble for trouble in _HELP if trouble in troubles), None)
    if seen is None:
        return Actor.NOBODY, "Nothing is needed: the provisioner looks again by itself."
    who, hint = _HELP[seen]
    names = {
        "project": app.project,
        "hub": app.hub,
        "path": app.entry.app.health,
        "host": kind.name,
    }
    return who, f"{hint(kind.hints).format(**names)} {BY_ITSELF}"


_HELP: Mapping[PageTrouble, tuple[Actor, Callable[[Hints], str]]] = {
    PageTrouble.PROTECTED: (
        Actor.FACILITATOR,
        lambda hints: hints.show_to_all,
    ),
    PageTrouble.LEADS_AWAY: (
        Actor.FACILITATOR,
        lambda hints: hints.take_redirect_away,
    ),
    PageTrouble.PRIVATE_ADDRESS: (
        Actor.FACILITATOR,
        lambda _: (
            "Where the domain is managed, remove the entry that leads to the private "
            "address, and set the entries that are listed for the domain: visitors cannot reach a "
            "private network."
        ),
    ),
    PageTrouble.WRONG_CERTIFICATE: (
        Actor.FACILITATOR,
        lambda _: (
            "For the first hours nothing is needed. If it stays, something stands between "
            "visitors and {host}: where the domain is managed, switch off proxies and forwarding "
            "for it."
        ),
    ),
    PageTrouble.FAULTY: (
        Actor.MAINTAINER,
        lambda _: (
            "The app does not answer 200 at {path}: open the project {project} on {host}, "
            "read its logs, and fix the app or its variables."
        ),
    ),
}
"""What is not here needs nobody: a certificate on its way, a slow or silent start."""
