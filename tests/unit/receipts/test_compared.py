"""Each way in which the world can differ from a receipt is named, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from provisioner.receipts.compared import Difference, differences, place_of
from provisioner.receipts.observed import Place
from tests.unit.receipts.receipts import APP, COMMIT, COPY, DEPLOYMENT, DOMAIN, NOW, PROJECT, SEEN

OTHER = "0" * 40


def test_a_world_as_the_receipt_says_has_no_difference() -> None:
    assert differences(APP, SEEN) == []


def test_names_of_repositories_compare_as_github_compares_them() -> None:
    project = PROJECT.model_copy(update={"repository": COPY.upper()})
    assert differences(APP, replace(SEEN, repository=COPY.title(), project=project)) == []


def project(**changed: Any) -> dict[str, Any]:
    return {"project": PROJECT.model_copy(update=changed)}


def deployment(**changed: Any) -> dict[str, Any]:
    return {"deployment": DEPLOYMENT.model_copy(update=changed)}


@pytest.mark.parametrize(
    ("changed", "what", "wanted", "found"),
    [
        ({"repository": None, "commit": None}, "repository", COPY, ""),
        ({"repository": "a/b", "commit": OTHER}, "repository", COPY, "a/b"),
        ({"branch": "trunk"}, "branch", "main", "trunk"),
        ({"commit": OTHER}, "commit", COMMIT, OTHER),
        ({"commit": None}, "commit", COMMIT, ""),
        ({"project": None, "deployment": None, "domains": ()}, "project", "prj_1", ""),
        ({**project(id="prj_2"), "deployment": None}, "project", "prj_1", "prj_2"),
        (project(repository="a/b"), "linked repository", COPY, "a/b"),
        (project(repository=None), "linked repository", COPY, ""),
        (project(paused=True), "paused", "no", "yes"),
        ({"deployment": None}, "deployment", "dpl_1", ""),
        (deployment(id="dpl_2", commit=OTHER), "deployment", "dpl_1", "dpl_2"),
        (deployment(commit=OTHER), "deployed commit", COMMIT, OTHER),
        (deployment(commit=None), "deployed commit", COMMIT, ""),
        (
            deployment(created_at=NOW + timedelta(seconds=1)),
            "time of deployment",
            f"{NOW}",
            f"{NOW + timedelta(seconds=1)}",
        ),
        ({"domains": ()}, "domain", DOMAIN, ""),
        ({"domains": (DOMAIN, "www.example.org")}, "domain", "", "www.example.org"),
    ],
)
def test_one_change_is_one_difference(
    changed: dict[str, Any], what: str, wanted: str, found: str
) -> None:
    seen = replace(SEEN, **changed)
    assert differences(APP, seen) == [Difference("docs", what, wanted, found)]


def test_an_app_is_where_its_receipt_says() -> None:
    name = "nairobi--docs"
    away = APP.model_copy(
        update={"project": APP.project.model_copy(update={"host": "elsewhere", "team": "team"})}
    )

    assert place_of(APP) == Place(COPY, "vercel", "nairobi-commons", name)
    assert place_of(away) == Place(COPY, "elsewhere", "team", name)


def test_a_host_that_is_silent_about_the_commit_differs_from_none() -> None:
    silent = APP.model_copy(
        update={"deployment": APP.deployment.model_copy(update={"commit": None})}
    )

    assert differences(silent, SEEN) == [Difference("docs", "deployed commit", "", COMMIT)]
    assert differences(silent, replace(SEEN, **deployment(commit=None))) == []
