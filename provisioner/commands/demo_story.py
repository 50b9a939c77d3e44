"""What `demo` tells, scene by scene: a broken file, a fixed one, a merge, DNS, two live apps."""

import json
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.text import Text

from provisioner.clock import SystemClock
from provisioner.commands.applying import Order, apply_hubs
from provisioner.commands.report import Report
from provisioner.errors import ProvisionerError
from provisioner.github.events import checked_commit
from provisioner.models.run import Run, RunState
from provisioner.redaction import Redactor, Shown
from provisioner.report.reading import render_markdown
from provisioner.report.terminal import LiveView
from provisioner.sandbox.example_hub import BROKEN, STAND_INS
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.sealing import public_of, seal
from provisioner.wiring import Wiring

HUB = "nairobi"
AUTHOR = "amina-k"
BOT_TOKEN = "123456789:AAF-a-token-of-the-sandbox-0123456789"  # noqa: S105 - no bot has it


class Story:
    """One hub's life in the sandbox. The files lie in `folder` as Actions would check them out."""

    def __init__(
        self, sandbox: Sandbox, folder: Path, console: Console, redactor: Redactor
    ) -> None:
        self._sandbox = sandbox
        self._hubs = folder / "hubs"
        self._hubs.mkdir()
        self._console = console
        self._redactor = redactor
        self.number = 0

    def tell(self) -> Run:
        """All scenes in order; the hub's last run."""
        self._introduce()
        self._propose_a_broken_file()
        self._fix_it()
        self._merge()
        waiting = self._provision("The hub is provisioned: copies, projects, builds.")
        self._set_dns(waiting)
        done = self._provision("The schedule wakes the run. It does only what is left.")
        self._end(done)
        return done

    def comments(self) -> list[str]:
        """The comments on the pull request, as Markdown."""
        found = self._sandbox.control.world()["github"]["comments"]
        return [item["body"] for item in found if item["number"] == self.number]

    def requests(self) -> list[str]:
        """The API of each request that the sandbox answered."""
        return [item.api for item in self._sandbox.control.requests()]

    def _introduce(self) -> None:
        self._scene("A hub asks for its apps")
        self._say(
            "Everything below is real: real git repositories, real pull requests, the same code "
            f"that runs in Actions. Only {STAND_INS} are stand-ins on this "
            "machine, and builds take a tenth of their time."
        )

    def _propose_a_broken_file(self) -> None:
        self._say(f"{AUTHOR} adds one file, hubs/{HUB}.yaml, and opens a pull request:")
        text = self._text(BROKEN)
        self._show_file(text)
        opened = self._sandbox.control.open_pull_request(
            title="Nairobi Commons", author=AUTHOR, files={f"hubs/{HUB}.yaml": text}
        )
        self.number = opened["number"]
        self._report(opened["events"]["workflow_run"])
        self._say("Two mistakes. This is what the author reads a moment later:")
        self._show_comment()

    def _fix_it(self) -> None:
        self._scene("The mistakes are fixed")
        self._say("The same comment now says what a merge would do, before anybody merges:")
        fixed = self._text(BROKEN).replace(
            "domains: https://docs.nairobi.example.org", "domains: [docs.nairobi.example.org]"
        )
        fixed = fixed.replace("GRAPH_URL", "GRAPH_URI")
        pushed = self._sandbox.control.push_to_pull_request(
            self.number, {f"hubs/{HUB}.yaml": fixed}
        )
        self._report(pushed["events"]["workflow_run"])
        self._show_comment()
        (self._hubs / f"{HUB}.yaml").write_text(fixed, encoding="utf-8")

    def _merge(self) -> None:
        self._scene("A network maintainer merges")
        self._sandbox.control.merge_pull_request(self.number, "squash")
        self._say("From here on nobody types anything: Actions runs `provisioner apply`.")

    def _provision(self, title: str) -> Run:
        self._say(title)
        with LiveView(self._console, self._redactor, self._print) as view:
            order = Order((HUB,), self._hubs, listeners=(view,))
            (applied,) = apply_hubs(self._wiring(), order)
        if applied.run is None:
            raise applied.error or ProvisionerError("the hub has no run")
        return applied.run

    def _set_dns(self, run: Run) -> None:
        self._scene("The facilitator reads the comment")
        self._show_comment()
        entries = [entry for app in run.apps for entry in app.dns]
        self._say("She sets the entries where her domain is registered. Here, the sandbox does.")
        self._sandbox.control.set_dns(
            [{"type": item.type, "name": item.name, "value": item.value} for item in entries]
        )

    def _end(self, run: Run) -> None:
        live = run.state is RunState.COMPLETED
        self._scene("Both apps are live" if live else "Something went wrong: this is a bug")
        self._show_comment()
        self._say(
            "Run it again at any time: it looks at the world first and does only what is left.\n"
            "To run it for real: make a repository from this one, then follow docs/set-up.md: two "
            "tokens, one Actions environment, two branch rules, and the first hub file."
        )

    def _report(self, event: object) -> None:
        Report(self._wiring(), self._hubs).about(checked_commit(json.dumps(event)))

    def _wiring(self) -> Wiring:
        """As a new process each time: nothing is remembered but in the world and the journal."""
        catalog = {"PROVISIONER_CATALOG": str(EXAMPLE_CATALOG)}
        environ = {**self._sandbox.environment, **catalog}
        return Wiring(environ, SystemClock(), redactor=self._redactor)

    def _text(self, template: str) -> str:
        public = public_of(self._sandbox.environment["PROVISIONER_SEALING_KEY"])
        sealed = seal(public, HUB, "bot", "TELEGRAM_TOKEN", BOT_TOKEN, SystemClock().now())
        return template.replace("SEALED", sealed)

    def _scene(self, title: str) -> None:
        self._console.print()
        self._console.print(Rule(Text(title, style="bold"), align="left"))

    def _say(self, text: str) -> None:
        self._console.print(Padding(Text(text), (1, 0)))

    def _print(self, line: Shown) -> None:
        self._console.print(Text(line.text), soft_wrap=True)

    def _show_file(self, text: str) -> None:
        self._console.print(Padding(Syntax(text, "yaml", word_wrap=True), (0, 4)))

    def _show_comment(self) -> None:
        for body in self.comments():
            render_markdown(self._console, body)
