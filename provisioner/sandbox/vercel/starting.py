"""Starting a deployment: which commit, whether one like it is there, and the record itself.

Answers no request; also pushes and new projects come through here.
"""

from collections.abc import Mapping

from provisioner.sandbox.vercel.behaviour import Outcome
from provisioner.sandbox.vercel.bodies import GitSourceBody
from provisioner.sandbox.vercel.builds import progress
from provisioner.sandbox.vercel.errors import bad_request
from provisioner.sandbox.vercel.hosts import deployment_host
from provisioner.sandbox.vercel.linking import visible
from provisioner.sandbox.vercel.records import Deployment, GitSource, Link, Project
from provisioner.sandbox.vercel.store import Store
from provisioner.sandbox.vercel.variables import environment
from provisioner.sandbox.world import CommitView, Push, RepositoryView

INCORRECT = "incorrect_git_source_info"
FAILED = frozenset({"ERROR", "CANCELED", "BLOCKED"})


FUNCTIONS = ("webhook", "health")
LANGUAGES = ("py", "js", "ts", "mjs")


def git_source(store: Store, wanted: GitSourceBody) -> GitSource:
    """The commit that a request means; 400 where the host cannot see it (yet)."""
    repository = _repository(store, wanted)
    if repository is None or not visible(store, repository):
        raise bad_request("The provided GitHub repository can't be found.", INCORRECT)
    sha = wanted.sha or _commit_at(store, repository, wanted.ref)
    if sha is None or store.repositories.commit(repository.id, sha) is None:
        message = f"The provided GitHub ref or commit can't be found: {wanted.sha or wanted.ref}."
        raise bad_request(message, INCORRECT)
    return _source(repository, wanted.ref, sha)


def _repository(store: Store, wanted: GitSourceBody) -> RepositoryView | None:
    if wanted.repo_id is not None and str(wanted.repo_id).isdecimal():
        return store.repositories.by_id(int(wanted.repo_id))
    if wanted.org and wanted.repo:
        return store.repositories.by_full_name(f"{wanted.org}/{wanted.repo}")
    raise bad_request("Invalid request: `gitSource` needs `repoId`, or `org` and `repo`.")


def _commit_at(store: Store, repository: RepositoryView, ref: str) -> str | None:
    """`ref` is a branch, or a commit itself."""
    head = store.repositories.head(repository.id, ref)
    if head is None and store.repositories.commit(repository.id, ref) is not None:
        return ref
    return head


def _source(repository: RepositoryView, ref: str, sha: str) -> GitSource:
    return GitSource(repository.id, repository.owner, repository.name, ref, sha, repository.private)


def similar(
    store: Store, project: Project, git: GitSource, target: str | None
) -> Deployment | None:
    """The deployment of the same commit that a request without `forceNew` gets back.

    Variables are not compared: whoever changed one has to ask for a new deployment.
    """
    now = store.world.clock.now()
    for one in store.deployments_of(project):
        same = one.git.sha == git.sha and one.target == target
        if same and progress(one, now).state not in FAILED:
            return one
    return None


def start(
    store: Store,
    project: Project,
    git: GitSource,
    target: str | None,
    source: str,
    meta: Mapping[str, str],
) -> Deployment:
    """Record a new deployment with the variables as they are now."""
    latency = store.world.latency
    outcome = _outcome(store, project, git)
    build = latency.build if outcome.build_seconds is None else outcome.build_seconds
    deployment = Deployment(
        id=store.world.token("dpl_", 28),
        project=project,
        host=deployment_host(store, project),
        target=target,
        source=source,
        git=git,
        meta={**_commit_meta(store, git), **meta},
        settings=dict(project.settings),
        environment=environment(project, target),
        created=store.stamp(),
        began=store.world.clock.now(),
        queued_seconds=latency.build_queued,
        build_seconds=build,
        alias_seconds=latency.alias,
        outcome=outcome,
        is_bot=_is_bot(store, project, git),
    )
    store.deployments[deployment.id] = deployment
    return deployment


def _is_bot(store: Store, project: Project, git: GitSource) -> bool:
    """Whether the code has functions that serve a bot: a build holds what it was made of."""
    root = (project.settings.get("rootDirectory") or "").strip("/")
    prefix = f"{root}/" if root else ""
    paths = (f"{prefix}api/{name}.{ending}" for name in FUNCTIONS for ending in LANGUAGES)
    read = store.repositories.read_file
    return any(read(git.repository_id, git.sha, path) is not None for path in paths)


def _outcome(store: Store, project: Project, git: GitSource) -> Outcome:
    commit = store.repositories.commit(git.repository_id, git.sha)
    stranger = commit is None or commit.author_login not in store.behaviour.members
    if store.behaviour.strangers_blocked and git.private and stranger:
        return Outcome(state="BLOCKED", block_code="COMMIT_AUTHOR_REQUIRED")
    return store.behaviour.take_outcome(project.name)


def _commit_meta(store: Store, git: GitSource) -> dict[str, str]:
    commit: CommitView | None = store.repositories.commit(git.repository_id, git.sha)
    if commit is None:
        return {}
    return {
        "githubCommitMessage": commit.message,
        "githubCommitAuthorName": commit.author_name,
        "githubCommitAuthorLogin": commit.author_login,
    }


def deploy_linked(store: Store, project: Project, link: Link, source: str) -> None:
    """Deploy the head of the production branch, where the host can read it."""
    repository = store.repositories.by_id(link.repository_id)
    head = store.repositories.head(link.repository_id, link.production_branch)
    if repository is None or head is None or not visible(store, repository):
        return
    git = _source(repository, link.production_branch, head)
    start(store, project, git, "production", source, {})


def pushed(store: Store, push: Push) -> None:
    """A branch moved: every project on that repository deploys it, as production or preview."""
    repository = store.repositories.by_id(push.repository_id)
    if push.after is None or repository is None or not visible(store, repository):
        return
    for project in list(store.projects.values()):
        link = project.link
        if link is None or link.repository_id != push.repository_id:
            continue
        production = push.branch == link.production_branch
        if production or not project.settings.get("previewDeploymentsDisabled"):
            git = _source(repository, push.branch, push.after)
            start(store, project, git, "production" if production else None, "git", {})
