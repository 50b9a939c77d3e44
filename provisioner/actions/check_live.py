"""Looks at the app as a visitor does: certificate and page. Changes nothing."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.engine.step import Assessment, Claims, moving
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Verdict


class CheckLive:
    """Each domain must answer; without a domain, the project's own production name."""

    name = "check-live"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        hosts = app.domains or production_names(app, readers)
        if not hosts:
            return moving("The app has no address yet.")
        path = app.entry.app.health
        for host in hosts:
            seen = readers.pages.look(host, path)
            if not seen.answers:
                return moving(f"{host}: {seen.reason}.")
        return Assessment(Verdict.KEEP, f"{hosts[0]} answers.", url=f"https://{hosts[0]}")

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        raise AssertionError("looking changes nothing")


def production_names(app: DesiredApp, readers: Readers) -> tuple[str, ...]:
    """The host's own name for the project's production deployment, if it has one."""
    project = readers.host.project(app.team, app.project)
    names = project.aliases if project else ()
    return (min(names, key=lambda name: (len(name), name)),) if names else ()
