"""Vercel's accounts: the token's owner, teams, what projects are linked to. Looks only.

Paths follow Vercel's published API description.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from provisioner.answers import Call, parsed
from provisioner.errors import RemoteError, TokenRefused, UnexpectedResponse
from provisioner.hosting.vercel.session import SERVICE, VercelSession
from provisioner.models.setup import Team

PAGE = 100
MOST_PAGES = 20

Model = TypeVar("Model")


class VercelAccounts:
    """A `HostAccountReader`. Safe to share between threads."""

    def __init__(self, session: VercelSession) -> None:
        self._session = session

    def user(self) -> str:
        path = "/v2/user"
        payload = self._session.send("GET", path, None)
        return _parsed(path, payload, lambda found: str(found["user"]["username"]))

    def team(self, slug: str) -> Team | None:
        """A team that is not the token's is refused with 403, as is a token that is not valid."""
        path = f"/v2/teams/{quote(slug)}"
        try:
            payload = self._session.send("GET", path, None)
        except (TokenRefused, UnexpectedResponse):
            raise
        except RemoteError as error:
            if error.status in (403, 404) and error.retry_after is None:
                return None
            raise
        return _parsed(path, payload, _team)

    def linked_repositories(self, team: str) -> tuple[str, ...]:
        """Of the newest projects, as many as the pages hold: none of an owner proves nothing."""
        path = "/v10/projects"
        found: list[str] = []
        following: dict[str, Any] = {}
        for _ in range(MOST_PAGES):
            payload = self._session.send("GET", path, team, params={"limit": PAGE, **following})
            found += _parsed(path, payload, _linked)
            after = _parsed(path, payload, _following)
            if after is None:
                break
            following = {"from": after}
        return tuple(found)


def _team(payload: Mapping[str, Any]) -> Team:
    """The plan is not in the description of a team, and may be missing."""
    membership = payload["membership"]
    return Team(
        slug=payload["slug"],
        plan=str((payload.get("billing") or {}).get("plan") or ""),
        role=membership["role"],
        confirmed=bool(membership["confirmed"]),
    )


def _linked(payload: Mapping[str, Any]) -> list[str]:
    links = [project.get("link") or {} for project in payload["projects"]]
    return [f"{link['org']}/{link['repo']}" for link in links if link.get("type") == "github"]


def _following(payload: Mapping[str, Any]) -> object:
    return (payload.get("pagination") or {}).get("next")


def _parsed(path: str, payload: Any, parse: Callable[[Any], Model]) -> Model:
    return parsed(Call(SERVICE, "GET", f"GET {path}"), payload, parse)
