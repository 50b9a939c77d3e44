"""The whole sandbox: GitHub, the host, Telegram, DNS and the web's edge, served on loopback.

    with Sandbox() as sandbox:
        run(sandbox.environment)

Everything lives in memory and is gone when the context ends. Several can run
side by side in one process.
"""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from flask import Flask

from provisioner.clock import Clock, SystemClock
from provisioner.sandbox.application import app
from provisioner.sandbox.contract import Contract
from provisioner.sandbox.control import Control
from provisioner.sandbox.control_api import control_api
from provisioner.sandbox.dns import DnsServer, DnsZone
from provisioner.sandbox.edge import Edge
from provisioner.sandbox.exchange import Answer, Request
from provisioner.sandbox.faults import Faults
from provisioner.sandbox.gate import Gate, Respond, Shared
from provisioner.sandbox.github.api import blueprint as github_blueprint
from provisioner.sandbox.github.lookup import Lookup
from provisioner.sandbox.github.smart_http import GitService, is_git
from provisioner.sandbox.github.state import GitHubWorld
from provisioner.sandbox.listener import Listener
from provisioner.sandbox.requests import Observer, RequestLog
from provisioner.sandbox.seed import NETWORK_FILES, SOURCES, Files
from provisioner.sandbox.telegram import TelegramWorld
from provisioner.sandbox.telegram import blueprint as telegram_blueprint
from provisioner.sandbox.vercel.api import blueprint as vercel_blueprint
from provisioner.sandbox.vercel.control import control_blueprint as vercel_control
from provisioner.sandbox.vercel.state import VercelWorld
from provisioner.sandbox.world import Latency, World
from provisioner.sandbox.wsgi import call
from provisioner.secrets.sealing import PRIVATE_PREFIX

PORTS = ("github", "vercel")
"""The APIs whose port may be chosen."""
ENVIRONMENT = "provisioner"
"""The Actions environment that a network's repository has, as docs/set-up.md says."""


class Sandbox:
    """Serves while the context lasts; ports are bound on construction, 0 takes free ones.

    `files` are in the network's repository beside its README; `sources` are
    the repositories that apps are copied from, by full name. With `specs`
    every exchange is held to the API descriptions in that folder.
    """

    def __init__(
        self,
        latency: Latency | None = None,
        clock: Clock | None = None,
        repository: str = "example-network/hubs",
        github_port: int = 0,
        vercel_port: int = 0,
        seed: int = 0,
        observer: Observer | None = None,
        specs: Path | None = None,
        files: Files | None = None,
        sources: Mapping[str, Files] | None = None,
    ) -> None:
        self.world = World(clock or SystemClock(), latency or Latency.none(), seed)
        self._contract = Contract(specs)
        self._listeners = _listeners(github_port, vercel_port, 0)
        self.github = GitHubWorld(self.world, self._listeners[0].url, repository)
        self.github.seed(
            {**NETWORK_FILES, **(files or {})}, SOURCES if sources is None else sources
        )
        self.dns = DnsZone()
        self.vercel = VercelWorld(self.world, Lookup(self.github), self.dns)
        self.telegram = TelegramWorld(self.world)
        self._dns_server = DnsServer(self.dns)
        self._edge = Edge(self.world, self.vercel, self.dns)
        self._sealing_key = _sealing_key(self.world)
        log, faults = RequestLog(observer), Faults()
        self.control = Control(
            self.github, self.vercel, self.dns, self.telegram, log, faults, self._contract
        )
        self.control.set_environment(name=ENVIRONMENT, branches="protected")
        self._log, self._faults = log, faults
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._dns_server.__enter__()
            self._edge.__enter__()
        except BaseException:
            self.__exit__()
            raise
        self.environment = self._environment()
        for listener, gate in zip(self._listeners, self._gates(), strict=True):
            listener.start(gate.serve)
        return self

    def __exit__(self, *_: object) -> None:
        self._dns_server.__exit__()
        self._edge.__exit__()
        for listener in self._listeners:
            listener.stop()

    @property
    def first_line(self) -> dict[str, Any]:
        """What `provisioner sandbox` prints first, so that others can find it."""
        environment = self.environment
        return {
            "github_api_url": environment["GITHUB_API_URL"],
            "vercel_api_url": environment["VERCEL_API_URL"],
            "github_token": environment["GITHUB_TOKEN"],
            "vercel_token": environment["VERCEL_TOKEN"],
            "repository": environment["GITHUB_REPOSITORY"],
            "dns": environment["PROVISIONER_DNS_SERVERS"],
            "env": environment,
        }

    def _environment(self) -> dict[str, str]:
        github, vercel, telegram = self._listeners
        return {
            "GITHUB_API_URL": github.url,
            "GITHUB_SERVER_URL": github.url,
            "GITHUB_REPOSITORY": self.github.network,
            "GITHUB_TOKEN": self.world.tokens.github_actions,
            "PROVISIONER_GITHUB_TOKEN": self.world.tokens.github_user,
            "VERCEL_API_URL": vercel.url,
            "VERCEL_TOKEN": self.world.tokens.vercel,
            "TELEGRAM_API_URL": telegram.url,
            "PROVISIONER_SEALING_KEY": self._sealing_key,
            "PROVISIONER_DNS_SERVERS": self._dns_server.address,
            "PROVISIONER_EDGE": self._edge.url,
            "PROVISIONER_EDGE_CA": self._edge.ca_file,
            "PROVISIONER_LISTS_BEHIND": "0",
        }

    def _gates(self) -> tuple[Gate, Gate, Gate]:
        github, vercel, telegram = self._listeners
        shared = Shared(self.world, self._log, self._faults, self._contract, self._control())
        git = GitService(self.github, github.port)
        api = _responder(app(github_blueprint(self.github)), github.port)
        return (
            Gate(
                shared,
                lambda request: "git" if is_git(request) else "github",
                lambda request: git.respond(request) if is_git(request) else api(request),
            ),
            _gate(shared, "vercel", app(vercel_blueprint(self.vercel)), vercel.port),
            _gate(shared, "telegram", app(telegram_blueprint(self.telegram)), telegram.port),
        )

    def _control(self) -> Respond:
        api = control_api(self.control, self.environment)
        return _responder(app(api, vercel_control(self.vercel)), self._listeners[0].port)


def _listeners(*ports: int) -> list[Listener]:
    """All of them or, where a port is taken, none."""
    opened: list[Listener] = []
    try:
        for port in ports:
            opened.append(Listener(port))
    except OSError:
        for listener in opened:
            listener.stop()
        raise
    return opened


def _gate(shared: Shared, name: str, api: Flask, port: int) -> Gate:
    return Gate(shared, lambda _: name, _responder(api, port))


def _responder(api: Flask, port: int) -> Respond:
    def respond(request: Request) -> Answer:
        return call(api.wsgi_app, request, port)

    return respond


def _sealing_key(world: World) -> str:
    return PRIVATE_PREFIX + base64.urlsafe_b64encode(world.random_bytes(32)).decode().rstrip("=")
