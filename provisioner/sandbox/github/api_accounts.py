"""Operations about accounts: users, organisations, memberships.

See docs.github.com: rest/users, rest/orgs.
"""

from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.calls import ApiError, Call, Reply, Route, not_found, paged
from provisioner.sandbox.github.payload_accounts import (
    membership,
    organization,
    private_user,
    public_user,
)
from provisioner.sandbox.github.payload_repositories import repository_payload
from provisioner.sandbox.github.records import Account


def forbidden(actor: Actor) -> ApiError:
    """What a token hears that lacks a permission."""
    what = "integration" if actor.kind == "actions" else "personal access token"
    return ApiError(403, f"Resource not accessible by {what}")


def _user(call: Call) -> Reply:
    """An Actions token speaks for no user."""
    if call.actor.kind == "actions":
        raise forbidden(call.actor)
    return Reply(200, private_user(call.github, call.actor.account))


def _named_user(call: Call) -> Reply:
    return Reply(200, public_user(call.github, _account(call, call.path["username"])))


def _public_member(call: Call) -> Reply:
    """204 without a word, or 404."""
    if call.path["username"].lower() not in _org(call).public_members:
        raise not_found()
    return Reply(204)


def _organization(call: Call) -> Reply:
    return Reply(200, organization(call.github, _org(call)))


def _organization_repositories(call: Call) -> Reply:
    own = call.github.repositories.of(_org(call))
    seen = [one for one in own if call.github.access.may(call.actor, one, "read")]
    shown = [one for one in reversed(seen) if _is_of_type(call, one.fork, one.private)]
    return paged(call, shown, lambda one: repository_payload(call.github, one, call.actor))


def _is_of_type(call: Call, fork: bool, private: bool) -> bool:
    match call.query.get("type", "all"):
        case "public":
            return not private
        case "private":
            return private
        case "forks":
            return fork
        case "sources":
            return not fork
    return True


def _membership(call: Call) -> Reply:
    """Only members may see who is a member."""
    if call.actor.kind == "actions":
        raise forbidden(call.actor)
    owner = _org(call)
    if call.actor.login not in owner.members:
        raise ApiError(403, f"You must be a member of {owner.login} to see membership information.")
    member = _account(call, call.path["username"])
    if member.login not in owner.members:
        raise not_found()
    return Reply(200, membership(call.github, owner, member))


def _account(call: Call, login: str) -> Account:
    found = call.github.accounts.find(login)
    if found is None:
        raise not_found()
    return found


def _org(call: Call) -> Account:
    found = _account(call, call.path["org"])
    if not found.is_organization:
        raise not_found()
    return found


ROUTES: tuple[Route, ...] = (
    Route("GET", "/user", _user),
    Route("GET", "/users/<username>", _named_user),
    Route("GET", "/orgs/<org>", _organization),
    Route("GET", "/orgs/<org>/public_members/<username>", _public_member),
    Route("GET", "/orgs/<org>/repos", _organization_repositories),
    Route("GET", "/orgs/<org>/memberships/<username>", _membership),
)
