"""A network that was set up as docs/set-up.md says, for stories about what can be wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from provisioner.clock import ManualClock
from provisioner.commands.doctor import diagnose
from provisioner.github.state_branch import BRANCH
from provisioner.models.diagnosis import Check, CheckState, Diagnosis
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from provisioner.sandbox.server import Sandbox
from provisioner.secrets.sealing import public_of
from tests.conftest import MakeSandbox
from tests.scenario.network import DOCS, Network

WORKFLOW_FILES = {
    f".github/workflows/{name}.yml": b"name: of the network\n"
    for name in ("check", "report", "provision", "doctor")
} | {".github/CODEOWNERS": b"* @example-network/maintainers\n"}
REPOSITORY = "example-network/hubs"
OWNER = TEAM = "nairobi-commons"
PAIR = f"copies of {OWNER} on Vercel team {TEAM}"


@dataclass
class SetUp:
    """`catalog` is a directory of its own, to be edited; `network.environ` likewise."""

    network: Network
    catalog: Path

    @property
    def sandbox(self) -> Sandbox:
        return self.network.sandbox

    @property
    def clock(self) -> ManualClock:
        return self.network.clock

    def edit(self, file: str, before: str, after: str) -> None:
        """Change a file of the catalog as a maintainer does."""
        path = self.catalog / file
        text = path.read_text(encoding="utf-8")
        if before not in text:
            raise AssertionError(f"{file} has no {before!r}")
        path.write_text(text.replace(before, after), encoding="utf-8")

    def lack(self, variable: str) -> None:
        del self.network.environ[variable]

    def as_person(self) -> None:
        """GITHUB_TOKEN is a person's, who administers the network's repository if let in."""
        self.network.environ["GITHUB_TOKEN"] = self.sandbox.control.maintainer_token()

    def classic_token(self, *scopes: str) -> None:
        self.sandbox.control.set_behaviour(scopes=list(scopes))

    def protect(self, **more: object) -> None:
        """By a ruleset, as docs/set-up.md says, unless told otherwise."""
        ruleset = {"ruleset": True, "strict": True, "reviews": 1, "code_owners": True}
        self.sandbox.control.set_protection(
            **{"contexts": ["provisioner/check"], **ruleset, **more}
        )

    def protect_journal(self, **more: object) -> None:
        self.protect(**{"branch": BRANCH, "contexts": [], "reviews": None, **more})

    def diagnose(self, *hubs: str) -> Diagnosis:
        return diagnose(self.network.wiring(), self.network.directory, hubs)


def set_up(make_sandbox: MakeSandbox, clock: ManualClock, folder: Path) -> SetUp:
    """One hub has a file and nothing was provisioned; the schedule has just run."""
    sandbox = make_sandbox(clock=clock, files=WORKFLOW_FILES)
    catalog = _catalog(folder / "catalog", sandbox.environment["PROVISIONER_SEALING_KEY"])
    environ = {"PROVISIONER_CATALOG": str(catalog)}
    here = SetUp(Network(sandbox, clock, folder / "hubs", environ=environ), catalog)
    here.network.write("nairobi", DOCS)
    here.protect()
    here.protect_journal()
    sandbox.control.set_environment(name="provisioner", branches="custom", policies=["main"])
    sandbox.control.add_run(workflow="provision", event="schedule")
    return here


def _catalog(folder: Path, private_key: str) -> Path:
    """The network's own, with the public half of its key."""
    (folder / "apps").mkdir(parents=True)
    for path in EXAMPLE_CATALOG.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (folder / path.relative_to(EXAMPLE_CATALOG)).write_text(text, encoding="utf-8")
    with (folder / "network.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nsealing_key: {public_of(private_key)}\n")
    return folder


def line(diagnosis: Diagnosis, name: str) -> Check:
    (found,) = [check for check in diagnosis.checks if check.name == name]
    return found


def names(diagnosis: Diagnosis, state: CheckState) -> list[str]:
    return [check.name for check in diagnosis.checks if check.state is state]
