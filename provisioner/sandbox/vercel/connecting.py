"""Connecting a repository to a project that is there, and disconnecting it.

In no description: as the host's own command line does it (github.com/vercel/vercel:
connect-git-provider). Refuses what creating a project on the repository would.
"""

from provisioner.sandbox.vercel.bodies import Repository
from provisioner.sandbox.vercel.calls import Answer, Call, Route, project_of, read
from provisioner.sandbox.vercel.errors import bad_request
from provisioner.sandbox.vercel.linking import link_to
from provisioner.sandbox.vercel.project_payloads import payload
from provisioner.sandbox.vercel.starting import deploy_linked
from provisioner.sandbox.vercel.store import Store


def connect(store: Store, call: Call) -> Answer:
    """Link a repository to a project that has none.

    What the host answers where one is linked is not on record (its own command line
    disconnects first), so that is refused here: nobody may rely on it.
    """
    project = project_of(store, call, changes=True)
    body = read(Repository, call.body)
    if project.link is not None:
        raise bad_request("The project is linked to a repository already.")
    project.link = link_to(store, call.account, body.repo)
    project.updated = store.stamp()
    if store.behaviour.deploys_on_creation:
        deploy_linked(store, project, project.link, "import")
    return 200, payload(store, project)


def disconnect(store: Store, call: Call) -> Answer:
    """The project's deployments stay, and what is online stays online."""
    project = project_of(store, call, changes=True)
    project.link = None
    project.updated = store.stamp()
    return 200, payload(store, project)


ROUTES = (
    Route("POST", "/v9/projects/<project>/link", connect),
    Route("DELETE", "/v9/projects/<project>/link", disconnect),
)
