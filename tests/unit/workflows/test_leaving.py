"""What a hub leaves behind, who takes its place, and what an app claims or gives up for it."""

from typing import Any

import pytest

from provisioner.actions.support.hand_over import FormerProject, Neighbours
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.models.app import DesiredApp, DesiredHub
from provisioner.models.journal import HubJournal, Retired
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, StepState
from provisioner.workflows.leaving import (
    Leaving,
    given_up,
    is_retired,
    leaving,
    neighbours,
    taken_back,
    wanted_by,
)
from tests.unit.actions.hosted import app
from tests.unit.engine.given import app_record, run_of, step_record

HOST = "docs.nairobi.example.org"
DOCS = app()


def project(team: str = "nairobi", name: str = "nairobi--docs") -> Resource:
    return Resource(kind="project", name=f"vercel:{team}/{name}")


def copy(owner: str = "nairobi", name: str = "nairobi--docs") -> Resource:
    return Resource(kind="repository", name=f"{owner}/{name}")


def domain(name: str = HOST) -> Resource:
    return Resource(kind="domain", name=name)


def record(*resources: Resource, id: str = "docs", **fields: Any) -> AppRecord:
    return app_record(id, step_record(), resources=resources, **fields)


def ids(found: list[Leaving]) -> list[str]:
    return [item.id for item in found]


def test_an_app_wants_its_project_and_its_copy() -> None:
    assert wanted_by(app(team="old", owner="amina")) == {
        ("project", "vercel:old/nairobi--docs"),
        ("repository", "amina/nairobi--docs"),
    }


def test_what_an_app_of_the_file_wants_is_never_left() -> None:
    assert leaving([DOCS], [record(project(), copy(), domain())]) == []


def test_an_app_that_is_asked_for_no_longer_leaves_with_its_domains_and_copies() -> None:
    gone = record(copy(), project(), domain(), domain("b.example.org"))

    (left,) = leaving([app(id="wiki")], [gone])

    assert (left.id, left.app, left.record) == ("docs", "docs", gone)
    assert (left.project, left.copies) == (project(), (copy(),))
    assert left.domains == (domain(), domain("b.example.org"))
    assert left.resources == (project(), copy(), domain(), domain("b.example.org"))
    assert left.after == ()


def test_an_app_that_moved_leaves_its_former_project_and_comes_first_itself() -> None:
    (left,) = leaving([app(team="new")], [record(project())])

    assert (left.id, left.after) == ("docs@nairobi", ("docs",))


def test_whoever_takes_over_a_domain_comes_first_too() -> None:
    takes, other = app(id="wiki", domains=(HOST,)), app(id="bot", domains=("bot.example.org",))

    (left,) = leaving([other, takes], [record(project(), domain(), domain("x.example.org"))])

    assert left.after == ("wiki",)


def test_of_several_projects_the_first_bears_the_apps_id_and_the_others_their_account() -> None:
    gone = record(project("one"), project("two"), project("three"))

    assert ids(leaving([], [gone])) == ["docs", "docs@two", "docs@three"]


def test_a_project_in_several_records_leaves_once() -> None:
    assert ids(leaving([], [record(project()), record(project(), id="docs@old")])) == ["docs"]


def test_what_was_left_before_is_known_by_its_app() -> None:
    (left,) = leaving([app(team="new")], [record(project(), id="docs@nairobi")])

    assert (left.id, left.app, left.after) == ("docs@nairobi", "docs", ("docs",))


def test_what_is_offline_already_is_asked_about_again_only_when_the_whole_hub_leaves() -> None:
    offline = record(project(), retiring=True)

    assert leaving([app(id="wiki")], [offline]) == []
    assert ids(leaving([], [offline])) == ["docs"]


def test_and_where_the_file_asks_for_the_app_again() -> None:
    assert ids(leaving([app(team="new")], [record(project(), retiring=True)])) == ["docs@nairobi"]


@pytest.mark.parametrize(
    ("retiring", "state", "retired"),
    [
        (True, StepState.DONE, True),
        (True, StepState.WAITING, False),
        (False, StepState.DONE, False),
    ],
)
def test_retired_is_what_leaves_and_is_done(
    retiring: bool, state: StepState, retired: bool
) -> None:
    assert is_retired(app_record("docs", step_record(state), retiring=retiring)) is retired


def test_who_leaves_a_project_gives_it_up_with_the_copies_it_was_made_of() -> None:
    moved = app(team="new", owner="new")
    known = record(project(), copy(), copy("new"), domain())

    assert given_up(moved, known, leaving([moved], [known])) == [project(), copy()]


def test_a_former_copy_stays_as_long_as_no_project_leaves_with_it() -> None:
    moved = app(owner="new")
    known = record(project(), copy())

    assert given_up(moved, known, []) == []


def test_a_project_that_leaves_for_another_apps_sake_is_not_given_up_here() -> None:
    left = leaving([DOCS], [record(project(name="nairobi--bot"), id="bot")])

    assert given_up(DOCS, record(project(), copy("old")), left) == []


def test_a_new_app_gives_up_nothing() -> None:
    assert given_up(DOCS, None, leaving([], [record(project())])) == []


def journal(*apps: AppRecord, retired: tuple[Retired, ...] = ()) -> HubJournal:
    return HubJournal(hub="nairobi", run=run_of(*apps), retired=retired)


def test_who_moves_back_takes_its_project_and_its_domains_from_what_it_had_left() -> None:
    left = record(project(), copy(), project("else"), copy("else"), domain(), id="docs@nairobi")

    assert taken_back(DOCS, journal(record(project("new")), left)) == [
        project(),
        copy(),
        domain(),
    ]


def test_who_was_offline_takes_back_what_the_journal_keeps_of_it() -> None:
    kept = Retired(id="docs", resources=(project(), domain()))

    assert taken_back(DOCS, journal(retired=(kept,))) == [project(), domain()]


def test_nobody_takes_what_is_another_apps_or_its_own_already() -> None:
    bot = record(project(name="nairobi--bot"), domain("bot.example.org"), id="bot")

    assert taken_back(DOCS, journal(record(project(), domain()), bot)) == []
    assert taken_back(DOCS, None) == []


def test_what_another_app_holds_of_its_own_is_taken() -> None:
    assert taken_back(DOCS, journal(record(project(), id="bot"))) == [project()]


def hub(*apps: DesiredApp) -> DesiredHub:
    return DesiredHub(id="nairobi", title="Nairobi", maintainers=(), digest="d1", apps=apps)


def test_an_app_knows_the_other_projects_of_its_hub_and_what_may_prove_them() -> None:
    records = [
        record(project(), copy(), domain()),
        record(project("old"), copy("old"), domain(), id="docs@old"),
    ]

    assert neighbours(DOCS, hub(DOCS), records) == Neighbours(
        former=(
            FormerProject(
                ProjectDomains(
                    "vercel",
                    "old",
                    "nairobi--docs",
                    label="nairobi/docs",
                    copies=("old/nairobi--docs",),
                ),
                frozenset({HOST}),
            ),
        )
    )


def test_and_which_domains_the_other_apps_want() -> None:
    own, wiki = app(domains=(HOST,)), app(id="wiki", domains=("w.example.org", "x.example.org"))

    assert neighbours(own, hub(own, wiki), []).wanted == ("w.example.org", "x.example.org")
