"""Deciding how a copy is made, and whether one that is there may be used."""

from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.base import Readers, Writers
from provisioner.actions.fork_repository import ForkRepository
from provisioner.actions.support.copy_plan import KIND, Copy
from provisioner.engine.step import Assessment, Claims, Progress
from provisioner.errors import FatalError
from provisioner.github.repositories import RepositoryReader, RepositoryWriter
from provisioner.models.app import CopyMethod, DesiredApp
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import Account, Repository
from tests.unit.actions.hosted import Hosted, app, done, readers, writers

SITE = app()
SOURCE, WANTED = SITE.entry.app.source, SITE.repository
NOTHING: Claims = frozenset()
CLAIMED: Claims = frozenset({(KIND, WANTED)})


def repository(full_name: str, **more: object) -> Repository:
    owner, _, _ = full_name.partition("/")
    fields = {"id": 1, "default_branch": "main", "owner": owner, **more}
    return Repository.model_validate({"full_name": full_name, **fields})


@dataclass
class Shelf:
    """GitHub as a list of repositories. `gives` is what a fork comes back as."""

    held: list[Repository] = field(default_factory=lambda: [repository(SOURCE)])
    personal: bool = False
    gives: str = WANTED
    moved: dict[str, str] = field(default_factory=dict)
    made: list[tuple[str, bool]] = field(default_factory=list)
    readable: bool = True

    def repository(self, full_name: str) -> Repository | None:
        name = self.moved.get(full_name, full_name).lower()
        return next((one for one in self.held if one.full_name.lower() == name), None)

    def branch_head(self, full_name: str, branch: str) -> str | None:
        return "a1" if self.readable else None

    def fork_of(self, source: str, owner: str) -> Repository | None:
        mine = [one for one in self.held if one.owner == owner]
        return next((one for one in mine if one.parent == source), None)

    def account(self, login: str) -> Account | None:
        return Account(login=login, personal=self.personal)

    def viewer(self) -> str:
        return "provisioner-bot"

    def fork(self, source: str, owner: Account, name: str) -> Repository:
        self.made.append(("fork", False))
        return repository(self.gives, parent=source)

    def generate(self, template: Repository, owner: str, name: str) -> Repository:
        self.made.append(("template", template.private))
        return repository(f"{owner}/{name}", template=template.full_name)


def looking(shelf: Shelf) -> Readers:
    return replace(readers(Hosted()), repositories=cast(RepositoryReader, shelf))


def writing(shelf: Shelf) -> Writers:
    return replace(writers(shelf), repositories=cast(RepositoryWriter, shelf))


def assess(shelf: Shelf, claims: Claims = NOTHING, site: DesiredApp = SITE) -> Assessment:
    return ForkRepository().assess(site, looking(shelf), claims, None)


def perform(shelf: Shelf, source: Repository, site: DesiredApp = SITE) -> None:
    found = Copy(CopyMethod.FORK, source, Account(login=site.owner, personal=False))
    done(ForkRepository(), site, writing(shelf), Assessment(Verdict.CREATE, found=found))


def test_a_fork_is_made_where_there_is_nothing() -> None:
    look = assess(Shelf())

    assert look.verdict is Verdict.CREATE
    assert [(one.kind, one.name) for one in look.resources] == [(KIND, WANTED)]


@pytest.mark.parametrize(
    ("claims", "adopt", "verdict"),
    [
        (CLAIMED, False, Verdict.KEEP),
        (NOTHING, False, Verdict.BLOCKED),
        (NOTHING, True, Verdict.ADOPT),
    ],
)
def test_a_fork_of_the_source_is_used_when_we_said_so_before_or_are_allowed_to(
    claims: Claims, adopt: bool, verdict: Verdict
) -> None:
    shelf = Shelf([repository(SOURCE), repository(WANTED, parent=SOURCE)])

    assert assess(shelf, claims, app(adopt=adopt)).verdict is verdict


@pytest.mark.parametrize("claims", [NOTHING, CLAIMED])
@pytest.mark.parametrize("more", [{}, {"parent": "somebody/else"}, {"template": "somebody/else"}])
def test_what_was_not_made_from_the_source_is_never_ours(
    claims: Claims, more: dict[str, str]
) -> None:
    shelf = Shelf([repository(SOURCE), repository(WANTED, **more)])

    look = assess(shelf, claims, app(adopt=True))

    assert look.verdict is Verdict.BLOCKED
    assert look.who is Actor.FACILITATOR


def test_names_are_compared_without_regard_to_case() -> None:
    shelf = Shelf([repository(WANTED.upper(), parent=SOURCE.upper())])
    shelf.moved = {WANTED: WANTED.upper()}

    assert assess(shelf, CLAIMED).verdict is Verdict.KEEP


def test_the_catalogs_older_name_of_the_source_is_understood() -> None:
    new = "example-network/guides"
    shelf = Shelf([repository(new), repository(WANTED, parent=new)], moved={SOURCE: new})

    assert assess(shelf, CLAIMED).verdict is Verdict.KEEP


def test_a_copy_without_files_yet_is_on_its_way() -> None:
    shelf = Shelf([repository(WANTED, parent=SOURCE)], readable=False)

    assert assess(shelf, CLAIMED).progress is Progress.MOVING


@pytest.mark.parametrize("template", [False, True])
def test_a_fork_that_only_the_list_shows_yet_is_on_its_way(template: bool) -> None:
    class Lagging(Shelf):
        def repository(self, full_name: str) -> Repository | None:
            return None if full_name == WANTED else super().repository(full_name)

    fork = repository(WANTED, parent=SOURCE)
    shelf = Lagging([repository(SOURCE, is_template=template), fork])

    assert assess(shelf, CLAIMED).progress is Progress.MOVING


def test_a_template_that_is_none_is_the_maintainers() -> None:
    catalog_app = SITE.entry.app.model_copy(update={"copy_method": CopyMethod.TEMPLATE})
    entry = SITE.entry.model_copy(update={"app": catalog_app})

    look = assess(Shelf(), site=SITE.model_copy(update={"entry": entry}))

    assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.MAINTAINER)


def test_a_person_can_be_copied_to_only_with_their_own_token() -> None:
    look = assess(Shelf(personal=True))

    assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.FACILITATOR)
    own = app(owner="Provisioner-Bot")
    assert assess(Shelf(personal=True), site=own).verdict is Verdict.CREATE


OWN = app(owner="example-network")
OTHERS = "example-network/mombasa--docs"


def test_the_organisation_that_owns_the_source_is_asked_for_a_fork_whatever_it_holds() -> None:
    others = repository(OTHERS, parent=SOURCE)

    for shelf in (Shelf(), Shelf([repository(SOURCE), others])):
        found = assess(shelf, site=OWN).found
        assert isinstance(found, Copy)
        assert found.method is CopyMethod.FORK


def test_another_owner_with_a_fork_is_not_asked() -> None:
    shelf = Shelf([repository(SOURCE), repository("nairobi/our-docs", parent=SOURCE)])

    look = assess(shelf)

    assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.FACILITATOR)
    assert "nairobi/our-docs" in look.detail


@pytest.mark.parametrize("template", [False, True])
def test_the_person_who_owns_the_source_gets_a_copy_of_the_template_or_none(template: bool) -> None:
    moved = {SOURCE: "Provisioner-Bot/docs-site"}
    source = repository(moved[SOURCE], is_template=template)

    look = assess(Shelf([source], personal=True, moved=moved), site=app(owner="provisioner-bot"))

    if template:
        assert isinstance(look.found, Copy)
        assert look.found.method is CopyMethod.TEMPLATE
    else:
        assert (look.verdict, look.who) == (Verdict.BLOCKED, Actor.MAINTAINER)


@pytest.mark.parametrize("given", [SOURCE, OTHERS])
def test_what_the_organisation_of_the_source_holds_already_is_left_as_it_is(given: str) -> None:
    with pytest.raises(FatalError, match="was left as it is") as caught:
        perform(Shelf(gives=given), repository(SOURCE), site=OWN)

    assert given in caught.value.message
    assert caught.value.who is Actor.MAINTAINER
    assert "rename" not in caught.value.hint


@pytest.mark.parametrize("private", [False, True])
def test_a_fork_that_comes_back_under_an_older_name_makes_way_for_the_template(
    private: bool,
) -> None:
    shelf = Shelf(gives="nairobi/our-docs")

    perform(shelf, repository(SOURCE, is_template=True, private=private))

    assert shelf.made == [("fork", False), ("template", private)]


@given(st.integers(0, 99))
def test_a_numbered_name_is_what_github_makes_of_a_taken_one(number: int) -> None:
    shelf = Shelf(gives=f"{WANTED}-{number}")

    with pytest.raises(FatalError, match="Somebody took the name") as caught:
        perform(shelf, repository(SOURCE, is_template=True))

    assert f"{WANTED}-{number}" in caught.value.message
    assert shelf.made == [("fork", False)]


@pytest.mark.parametrize("name", ["our-docs", "nairobi--docs-old", "docs-1", "nairobi--docs-"])
def test_any_other_name_is_a_fork_that_was_there_before(name: str) -> None:
    with pytest.raises(FatalError, match="already"):
        perform(Shelf(gives=f"nairobi/{name}"), repository(SOURCE))
