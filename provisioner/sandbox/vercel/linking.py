"""Whether a repository may be linked to a project, and the link itself. Changes nothing.

The refusals are those that the host's command line tells apart: by `action`
first, by `code` second (github.com/vercel/vercel: connect-git-provider).
"""

from provisioner.sandbox.vercel.errors import ApiError, bad_request
from provisioner.sandbox.vercel.records import Account, Link
from provisioner.sandbox.vercel.store import Store
from provisioner.sandbox.world import RepositoryView

PROJECTS_PER_REPOSITORY = {"hobby": 10, "pro": 60, "enterprise": 60}


def link_to(store: Store, account: Account, full_name: str) -> Link:
    """The link that a project of this account would get; raises the host's refusal."""
    if not store.behaviour.login_connection:
        raise _login_missing()
    repository = store.repositories.by_full_name(full_name)
    if repository is None:
        message = f'The repository "{full_name}" couldn\'t be found in your linked GitHub account.'
        raise bad_request(message, "repo_not_found", repo=full_name)
    if not visible(store, repository):
        raise _app_missing(full_name)
    _check_plan(account, repository)
    _check_count(store, account, repository)
    return Link(
        repository_id=repository.id,
        org=repository.owner,
        repo=repository.name,
        owner_id=repository.owner_id,
        production_branch=repository.default_branch,
        created=store.stamp(),
        sourceless=not repository.readable,
    )


def visible(store: Store, repository: RepositoryView) -> bool:
    """Whether the host's GitHub App sees the repository."""
    blind = {name.lower() for name in store.behaviour.blind_to}
    hidden = {repository.owner.lower(), repository.full_name.lower()} & blind
    return repository.installed and not hidden


def _app_missing(full_name: str) -> ApiError:
    return bad_request(
        "To link a GitHub repository, you need to install the GitHub integration first.",
        action="Install GitHub App",
        link="https://github.com/apps/vercel",
        repo=full_name,
    )


def _login_missing() -> ApiError:
    return bad_request(
        "To link a GitHub repository, you need to add a Login Connection to your GitHub "
        "account first.",
        action="Add a Login Connection",
        link="https://vercel.com/account/settings/authentication",
    )


def _check_plan(account: Account, repository: RepositoryView) -> None:
    if account.plan == "hobby" and repository.owner_type == "Organization":
        raise bad_request(
            "A Hobby account can't connect a repository that a GitHub organization owns. "
            "Upgrade to Pro to connect it.",
            action="Upgrade to Pro",
            link="https://vercel.com/docs/limits#connecting-a-project-to-a-git-repository",
            repo=repository.full_name,
        )


def _check_count(store: Store, account: Account, repository: RepositoryView) -> None:
    most = PROJECTS_PER_REPOSITORY[account.plan]
    links = [one.link for one in store.projects.values() if one.link is not None]
    if sum(link.repository_id == repository.id for link in links) >= most:
        raise bad_request(
            f"A Git Repository cannot be connected to more than {most} Projects.",
            "repo_links_exceeded_limit",
            action="Learn More",
            link="https://vercel.link/repository-connection-limit",
            repo=repository.full_name,
        )
