"""The shape of one call to the host, and who may make it. Knows no operation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from provisioner.sandbox.vercel.bodies import Body
from provisioner.sandbox.vercel.errors import ApiError, bad_request, not_found
from provisioner.sandbox.vercel.records import Account, Project
from provisioner.sandbox.vercel.store import Store

Answer = tuple[int, Any]
"""A status and a JSON value; None where the body is empty."""

USUAL_PAGE = 20
MAX_PAGE = 100

Model = TypeVar("Model", bound=Body)


class Dated(Protocol):
    """What lists are made of: no two have the same `created`."""

    @property
    def created(self) -> int: ...


Item = TypeVar("Item", bound=Dated)


@dataclass(frozen=True)
class Call:
    """One authenticated request: on whose behalf, its query, its JSON body, its path's parts."""

    account: Account
    args: Mapping[str, str]
    body: Any
    path: Mapping[str, str]

    def number(self, name: str) -> int | None:
        """A number of the query; 400 where it is none."""
        text = self.args.get(name)
        if text is None:
            return None
        try:
            return int(text)
        except ValueError:
            raise bad_request(f"Invalid request: `{name}` should be number.") from None

    def page(self, items: Iterable[Item], before: str = "until") -> tuple[list[Item], Any]:
        """One page, newest first unless `order=ASC`, and its `pagination`.

        `before` names the parameter that takes `pagination.next` back.
        """
        until, since = self.number(before), self.number("since")
        fitting = [
            one
            for one in items
            if (until is None or one.created < until) and (since is None or one.created > since)
        ]
        fitting.sort(key=lambda one: one.created, reverse=self.args.get("order") != "ASC")
        limit = min(max(self.number("limit") or USUAL_PAGE, 1), MAX_PAGE)
        page, more = fitting[:limit], len(fitting) > limit
        return page, {
            "count": len(page),
            "next": page[-1].created if more else None,
            "prev": page[0].created if page else None,
        }


Handler = Callable[[Store, Call], Answer]


@dataclass(frozen=True)
class Route:
    """`path` as Flask writes it, such as `/v9/projects/<project>`."""

    method: str
    path: str
    handler: Handler


def account_of(store: Store, authorization: str, args: Mapping[str, str]) -> Account:
    """The account that a request acts for: `teamId`, else `slug`, else the token owner's own.

    A bad token is a 403 with `invalidToken`, and so is, without it, a team
    that is not there or not the token's.
    """
    check_token(store, authorization)
    wanted = args.get("teamId") or args.get("slug")
    if not wanted:
        store.personal.plan = store.behaviour.personal_plan
        return store.personal
    team = store.team(wanted)
    if team is None or not may_act_in(store, team):
        raise ApiError(
            403,
            "forbidden",
            f'Not authorized: Trying to access resource under scope "{wanted}". '
            "You must re-authenticate to this scope or use a token with access to this scope.",
        )
    return team


def check_token(store: Store, authorization: str) -> None:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        message = "The request is missing an authentication token"
        raise ApiError(403, "forbidden", message, missingToken=True)
    if token.strip() != store.world.tokens.vercel or not store.behaviour.token_valid:
        raise ApiError(403, "forbidden", "Not authorized", invalidToken=True)


def may_act_in(store: Store, team: Account) -> bool:
    allowed = store.behaviour.token_teams
    return team.member and (allowed is None or team.slug in allowed)


def project_of(store: Store, call: Call, *, changes: bool = False) -> Project:
    """The project that the path names; 404 without one, 409 to change one in transfer."""
    project = store.project(call.account, call.path["project"])
    if project is None:
        raise not_found("Project not found.")
    if changes and project.name in store.behaviour.in_transfer:
        message = "The project is being transferred and cannot be changed."
        raise ApiError(409, "project_being_transferred", message)
    return project


def read(model: type[Model], body: Any) -> Model:
    """A body as values; 400 with the first thing that is wrong, in the host's words."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise bad_request(f"Invalid request: {_first_fault(error)}") from None


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"should NOT have additional property `{where}`."
    if fault["type"] == "missing":
        return f"missing required property `{where}`."
    return f"`{where}` is not valid: {fault['msg']}."
