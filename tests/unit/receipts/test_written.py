"""A receipt is of what is live by the journal and by the world, and of names that are the hub's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from provisioner.models.plan import Resource
from provisioner.models.receipt import ReceiptProject
from provisioner.models.run import AppRecord, Run, RunState
from provisioner.receipts.observed import Observation, Place
from provisioner.receipts.recorded import NoReceipt, contradictions
from provisioner.receipts.written import receipt_for
from tests.unit.receipts.receipts import COPY, DEPLOYMENT, NOW, PROJECT, RECEIPT, RUN, SEEN

NETWORK = RECEIPT.network
PLACE = Place(COPY, "vercel", "nairobi-commons", "nairobi--docs")


def no_receipt(run: Run = RUN, seen: Observation = SEEN) -> str:
    with pytest.raises(NoReceipt) as refused:
        receipt_for(NETWORK, run, lambda place: seen)
    return refused.value.message


def changed(**fields: Any) -> Run:
    return RUN.model_copy(update=fields)


def with_app(**fields: Any) -> Run:
    return changed(apps=(RUN.apps[0].model_copy(update=fields),))


def test_journal_and_world_make_the_receipt() -> None:
    asked: list[Place] = []

    def look(place: Place) -> Observation:
        asked.append(place)
        return SEEN

    assert receipt_for(NETWORK, RUN, look) == RECEIPT
    assert asked == [PLACE]
    assert contradictions(RECEIPT, NETWORK, RUN) == []


@pytest.mark.parametrize("state", [state for state in RunState if state is not RunState.COMPLETED])
def test_a_run_that_is_not_completed_has_none(state: RunState) -> None:
    assert f"its run is {state.value}" in no_receipt(changed(state=state))


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (changed(retiring=True), "taken offline"),
        (changed(apps=()), "it has no app"),
        (with_app(retiring=True), "it has no app"),
        (changed(ended_at=None), "does not fit into one, at ended_at"),
        (changed(digest="retired"), "does not fit into one, at plan_digest"),
        (with_app(url="https://a b"), "does not fit into one, at url"),
    ],
)
def test_what_the_journal_does_not_say_is_told(run: Run, why: str) -> None:
    assert why in no_receipt(run)


@pytest.mark.parametrize(
    "resources",
    [
        (),
        (("repository", COPY),),
        (("project", "vercel:nairobi-commons/nairobi--docs"),),
        (("repository", "kisumu-commons/kisumu--docs"), ("project", "vercel:a/nairobi--docs")),
        (("repository", COPY), ("project", "vercel:kisumu-commons/kisumu--docs")),
        (("repository", COPY), ("project", "nairobi--docs")),
    ],
)
def test_a_journal_that_names_what_another_hub_owns_is_not_followed(
    resources: tuple[tuple[str, str], ...],
) -> None:
    claimed = tuple(Resource(kind=kind, name=name) for kind, name in resources)

    def look(place: Place) -> Observation:
        raise AssertionError(f"nobody may look at {place}")

    with pytest.raises(NoReceipt, match="does not say where the app docs is"):
        receipt_for(NETWORK, with_app(resources=claimed), look)


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        ({"repository": None, "commit": None}, f"there is no repository {COPY}"),
        ({"repository": "a/b"}, "its copy is now called a/b"),
        ({"commit": None}, "its copy has no commit"),
        ({"project": None}, "there is no project nairobi-commons/nairobi--docs"),
        ({"project": PROJECT.model_copy(update={"repository": "a/b"})}, "not linked to its copy"),
        ({"project": PROJECT.model_copy(update={"repository": None})}, "not linked to its copy"),
        ({"project": PROJECT.model_copy(update={"paused": True})}, "its project is paused"),
        ({"deployment": None}, "nothing is deployed"),
        ({"deployment": DEPLOYMENT.model_copy(update={"commit": "HEAD"})}, "does not fit"),
        ({"branch": "a b"}, "does not fit into one, at branch"),
        ({"domains": ("x" * 300,)}, "does not fit into one, at domains"),
    ],
)
def test_what_the_world_lacks_is_told(seen: dict[str, Any], why: str) -> None:
    assert why in no_receipt(seen=replace(SEEN, **seen))


@pytest.mark.parametrize(
    ("run", "what"),
    [
        (changed(hub="nairobi-2", apps=()), None),
        (changed(id="other"), "the run"),
        (changed(commit=None), "the run"),
        (changed(ended_at=NOW + timedelta(seconds=1)), "the run"),
        (changed(pull_request=13), "the run"),
        (with_app(app="wiki"), "its apps"),
        (with_app(url="https://other.example.org"), "its apps"),
        (changed(apps=(*RUN.apps, AppRecord(id="old", app="x", retiring=True))), ""),
    ],
)
def test_a_receipt_is_held_to_each_word_of_the_journal(run: Run, what: str | None) -> None:
    if what is None:
        with pytest.raises(NoReceipt):
            contradictions(RECEIPT, NETWORK, run)
    else:
        assert contradictions(RECEIPT, NETWORK, run) == ([what] if what else [])


def test_a_receipt_is_of_one_network() -> None:
    assert contradictions(RECEIPT, "other/hubs", RUN) == ["the network"]


def test_a_receipt_names_the_host_only_where_it_is_not_the_one_that_all_were_at() -> None:
    project = ReceiptProject(team="nairobi-commons", name="nairobi--docs", id="prj_1")

    assert "host" not in project.model_dump()
    assert project.model_copy(update={"host": "memory"}).model_dump()["host"] == "memory"
