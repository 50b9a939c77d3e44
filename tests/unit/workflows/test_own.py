"""What a hub could own: by name, in accounts that are not only others'."""

import pytest

from provisioner.engine.journal_file import understood
from provisioner.models.journal import HubJournal
from provisioner.models.plan import Resource
from provisioner.workflows.own import OthersAccounts, own_part
from tests.unit.engine.hostile import good


def holding(*resources: tuple[str, str], app: str = "docs") -> HubJournal:
    journal = understood(good(), "nairobi")
    items = tuple(Resource(kind=kind, name=name) for kind, name in resources)
    (record,) = journal.run.apps
    record = record.model_copy(update={"id": app, "resources": items})
    run = journal.run.model_copy(update={"apps": (record,)})
    return journal.model_copy(update={"run": run})


def kept(journal: HubJournal, others: OthersAccounts | None = None) -> list[str]:
    own, ignored = own_part(journal, others or OthersAccounts())
    names = [item.name for app in own.run.apps for item in app.resources]
    every = [item.name for app in journal.run.apps for item in app.resources]
    assert sorted([*names, *ignored]) == sorted(every)
    return names


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("project", "vercel:any-team/nairobi--docs"),
        ("repository", "Any-Owner/nairobi--docs"),
        ("repository", "any-owner/Nairobi--Docs"),
        ("domain", "docs.nairobi.example.org"),
        ("webhook", "telegram:123"),
    ],
)
def test_what_bears_the_name_of_hub_and_app_could_be_its_own(kind: str, name: str) -> None:
    assert kept(holding((kind, name))) == [name]


@pytest.mark.parametrize("kind", ["project", "repository"])
@pytest.mark.parametrize(
    "name",
    [
        "team/kisumu--docs",
        "team/nairobi--bot",
        "team/nairobi--docs-2",
        "team/x/nairobi--docs",
        "../nairobi--docs",
        "/nairobi--docs",
        "nairobi--docs",
        "team/nairobi--docs\n",
        "te am/nairobi--docs",
        "",
    ],
)
def test_any_other_name_is_not(kind: str, name: str) -> None:
    at_host = f"vercel:{name}" if kind == "project" else name
    assert kept(holding((kind, at_host))) == []


@pytest.mark.parametrize(
    "name",
    [
        "team/nairobi--docs",
        ":team/nairobi--docs",
        "elsewhere:team/nairobi--docs",
        "Vercel:team/nairobi--docs",
        "vercel::team/nairobi--docs",
        "vercel:vercel:team/nairobi--docs",
        "vercel: team/nairobi--docs",
        "vercel:Team/nairobi--docs",
        "vercel:team_1/nairobi--docs",
        "vercel/team:nairobi--docs",
    ],
)
def test_a_project_is_at_a_host_that_there_is_in_an_account_that_could_be(name: str) -> None:
    assert kept(holding(("project", name))) == []


@pytest.mark.parametrize("name", ["Nairobi--Docs", "nairobi--doc\u017f", "NAIROBI--DOCS"])
def test_a_project_in_another_spelling_would_be_the_live_one_under_a_name_that_nobody_wants(
    name: str,
) -> None:
    assert kept(holding(("project", f"vercel:team/{name}"))) == []


@pytest.mark.parametrize("app", ["../x", "a--b", "UPPER", "", "docs@", "docs@te am", "docs@a@b"])
def test_a_record_that_is_no_apps_is_ignored_as_a_whole(app: str) -> None:
    name = f"vercel:team/nairobi--{app.partition('@')[0]}"

    own, ignored = own_part(holding(("project", name), app=app), OthersAccounts())

    assert own.run.apps == ()
    assert ignored == (name,)


def test_what_an_app_left_behind_bears_the_apps_own_name() -> None:
    journal = holding(("project", "vercel:old-team/nairobi--docs"), app="docs@old-team")

    assert kept(journal) == ["vercel:old-team/nairobi--docs"]


def test_what_lies_in_an_account_of_only_others_is_ignored_in_whatever_case() -> None:
    others = OthersAccounts(
        owners=frozenset({"kisumu-lab"}), teams=frozenset({("vercel", "kisumu-team")})
    )
    journal = holding(
        ("repository", "Kisumu-Lab/nairobi--docs"),
        ("repository", "kisumu-team/nairobi--docs"),
        ("project", "vercel:kisumu-team/nairobi--docs"),
        ("project", "vercel:kisumu-lab/nairobi--docs"),
    )

    assert kept(journal, others) == ["kisumu-team/nairobi--docs", "vercel:kisumu-lab/nairobi--docs"]
