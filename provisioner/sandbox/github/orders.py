"""The forms in which GitHub's circumstances are set, and people act, from outside.

Sets nothing itself.
"""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from provisioner.sandbox.github.accounts import MAINTAINER
from provisioner.sandbox.github.people import ControlError
from provisioner.sandbox.github.records import Permission

Texts = dict[str, str | None]
M = TypeVar("M", bound=BaseModel)


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class AccountOrder(Order):
    """An account as it is to be. `member` is about the provisioner's own user.

    `may_create`: members may make repositories, forks too. `app`: what the
    host's GitHub App sees; `selected` means the repositories there are now.
    `public_members`: who lets everybody see that they belong to it.
    `administered` false: the maintainer who set the network up is no owner of it.
    """

    login: str
    type: Literal["user", "organization"] = "organization"
    exists: bool = True
    member: bool = True
    role: Literal["member", "admin"] = "member"
    may_create: bool = True
    forks_of_private: bool = True
    app: Literal["all", "selected", "none"] = "all"
    public_members: list[str] = []
    administered: bool = True


class RepositoryOrder(Order):
    """A repository as it is to be, made if it is not there.

    `files` by path make a first commit; none, and it stays empty. `fork_of`
    makes it a fork. `permission` is the provisioner's user's own. `actions`:
    they are switched on, those that `allowed_actions` says.
    """

    full_name: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")]
    files: dict[str, str] = {}
    private: bool = False
    template: bool = False
    forking: bool = True
    archived: bool = False
    actions: bool = True
    allowed_actions: Literal["all", "local_only", "selected"] = "all"
    fork_of: str | None = None
    permission: Permission | None = None


class RenameOrder(Order):
    full_name: str
    to: Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")]


class ProtectionOrder(Order):
    """Protect a branch of the network's repository; `contexts` None takes it away.

    With `ruleset` a ruleset does it: then the branch itself shows no rule. `code_owners`: their
    review is required; `deletable`, `forcible`: the branch may be deleted, history rewritten;
    `updates`: nobody but those whom a ruleset excepts may push.
    """

    branch: str = "main"
    contexts: list[str] | None = None
    strict: bool = False
    enforce_admins: bool = False
    reviews: int | None = None
    ruleset: bool = False
    code_owners: bool = False
    deletable: bool = False
    forcible: bool = False
    updates: bool = False


class EnvironmentOrder(Order):
    """An Actions environment of the network's repository; `exists` false takes it away.

    `policies` are the patterns of branches that may use a `custom` one.
    """

    name: str
    branches: Literal["all", "protected", "custom"] = "all"
    policies: list[str] = ["main"]
    exists: bool = True


class RunOrder(Order):
    """An Actions run of the network's repository, on its default branch unless told otherwise."""

    workflow: str
    event: str = "push"
    sha: str | None = None
    branch: str | None = None
    actor: str = MAINTAINER
    status: str = "completed"
    conclusion: str | None = "success"
    attempt: Annotated[int, Field(ge=1)] = 1
    jobs: list[str] = []


class BehaviourOrder(Order):
    """How GitHub behaves; what is left out stays as it is.

    `open_accounts`: unknown owners exist. `several_forks`: an organisation may fork
    a repository of its own more than once. `pulls_lag`: seconds for which a
    merged commit's pull request cannot be found. `comments_lag`: seconds for
    which a new comment is not in a list yet. `tree_entries`: how many entries
    of a git tree are shown before it is cut. `per_hour`,
    `content_per_minute`: limits to refuse at (None: none), `retry_after`
    whether a refusal says how long. `changes_workflows`: the provisioner's
    token may bring in workflow files; `scopes` make that token a classic one
    (None: fine-grained), and it ends at `token_ends`.
    """

    open_accounts: bool | None = None
    several_forks: bool | None = None
    pulls_lag: float | None = None
    comments_lag: float | None = None
    tree_entries: int | None = None
    per_hour: int | None = None
    content_per_minute: int | None = None
    retry_after: bool | None = None
    changes_workflows: bool | None = None
    scopes: list[str] | None = None
    token_ends: datetime | None = None


class PullRequestOrder(Order):
    title: str
    author: str
    files: Texts
    start: Annotated[Literal["fork", "branch"], Field(alias="from")] = "fork"
    branch: str | None = None
    into: str | None = None
    body: str | None = None
    check: str = "success"


class CommitOrder(Order):
    files: Texts
    message: str = "Fix it"
    check: str = "success"


class MergeOrder(Order):
    method: Literal["merge", "squash", "rebase"] = "merge"
    merger: str = MAINTAINER


class CloseOrder(Order):
    by: str = MAINTAINER


class CommentOrder(Order):
    author: str
    body: str


class PushOrder(Order):
    files: Texts
    repository: str | None = None
    branch: str | None = None
    message: str = "Change files"
    author: str = MAINTAINER


class DispatchOrder(Order):
    workflow: str
    inputs: dict[str, Any] = {}
    sender: str = MAINTAINER


class RepositoryDispatchOrder(Order):
    action: str
    payload: dict[str, Any] = {}
    sender: str = MAINTAINER


def read_order(form: type[M], data: object) -> M:
    """What `form` says, or a `ControlError` that says what is wrong."""
    try:
        return form.model_validate(data)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the body"
        raise ControlError(f"{where}: {fault['msg']}") from None
