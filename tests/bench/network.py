"""A network in a sandbox with latencies, on the machine's own clock."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

from provisioner.clock import SystemClock
from provisioner.commands.applying import Order, apply_hubs
from provisioner.models.run import Run
from provisioner.sandbox.requests import Logged
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.sealing import public_of, seal
from provisioner.wiring import Wiring

DOCS = """\
  docs:
    app: docs-site
    domains: [docs.{hub}.example.org]
    env: {{SITE_TITLE: Hub}}
"""
BOT = """\
  bot:
    app: telegram-bot
    env:
      GRAPH_URI: bolt://graph.example.org
      TELEGRAM_TOKEN: {{sealed: {sealed}}}
"""


@dataclass
class BenchNetwork:
    """Hub files in `directory`, the world in `sandbox`."""

    sandbox: Sandbox
    directory: Path

    def write(self, hub: str, *apps: str) -> None:
        self.directory.mkdir(exist_ok=True)
        public = public_of(self.sandbox.environment["PROVISIONER_SEALING_KEY"])
        token = f"{random.Random(hub).randrange(10**8, 10**9)}:{'A' * 35}"
        sealed = seal(public, hub, "bot", "TELEGRAM_TOKEN", token, SystemClock().now())
        head = f"name: Hub {hub}\nmaintainers: [someone]\n"
        head += f"github: {{owner: {hub}}}\nvercel: {{team: {hub}}}\napps:\n"
        body = "".join(app.format(hub=hub, sealed=sealed) for app in apps)
        (self.directory / f"{hub}.yaml").write_text(head + body)

    def apply(self, *hubs: str) -> list[Run]:
        wiring = Wiring(self.sandbox.environment, SystemClock())
        applied = apply_hubs(wiring, Order(hubs, self.directory))
        return [item.run for item in applied if item.run is not None]

    def set_dns(self, *runs: Run) -> None:
        entries = [entry for run in runs for app in run.apps for entry in app.dns]
        self.sandbox.control.set_dns(
            [{"type": item.type, "name": item.name, "value": item.value} for item in entries]
        )

    def timed(self, *hubs: str) -> float:
        """Seconds that one `apply` takes."""
        began = time.perf_counter()
        self.apply(*hubs)
        return time.perf_counter() - began

    def calls(self, *hubs: str) -> list[Logged]:
        """The requests of one `apply`."""
        before = len(self.sandbox.control.requests())
        self.apply(*hubs)
        return self.sandbox.control.requests()[before:]
