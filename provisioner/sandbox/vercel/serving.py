"""Which deployment answers for a host name, and whether the name has a certificate.

Reads only. This is where "live" is decided: alias, ownership, DNS, protection.
"""

from dataclasses import dataclass

from provisioner.sandbox.vercel.builds import progress, serving
from provisioner.sandbox.vercel.domain_config import diagnose
from provisioner.sandbox.vercel.hosts import SUFFIX, automatic_hosts
from provisioner.sandbox.vercel.records import Deployment, Project, ProjectDomain
from provisioner.sandbox.vercel.store import Store

EVERYTHING = frozenset({"all"})
OWN_NAMES = frozenset({"all", "all_except_custom_domains"})
GENERATED = frozenset({*OWN_NAMES, "prod_deployment_urls_and_all_previews"})
PREVIEWS = frozenset({*GENERATED, "preview"})


@dataclass(frozen=True)
class Site:
    """What stands at a host name. `deployment` is None where nothing is deployed yet."""

    project: Project
    deployment: Deployment | None
    protected: bool = False
    redirect: tuple[str, int] | None = None


def has_certificate(store: Store, host: str) -> bool:
    """A certificate covers every one-label name of the host's own; others need proof and DNS."""
    if store.behaviour.certificates.get(host) == "none":
        return False
    if host.endswith(f".{SUFFIX}"):
        return host.count(".") == SUFFIX.count(".") + 1
    held = store.holder(host)
    if held is None or not held[1].verified:
        return False
    deployed = serving(store.deployments_of(held[0]), store.world.clock.now())
    return deployed is not None and not diagnose(store, host, held[0]).misconfigured


def site_at(store: Store, host: str) -> Site | None:
    """What a visitor of `https://host` is led to; None where nothing is known by that name."""
    held = store.holder(host)
    if held is not None:
        return _by_domain(store, *held)
    for deployment in store.deployments.values():
        if host == deployment.host or host in automatic_hosts(deployment):
            return _by_generated_name(store, deployment, host)
    return None


def _by_domain(store: Store, project: Project, domain: ProjectDomain) -> Site | None:
    if not domain.verified:
        return None
    own = domain.name.endswith(f".{SUFFIX}")
    return Site(
        project,
        serving(store.deployments_of(project), store.world.clock.now()),
        protected=project.protection in (OWN_NAMES if own else EVERYTHING),
        redirect=(domain.redirect, domain.redirect_status or 307) if domain.redirect else None,
    )


def _by_generated_name(store: Store, named: Deployment, host: str) -> Site | None:
    """A deployment's own name answers once it is READY; names that are shared, the newest's."""
    now = store.world.clock.now()
    newest = next(
        (
            one
            for one in store.deployments_of(named.project)
            if host in (one.host, *automatic_hosts(one)) and progress(one, now).state == "READY"
        ),
        None,
    )
    if newest is None:
        return None
    guarded = GENERATED if newest.target == "production" else PREVIEWS
    return Site(named.project, newest, protected=named.project.protection in guarded)
