"""Operations on a repository as a whole: read, change, delete, make from a template.

See docs.github.com: rest/repos/repos.
"""

import re

from provisioner.sandbox.github.api_accounts import forbidden
from provisioner.sandbox.github.calls import (
    Call,
    Reply,
    Route,
    invalid,
    not_found,
    unprocessable,
)
from provisioner.sandbox.github.payload_repositories import DEFAULT_SETTINGS, full_repository
from provisioner.sandbox.github.records import Account

NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
PLAIN_FIELDS = ("description", "private", "is_template", "archived", "allow_forking")
SETTINGS = frozenset({*DEFAULT_SETTINGS, "homepage"})


def _read(call: Call) -> Reply:
    return Reply(200, full_repository(call.github, call.repository, call.actor))


def _change(call: Call) -> Reply:
    repository, name = call.repository, call.body.get("name")
    if name is not None and name != repository.name:
        check_name(call, repository.owner, str(name))
        call.github.repositories.rename(repository, repository.owner, str(name))
    branch = call.body.get("default_branch")
    if branch is not None:
        if repository.git.head(str(branch)) is None:
            raise invalid("Repository", "default_branch", f"The branch {branch} was not found.")
        repository.default_branch = str(branch)
        repository.git.point_head_at(str(branch))
    for field in PLAIN_FIELDS:
        if field in call.body:
            setattr(repository, field, call.body[field])
    if "visibility" in call.body:
        repository.private = call.body["visibility"] == "private"
    repository.settings.update({key: call.body[key] for key in SETTINGS & call.body.keys()})
    return _read(call)


def _delete(call: Call) -> Reply:
    call.github.delete_repository(call.repository)
    return Reply(204)


def _generate(call: Call) -> Reply:
    template = call.repository
    if not template.is_template:
        raise not_found()
    owner = _owner(call)
    name = call.text("name")
    check_name(call, owner, name, "Could not clone: Name already exists on this account")
    copy = call.github.copies.generate(
        template,
        owner,
        call.actor.account,
        name,
        private=call.body.get("private") is True,
        description=call.body.get("description"),
        include_all_branches=call.body.get("include_all_branches") is True,
    )
    return Reply(201, full_repository(call.github, copy, call.actor))


def _owner(call: Call) -> Account:
    login = call.body.get("owner")
    owner = call.github.accounts.find(str(login)) if login else call.actor.account
    if owner is None:
        raise not_found()
    if not call.github.access.may_create_in(call.actor, owner):
        raise forbidden(call.actor)
    return owner


def check_name(call: Call, owner: Account, name: str, taken: str = "") -> None:
    """Refuses a name that is not one, or that another repository of the owner has."""
    if not NAME.fullmatch(name):
        raise invalid("Repository", "name", "name is invalid")
    if call.github.repositories.find(f"{owner.login}/{name}") is None:
        return
    if taken:
        raise unprocessable(taken)
    raise invalid("Repository", "name", "name already exists on this account")


ROUTES: tuple[Route, ...] = (
    Route("GET", "/repos/<owner>/<repo>", _read),
    Route("PATCH", "/repos/<owner>/<repo>", _change, needs="admin"),
    Route("DELETE", "/repos/<owner>/<repo>", _delete, needs="admin"),
    Route("POST", "/repos/<owner>/<repo>/generate", _generate),
)
