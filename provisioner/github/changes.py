"""What merging a pull request would change, by comparing trees. Looks only; retries nothing.

No list of changed files is taken for the whole truth: GitHub cuts them without saying so. And a
pull request is never looked at by its number alone, because its branch may move at any moment:
everything here is about one commit.
"""

from provisioner.answers import Call, unexpected
from provisioner.errors import ProvisionerError
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.session import SERVICE
from provisioner.github.trees import Trees
from provisioner.models.change import MergeEffect
from provisioner.models.remote import PullRequest, Tree, TreeEntry, WrittenCommit

FOLDER = "hubs"


class Moved(ProvisionerError):
    """The pull request is no longer about the commit in question, or leads elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            "the pull request changed while it was checked",
            "Nothing is needed: its newest commit is checked by itself.",
        )


def effect_of_merge(
    network: NetworkRepository, trees: Trees, branch: str, pull: PullRequest
) -> MergeEffect:
    """What a merge of exactly `pull.head_sha` into `branch` would do.

    While the branch has not moved on, the merge gives the proposal's own tree. Else the commit is
    taken with which GitHub tries the merge itself: to work it out from the commit where the two
    parted would not do, for there may be several of these and the author chooses among them.
    Raises `Moved` when the pull request has another head meanwhile.
    """
    parted = trees.comparison(branch, pull.head_sha)
    if parted.merge_base == parted.base:
        return effect_between(trees, parted.base, pull.head_sha)
    trial = _trial_merge(network, trees, branch, pull)
    if trial is not None:
        return effect_between(trees, trial.parents[0], trial.sha)
    proposed = effect_between(trees, parted.merge_base, pull.head_sha)
    return proposed.model_copy(update={"exact": False})


def effect_of_queued(trees: Trees, branch: str, sha: str) -> MergeEffect:
    """What the commit of a merge queue changes: GitHub built it upon the branch itself."""
    parted = trees.comparison(branch, sha)
    return effect_between(trees, parted.merge_base, sha)


def still_there(network: NetworkRepository, branch: str, pull: PullRequest) -> bool:
    """Whether the pull request is open, into `branch`, and at the very commit that was judged."""
    now = network.pull_request(pull.number)
    return now is not None and now.state == "open" and _same(now, branch, pull)


def _same(now: PullRequest, branch: str, pull: PullRequest) -> bool:
    return now.head_sha == pull.head_sha and now.base_branch == branch


def _trial_merge(
    network: NetworkRepository, trees: Trees, branch: str, pull: PullRequest
) -> WrittenCommit | None:
    """GitHub's own try of the merge; `None` where it conflicts.

    GitHub tries some seconds after a push, so that another head's try may still be shown
    (docs.github.com: rest/pulls, get a pull request).
    """
    now = network.pull_request(pull.number)
    if now is None or not _same(now, branch, pull):
        raise Moved
    if now.mergeable is False:
        return None
    commit = trees.commit(now.merge_commit) if now.mergeable and now.merge_commit else None
    if commit is None or len(commit.parents) != 2 or commit.parents[1] != pull.head_sha:
        call = Call(SERVICE, "GET", f"GET /pulls/{pull.number}")
        raise unexpected(call, "no answer yet on whether it merges")
    return commit


def effect_between(trees: Trees, base: str, head: str) -> MergeEffect:
    """What differs from one commit to another."""
    before, after = trees.tree(base), trees.tree(head)
    names = sorted({*before.entries, *after.entries} - {FOLDER})
    return MergeEffect(
        before=folder_of(trees, before),
        after=folder_of(trees, after),
        elsewhere=tuple(n for n in names if before.entries.get(n) != after.entries.get(n)),
    )


def folder_of(trees: Trees, root: Tree) -> dict[str, TreeEntry]:
    """What the folder of hub files holds; where something else has its name, that alone."""
    folder = root.entries.get(FOLDER)
    if folder is None:
        return {}
    if not folder.is_folder:
        return {"": folder}
    return trees.tree(folder.sha).entries
