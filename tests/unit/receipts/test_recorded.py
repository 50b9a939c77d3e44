"""What the journal says of a hub that is live, and where it says too little for a receipt."""

from typing import Any, cast

import pytest

from provisioner.clock import ManualClock
from provisioner.dns.resolver import DnsReader
from provisioner.models.plan import Resource
from provisioner.models.receipt import Receipt
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.receipts.observed import Place
from provisioner.receipts.recorded import (
    NoReceipt,
    contradictions,
    live_apps,
    place_of,
    run_of,
    versions,
)
from provisioner.version import VERSION
from tests.hosts.memory import MemoryHost, known
from tests.unit.receipts.receipts import COPY, RECEIPT, RUN

(DOCS,) = RUN.apps
NETWORK = RECEIPT.network
WAITING, FAILED, RUNNING = (
    StepRecord(action="deploy", state=state)
    for state in (StepState.WAITING, StepState.FAILED, StepState.RUNNING)
)


def run(**changed: Any) -> Run:
    return RUN.model_copy(update=changed)


def docs(**changed: Any) -> AppRecord:
    return DOCS.model_copy(update=changed)


def said(**changed: Any) -> list[str]:
    return contradictions(RECEIPT.model_copy(update=changed), NETWORK, RUN)


class TestLive:
    def test_the_apps_of_a_completed_run_are_live(self) -> None:
        assert live_apps(RUN) == (DOCS,)

    def test_an_app_that_is_taken_offline_is_not_of_the_receipt(self) -> None:
        leaving = docs(id="old", retiring=True)
        assert live_apps(run(apps=(leaving, DOCS))) == (DOCS,)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"retiring": True}, "its apps were taken offline"),
            ({"apps": ()}, "it has no app"),
            ({"apps": (docs(retiring=True),)}, "it has no app"),
            (
                {"state": RunState.WAITING, "apps": (docs(steps=(WAITING,)),)},
                "its run is waiting; docs is waiting",
            ),
            (
                {
                    "state": RunState.FAILED,
                    "apps": (
                        docs(steps=(FAILED,)),
                        docs(id="ok"),
                        docs(id="bot", steps=(RUNNING,)),
                    ),
                },
                "its run is failed; docs is failed, bot is running",
            ),
            (
                {"state": RunState.RUNNING, "apps": (DOCS,)},
                "its run is running; its end is not recorded",
            ),
        ],
    )
    def test_else_there_is_no_receipt_and_it_is_said_why(
        self, changed: dict[str, Any], why: str
    ) -> None:
        with pytest.raises(NoReceipt) as refused:
            live_apps(run(**changed))

        assert refused.value.message == f"there is no receipt of nairobi: {why}"
        assert "provisioner status nairobi" in refused.value.hint


class TestPlace:
    def test_the_journal_tells_the_accounts_and_the_hub_its_names(self) -> None:
        key = "nairobi--docs"
        assert place_of("nairobi", DOCS) == Place(COPY, "vercel", "nairobi-commons", key)

    def test_only_what_bears_the_hubs_own_name_counts(self) -> None:
        foreign = (
            Resource(kind="repository", name="evil/kisumu--docs"),
            Resource(kind="project", name="evil/kisumu--docs"),
        )
        app = docs(resources=(*foreign, *DOCS.resources))
        assert place_of("nairobi", app) == place_of("nairobi", DOCS)

    def test_a_resource_of_another_kind_tells_no_account(self) -> None:
        other = Resource(kind="domain", name="evil/nairobi--docs")
        app = docs(resources=(other, *DOCS.resources))
        assert place_of("nairobi", app) == place_of("nairobi", DOCS)

    def test_repository_and_project_may_be_in_different_accounts(self) -> None:
        key = "nairobi--docs"
        there = {"repository": f"owner/{key}", "project": f"memory:team/{key}"}
        app = docs(resources=tuple(Resource(kind=kind, name=name) for kind, name in there.items()))
        with known(MemoryHost(ManualClock(), cast(DnsReader, None))):
            assert place_of("nairobi", app) == Place(f"owner/{key}", "memory", "team", key)

    @pytest.mark.parametrize("name", ["elsewhere:evil/nairobi--docs", "evil/nairobi--docs"])
    def test_a_host_that_nobody_knows_holds_nothing(self, name: str) -> None:
        forged = Resource(kind="project", name=name)
        first = docs(resources=(forged, *DOCS.resources))
        alone = docs(
            resources=(forged, *(item for item in DOCS.resources if item.kind != "project"))
        )

        assert place_of("nairobi", first) == place_of("nairobi", DOCS)
        with pytest.raises(NoReceipt, match="does not say where the app docs is"):
            place_of("nairobi", alone)

    @pytest.mark.parametrize("lacking", ["repository", "project"])
    def test_where_either_account_is_not_recorded_there_is_no_receipt(self, lacking: str) -> None:
        left = tuple(item for item in DOCS.resources if item.kind != lacking)
        with pytest.raises(NoReceipt, match="does not say where the app docs is"):
            place_of("nairobi", docs(resources=left))


class TestRun:
    def test_the_run_is_taken_over_field_by_field(self) -> None:
        assert run_of(RUN) == RECEIPT.run

    @pytest.mark.parametrize(
        ("changed", "place"),
        [
            ({"digest": "short"}, "plan_digest"),
            ({"commit": "c0ffee"}, "hub_file_commit"),
            ({"ended_at": None}, "ended_at"),
            ({"actions_run_url": "javascript:x"}, "actions_run"),
            ({"pull_request": 0}, "pull_request"),
            ({"digest": "short", "ended_at": None}, "plan_digest"),
        ],
    )
    def test_what_no_run_of_ours_has_is_refused_and_its_place_named(
        self, changed: dict[str, Any], place: str
    ) -> None:
        with pytest.raises(NoReceipt, match=f"does not fit into one, at {place}$"):
            run_of(run(**changed))


class TestContradictions:
    def test_a_receipt_that_says_what_the_journal_says_has_none(self) -> None:
        assert said() == []

    def test_the_worlds_part_is_not_judged(self) -> None:
        app = RECEIPT.apps[0].model_copy(update={"domains": ("other.example.org",)})
        assert said(apps=(app,)) == []

    def test_each_part_that_differs_is_named(self) -> None:
        other: dict[str, Any] = {
            "network": "evil/hubs",
            "hub": "kisumu",
            "run": RECEIPT.run.model_copy(update={"pull_request": 13}),
            "apps": (),
            "versions": versions().model_copy(update={"journal": 99}),
        }
        names = ["the network", "the hub", "the run", "its apps", "the versions"]
        for (field, value), name in zip(other.items(), names, strict=True):
            assert said(**{field: value}) == [name]
        assert said(**other) == names

    @pytest.mark.parametrize(
        "changed",
        [
            {"id": "wiki"},
            {"app": "telegram-bot"},
            {"url": "https://evil.example"},
            {"project": RECEIPT.apps[0].project.model_copy(update={"team": "evil"})},
            {"project": RECEIPT.apps[0].project.model_copy(update={"name": "evil--docs"})},
            {"repository": RECEIPT.apps[0].repository.model_copy(update={"owner": "evil"})},
        ],
    )
    def test_of_an_app_its_name_its_address_and_its_place_are_compared(
        self, changed: dict[str, Any]
    ) -> None:
        assert said(apps=(RECEIPT.apps[0].model_copy(update=changed),)) == ["its apps"]

    def test_a_hub_that_is_not_live_by_the_journal_has_no_receipt_to_compare(self) -> None:
        receipt: Receipt = RECEIPT
        with pytest.raises(NoReceipt):
            contradictions(receipt, NETWORK, run(state=RunState.WAITING))

    def test_the_versions_are_the_programs_own(self) -> None:
        assert versions().provisioner == VERSION
