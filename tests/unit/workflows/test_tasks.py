"""From a hub's file and its journal to what is to be done: apps to bring online, apps to retire."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from provisioner.engine.tasks import AppTask, HubTask
from provisioner.errors import ConfigurationError
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.journal import HubJournal, Retired
from provisioner.models.plan import Resource, Verdict
from provisioner.models.remote import Mark, Project
from provisioner.models.run import AppRecord, StepState
from provisioner.workflows import telegram_bot, website
from provisioner.workflows.retirement import NOTE
from provisioner.workflows.tasks import RETIRED_DIGEST, has_grown, hub_task, retirement_task
from tests.unit.actions.hosted import COPY_ID, Hosted, app, readers
from tests.unit.engine.given import app_record, run_of, step_record

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PROJECT = Resource(kind="project", name="vercel:nairobi/nairobi--docs")
BOT_PROJECT = Resource(kind="project", name="vercel:nairobi/nairobi--bot")
COPY = Resource(kind="repository", name="nairobi/nairobi--docs")
DOCS, BOT = app(), app("telegram-bot", id="bot")
RETIRED = ["detach-domains", "pause-project"]


def hub(*apps: DesiredApp, **fields: Any) -> DesiredHub:
    return DesiredHub(
        id="nairobi", title="Nairobi", maintainers=("amina-k",), digest="d1", apps=apps, **fields
    )


def journal(*apps: AppRecord, **fields: Any) -> HubJournal:
    return HubJournal(hub="nairobi", run=run_of(*apps), **fields)


def task_of(desired: DesiredHub, known: HubJournal | None = None) -> HubTask:
    return hub_task(desired, known, readers(Hosted()), None)


def record(*resources: Resource, id: str = "docs", **fields: Any) -> AppRecord:
    return app_record(id, step_record(), resources=resources, **fields)


def retired(*apps: AppRecord) -> HubTask:
    return retirement_task("nairobi", run_of(*apps), readers(Hosted()), None)


def actions(task: AppTask) -> list[str]:
    return [step.action for step in task.steps]


def with_workflow(name: str) -> DesiredApp:
    listed = DOCS.entry.app.model_copy(update={"workflow": name})
    return app().model_copy(update={"entry": DOCS.entry.model_copy(update={"app": listed})})


def test_a_task_is_of_its_hub() -> None:
    task = task_of(hub(DOCS, blob="b10b"))

    assert (task.hub, task.title, task.digest) == ("nairobi", "Nairobi", "d1")
    assert (task.maintainers, task.blob, task.retiring) == (("amina-k",), "b10b", False)
    assert task.notes == ()


def test_each_app_gets_the_steps_of_its_workflow_for_its_plan_too() -> None:
    docs, bot = task_of(hub(DOCS, BOT)).apps

    assert (docs.id, docs.app, docs.title) == ("docs", "docs-site", "Documentation site")
    assert set(website.ACTIONS) <= set(actions(docs))
    assert set(telegram_bot.ACTIONS) <= set(actions(bot))
    assert [step.action for step in docs.planning] == actions(docs)


def test_within_one_plan_the_same_is_looked_at_once_and_while_running_each_time() -> None:
    hosted = Hosted()
    site = app(env={"SITE_TITLE": "Nairobi"})
    (task,) = hub_task(hub(site), None, readers(hosted), None).apps
    (plan,) = (step for step in task.planning if step.action == "set-environment")
    (run,) = (step for step in task.steps if step.action == "set-environment")

    for step in (plan, plan):
        step.assess(frozenset(), None)
    planned = len(hosted.asked)
    for step in (run, run):
        step.assess(frozenset(), None)

    assert (planned, len(hosted.asked)) == (1, 3)


def test_a_workflow_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ConfigurationError, match="docs-site names a workflow") as raised:
        task_of(hub(with_workflow("magic")))

    assert raised.value.hint == "Name one of: website, telegram-bot."


def test_an_app_that_is_gone_goes_offline_and_people_are_told_what_is_kept() -> None:
    task = task_of(hub(DOCS), journal(record(BOT_PROJECT, id="bot")))

    docs, bot = task.apps
    assert (docs.retiring, bot.retiring) == (False, True)
    assert (bot.id, bot.app, bot.title, actions(bot)) == ("bot", "docs-site", "Bot", RETIRED)
    assert (bot.takes, bot.after, task.notes) == ((BOT_PROJECT,), (), (NOTE,))


def test_an_app_that_moved_leaves_its_former_project_last() -> None:
    moved = app(team="new", owner="new")
    task = task_of(hub(moved), journal(record(PROJECT, COPY)))

    docs, left = task.apps
    assert docs.releases == (PROJECT, COPY)
    assert (left.id, left.title) == ("docs@nairobi", "Docs in its former account")
    assert (left.takes, left.after) == ((PROJECT, COPY), ("docs",))


def test_its_title_does_not_grow_with_each_look() -> None:
    before = record(PROJECT, id="docs@nairobi", title="Docs in its former account")
    task = task_of(hub(app(team="new")), journal(before))

    assert task.apps[1].title == "Docs in its former account"


def test_an_app_whose_successor_is_another_keeps_its_title() -> None:
    domain = Resource(kind="domain", name="docs.example.org")
    wiki = app(id="wiki", domains=("docs.example.org",))
    task = task_of(hub(wiki), journal(record(PROJECT, domain)))

    assert (task.apps[1].title, task.apps[1].after) == ("Docs", ("wiki",))


def test_an_app_that_comes_back_takes_what_the_journal_kept_of_it() -> None:
    kept = Retired(id="docs", resources=(PROJECT,))

    assert task_of(hub(DOCS), journal(retired=(kept,))).apps[0].takes == (PROJECT,)


def test_an_app_that_is_gone_and_has_no_project_has_nothing_to_do() -> None:
    task = task_of(hub(DOCS), journal(record(COPY, id="bot")))

    bot = task.apps[1]
    assert (bot.id, bot.app, bot.title, bot.steps) == ("bot", "docs-site", "Bot", ())
    assert bot.retiring
    assert task.notes == (NOTE,)


@pytest.mark.parametrize(
    "known",
    [record(COPY), record(COPY, id="bot", retiring=True), record(COPY, id="bot@old")],
    ids=["asked for", "retired already", "left by another"],
)
def test_others_are_not_told_that_they_go(known: AppRecord) -> None:
    task = task_of(hub(DOCS), journal(known))

    assert ([item.id for item in task.apps], task.notes) == (["docs"], ())


@dataclass
class Marked(Hosted):
    """A project that carries our mark since then, and is linked to our copy."""

    made_at: datetime = SINCE

    def project(self, team: str, project: str) -> Project | None:
        mark = Mark(app="nairobi/docs", made_at=self.made_at)
        return Project(
            id="prj_1",
            name=project,
            mark=mark,
            build=DOCS.entry.app.build,
            repository=DOCS.repository,
            repository_id=COPY_ID,
        )


@pytest.mark.parametrize(
    ("made_at", "verdict"),
    [(SINCE, Verdict.BLOCKED), (SINCE + timedelta(seconds=1), Verdict.KEEP)],
)
def test_an_app_is_told_since_when_its_hub_has_its_owners(
    made_at: datetime, verdict: Verdict
) -> None:
    seen = readers(Marked(made_at=made_at))
    task = hub_task(hub(DOCS), journal(seals_since=SINCE), seen, None)
    (create,) = (step for step in task.apps[0].steps if step.action == "create-project")

    assert create.assess(frozenset(), None).verdict is verdict


def test_a_hub_whose_file_is_gone_retires_every_app() -> None:
    task = retired(record(PROJECT), record(COPY, id="bot"))

    assert (task.hub, task.title, task.digest) == ("nairobi", "Nairobi", RETIRED_DIGEST)
    assert (task.retiring, task.notes, task.maintainers) == (True, (NOTE,), None)
    docs, bot = task.apps
    assert (docs.id, actions(docs), docs.title) == ("docs", RETIRED, "Docs")
    assert (bot.id, bot.steps, bot.retiring) == ("bot", (), True)


def test_of_several_projects_those_in_other_accounts_say_so_in_their_titles() -> None:
    elsewhere = Resource(kind="project", name="vercel:old/nairobi--docs")

    task = retired(record(PROJECT, elsewhere))

    assert [app.title for app in task.apps] == ["Docs", "Docs in its former account"]


LIVE = [step_record(action=action) for action in website.ACTIONS]


def grown(*steps: Any, desired: DesiredApp = DOCS, **fields: Any) -> bool:
    return has_grown(hub(desired), run_of(app_record("docs", *steps, **fields)))


def test_an_app_that_is_live_has_grown_where_its_workflow_has_a_step_more() -> None:
    assert grown(*LIVE[:-1])
    assert not grown(*LIVE)
    assert not grown(*LIVE, step_record(action="tidy")), "a step too many is none too few"


def test_one_that_is_not_done_or_leaves_has_not() -> None:
    assert not grown(*LIVE[:-2], step_record(StepState.WAITING, "verify-dns"))
    assert not grown(*LIVE[:-1], retiring=True)


def test_nor_has_one_that_the_journal_does_not_know_or_whose_workflow_nobody_knows() -> None:
    assert not grown(*LIVE[:-1], desired=app(id="wiki"))
    assert not grown(*LIVE[:-1], desired=with_workflow("magic"))


def test_one_of_several_is_enough() -> None:
    run = run_of(app_record("docs", *LIVE), app_record("wiki", *LIVE[:-1]))

    assert has_grown(hub(DOCS, app(id="wiki")), run)
