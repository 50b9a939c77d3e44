"""How the journal names a project, and what is read out of a name that anybody may have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.support.project_key import PROJECT, ProjectPlace, place_of, project_key
from tests.unit.actions.hosted import app


def test_a_key_names_host_account_and_project() -> None:
    site = app(host="vercel", team="nairobi-team")

    assert project_key(site, site.project) == "vercel:nairobi-team/nairobi--docs"
    assert PROJECT == "project"


@given(*(st.from_regex(r"\A[a-z0-9-]{1,20}\Z") for _ in range(3)))
def test_what_is_written_is_read_back(host: str, team: str, project: str) -> None:
    site = app(host=host, team=team)

    assert place_of(project_key(site, project)) == ProjectPlace(host, team, project)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("team/nairobi--docs", ProjectPlace("", "team", "nairobi--docs")),
        ("a:b:team/x", ProjectPlace("a:b", "team", "x")),
        ("vercel:team/x/y", ProjectPlace("vercel", "team", "x/y")),
        ("vercel/team:x", ProjectPlace("vercel/team", "x", "")),
        ("", ProjectPlace("", "", "")),
    ],
)
def test_an_odd_name_is_at_no_host_or_in_no_account(key: str, place: ProjectPlace) -> None:
    assert place_of(key) == place


def test_people_read_it_without_its_host() -> None:
    assert str(place_of("vercel:nairobi-team/nairobi--docs")) == "nairobi-team/nairobi--docs"
