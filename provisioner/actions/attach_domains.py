"""Puts the hub's domains on the project, after its first good deployment."""

from datetime import timedelta

from provisioner.actions.base import Readers, Writers
from provisioner.actions.refusals import Refusal, refusals, says
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import RemoteError
from provisioner.hosting.base import HostReader
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import AttachedDomain

KIND = "domain"


class AttachDomains:
    """Looks which domains are on the project and adds the missing ones."""

    name = "attach-domains"
    timeout = timedelta(minutes=2)
    optional = False

    def assess(
        self, app: DesiredApp, readers: Readers, claims: Claims, handle: str | None
    ) -> Assessment:
        if not app.domains:
            return Assessment(Verdict.KEEP, "The app has no domain of its own.", needless=True)
        attached = {item.name for item in attached_domains(readers.host, app.team, app.project)}
        missing = tuple(domain for domain in app.domains if domain not in attached)
        resources = tuple(Resource(kind=KIND, name=domain) for domain in app.domains)
        if missing:
            detail = f"Attach {', '.join(missing)}."
            return Assessment(Verdict.CREATE, detail, resources=resources, found=missing)
        return Assessment(Verdict.KEEP, ", ".join(app.domains), resources=resources)

    def perform(self, app: DesiredApp, writers: Writers, look: Assessment) -> str | None:
        for domain in look.found if isinstance(look.found, tuple) else ():
            with refusals(*_refusals(domain, app)):
                writers.host.attach_domain(app.team, app.project, domain)
        return None


def attached_domains(host: HostReader, team: str, project: str) -> tuple[AttachedDomain, ...]:
    """The project's domains; none while there is no project."""
    try:
        return host.domains(team, project)
    except RemoteError as error:
        if error.status == 404:
            return ()
        raise


def _refusals(domain: str, app: DesiredApp) -> tuple[Refusal, ...]:
    """What can be done when the host does not take a domain."""
    return (
        Refusal(
            says("latest production deployment", 400),
            f"{domain} can only be attached after a good deployment.",
            "Re-run the job; if it stays, look at the project's last deployment.",
            Actor.MAINTAINER,
        ),
        Refusal(
            lambda error: error.status == 409,
            f"{domain} is in use by another Vercel project or team.",
            f"If it is yours: remove {domain} from the other project, in its settings under "
            "Domains. If it is not, choose another domain in "
            f"hubs/{app.hub}.yaml. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=3600.0,
        ),
        Refusal(
            lambda error: error.status == 403 and error.retry_after is None,
            f"The Vercel team may not use {domain}.",
            f"Another account has registered {domain}. Ask its holder to release it, or choose "
            f"another domain in hubs/{app.hub}.yaml.",
            Actor.FACILITATOR,
            wake_after=3600.0,
        ),
    )
