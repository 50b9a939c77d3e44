"""How the host refuses a domain, in words and by what it means. Pure."""

from provisioner.actions.support.refusals import Refusal, codes, says
from provisioner.errors import RemoteError, TokenRefused
from provisioner.models.app import DesiredApp
from provisioner.models.plan import Actor

HOUR = 3600.0
SOON = 600.0
_ALREADY_HERE = codes("domain_already_exists", "domain_already_in_use")


def already_here(error: RemoteError) -> bool:
    """The domain is on this very project: Vercel has two codes for it, both on a 400."""
    return error.status == 400 and _ALREADY_HERE(error)


def holder_of(error: RemoteError) -> str | None:
    """The id of the project that has the domain; empty where it is not told; `None`: not held.

    A 409 names the holder within `domain`; `projectId` beside it is our own project's.
    """
    if error.status != 409 or _in_transfer(error):
        return None
    domain = error.body.get("domain") if isinstance(error.body, dict) else None
    return str(domain.get("projectId") or "") if isinstance(domain, dict) else ""


def refusals_of(domain: str, app: DesiredApp) -> tuple[Refusal, ...]:
    """What can be done when the host does not take a domain that nobody else holds."""
    return (
        Refusal(
            says("latest production deployment", 400),
            f"Vercel connects {domain} only after a good build, and the newest one is not good.",
            f"If a build is running, nothing is needed. If the newest build of {app.repository} "
            "failed, fix its code, or choose “Redeploy” on Vercel. The provisioner looks again "
            "by itself.",
            Actor.MAINTAINER,
            wake_after=SOON,
        ),
        Refusal(
            codes("invalid_domain", "invalid_name"),
            f"Vercel does not take {domain} for a domain name.",
            f"Correct the name in hubs/{app.hub}.yaml.",
            Actor.FACILITATOR,
        ),
        Refusal(
            codes("too_many_domains"),
            f"The Vercel project {app.project} has as many domains as its plan allows.",
            "Remove one that is no longer used, or choose a larger plan; then ask a network "
            "maintainer to re-run the job.",
            Actor.FACILITATOR,
        ),
        Refusal(
            lambda error: error.status == 409 and _in_transfer(error),
            f"The Vercel project {app.project} is being handed over to another account.",
            "Finish or cancel the transfer on Vercel. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
        Refusal(
            _not_allowed,
            f"The Vercel team {app.team} may not use {domain}.",
            "Another account has registered it. Ask its holder to release it, or choose another "
            f"domain in hubs/{app.hub}.yaml. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
    )


def _in_transfer(error: RemoteError) -> bool:
    return "transfer" in error.message.lower() or "transfer" in error.code


def _not_allowed(error: RemoteError) -> bool:
    """Not where the token itself is refused, which is nobody's domain's trouble."""
    refused = error.status == 403 and error.retry_after is None
    return refused and not isinstance(error, TokenRefused)


def detach_refusals(domain: str, project: str) -> tuple[Refusal, ...]:
    """How Vercel refuses to let go of a domain."""
    return (
        Refusal(
            codes("domain_is_redirect"),
            f"Other domains of the Vercel project {project} lead on to {domain}, so it "
            "cannot be taken off.",
            "Somebody set that by hand: on Vercel, in the project's settings under Domains, let "
            "them lead elsewhere or remove them; then ask a network maintainer to re-run the job.",
            Actor.FACILITATOR,
        ),
        Refusal(
            lambda error: error.status == 409,
            f"Vercel does not let go of {domain} while the project {project} is changing hands.",
            "Finish or cancel the transfer on Vercel. The provisioner looks again by itself.",
            Actor.FACILITATOR,
            wake_after=HOUR,
        ),
    )
