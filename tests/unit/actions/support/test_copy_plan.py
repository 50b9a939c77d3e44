"""What is to be done for an app without a copy: by its source, its owner and what is held."""

from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from provisioner.actions.support.copy_plan import KIND, Copy, same_name, to_be_made
from provisioner.engine.step import Assessed, Progress
from provisioner.github.repositories import RepositoryReader
from provisioner.models.app import CopyMethod, DesiredApp
from provisioner.models.plan import Actor, Resource, Verdict
from provisioner.models.remote import Account, Repository
from tests.unit.actions.hosted import Hosted, app, readers

SITE = app(owner="Nairobi")
SOURCE, WANTED = SITE.entry.app.source, SITE.repository
NETWORK = SOURCE.partition("/")[0]


def repository(full_name: str = SOURCE, template: bool = False) -> Repository:
    owner = full_name.partition("/")[0]
    return Repository(
        id=1, full_name=full_name, default_branch="main", owner=owner, is_template=template
    )


@dataclass
class GitHub:
    """`fork`: what the owner holds of the source."""

    source: Repository | None = field(default_factory=repository)
    owner: Account | None = None
    fork: Repository | None = None
    viewer_name: str = "provisioner-bot"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def repository(self, full_name: str) -> Repository | None:
        assert full_name == SOURCE
        return self.source

    def account(self, login: str) -> Account | None:
        return self.owner

    def fork_of(self, source: str, owner: str) -> Repository | None:
        self.asked.append((source, owner))
        return self.fork

    def viewer(self) -> str:
        return self.viewer_name


ORGANISATION = Account(login="nairobi", personal=False)
PERSON = Account(login="nairobi", personal=True)


def look(github: GitHub, site: DesiredApp = SITE) -> Assessed[Copy]:
    return to_be_made(site, replace(readers(Hosted()), repositories=cast(RepositoryReader, github)))


def copied(site: DesiredApp = SITE) -> DesiredApp:
    """The app, where the catalog asks for a copy of a template."""
    catalog_app = site.entry.app.model_copy(update={"copy_method": CopyMethod.TEMPLATE})
    return site.model_copy(
        update={"entry": site.entry.model_copy(update={"app": catalog_app})},
    )


def assert_blocked(found: Assessed[Copy], who: Actor, message: str, hint: str) -> None:
    assert (found.verdict, found.who, found.found) == (Verdict.BLOCKED, who, None)
    assert message in found.detail
    assert hint in found.hint
    assert found.resources == ()


def test_a_fork_is_made_for_the_owner_and_named_before() -> None:
    github = GitHub(owner=ORGANISATION)
    found = look(github)

    assert (found.verdict, found.detail) == (Verdict.CREATE, f"Fork {SOURCE} to {WANTED}.")
    assert found.resources == (Resource(kind="repository", name=WANTED),)
    assert KIND == "repository"
    assert found.found == Copy(CopyMethod.FORK, repository(), ORGANISATION)
    assert github.asked == [(SOURCE, "nairobi")]


def test_a_template_is_copied_where_the_catalog_says_so_whatever_forks_there_are() -> None:
    source = repository(template=True)
    github = GitHub(source, ORGANISATION, fork=repository("nairobi/other"))
    found = look(github, copied())

    assert (found.verdict, found.detail) == (Verdict.CREATE, f"Copy {SOURCE} to {WANTED}.")
    assert found.found == Copy(CopyMethod.TEMPLATE, source, ORGANISATION)
    assert github.asked == []


def test_a_template_that_is_none_cannot_be() -> None:
    found = look(GitHub(owner=ORGANISATION), copied())

    assert_blocked(found, Actor.MAINTAINER, f"the template {SOURCE}, which is none", "copy: fork")


def test_a_source_that_nobody_sees_is_the_maintainers() -> None:
    found = look(GitHub(source=None, owner=ORGANISATION))

    assert_blocked(found, Actor.MAINTAINER, f"source {SOURCE} cannot be seen", "Check its name")


def test_an_owner_that_is_none_is_the_facilitators() -> None:
    found = look(GitHub(owner=None))

    assert_blocked(found, Actor.FACILITATOR, "no GitHub account `Nairobi`", "hubs/nairobi.yaml")


class TestPerson:
    def test_only_the_person_can_put_a_repository_there(self) -> None:
        found = look(GitHub(owner=PERSON))

        assert_blocked(found, Actor.FACILITATOR, "`nairobi` is a person's", "`hub-nairobi`")

    def test_whose_own_token_it_is_may_in_whatever_spelling(self) -> None:
        found = look(GitHub(owner=PERSON, viewer_name="NAIROBI"))

        assert found.verdict is Verdict.CREATE

    def test_an_organisation_takes_what_others_put_there(self) -> None:
        assert look(GitHub(owner=ORGANISATION)).verdict is Verdict.CREATE

    @pytest.mark.parametrize("template", [False, True])
    def test_of_what_is_the_persons_own_only_a_template_is_copied(self, template: bool) -> None:
        owner = Account(login=NETWORK, personal=True)
        github = GitHub(repository(template=template), owner, viewer_name=NETWORK)
        found = look(github)

        if template:
            assert found.found == Copy(CopyMethod.TEMPLATE, repository(template=True), owner)
            assert found.detail.startswith("Copy ")
        else:
            assert_blocked(
                found, Actor.MAINTAINER, f"{NETWORK} owns {SOURCE}", "a template repository"
            )
        assert github.asked == []


class TestForkThatIsThere:
    def test_one_under_the_wanted_name_is_on_its_way(self) -> None:
        for template in (False, True):
            source = repository(template=template)
            found = look(GitHub(source, ORGANISATION, fork=repository(WANTED.upper())))

            assert (found.verdict, found.progress) == (Verdict.KEEP, Progress.MOVING)
            assert found.detail == "GitHub is still making the copy."

    def test_another_one_is_in_the_way(self) -> None:
        found = look(GitHub(owner=ORGANISATION, fork=repository("nairobi/our-docs")))

        message = f"nairobi holds a fork of {SOURCE} already (nairobi/our-docs)"
        assert_blocked(found, Actor.FACILITATOR, message, "rename that fork to `nairobi--docs`")

    def test_unless_the_source_can_be_copied_as_a_template(self) -> None:
        source = repository(template=True)
        found = look(GitHub(source, ORGANISATION, fork=repository("nairobi/our-docs")))

        assert found.found == Copy(CopyMethod.TEMPLATE, source, ORGANISATION)

    def test_the_organisation_of_the_source_is_asked_for_one_more(self) -> None:
        owner = Account(login=NETWORK.upper(), personal=False)
        found = look(GitHub(owner=owner, fork=repository(f"{NETWORK}/other")))

        assert found.found == Copy(CopyMethod.FORK, repository(), owner)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("A/b", "a/B", True), ("a/b", "a/b", True), ("a/b", "a/c", False), ("a/b", "a/b-1", False)],
)
def test_names_are_compared_without_regard_to_case(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
