"""Environment to clients, journal and clock: the only constructor of the outside world."""

import random
import secrets as random_source
import ssl
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from provisioner import settings
from provisioner.actions.base import Readers, Secrets, Writers
from provisioner.clock import Clock, SystemClock
from provisioner.dns.resolver import PUBLIC_SERVERS, PublicDns
from provisioner.engine.hub_runner import Engine
from provisioner.engine.journal import Journal
from provisioner.engine.lease import Worker
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.errors import ConfigurationError, RemoteError
from provisioner.github.door import Door
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.repositories import Repositories
from provisioner.github.session import GitHubSession
from provisioner.github.settings import GitHubSettings, SettingsReader
from provisioner.github.state_branch import StateBranch
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from provisioner.hosting.accounts import HostAccountReader
from provisioner.hosting.base import Host
from provisioner.hosting.kind import HostAccess, HostKind
from provisioner.hosting.live_page import LivePage
from provisioner.hosting.registry import HOSTS
from provisioner.hosting.visit import Visitor, edge_way, public_way
from provisioner.output import redactor_of
from provisioner.process import ActionsAttempt, process_is_gone, process_name
from provisioner.redaction import Redactor
from provisioner.report.finding import Lists
from provisioner.secrets.opening import SealedSecrets
from provisioner.sockets import Way
from provisioner.telegram.api import Telegram
from provisioner.transport import USUAL, HttpClient, Patience, http_client, public_tls, tls_context

GITHUB_API = "https://api.github.com"
TELEGRAM_API = "https://api.telegram.org"


class Wiring:
    """Makes each part once, when it is first asked for. Missing settings raise exit 2."""

    def __init__(
        self,
        environ: Mapping[str, str],
        clock: Clock | None = None,
        rng: random.Random | None = None,
        policy: RetryPolicy | None = None,
        deadline: datetime | None = None,
        mask: Callable[[str], None] = lambda _secret: None,
        patience: Patience = USUAL,
        reserve: int = 0,
        redactor: Redactor | None = None,
    ) -> None:
        self.environ = environ
        self._reserve = reserve
        self.clock = clock or SystemClock()
        self.rng = rng or random.Random(random_source.randbits(64))  # noqa: S311 - jitter, run ids
        self.retrier = Retrier(policy or RetryPolicy(), self.clock, self.rng)
        self.deadline = deadline
        self._patience = patience
        self.redactor = redactor_of(environ, redactor)
        self._mask = mask

    @cached_property
    def repository(self) -> str:
        """The network's repository, `owner/name`."""
        return settings.repository(self.environ)

    def ensure_repository(self) -> None:
        """Raise `ConfigurationError` unless the network's repository is there."""
        if self.retrier.call(self.network.default_branch) is None:
            raise self._no_repository()

    def _no_repository(self) -> ConfigurationError:
        return ConfigurationError(
            f"GitHub shows no repository {self.repository}",
            "Check GITHUB_REPOSITORY and that GITHUB_TOKEN may read it.",
        )

    @cached_property
    def network(self) -> NetworkRepository:
        return NetworkRepository(self._network_session, self.repository)

    @cached_property
    def lists(self) -> Lists:
        """How far behind GitHub's lists may be."""
        return Lists(self.clock, settings.lists_behind(self.environ))

    @cached_property
    def trees(self) -> Trees:
        """The network's repository at any commit, also one of a fork."""
        return Trees(self._network_session, self.repository)

    @cached_property
    def door(self) -> Door:
        """Raises `ConfigurationError` where there is no such repository, besides what looks do."""
        branch = self.retrier.call(self.network.default_branch)
        if branch is None:
            raise self._no_repository()
        return Door(self.network, self.trees, branch, self.clock.now())

    @cached_property
    def journal(self) -> Journal:
        policy = replace(self.retrier.policy, attempts=2 * self.retrier.policy.attempts)
        patient = Retrier(policy, self.clock, self.rng)  # many hubs may write one branch at once
        return Journal(StateBranch(self._network_session, self.repository), patient)

    @cached_property
    def engine(self) -> Engine:
        return Engine(
            self.journal,
            self.clock,
            self.retrier,
            self.rng,
            self.worker,
            self.deadline,
            self.redactor.redact,
            self.network.account_id,
        )

    @cached_property
    def readers(self) -> Readers:
        """Everything that may be looked at, with the tokens of the copies and the host."""
        return Readers(
            repositories=self._repositories,
            hosts=self._hosts,
            dns=PublicDns(self._dns_servers()),
            pages=LivePage(Visitor(self._page_tls, self._page_way)),
            webhooks=self._telegram,
            secrets=self.secrets if self.environ.get("PROVISIONER_SEALING_KEY") else None,
        )

    @cached_property
    def network_settings(self) -> SettingsReader:
        """What GITHUB_TOKEN may see of the network's set-up."""
        return GitHubSettings(self._network_session)

    @cached_property
    def copies_settings(self) -> SettingsReader:
        """What PROVISIONER_GITHUB_TOKEN may see of the accounts and sources of copies."""
        return GitHubSettings(self._copies_session)

    def host_accounts(self, kind: HostKind) -> HostAccountReader:
        return kind.accounts(self._access(kind))

    @cached_property
    def writers(self) -> Writers:
        return Writers(
            repositories=self._repositories,
            hosts=self._hosts,
            webhooks=self._telegram,
            secrets=self.secrets,
        )

    @cached_property
    def secrets(self) -> Secrets:
        key = self.environ.get("PROVISIONER_SEALING_KEY", "").strip()
        return SealedSecrets(key, self.redactor.register, self._mask, self.clock)

    @cached_property
    def worker(self) -> Worker:
        """This process, by a name that tells a later one whether it can still be alive."""
        run = ActionsAttempt.of(self.environ)
        if run is None:
            return Worker(process_name(), process_is_gone)
        return Worker(run.worker_name, lambda holder: run.outlived(holder, self._run_ended))

    def _run_ended(self, run_id: int) -> bool:
        try:
            return self.network.actions_run_ended(run_id)
        except RemoteError:
            return False  # not known: the lease's time decides

    @property
    def unattended(self) -> bool:
        """Whether no person asked for this run: the schedule did, or a push of anything."""
        event = self.environ.get("GITHUB_EVENT_NAME", "")
        return event in ("schedule", "push") and self.environ.get("GITHUB_RUN_ATTEMPT") == "1"

    @property
    def started_by_hand(self) -> bool:
        """Whether a person started this run for what is merged now.

        Who re-runs a job asks for what it was started for, not for what was merged since.
        """
        return self.environ.get("GITHUB_EVENT_NAME", "") in ("workflow_dispatch", "")

    @cached_property
    def actions_run_url(self) -> str | None:
        run = self.environ.get("GITHUB_RUN_ID")
        return f"{self.repository_url}/actions/runs/{run}" if run else None

    @cached_property
    def repository_url(self) -> str:
        server = self.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
        return f"{server}/{self.repository}"

    @cached_property
    def _throttle(self) -> Throttle:
        return Throttle(self.clock)

    @cached_property
    def _network_session(self) -> GitHubSession:
        token = settings.token(
            self.environ,
            "GITHUB_TOKEN",
            "In Actions, pass `${{ github.token }}` to the step by `env:`. Elsewhere, set a token "
            "of your own: docs/reference.md, Environment variables.",
        )
        return self._session(token, "GITHUB_TOKEN", self._reserve)

    @cached_property
    def _copies_session(self) -> GitHubSession:
        token = settings.token(
            self.environ,
            "PROVISIONER_GITHUB_TOKEN",
            "Make the token that docs/set-up.md describes in step 4 and set it.",
        )
        return self._session(token, "PROVISIONER_GITHUB_TOKEN")

    @cached_property
    def _repositories(self) -> Repositories:
        return Repositories(self._copies_session)

    def _session(self, token: str, name: str, reserve: int = 0) -> GitHubSession:
        url = settings.service(self.environ, "GITHUB_API_URL", GITHUB_API)
        return GitHubSession(url, token, self.clock, self._throttle, name, self._patience, reserve)

    @cached_property
    def _hosts(self) -> dict[str, Host]:
        return {key: kind.connect(self._access(kind)) for key, kind in HOSTS.items()}

    def _access(self, kind: HostKind) -> HostAccess:
        token = settings.token(
            self.environ,
            kind.token_name,
            "Make the token that docs/set-up.md describes in step 5 and set it.",
        )
        url = settings.service(self.environ, kind.url_name, kind.url)
        return HostAccess(url, token, self._http(kind.name), self.clock)

    @cached_property
    def _telegram(self) -> Telegram:
        url = settings.service(self.environ, "TELEGRAM_API_URL", TELEGRAM_API)
        return Telegram(url, self._http("Telegram"), self.clock)

    def _http(self, service: str) -> HttpClient:
        return HttpClient(service, http_client(patience=self._patience), self._patience)

    @property
    def _page_tls(self) -> ssl.SSLContext:
        authority = self.environ.get("PROVISIONER_EDGE_CA", "")
        if not authority:
            return public_tls()
        try:
            return tls_context(Path(authority))
        except OSError as error:  # no certificate in it is one, too
            raise ConfigurationError(
                f"PROVISIONER_EDGE_CA is not a file of certificates: {authority}",
                "Name a PEM file that this user may read.",
            ) from error

    @property
    def _page_way(self) -> Way:
        """To public addresses alone, unless the environment names one place for every page."""
        edge = settings.edge(self.environ)
        if edge:
            return edge_way(*edge)
        return public_way(PublicDns(self._dns_servers()).addresses)

    def _dns_servers(self) -> tuple[settings.Place, ...]:
        return settings.dns_servers(self.environ) or PUBLIC_SERVERS
