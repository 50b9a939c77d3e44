"""The host's stand-in behind a real HTTP interface, in a world whose clock only tests move.

Every exchange is held to the official API description where
PROVISIONER_API_SPECS names its folder.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from provisioner.clock import ManualClock
from provisioner.sandbox.contract import Contract
from provisioner.sandbox.dns import DnsZone
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.vercel.api import blueprint
from provisioner.sandbox.vercel.behaviour import Outcome
from provisioner.sandbox.vercel.control import control_blueprint
from provisioner.sandbox.vercel.state import VercelWorld
from provisioner.sandbox.world import Latency, World
from tests.unit.sandbox.repositories import Repositories

TEAM = "nairobi-commons"
SOURCE = f"{TEAM}/{TEAM}--docs"
NAME = f"{TEAM}--docs"
SITE = {"package.json": b'{"devDependencies": {"vitepress": "^1.0.0"}}', "index.md": b"# Hello"}
BUILT = {"forceNew": "1", "skipAutoDetectionConfirmation": "1"}
TARGETS = ["production", "preview"]
REAL = Latency(build_queued=10.0, build=30.0, alias=5.0)


def specifications() -> Path | None:
    folder = os.environ.get("PROVISIONER_API_SPECS")
    return Path(folder) if folder else None


@dataclass(frozen=True)
class Reply:
    """An answer as tests read it."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.body["error"]
        return error

    def __getitem__(self, name: str) -> Any:
        return self.body[name]


class Host:
    """A world with the host in it, and one client that speaks HTTP to it."""

    def __init__(self, latency: Latency | None = None) -> None:
        self.clock = ManualClock()
        self.world = World(self.clock, latency or Latency.none())
        self.zone = DnsZone()
        self.repositories = Repositories()
        self.vercel = VercelWorld(self.world, self.repositories, self.zone)
        self.contract = Contract(specifications())
        self.token = self.world.tokens.vercel
        self.source = self.repositories.add(SOURCE, SITE)
        app = Flask("host")
        app.register_blueprint(blueprint(self.vercel))
        app.register_blueprint(control_blueprint(self.vercel))
        self._client = app.test_client()

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        team: str = TEAM,
        token: str | None = None,
        **query: Any,
    ) -> Reply:
        if team and not path.startswith("/_sandbox"):
            query["slug"] = team
        payload = b"" if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token or self.token}"}
        answer = self._client.open(
            path, method=method, query_string=query, data=payload, headers=headers
        )
        if not path.startswith("/_sandbox"):
            seen = Answer(answer.status_code, tuple(answer.headers.items()), answer.data)
            sent = Request(method, path, urlencode(query), {}, payload)
            self.contract.check("vercel", sent, seen)
        return Reply(answer.status_code, answer.get_json(silent=True), dict(answer.headers))

    def get(self, path: str, **query: Any) -> Reply:
        return self.call("GET", path, **query)

    def create_project(self, name: str = NAME, repo: str = SOURCE, **more: Any) -> Reply:
        team = more.pop("team", TEAM)
        body = {"name": name, "gitRepository": {"type": "github", "repo": repo}, **more}
        return self.call("POST", "/v11/projects", body, team=team)

    def set_variable(self, key: str, value: str, name: str = NAME, **more: Any) -> Reply:
        upsert = more.pop("upsert", "true")
        body = {"key": key, "value": value, "type": "encrypted", "target": TARGETS, **more}
        return self.call("POST", f"/v10/projects/{name}/env", body, upsert=upsert)

    def deploy(self, name: str = NAME, *, team: str = TEAM, **more: Any) -> Reply:
        query = more.pop("query", BUILT)
        head = self.repositories.head(self.source, "main")
        git = {"type": "github", "repoId": self.source, "ref": "main", "sha": head}
        body = {"name": name, "project": name, "target": "production", "gitSource": git, **more}
        return self.call("POST", "/v13/deployments", body, team=team, **query)

    def deployment(self, deployment_id: str) -> Reply:
        return self.get(f"/v13/deployments/{deployment_id}")

    def next_ends(self, **outcome: Any) -> None:
        self.vercel.behaviour.next_deployments = [Outcome(**outcome)]

    def attach(self, domain: str, name: str = NAME, team: str = TEAM) -> Reply:
        return self.call("POST", f"/v10/projects/{name}/domains", {"name": domain}, team=team)

    def config(self, domain: str, name: str = NAME) -> Reply:
        return self.get(f"/v6/domains/{domain}/config", projectIdOrName=name)

    def live(self, name: str = NAME) -> None:
        """A project with a successful production deployment."""
        assert self.create_project(name).status == 200
        assert self.deploy(name).status == 200
