"""A network in a sandbox, for stories: hub files, the provisioner, people, time."""

import random
import ssl
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx

from provisioner.clock import ManualClock
from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.commands.options import desired_of
from provisioner.commands.planning import Candidate, candidates
from provisioner.models.dns import DnsState
from provisioner.models.run import AppRecord, Run, StepRecord
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.sealing import public_of, seal
from provisioner.wiring import Wiring
from tests import canary

Method = Literal["merge", "squash", "rebase"]

UNATTENDED = {"GITHUB_EVENT_NAME": "schedule", "GITHUB_RUN_ATTEMPT": "1"}

TELEGRAM_TOKEN = "123456789:AAExampleExampleExampleExampleExamp"

DOCS = """\
name: Nairobi Commons
maintainers: [amina-k]
github: {owner: nairobi-commons}
vercel: {team: nairobi-commons}
apps:
  docs:
    app: docs-site
    domains: [docs.nairobi.example.org]
    env: {SITE_TITLE: Nairobi Commons}
"""

PLAIN = DOCS.replace("    domains: [docs.nairobi.example.org]\n", "")
"""A site without a domain of its own: nothing of it waits for a person."""

ADOPTING = PLAIN.replace("    app: docs-site\n", "    app: docs-site\n    adopt: true\n")
"""The same, with the hub's consent to take over what is there already."""


@dataclass
class Network:
    """`sandbox` holds the world; each `apply` is a new process's worth of wiring."""

    sandbox: Sandbox
    clock: ManualClock
    directory: Path
    seed: int = 0
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.directory.mkdir(exist_ok=True)
        catalog = {"PROVISIONER_CATALOG": str(EXAMPLE_CATALOG)}
        self.environ = {**self.sandbox.environment, **catalog, **self.environ}

    def wiring(self, deadline: datetime | None = None) -> Wiring:
        self.seed += 1
        return Wiring(self.environ, self.clock, random.Random(self.seed), deadline=deadline)

    def write(self, hub: str, text: str) -> None:
        (self.directory / f"{hub}.yaml").write_text(text, encoding="utf-8")

    def remove(self, hub: str) -> None:
        (self.directory / f"{hub}.yaml").unlink()

    def sealed(self, hub: str, app: str, name: str, value: str) -> str:
        canary.plant(value)
        public = public_of(self.environ["PROVISIONER_SEALING_KEY"])
        return seal(public, hub, app, name, value, self.clock.now())

    def write_with_bot(self, hub: str = "nairobi") -> None:
        """The documentation site and a Telegram bot."""
        sealed = self.sealed(hub, "bot", "TELEGRAM_TOKEN", TELEGRAM_TOKEN)
        bot = (
            "  bot:\n    app: telegram-bot\n    env:\n"
            "      GRAPH_URI: neo4j+s://graph.example.org\n"
            f"      TELEGRAM_TOKEN: {{sealed: {sealed}}}\n"
        )
        self.write(hub, DOCS + bot)

    def merge(self, hub: str, method: Method = "squash") -> int:
        """Open a pull request with the hub's file as it is here, and merge it; its number."""
        path = self.directory / f"{hub}.yaml"
        content = path.read_text(encoding="utf-8") if path.exists() else None
        opened = self.sandbox.control.open_pull_request(
            title=f"Hub {hub}", author="amina-k", files={f"hubs/{hub}.yaml": content}
        )
        self.sandbox.control.merge_pull_request(opened["number"], method)
        return int(opened["number"])

    def try_apply(
        self, *hubs: str, app: str | None = None, within: timedelta | None = None
    ) -> list[Applied]:
        """Apply hubs as one process does; `within` is the job's own time."""
        wiring = self.wiring(self.clock.now() + within if within is not None else None)
        return apply_hubs(wiring, Order(hubs or ("nairobi",), self.directory, app))

    def apply(
        self, hub: str = "nairobi", app: str | None = None, within: timedelta | None = None
    ) -> Run:
        """Apply one hub; its run. Fails the test when there is none."""
        (applied,) = self.try_apply(hub, app=app, within=within)
        if applied.run is None:
            raise AssertionError(f"no run: {applied.error}")
        return applied.run

    def due(self) -> list[Candidate]:
        """What a run of the schedule finds to do just now."""
        wiring = self.wiring()
        desired = desired_of(self.directory, wiring.environ)
        return candidates(wiring, desired, (), only_due=True)

    def tick(self) -> list[Applied]:
        """One run of the schedule: whatever is due is applied, and nobody asked for it.

        A change of a file counts as let in: the door has stories of its own.
        """
        found = self.due()
        changed = [item.hub for item in found if item.changed]
        others = [item.hub for item in found if not item.changed]
        applied = self.try_apply(*changed) if changed else []
        if others:
            person = self.environ
            self.environ = {**person, **UNATTENDED}
            try:
                applied += self.try_apply(*others)
            finally:
                self.environ = person
        return applied

    def go_live(self) -> Run:
        """A hub with a site and a bot, all the way."""
        self.write_with_bot()
        self.merge("nairobi")
        self.set_dns(self.apply())
        return self.apply()

    def world(self) -> dict[str, Any]:
        return self.sandbox.control.world()

    def requests(self) -> list[Logged]:
        return self.sandbox.control.requests()

    def comments(self, number: int) -> list[dict[str, Any]]:
        comments = self.world()["github"]["comments"]
        return [item for item in comments if item["number"] == number]

    def headline(self, number: int) -> str:
        """What stands first in the one comment of a pull request."""
        return self.comment(number).splitlines()[1]

    def comment(self, number: int) -> str:
        """The body of the pull request's one comment."""
        (comment,) = self.comments(number)
        return str(comment["body"])

    def project(self, name: str) -> dict[str, Any]:
        """A project of the host as it is now."""
        projects = self.world()["vercel"]["projects"]
        found: dict[str, Any] = next(item for item in projects if item["name"] == name)
        return found

    def by_hand(self, method: str, path: str, body: object = None) -> None:
        """What a person does in the host's own pages."""
        answer = httpx.request(
            method,
            self.environ["VERCEL_API_URL"] + path,
            params={"slug": "nairobi-commons"},
            headers={"Authorization": f"Bearer {self.environ['VERCEL_TOKEN']}"},
            json=body,
        )
        answer.raise_for_status()

    def page(self, host: str) -> str:
        """What a visitor reads at a host's front page."""
        context = ssl.create_default_context(cafile=self.environ["PROVISIONER_EDGE_CA"])
        with httpx.Client(verify=context) as client:
            answer = client.get(
                self.environ["PROVISIONER_EDGE"] + "/",
                headers={"Host": host},
                extensions={"sni_hostname": host},
            )
        return answer.raise_for_status().text

    def set_dns(self, run: Run) -> None:
        """Do what the comment asks the facilitator to do."""
        told: dict[bool, list[dict[str, str]]] = {True: [], False: []}
        for entry in (entry for app in run.apps for entry in app.dns):
            form = {"type": entry.type, "name": entry.name, "value": entry.value}
            told[entry.state is DnsState.REMOVE].append(form)
        self.sandbox.control.remove_dns(told[True])
        self.sandbox.control.set_dns(told[False])


def app_of(run: Run, app: str) -> AppRecord:
    return next(item for item in run.apps if item.id == app)


def step_of(run: Run, app: str, action: str) -> StepRecord:
    return next(item for item in app_of(run, app).steps if item.action == action)
