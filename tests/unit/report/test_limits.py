"""However much there is to tell: the comment stays within its limit and keeps what matters."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.comment import COMMENT_LIMIT, render_run
from provisioner.report.headline import headline
from provisioner.report.summary import SUMMARY_BYTES, render_summary
from provisioner.safetext import markdown
from tests.unit.github_markdown import shown
from tests.unit.report import runs
from tests.unit.report.runs import BOT, LINKS, WEBSITE, steps

states = st.sampled_from(StepState)
lengths = st.sampled_from([0, 10, 300, 2000])
marks = st.sampled_from(["a", "@", "|", "`", "é", "💥", "word ", "#1 "])
words = st.builds(lambda mark, length: mark * length, marks, lengths)


@st.composite
def huge_runs(draw: st.DrawFn) -> Run:
    """Many apps with long words: a few drawn ones, repeated."""
    drawn = draw(st.lists(apps(), min_size=1, max_size=3))
    count = draw(st.integers(1, 40))
    every = (drawn * count)[:count]
    named = [app.model_copy(update={"id": f"app{n}"}) for n, app in enumerate(every)]
    title = draw(words) or "Hub"
    return runs.run(draw(st.sampled_from(RunState)), *named, title=title, notes=[title] * 3)


@st.composite
def apps(draw: st.DrawFn) -> AppRecord:
    record = draw(st.builds(step, states, words, st.sampled_from(Actor)))
    return AppRecord(
        id="app",
        app="kind",
        title=draw(words),
        url=draw(st.sampled_from([None, "https://docs.example.org"])),
        dns=(runs.cname(draw(st.sampled_from(DnsState)), draw(words)),),
        steps=(record,) * draw(st.integers(0, 9)),
        retiring=draw(st.booleans()),
    )


def step(state: StepState, text: str, who: Actor) -> StepRecord:
    return StepRecord(
        action="deploy", state=state, detail=text, hint=text, who=who, log_tail=(text,) * 5
    )


def entries(number: int) -> tuple[DnsEntry, ...]:
    entry = runs.cname()
    return tuple(
        entry.model_copy(
            update={"name": f"docs{n}.nairobi.example.org", "value": f"{n:05}.example"}
        )
        for n in range(number)
    )


def waiting_for(dns: tuple[DnsEntry, ...], *more: AppRecord) -> Run:
    app = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=dns)
    return runs.run(RunState.WAITING, app, *more)


@given(huge_runs())
@example(waiting_for(entries(1200)))
@settings(max_examples=25)
def test_the_limit_holds_and_the_first_line_stays(run: Run) -> None:
    text = render_run(run, LINKS)
    assert len(text) <= COMMENT_LIMIT
    assert text.split("\n")[1] == f"### {markdown(str(headline(run)), 600)}"


@given(st.integers(1, 100), st.integers(0, 60))
@settings(max_examples=15)
def test_every_dns_entry_stays_while_logs_and_steps_can_go(number: int, failures: int) -> None:
    long = runs.failed_build().model_copy(update={"detail": "x" * 900, "log_tail": ("y" * 9000,)})
    bots = [
        runs.bot(*steps(BOT, "bot", 3, long)).model_copy(update={"id": f"bot{n}"})
        for n in range(failures)
    ]
    text = render_run(waiting_for(entries(number), *bots), LINKS)
    assert all(f"`{n:05}.example`" in text for n in range(number))


def test_of_more_entries_than_fit_those_still_to_be_set_come_first() -> None:
    done = tuple(each.model_copy(update={"state": DnsState.OK}) for each in entries(1500)[:1495])
    text = render_run(waiting_for((*done, *entries(1500)[1495:])), LINKS)
    assert all(f"`{n:05}.example`" in text for n in range(1495, 1500))
    assert "Left out here, to keep this page short:" in text


class TestWhatGoesFirst:
    """One failed bot and a finished website, under ever tighter limits."""

    LOG = tuple(f"log line {n:03}" for n in range(200))

    def comment(self, limit: int) -> str:
        failed = runs.failed_build().model_copy(update={"log_tail": self.LOG})
        run = runs.run(
            RunState.FAILED,
            runs.docs(*steps(WEBSITE, "docs", 7), dns=(runs.cname(),)),
            runs.bot(*steps(BOT, "bot", 3, failed), url=False),
        )
        return render_run(run, LINKS, limit=limit)

    def test_nothing_goes_without_need(self) -> None:
        assert "log line 000" in self.comment(COMMENT_LIMIT)
        assert "Left out" not in self.comment(COMMENT_LIMIT)

    def test_the_beginning_of_the_log_goes_first(self) -> None:
        text = self.comment(5000)
        assert "log line 000" not in text
        assert "log line 199" in text
        assert "short: most of the build log; the summary of the [Actions run]" in text

    def test_then_the_log_then_the_steps_of_finished_apps(self) -> None:
        text = self.comment(2900)
        assert "log line 199" not in text
        assert "| ✅ | Check that the app answers |" not in text
        assert "| ❌ | Build and publish |" in text
        assert "short: the build log and the steps of finished apps;" in text

    def test_the_dns_entries_go_last(self) -> None:
        text = self.comment(2000)
        assert "Build and publish |" not in text
        assert "`3f2a9c41d07b65e8.vercel-dns-017.com`" in text
        assert "**What to do (network maintainer):**" in text

    def test_without_an_actions_run_the_command_that_shows_all_is_named(self) -> None:
        run = waiting_for(entries(900)).model_copy(update={"actions_run_url": None})
        assert "`provisioner status nairobi-commons` shows it." in render_run(run, LINKS)


class TestSummary:
    def test_of_many_huge_hubs_stays_within_its_bytes(self) -> None:
        run = waiting_for(entries(300))
        many = [runs.named(run, f"hub{n:03}", "é" * 90, n + 1) for n in range(20)]
        text = render_summary(many, LINKS)
        assert len(text.encode()) <= SUMMARY_BYTES
        assert text.count("[pull request ") == 20
        assert text.count("\n## ") == 20

    def test_of_too_many_hubs_is_the_table_alone(self) -> None:
        many = [runs.named(runs.waiting_run(), f"hub{n:03}", f"Hub {n}", n) for n in range(400)]
        text = render_summary(many, LINKS)
        assert len(text.encode()) <= SUMMARY_BYTES
        assert "Hub 399 is waiting" in text
        assert "\n## " not in text.removeprefix("## ")

    def test_shows_what_its_comment_had_to_leave_out(self) -> None:
        run = waiting_for(entries(900))
        assert "`00899.example`" not in render_run(run, LINKS)
        assert "`00899.example`" in shown_code(render_summary([run], LINKS))


def shown_code(text: str) -> str:
    assert "00899.example" in shown(text)
    return text
