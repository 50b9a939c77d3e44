"""Every request that the product can send, sent once: each method of each client, in a sandbox."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import provisioner.github
import provisioner.hosting.vercel
import provisioner.telegram
from provisioner.clock import ManualClock
from provisioner.github.network_repository import NetworkRepository
from provisioner.github.repositories import Repositories
from provisioner.github.session import GitHubSession
from provisioner.github.settings import GitHubSettings
from provisioner.github.state_branch import StateBranch
from provisioner.github.throttle import Throttle
from provisioner.github.trees import Trees
from provisioner.hosting.vercel.accounts import VercelAccounts
from provisioner.hosting.vercel.api import Vercel
from provisioner.hosting.vercel.session import VercelSession
from provisioner.models.app import BuildSettings
from provisioner.models.remote import VariableSetting
from provisioner.redaction import Redactor
from provisioner.sandbox.server import Sandbox
from provisioner.telegram.api import Telegram
from provisioner.transport import HttpClient, http_client

NETWORK, SOURCE = "example-network/hubs", "example-network/docs-site"
OWNER, TEAM, PROJECT = "nairobi-commons", "nairobi-commons", "nairobi--docs"
COPY = f"{OWNER}/{PROJECT}"
DOMAIN = "docs.nairobi.example.org"
BOT = "123456789:AAExampleExampleExampleExampleExamp"
PATH = "hubs/nairobi.yaml"
SENDERS = ("GitHubSession", "VercelSession", "HttpClient")


@dataclass
class Watched:
    """A client, and which of its methods were called."""

    client: object
    called: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Any:
        self.called.add(f"{type(self.client).__name__}.{name}")
        return getattr(self.client, name)


def client_methods() -> set[str]:
    """`Class.method` of everything in the clients' packages that can send a request."""
    return {
        f"{client.__name__}.{name}"
        for client in _clients()
        for name, _ in inspect.getmembers(client, inspect.isfunction)
        if not name.startswith("_")
    }


def _clients() -> Iterator[type]:
    """The classes that are made from a session or an HTTP client, and are no session themselves."""
    for package in (provisioner.github, provisioner.hosting.vercel, provisioner.telegram):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            for _, one in inspect.getmembers(import_module(module.name), inspect.isclass):
                if one.__module__ == module.name and _sends(one):
                    yield one


def _sends(one: type) -> bool:
    constructor = vars(one).get("__init__")
    given = inspect.get_annotations(constructor) if inspect.isfunction(constructor) else {}
    through = {getattr(annotation, "__name__", "") for annotation in given.values()}
    return one.__name__ not in SENDERS and not through.isdisjoint(SENDERS)


def send_everything(sandbox: Sandbox, clock: ManualClock) -> set[str]:
    """Call every method of every client once or twice; which ones were called."""
    environment = sandbox.environment
    budget = Throttle(clock)
    url = environment["GITHUB_API_URL"]
    actions = GitHubSession(url, environment["GITHUB_TOKEN"], clock, budget)
    copies = GitHubSession(url, environment["PROVISIONER_GITHUB_TOKEN"], clock, budget)
    access = (environment["VERCEL_API_URL"], environment["VERCEL_TOKEN"])
    vercel = VercelSession(*access, HttpClient("Vercel", http_client()), clock)
    called: set[str] = set()
    _network(Watched(NetworkRepository(actions, NETWORK), called), sandbox)
    _trees(Watched(Trees(actions, NETWORK), called))
    _journal(Watched(StateBranch(actions, NETWORK), called))
    commit = _copies(Watched(Repositories(copies), called))
    _settings(Watched(GitHubSettings(copies), called))
    _host(Watched(Vercel(*access, HttpClient("Vercel", http_client()), clock), called), commit)
    _accounts(Watched(VercelAccounts(vercel), called))
    telegram = HttpClient("Telegram", http_client())
    _bot(Watched(Telegram(environment["TELEGRAM_API_URL"], telegram, clock), called))
    return called


def _network(network: Any, sandbox: Sandbox) -> None:
    opened = sandbox.control.open_pull_request("Hub", "amina-k", {PATH: "name: Nairobi\n"})
    number, head = opened["number"], opened["head_sha"]
    network.default_branch()
    network.author()
    network.open_pull_requests_from("amina-k", opened["head_branch"], "main")
    network.changed_files(number)
    network.is_public_member(OWNER, "amina-k")
    network.account_id("amina-k")
    network.status(head, "provisioner/check")
    said = Redactor()
    network.set_status(head, "success", said.line("Fine"), "provisioner/check", "")
    comment = network.add_comment(number, said.markdown("Hello"))
    network.edit_comment(comment.id, said.markdown("Hello again"))
    network.comments(number)
    network.comment(comment.id)
    sandbox.control.merge_pull_request(number, "squash")
    network.pull_request(number)
    network.newest_commit()
    network.account_id("amina-k")
    network.pull_requests_of(network.last_change(PATH).sha)
    network.environments()
    network.actions_run_ended(opened["run_id"])


def _trees(trees: Any) -> None:
    parted = trees.comparison("main", "main")
    trees.commit(parted.base)
    folder = trees.tree(parted.base).entries["hubs"]
    trees.blob(trees.tree(folder.sha).entries["README.md"].sha)


def _journal(branch: Any) -> None:
    branch.write("hubs/nairobi.json", b"{}", None, "Begin")
    branch.read("hubs/nairobi.json")
    branch.names("hubs")


def _copies(copies: Any) -> str:
    """The copy's newest commit."""
    source = copies.repository(SOURCE)
    owner = copies.account(OWNER)
    copies.viewer()
    copies.fork(SOURCE, owner, PROJECT)
    copies.fork_of(SOURCE, OWNER)
    copies.generate(source, "kigali-circle", "kigali--docs")
    return str(copies.branch_head(COPY, "main"))


def _settings(settings: Any) -> None:
    settings.token_owner()
    settings.repository(NETWORK)
    settings.branch(NETWORK, "main")
    settings.file_names(NETWORK, "hubs")
    settings.environments(NETWORK)
    settings.rules(NETWORK, "main")
    settings.branch_policies(NETWORK, "provisioner")
    settings.actions(NETWORK)
    settings.last_scheduled(NETWORK, ".github/workflows/provision.yml")
    settings.account(OWNER)
    settings.membership(OWNER, "provisioner-bot")
    settings.organization(OWNER)


def _host(host: Any, commit: str) -> None:
    build = BuildSettings(framework="vitepress")
    host.create_project(TEAM, PROJECT, COPY, build)
    project = host.project(TEAM, PROJECT)
    host.disconnect_repository(TEAM, project.id)
    host.connect_repository(TEAM, project.id, COPY)
    host.update_project(TEAM, project.id, build)
    setting = VariableSetting(key="SITE_TITLE", value="x", secret=False, comment="c")
    host.set_variables(TEAM, PROJECT, [setting])
    (variable,) = host.variables(TEAM, PROJECT)
    host.remove_variable(TEAM, PROJECT, variable.id)
    made = host.deploy(TEAM, project, "main", commit, {"label": "x"})
    list(host.deployments(TEAM, project.id))
    host.deployment(TEAM, made.id)
    host.build_log(TEAM, made.id, 5)
    host.promote(TEAM, project.id, made.id)
    host.attach_domain(TEAM, PROJECT, DOMAIN)
    (domain,) = host.domains(TEAM, PROJECT)
    host.domain_advice(TEAM, PROJECT, domain)
    host.verify_domain(TEAM, PROJECT, DOMAIN)
    host.detach_domain(TEAM, PROJECT, DOMAIN)
    host.pause_project(TEAM, project.id)
    host.unpause_project(TEAM, project.id)


def _accounts(accounts: Any) -> None:
    accounts.user()
    accounts.team(TEAM)
    accounts.linked_repositories(TEAM)


def _bot(telegram: Any) -> None:
    telegram.set_webhook(BOT, "https://nairobi--bot.vercel.app/api/webhook", "a-secret")
    telegram.webhook(BOT)
