"""A network in memory whose hubs can be applied: hub files, journals, GitHub, a host."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provisioner.commands.applying import Applied, Order, apply_hubs
from provisioner.errors import ProvisionerError
from provisioner.models.remote import Repository
from provisioner.models.run import AppRecord, Run, StepRecord, StepState
from provisioner.sandbox.seed import EXAMPLE_CATALOG
from tests.unit.actions.hosted import Hosted, readers, writers
from tests.unit.commands.github import GitHub, commit
from tests.unit.commands.hubs import World
from tests.unit.desired.given import hub_with

BROKEN = "name: [\n"
TWO_APPS = f"{hub_with()}  wiki:\n    app: docs-site\n"


@dataclass
class Services(Hosted):
    """Holds other things by the names of a hub's copies, so that no step changes anything;
    `looked` tells which."""

    looked: list[str] = field(default_factory=list)

    def repository(self, full_name: str) -> Repository | None:
        self.looked.append(full_name.partition("--")[2])
        return super().repository(full_name)


class Network(World):
    """Its hub files lie in `folder` when something is applied."""

    def __init__(self, folder: Path, *files: str, environ: Mapping[str, str] | None = None) -> None:
        usual = {
            "PROVISIONER_CATALOG": str(EXAMPLE_CATALOG),
            "GITHUB_REPOSITORY": "example-network/hubs",
        }
        super().__init__(*files, environ={**usual, **(environ or {})})
        self.folder = folder
        self.services = Services()
        self.github = GitHub(change=commit()).beside(self.wiring)
        self.wiring.readers = readers(self.services)
        self.wiring.writers = writers(self.services)

    def apply(self, *hubs: str, app: str | None = None) -> list[Applied]:
        for name, text in self.files.items():
            (self.folder / name).write_text(text)
        return apply_hubs(self.wiring, Order(hubs, self.folder, app))


def gave_up(id: str) -> AppRecord:
    """An app whose first step failed for good."""
    failed = StepRecord(action="fork-repository", state=StepState.FAILED, attempts=1)
    return AppRecord(id=id, app="docs-site", title="Docs", steps=(failed,))


def error_of(applied: Applied) -> ProvisionerError:
    assert applied.run is None
    assert applied.error is not None
    return applied.error


def run_of(applied: Applied) -> Run:
    assert applied.error is None
    assert applied.run is not None
    return applied.run
