"""The first line of the comment: how it stands, and who must act."""

import pytest

from provisioner.models.plan import Actor
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.comment import render_run
from provisioner.report.headline import headline, troubles
from provisioner.report.marker import find_marker
from tests.unit.github_markdown import shown
from tests.unit.report import runs
from tests.unit.report.runs import BOT, LINKS, WEBSITE, steps


def comment(run: Run, **more: int) -> str:
    return render_run(run, LINKS, **more)


def first_line(text: str) -> str:
    """The first line that is seen."""
    return shown(text.split("\n")[1])


class TestFirstLine:
    @pytest.mark.parametrize(
        ("run", "line"),
        [
            (
                runs.run(RunState.QUEUED),
                "⚪ Nairobi Commons is next in line. Nobody has to do anything yet.",
            ),
            (
                runs.running_run(),
                "🟡 Nairobi Commons is being set up. Nobody has to do anything yet.",
            ),
            (
                runs.waiting_run(),
                "🟠 Nairobi Commons is waiting for DNS entries. "
                "Hub facilitator, please set the 2 DNS entries below.",
            ),
            (
                runs.completed_run(),
                "✅ Nairobi Commons is live. Nobody has to do anything.",
            ),
            (
                runs.retired_run(),
                "✅ Nairobi Commons is offline. Nothing was deleted. Nobody has to do anything.",
            ),
            (
                runs.run(RunState.CANCELLED),
                "⛔ Nairobi Commons: the run was stopped before it was finished. "
                "Network maintainer, please re-run the job: it goes on where it stopped.",
            ),
            (
                runs.run(RunState.SUPERSEDED),
                "➖ Nairobi Commons: a later change has taken over. "
                "Nobody has to do anything here.",
            ),
        ],
        ids=lambda value: value.state.value if isinstance(value, Run) else "",
    )
    def test_says_the_state_and_who_must_act(self, run: Run, line: str) -> None:
        assert first_line(comment(run)) == line

    def test_of_a_failure_names_the_step_and_asks_each_person_for_their_part(self) -> None:
        assert first_line(comment(runs.failed_run())) == (
            "❌ Nairobi Commons: “Build and publish” (Telegram bot) failed. "
            "Network maintainer, please see “What to do” below. "
            "Hub facilitator, please set 1 DNS entry and remove 1 below."
        )

    def test_of_a_wait_on_time_alone_says_when_the_next_look_is(self) -> None:
        waiting = StepRecord(action="deploy", state=StepState.WAITING, wake_at=runs.NOW)
        run = runs.run(RunState.WAITING, runs.docs(*steps(WEBSITE, "docs", 3, waiting)))
        assert first_line(comment(run)) == (
            "🟠 Nairobi Commons is waiting at “Build and publish” (Documentation site). "
            "Nobody has to do anything: the next look is at about 14:02 UTC on 3 March."
        )

    def test_asks_for_dns_as_soon_as_it_is_known_also_while_another_app_is_built(self) -> None:
        run = runs.waiting_run().model_copy(update={"state": RunState.RUNNING})
        assert "please set the 2 DNS entries below" in first_line(comment(run))

    def test_asks_the_maintainer_when_a_failure_names_nobody(self) -> None:
        failed = runs.failed_build().model_copy(update={"who": Actor.NOBODY})
        run = runs.run(RunState.FAILED, runs.bot(*steps(BOT, "bot", 3, failed)))
        assert "Network maintainer, please see “What to do” below." in first_line(comment(run))

    def test_names_two_of_many_failures_and_counts_the_others(self) -> None:
        apps = (
            runs.bot(*steps(BOT, "bot", 3, runs.failed_build())).model_copy(
                update={"id": f"bot{number}", "title": f"Bot {number}"}
            )
            for number in range(5)
        )
        line = first_line(comment(runs.run(RunState.FAILED, *apps)))
        assert "(Bot 0), “Build and publish” (Bot 1) and 3 more failed" in line

    def test_comes_right_after_the_hidden_marker(self) -> None:
        text = comment(runs.waiting_run())
        assert find_marker(text) == "nairobi-commons"
        assert text.split("\n")[1].startswith("### 🟠")


class TestWhoAndWhat:
    """The sentences by themselves, for what a comment seldom shows."""

    def waiting(self, *given: StepRecord, retiring: bool = False) -> AppRecord:
        fields = {"id": "docs", "app": "x", "steps": given, "retiring": retiring}
        return AppRecord.model_validate(fields)

    def step(self, **more: object) -> StepRecord:
        fields = {"action": "deploy", "state": StepState.WAITING, **more}
        return StepRecord.model_validate(fields)

    def test_a_step_that_waits_for_a_person_is_a_trouble_and_one_for_time_is_none(self) -> None:
        asked, timed = self.step(who=Actor.FACILITATOR), self.step(wake_at=runs.NOW)
        run = runs.run(RunState.WAITING, self.waiting(asked), self.waiting(timed))
        assert [step for _, step in troubles(run)] == [asked]

    def test_what_is_given_up_only_follows_what_takes_its_place(self) -> None:
        leaving = self.waiting(self.step(action="detach-domains"), retiring=True)
        staying = self.waiting(self.step(wake_at=runs.NOW))
        run = runs.run(RunState.WAITING, leaving, staying)
        assert headline(run).state == "Nairobi Commons is waiting at “Build and publish” (docs)."
        alone = runs.run(RunState.WAITING, leaving)
        assert "waiting at “Disconnect domains” (docs)." in headline(alone).state

    @pytest.mark.parametrize("more", [{"wake_at": runs.NOW}, {"who": Actor.MAINTAINER}])
    def test_what_is_given_up_and_waits_for_more_than_that_is_named(
        self, more: dict[str, object]
    ) -> None:
        leaving = self.waiting(self.step(action="detach-domains", **more), retiring=True)
        run = runs.run(RunState.WAITING, leaving, self.waiting(self.step(wake_at=runs.NOW)))
        assert "“Disconnect domains” (docs) and “Build and publish” (docs)" in headline(run).state

    @pytest.mark.parametrize(("number", "more"), [(3, ""), (4, " and 2 more")])
    def test_three_names_are_told_and_of_four_the_first_two(self, number: int, more: str) -> None:
        apps = (self.waiting(self.step(wake_at=runs.NOW)) for _ in range(number))
        state = headline(runs.run(RunState.WAITING, *apps)).state
        assert state.count("“Build and publish”") == (2 if more else 3)
        assert state.endswith(f"(docs){more}.")

    def test_one_entry_is_asked_for_as_one(self) -> None:
        app = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=(runs.cname(),))
        assert "please set the DNS entry below." in headline(runs.run(RunState.WAITING, app)).who
        app = app.model_copy(update={"dns": (runs.stray(),)})
        assert "please remove the DNS entry below." in headline(runs.run(RunState.WAITING, app)).who
