"""A client of Vercel whose every request gets one answer, given beforehand; nothing is sent."""

from collections.abc import Callable
from typing import Any, cast

from provisioner.answers import Answer
from provisioner.clock import ManualClock
from provisioner.hosting.vercel.accounts import VercelAccounts
from provisioner.hosting.vercel.api import Vercel
from provisioner.hosting.vercel.session import VercelSession
from provisioner.models.app import BuildSettings
from provisioner.models.remote import AttachedDomain, Project, VariableSetting
from provisioner.transport import HttpClient

DOMAIN = AttachedDomain(name="a.example.org", zone="example.org", verified=False)
VALUE = "a-value-that-nobody-may-see"
SETTING = VariableSetting(key="SITE_TITLE", value=VALUE, secret=True, comment="")


class Answering:
    """Takes the place of the transport."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def send(self, *_: object, **__: object) -> Answer:
        return self._answer


def vercel(status: int, text: str, **headers: str) -> Vercel:
    return Vercel("https://api.example", "a-token", _http(status, text, headers), ManualClock())


def accounts(status: int, text: str, **headers: str) -> VercelAccounts:
    http = _http(status, text, headers)
    return VercelAccounts(VercelSession("https://api.example", "a-token", http, ManualClock()))


def _http(status: int, text: str, headers: dict[str, str]) -> HttpClient:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return cast(HttpClient, Answering(Answer(status, named, text)))


READS: dict[str, Callable[[Vercel], Any]] = {
    "project": lambda host: host.project("team", "project"),
    "variables": lambda host: host.variables("team", "project"),
    "deployments": lambda host: list(host.deployments("team", "prj_1")),
    "deployment": lambda host: host.deployment("team", "dpl_1"),
    "build_log": lambda host: host.build_log("team", "dpl_1", 5),
    "domains": lambda host: host.domains("team", "project"),
    "domain_advice": lambda host: host.domain_advice("team", "project", DOMAIN),
}
WRITES: dict[str, Callable[[Vercel], Any]] = {
    "create_project": lambda host: host.create_project("t", "p", "o/r", BuildSettings(), "h/a"),
    "disconnect_repository": lambda host: host.disconnect_repository("team", "prj_1"),
    "connect_repository": lambda host: host.connect_repository("team", "prj_1", "owner/copy"),
    "update_project": lambda host: host.update_project("team", "project", BuildSettings()),
    "pause_project": lambda host: host.pause_project("team", "prj_1"),
    "unpause_project": lambda host: host.unpause_project("team", "prj_1"),
    "set_variables": lambda host: host.set_variables("team", "project", [SETTING]),
    "remove_variable": lambda host: host.remove_variable("team", "project", "env_1"),
    "deploy": lambda host: host.deploy("t", Project(id="prj_1", name="p"), "main", "c0ffee", {}),
    "promote": lambda host: host.promote("team", "prj_1", "dpl_1"),
    "attach_domain": lambda host: host.attach_domain("team", "project", DOMAIN.name),
    "verify_domain": lambda host: host.verify_domain("team", "project", DOMAIN.name),
    "detach_domain": lambda host: host.detach_domain("team", "project", DOMAIN.name),
}
CALLS = {**READS, **WRITES}
