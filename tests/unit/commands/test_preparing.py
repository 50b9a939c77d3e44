"""What is to be done for a hub follows from its file and from as much of its journal as is its."""

import pytest

from provisioner.commands.preparing import prepared
from provisioner.engine.journal import Entry
from provisioner.engine.tasks import HubTask
from provisioner.errors import ProvisionerError, RemoteError
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord
from provisioner.workflows.retirement import NOTE
from provisioner.workflows.tasks import RETIRED_DIGEST
from tests.unit.actions.hosted import Hosted, readers
from tests.unit.commands.github import GitHub, refused
from tests.unit.commands.hubs import World
from tests.unit.desired.given import hub_with

OWN = Resource(kind="project", name="vercel:example-network/nairobi--docs")
OTHERS_FILE = hub_with().replace("amina-k", "joseph-m")


class Hub(World):
    def __init__(self, *files: str) -> None:
        super().__init__(*files)
        self.wiring.readers = readers(Hosted())
        self.github = GitHub(accounts={"amina-k": 1, "joseph-m": 2}).beside(self.wiring)

    def prepared(self) -> tuple[Entry, HubTask]:
        entry = self.wiring.journal.read("nairobi")
        return prepared(self.wiring, self.desired, entry, None)

    def holds(self, *names: str, retiring: bool = False) -> None:
        """The journal says that the docs are made of these projects."""
        projects = tuple(OWN.model_copy(update={"name": name}) for name in names)
        app = AppRecord(id="docs", app="docs-site", title="Docs", resources=projects)
        self.record("nairobi", apps=(app,), retiring=retiring)


def held(entry: Entry) -> list[str]:
    assert entry.journal is not None
    return [item.name for app in entry.journal.run.apps for item in app.resources]


def test_a_new_hub_gets_what_its_file_asks_for() -> None:
    hub = Hub("nairobi")

    entry, task = hub.prepared()

    assert entry == Entry("nairobi")
    assert [app.id for app in task.apps] == ["docs"]
    assert (task.retiring, task.notes, task.maintainers) == (False, (), ("amina-k",))
    assert task.network_maintainers == hub.catalog.network.maintainers != ()
    assert hub.github.asked == []


def test_a_journal_that_is_the_hubs_own_is_relied_on_as_it_is() -> None:
    hub = Hub("nairobi")
    hub.holds(OWN.name)

    entry, task = hub.prepared()

    assert entry == hub.wiring.journal.read("nairobi")
    assert (held(entry), task.notes) == ([OWN.name], ())


def test_a_hub_that_is_to_be_left_alone_is() -> None:
    hub = Hub("nairobi")
    entry = Entry("nairobi", trouble="it is newer", remedy="Update.")

    with pytest.raises(ProvisionerError, match="it is newer; nothing was done"):
        prepared(hub.wiring, hub.desired, entry, None)


def foreign(count: int) -> list[str]:
    return [f"vercel:example-network/lagos--{number}" for number in range(count)]


class TestWhatIsNotIts:
    def test_it_is_taken_out_and_named(self, caplog: pytest.LogCaptureFixture) -> None:
        hub = Hub("nairobi")
        hub.holds(OWN.name, *foreign(2))

        entry, task = hub.prepared()

        assert held(entry) == [OWN.name]
        (note,) = task.notes
        assert (
            "was left alone: vercel:example-network/lagos--0, vercel:example-network/lagos--1."
            in note
        )
        assert f"nairobi: {note}" in caplog.text

    @pytest.mark.parametrize(
        ("count", "end"), [(5, "lagos--4."), (6, "lagos--4 …."), (99, "lagos--4 ….")]
    )
    def test_of_many_five_are_named(self, count: int, end: str) -> None:
        hub = Hub("nairobi")
        hub.holds(*foreign(count))

        _, task = hub.prepared()

        (note,) = task.notes
        assert note.count("lagos--") == 5
        assert end in note

    def test_an_account_of_another_hub_is_not_its(self) -> None:
        hub = Hub("nairobi")
        hub.files["lagos.yaml"] = OTHERS_FILE.replace("apps:", "vercel: {team: lagos}\napps:")
        hub.holds("vercel:lagos/nairobi--docs")

        entry, task = hub.prepared()

        assert (held(entry), len(task.notes)) == ([], 1)

    def test_that_of_a_hub_with_its_people_may_be(self) -> None:
        hub = Hub("nairobi")
        hub.files["lagos.yaml"] = hub_with(top="vercel: {team: lagos}\n")
        hub.holds("vercel:lagos/nairobi--docs")

        entry, _ = hub.prepared()

        assert held(entry) == ["vercel:lagos/nairobi--docs"]


class TestANameThatComesBack:
    def test_by_others_it_has_nothing_of_theirs_and_says_so(self) -> None:
        hub = Hub()
        hub.files["nairobi.yaml"] = OTHERS_FILE
        hub.holds(OWN.name, retiring=True)

        entry, task = hub.prepared()

        assert held(entry) == []
        assert entry.journal is not None
        assert entry.journal.seals_since == hub.clock.now()
        assert entry.version == "0"
        (note,) = task.notes
        assert note.startswith("This hub's name had other maintainers before.")

    def test_by_its_own_people_it_is_theirs_again(self) -> None:
        hub = Hub("nairobi")
        hub.holds(OWN.name, retiring=True)

        entry, task = hub.prepared()

        assert (held(entry), task.notes) == ([OWN.name], ())

    def test_who_came_back_is_asked_again_where_that_may_pass(self) -> None:
        hub = Hub("nairobi")
        hub.holds(OWN.name, retiring=True)
        hub.github.passing["account_id"] = refused(503)

        entry, _ = hub.prepared()

        assert held(entry) == [OWN.name]

    def test_where_that_cannot_be_found_out_nothing_is_done(self) -> None:
        hub = Hub("nairobi")
        hub.holds(OWN.name, retiring=True)
        hub.github.troubles["account_id"] = refused()

        with pytest.raises(RemoteError):
            hub.prepared()

    def test_what_was_not_its_is_said_beside_it(self) -> None:
        hub = Hub()
        hub.files["nairobi.yaml"] = OTHERS_FILE
        hub.holds(*foreign(1), retiring=True)

        _, task = hub.prepared()

        assert [note.split(maxsplit=2)[1] for note in task.notes] == ["journal", "hub's"]


class TestAFileThatIsGone:
    def test_what_its_journal_names_leaves(self) -> None:
        hub = Hub()
        hub.holds(OWN.name, *foreign(1))

        entry, task = hub.prepared()

        assert (task.retiring, task.digest, task.title) == (True, RETIRED_DIGEST, "The hub nairobi")
        assert [app.id for app in task.apps] == ["docs"]
        assert task.apps[0].takes == (OWN,)
        assert (task.notes[0], len(task.notes)) == (NOTE, 2)
        assert (task.network_maintainers, held(entry)) == ((), [OWN.name])
        assert hub.github.asked == []

    def test_without_a_journal_nobody_may_ask(self) -> None:
        with pytest.raises(AssertionError, match="a hub has a file or a journal"):
            Hub().prepared()
