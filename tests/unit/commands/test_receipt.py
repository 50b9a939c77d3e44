"""A receipt is made of journal and world, or taken from a file that agrees with the journal."""

from pathlib import Path

import pytest

from provisioner.commands.receipt import checked_receipt, make_receipt
from provisioner.engine.limits import written
from provisioner.errors import ConfigurationError, Effect, ProvisionerError, RemoteError
from provisioner.models.journal import HubJournal
from provisioner.models.receipt import Receipt
from provisioner.models.remote import AttachedDomain, Deployment, Project, Repository
from provisioner.models.run import Run
from provisioner.receipts.reading import NotAReceipt, canonical
from tests.unit.actions.hosted import Hosted, readers
from tests.unit.commands.hubs import World
from tests.unit.receipts.receipts import COMMIT, COPY, DEPLOYMENT, DOMAIN, PROJECT, RECEIPT, RUN


class Services(Hosted):
    """All is as the receipt says. The first looks at a copy meet `troubles`."""

    def __init__(self, *troubles: int) -> None:
        super().__init__()
        self.troubles = list(troubles)
        self.present: Project = PROJECT

    def project(self, team: str, project: str) -> Project | None:
        return self.present

    def repository(self, full_name: str) -> Repository | None:
        if self.troubles:
            status = self.troubles.pop(0)
            raise RemoteError("No.", service="GitHub", effect=Effect.NONE, status=status)
        return Repository(id=1, full_name=COPY, default_branch="main", owner="nairobi-commons")

    def branch_head(self, full_name: str, branch: str) -> str | None:
        return COMMIT

    def deployment(self, team: str, deployment_id: str) -> Deployment:
        return DEPLOYMENT

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        return (AttachedDomain(name=DOMAIN, zone="example.org", verified=True),)


def world(services: Services | None = None, run: Run = RUN) -> World:
    here = World(environ={"GITHUB_REPOSITORY": RECEIPT.network})
    here.wiring.readers = readers(services or Services())
    here.store.commits.append(("hubs/nairobi.json", written(HubJournal(hub="nairobi", run=run))))
    return here


def saved(receipt: Receipt, folder: Path) -> Path:
    path = folder / "receipt.json"
    path.write_text(canonical(receipt))
    return path


class TestMade:
    def test_journal_and_world_make_the_receipt(self) -> None:
        assert make_receipt(world().wiring, "nairobi") == RECEIPT

    def test_what_may_pass_is_looked_at_again(self) -> None:
        assert make_receipt(world(Services(503, 503)).wiring, "nairobi") == RECEIPT

    def test_what_does_not_pass_is_raised(self) -> None:
        with pytest.raises(RemoteError):
            make_receipt(world(Services(403)).wiring, "nairobi")

    def test_of_a_journal_that_cannot_be_read_there_is_none(self) -> None:
        here = world()
        here.store.commits.append(("hubs/nairobi.json", b"{"))

        with pytest.raises(ProvisionerError, match="the journal of nairobi cannot be read") as why:
            make_receipt(here.wiring, "nairobi")

        assert "provisioner apply nairobi" in why.value.hint


class TestHandedOver:
    def test_one_that_agrees_with_the_journal_is_taken_without_a_look_at_the_world(
        self, tmp_path: Path
    ) -> None:
        here = world(Services(500, 500, 500, 500, 500, 500))

        assert checked_receipt(here.wiring, "nairobi", saved(RECEIPT, tmp_path)) == RECEIPT

    def test_each_part_that_does_not_is_named(self, tmp_path: Path) -> None:
        other = RUN.model_copy(update={"pull_request": 13, "commit": None})
        here = world(run=other)

        with pytest.raises(ProvisionerError, match="of nairobi by its journal: the run differ"):
            checked_receipt(here.wiring, "nairobi", saved(RECEIPT, tmp_path))

    def test_what_is_no_receipt_is_told_before_the_journal_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "receipt.json"
        path.write_text("{}")
        here = world()
        here.store.refusals["hubs/nairobi.json"] = AssertionError("read")

        with pytest.raises(NotAReceipt):
            checked_receipt(here.wiring, "nairobi", path)


def test_a_hub_of_which_nothing_is_recorded_needs_the_repository_to_be_known() -> None:
    here = World(environ={})

    with pytest.raises(ConfigurationError):
        make_receipt(here.wiring, "nobody")
