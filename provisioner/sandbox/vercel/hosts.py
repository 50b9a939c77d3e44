"""The host names that the host gives out under `vercel.app`. Reads what names are taken."""

import hashlib
import re

from provisioner.sandbox.vercel.records import Deployment, Project
from provisioner.sandbox.vercel.store import Store

SUFFIX = "vercel.app"
LABEL = 63
WORDS = ("one", "two", "five", "ten", "alpha", "beta", "gamma", "delta", "kappa", "sigma", "omega")


def production_host(store: Store, name: str) -> str:
    """`<name>.vercel.app`, or with a word after it where somebody has that one already."""
    for label in (_label(name), *(_label(name, word) for word in WORDS)):
        if not taken(store, f"{label}.{SUFFIX}"):
            return f"{label}.{SUFFIX}"
    return f"{_label(name, store.world.token('', 6).lower())}.{SUFFIX}"


def deployment_host(store: Store, project: Project) -> str:
    """The generated, protected name of one deployment."""
    unique = store.world.token("", 9).lower()
    return f"{_label(project.name, unique, project.account.slug)}.{SUFFIX}"


def automatic_hosts(deployment: Deployment) -> list[str]:
    """Names beside the production one: for the team, and for the branch."""
    project = deployment.project
    branch = re.sub(r"[^a-z0-9]+", "-", deployment.git.ref.lower()).strip("-")
    hosts = [f"{_label(project.name, f'git-{branch}', project.account.slug)}.{SUFFIX}"]
    if deployment.target == "production":
        hosts.insert(0, f"{_label(project.name, project.account.slug)}.{SUFFIX}")
    return hosts


def taken(store: Store, host: str) -> bool:
    return store.holder(host) is not None or host in store.behaviour.held_elsewhere


def cname_target(project_id: str) -> str:
    """The project's own target for CNAME records."""
    return f"{hashlib.sha256(project_id.encode()).hexdigest()[:16]}.vercel-dns-017.com"


def _label(name: str, *rest: str) -> str:
    """A DNS label; a name that is too long is cut, never what comes after it."""
    tail = "".join(f"-{part}" for part in rest)
    clean = re.sub(r"[^a-z0-9-]", "-", name).strip("-")
    return (clean[: max(LABEL - len(tail), 1)].rstrip("-") + tail)[:LABEL].rstrip("-")
