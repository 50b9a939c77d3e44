"""Which hubs are due, and that many files gone at once are no removals before somebody says so."""

import pytest

from provisioner.commands.planning import (
    Candidate,
    Unplanned,
    half_seen,
    is_changed,
    plan_each,
    plan_hubs,
    unobserved,
)
from provisioner.engine.journal import Entry
from provisioner.errors import (
    ConfigurationError,
    Effect,
    ProvisionerError,
    RemoteError,
    Unreachable,
)
from provisioner.models.plan import AppPlan, HubPlan, PlannedStep, Verdict
from provisioner.models.run import AppRecord, RunState, StepRecord, StepState
from provisioner.sandbox.server import Sandbox
from tests.unit.commands.hubs import World
from tests.unit.desired.given import hub_with

ACTIONS_RUN = "https://github.com/example-network/hubs/actions/runs/7"
RERUN = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "example-network/hubs",
    "GITHUB_RUN_ID": "7",
    "GITHUB_RUN_ATTEMPT": "2",
}


HUBS = ("aaa", "bbb", "ccc", "ddd")


class TestRemovalsAtOnce:
    """Nobody takes a whole network offline by a slip."""

    @pytest.mark.parametrize(("gone", "limit"), [(3, 3), (1, 3), (1, 1), (4, 4)])
    def test_as_many_as_the_limit_are_removed(self, gone: int, limit: int) -> None:
        world = World("nairobi", limit=limit)
        for hub in HUBS[:gone]:
            world.record(hub)
        assert [world.reasons()[hub] for hub in HUBS[:gone]] == ["its file was removed"] * gone

    @pytest.mark.parametrize(("gone", "limit"), [(4, 3), (1, 0), (2, 1)])
    def test_one_more_stops_the_plan_of_all(self, gone: int, limit: int) -> None:
        world = World("nairobi", limit=limit)
        for hub in HUBS[:gone]:
            world.record(hub)
        for only_due in (True, False):
            with pytest.raises(ConfigurationError) as caught:
                world.found(only_due=only_due)
        assert caught.value.message == (
            f"the files of {gone} hubs are gone at once: {', '.join(HUBS[:gone])}"
        )
        assert caught.value.hint.startswith("Nothing was done.")
        assert f"at most {limit} at a time" in caught.value.hint

    def test_hubs_that_are_named_are_meant(self) -> None:
        world = World(limit=1)
        for hub in HUBS:
            world.record(hub)
        assert [item.hub for item in world.found(*HUBS)] == list(HUBS)

    def test_what_was_taken_offline_before_is_not_counted_again(self) -> None:
        world = World(limit=1)
        for hub in HUBS:
            world.record(hub, retiring=True)
        assert [item.hub for item in world.found()] == list(HUBS)
        assert world.found(only_due=True) == []

    def test_hubs_with_files_are_not_counted_whatever_makes_them_due(self) -> None:
        assert len(World(*HUBS, limit=0).found()) == len(HUBS)

    def test_a_broken_file_is_no_removal(self) -> None:
        world = World(limit=0)
        for hub in HUBS:
            world.record(hub)
        world.files = {f"{hub}.yaml": "name: [\n" for hub in HUBS}
        assert world.found() == []

    def test_a_badly_renamed_file_is_no_removal(self) -> None:
        world = World(limit=0)
        world.record("aaa")
        world.files = {"Aaa.yml": hub_with()}
        assert world.found() == []


class TestNames:
    def test_every_hub_with_a_file_or_a_journal_is_there_once(self) -> None:
        world = World("nairobi", "bbb")
        world.record("aaa")
        world.record("bbb")
        assert list(world.reasons()) == ["aaa", "bbb", "nairobi"]

    def test_a_name_that_nobody_knows_is_refused_with_those_that_are_known(self) -> None:
        world = World("nairobi", "kisumu")
        with pytest.raises(ConfigurationError) as caught:
            world.found("nairobi", "mombasa", "lagos")
        assert caught.value.message == "there is no hub mombasa, lagos"
        assert caught.value.hint.endswith("without mistakes: kisumu, nairobi.")

    def test_without_any_hub_none_can_be_named(self) -> None:
        with pytest.raises(ConfigurationError) as caught:
            World().found("nairobi")
        assert caught.value.hint.endswith("without mistakes: none.")

    def test_a_hub_with_a_broken_file_cannot_be_named(self) -> None:
        world = World()
        world.files = {"nairobi.yaml": "name: [\n"}
        with pytest.raises(ConfigurationError):
            world.found("nairobi")

    def test_only_those_that_are_due_are_given_where_that_is_asked(self) -> None:
        world = World("nairobi", "kisumu")
        world.record("nairobi")
        assert [item.hub for item in world.found(only_due=True)] == ["kisumu"]
        assert [item.hub for item in world.found()] == ["kisumu", "nairobi"]


class TestWhyDue:
    def test_a_hub_as_it_was_applied_is_not_due(self) -> None:
        world = World("nairobi")
        world.record("nairobi")
        (found,) = world.found()
        assert (found.reason, found.changed, found.error) == ("", False, None)

    def test_a_new_hub_and_a_changed_one_are_due(self) -> None:
        world = World("nairobi", "kisumu")
        world.record("nairobi", digest="another")
        assert world.reasons() == {
            "kisumu": "new",
            "nairobi": "its file or the catalog changed",
        }
        assert all(item.changed for item in world.found())

    def test_other_maintainers_are_recorded(self) -> None:
        world = World("nairobi")
        world.record("nairobi")
        world.files["nairobi.yaml"] = hub_with().replace("amina-k", "joseph-m")
        (found,) = world.found()
        assert (found.reason, found.changed) == ("its maintainers changed", True)

    def test_a_journal_that_cannot_be_read_is_its_own_hubs_trouble(self) -> None:
        world = World("nairobi")
        world.store.commits.append(("hubs/nairobi.json", b"{"))
        (found,) = world.found()
        assert (found.reason, found.changed) == ("its journal cannot be read", True)
        assert found.entry.trouble

    def test_a_journal_that_cannot_be_looked_at_is_its_own_hubs_error(self) -> None:
        world = World("kisumu", "nairobi")
        world.store.refusals["hubs/nairobi.json"] = RemoteError(
            "GitHub refused", service="GitHub", effect=Effect.NONE, status=403
        )
        kisumu, nairobi = world.found()
        assert (kisumu.reason, kisumu.error) == ("new", None)
        assert nairobi.reason == "its journal could not be looked at"
        assert nairobi.error is not None
        assert (nairobi.entry, nairobi.changed) == (Entry("nairobi"), False)

    def test_where_no_journal_can_be_asked_for_nothing_goes_on(self) -> None:
        world = World("nairobi")
        world.store.refusals["hubs/nairobi.json"] = Unreachable(
            "no connection", service="GitHub", effect=Effect.NONE
        )
        with pytest.raises(Unreachable):
            world.found()

    def test_a_journal_of_a_later_version_is_left_alone(self) -> None:
        world = World("nairobi")
        world.record("nairobi")
        path, content = world.store.commits[-1]
        world.store.commits.append((path, content.replace(b'"version": 5', b'"version": 99')))
        assert world.store.commits[-1][1] != content
        (found,) = world.found()
        assert found.reason == "its journal could not be looked at"
        assert found.error is not None

    def test_a_workflow_that_has_gained_a_step_makes_its_hub_due(self) -> None:
        world = World("nairobi")
        step = StepRecord(action="fork-repository", state=StepState.DONE)
        app = AppRecord(id="docs", app="docs-site", steps=(step,))
        world.record("nairobi", apps=(app,))
        (found,) = world.found()
        assert (found.reason, found.changed) == ("its workflow has a new step", False)


class TestAskedAgain:
    def reason(self, state: RunState, attempt: str = "2", url: str = ACTIONS_RUN) -> str:
        world = World("nairobi", environ={**RERUN, "GITHUB_RUN_ATTEMPT": attempt})
        assert world.wiring.actions_run_url == ACTIONS_RUN
        world.record("nairobi", state, actions_run_url=url)
        return world.reasons()["nairobi"]

    def test_who_runs_a_job_again_wants_what_it_left(self) -> None:
        assert self.reason(RunState.FAILED) == "a person ran its Actions run again"

    def test_what_was_finished_is_not_done_again(self) -> None:
        assert self.reason(RunState.COMPLETED) == ""

    def test_a_first_attempt_asks_for_nothing_again(self) -> None:
        assert self.reason(RunState.FAILED, attempt="1") == ""

    def test_another_job_that_is_run_again_asks_for_its_own(self) -> None:
        assert self.reason(RunState.FAILED, url=f"{ACTIONS_RUN}8") == ""


class TestPlans:
    trouble = ProvisionerError("no journal")

    def test_a_hub_without_file_and_journal_has_an_empty_plan(self) -> None:
        world = World()
        (plan,) = plan_hubs(
            world.wiring, world.desired, [Candidate("nairobi", Entry("nairobi"), "")]
        )
        assert (plan.hub, plan.title, plan.apps, plan.due) == ("nairobi", "nairobi", (), False)

    def test_one_hubs_trouble_is_only_its_own(self) -> None:
        world = World()
        chosen = [
            Candidate("aaa", Entry("aaa"), "new", error=self.trouble),
            Candidate("bbb", Entry("bbb"), ""),
        ]
        first, second = plan_each(world.wiring, world.desired, chosen)
        assert first == Unplanned("aaa", self.trouble)
        assert isinstance(second, HubPlan)
        with pytest.raises(ProvisionerError, match="no journal"):
            plan_hubs(world.wiring, world.desired, chosen)

    def test_a_new_hubs_plan_holds_every_step_of_its_apps(self, sandbox: Sandbox) -> None:
        world = World("nairobi", environ=sandbox.environment)
        (plan,) = plan_hubs(world.wiring, world.desired, world.found())
        (app,) = plan.apps
        assert (app.id, app.app, plan.retiring) == ("docs", "docs-site", False)
        assert (app.steps[0].action, app.steps[0].verdict) == ("fork-repository", Verdict.CREATE)

    def test_a_hub_whose_file_is_gone_has_the_plan_of_its_retirement(
        self, sandbox: Sandbox
    ) -> None:
        world = World(environ=sandbox.environment)
        world.record("nairobi")
        (plan,) = plan_hubs(world.wiring, world.desired, world.found())
        assert (plan.title, plan.retiring, plan.reason) == (
            "The hub nairobi",
            True,
            "its file was removed",
        )

    def test_what_is_known_without_a_look(self) -> None:
        world = World("nairobi")
        due = unobserved(Candidate("nairobi", Entry("nairobi"), "new"), world.desired)
        assert (due.title, due.retiring, due.due, due.reason) == ("Nairobi", False, True, "new")
        assert due.digest == world.desired.hubs["nairobi"].digest
        journal = world.record("aaa")
        gone = unobserved(Candidate("aaa", Entry("aaa", journal), ""), world.desired)
        assert (gone.title, gone.digest, gone.retiring) == ("The hub aaa", "", True)
        assert (gone.due, gone.reason) == (False, "")

    def test_a_plan_that_was_seen_in_part_says_what_kept_it(self) -> None:
        seen = PlannedStep(action="deploy", verdict=Verdict.KEEP)
        unseen = seen.model_copy(update={"checked": False, "detail": "No answer.", "hint": "Wait."})
        app = AppPlan(id="docs", app="docs-site", title="Docs", steps=(seen, unseen))
        plan = HubPlan(hub="nairobi", title="Nairobi", digest="d1", apps=(app,))
        found = half_seen(plan)
        assert found is not None
        assert (found.hub, found.error.hint) == ("nairobi", "Wait.")
        assert found.error.message == "not everything could be checked: No answer."
        whole = app.model_copy(update={"steps": (seen,)})
        assert half_seen(plan.model_copy(update={"apps": (whole,)})) is None


def test_a_hub_that_is_gone_has_no_other_people() -> None:
    journal = World().record("aaa", retiring=True)
    assert not is_changed(None, journal)
    assert not is_changed(None, None)
