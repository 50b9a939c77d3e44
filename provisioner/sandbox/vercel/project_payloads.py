"""Projects as the API shows them. Reads only; field names as in the published description."""

from typing import Any

from provisioner.sandbox.vercel import variables
from provisioner.sandbox.vercel.builds import serving
from provisioner.sandbox.vercel.deployment_payloads import brief
from provisioner.sandbox.vercel.records import Link, Project
from provisioner.sandbox.vercel.store import Store

LATEST = 3


def payload(store: Store, project: Project) -> dict[str, Any]:
    """A project with its link, variables and deployments. `paused` is there only when true."""
    shown: dict[str, Any] = {
        "accountId": project.account.id,
        "id": project.id,
        "name": project.name,
        "autoExposeSystemEnvs": True,
        "autoAssignCustomDomains": True,
        "directoryListing": False,
        "gitForkProtection": True,
        "gitLFS": False,
        "gitComments": {"onPullRequest": True, "onCommit": False},
        "gitProviderOptions": {"createDeployments": "enabled"},
        "nodeVersion": "22.x",
        "resourceConfig": {"functionDefaultRegions": ["iad1"]},
        "defaultResourceConfig": {"functionDefaultRegions": ["iad1"]},
        "sourceFilesOutsideRootDirectory": True,
        "createdAt": project.created,
        "updatedAt": project.updated,
        "live": False,
        "env": [variables.payload(store, one) for one in project.variables],
        **_settings(project),
        **_deployments(store, project),
    }
    if project.link is not None:
        shown["link"] = _link(project.link)
    return {**shown, "paused": True} if project.paused else shown


def _settings(project: Project) -> dict[str, Any]:
    names = ("buildCommand", "devCommand", "installCommand", "outputDirectory", "rootDirectory")
    protection = {"deploymentType": project.protection} if project.protection else None
    return {
        "framework": None,
        **dict.fromkeys(names),
        **project.settings,
        "ssoProtection": protection,
    }


def _deployments(store: Store, project: Project) -> dict[str, Any]:
    deployments = store.deployments_of(project)
    now = store.world.clock.now()
    live = serving(deployments, now)
    return {
        "latestDeployments": [brief(store, one) for one in deployments[:LATEST]],
        "targets": {"production": brief(store, live)} if live else {},
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "type": "github",
        "org": link.org,
        "repo": link.repo,
        "repoId": link.repository_id,
        "repoOwnerId": link.owner_id,
        "productionBranch": link.production_branch,
        "gitCredentialId": "",
        "deployHooks": [],
        "createdAt": link.created,
        "updatedAt": link.created,
        "sourceless": link.sourceless,
    }
