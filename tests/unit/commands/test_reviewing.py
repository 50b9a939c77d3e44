"""What only a person can judge of a pull request, gathered for one of its files."""

import random
from dataclasses import dataclass, field
from typing import cast

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.reviewing import Reviewer
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.proposal import Proposal
from provisioner.desired.read.load import absent
from provisioner.engine.retry import Retrier, RetryPolicy
from provisioner.errors import Effect, RemoteError
from provisioner.github.network_repository import NetworkRepository
from provisioner.models.change import Connection, FirstUse, Owners, Review
from provisioner.models.journal import Person
from provisioner.models.remote import PullRequest
from tests.unit.desired.given import desired, hub_with

PULL = PullRequest(
    number=12, author="amina-k", head_repository="a/b", head_branch="x", head_sha="1", base_sha="2"
)
PATH = "hubs/nairobi.yaml"
FILE = JudgedFile(absent(PATH))
ACCOUNTS = "github: {owner: Riverside}\nvercel: {team: riverside}\n"
FORMER = Owners(known=True, recorded=(Person(login="joseph-m", id=3),))


@dataclass
class GitHub:
    """Who everybody may see to belong to what; `trouble` is raised instead."""

    members: tuple[str, ...] = ()
    trouble: Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    def is_public_member(self, organization: str, login: str) -> bool:
        self.asked.append((organization, login))
        if self.trouble is not None:
            raise self.trouble
        return organization in self.members


def reviewer(github: GitHub, *elsewhere: str) -> Reviewer:
    retrier = Retrier(RetryPolicy(), ManualClock(), random.Random(1))
    return Reviewer(cast(NetworkRepository, github), retrier, elsewhere)


def proposal(text: str, owners: Owners | None = None, **before: str) -> Proposal:
    present = {f"{hub}.yaml": content for hub, content in before.items()}
    after = desired({**present, "nairobi.yaml": text})
    known = {} if owners is None else {PATH: owners}
    return Proposal((), (), (), desired(present), after, known)


def reviewed(found: Proposal, github: GitHub | None = None) -> Review:
    return reviewer(github or GitHub()).review(PULL, FILE, found)


def uses(found: Review) -> dict[str, Connection]:
    return {each.kind: each.author for each in found.first_uses}


def test_a_hub_of_the_networks_own_accounts_leaves_nothing_to_judge() -> None:
    found = reviewed(proposal(hub_with()))

    assert (found.author, found.is_empty) == ("amina-k", True)


def test_what_else_the_pull_request_changes_is_named() -> None:
    found = reviewer(GitHub(), "README.md").review(PULL, FILE, proposal(hub_with()))

    assert found.elsewhere == ("README.md",)


@pytest.mark.parametrize(
    ("github", "connection"),
    [
        (GitHub(("Riverside",)), Connection.PUBLIC_MEMBER),
        (GitHub(), Connection.NOT_SEEN),
        (
            GitHub(trouble=RemoteError("no", service="GitHub", effect=Effect.NONE, status=403)),
            Connection.UNKNOWN,
        ),
    ],
)
def test_of_an_owner_named_for_the_first_time_github_is_asked_whether_the_author_belongs_there(
    github: GitHub, connection: Connection
) -> None:
    found = reviewed(proposal(hub_with(top=ACCOUNTS)), github)

    assert uses(found) == {"github.owner": connection, "vercel.team": Connection.UNKNOWN}
    assert set(github.asked) == {("Riverside", "amina-k")}


def test_who_is_the_account_need_not_be_looked_for() -> None:
    github = GitHub()
    found = reviewed(proposal(hub_with(top="github: {owner: Amina-K}\n")), github)

    assert found.first_uses == (
        FirstUse(kind="github.owner", account="Amina-K", author=Connection.SAME),
    )
    assert github.asked == []


def test_an_account_that_several_files_name_is_asked_for_once() -> None:
    github = GitHub(("Riverside",))
    asked = reviewer(github)
    found = proposal(hub_with(top=ACCOUNTS))

    assert asked.review(PULL, FILE, found) == asked.review(PULL, FILE, found)
    assert len(github.asked) == 1


def test_a_bug_while_looking_is_no_answer_of_github() -> None:
    with pytest.raises(ValueError, match="odd"):
        reviewed(proposal(hub_with(top=ACCOUNTS)), GitHub(trouble=ValueError("odd")))


def test_domains_beside_another_hubs_are_named() -> None:
    theirs = hub_with("domains: [example.org]", top="github: {owner: other}\n")
    found = reviewed(proposal(hub_with("domains: [www.example.org]"), kisumu=theirs))

    (neighbour,) = found.neighbours
    assert (neighbour.domain, neighbour.relation) == ("www.example.org", "beside")
    assert (neighbour.hub, neighbour.other) == ("kisumu", "example.org")


@pytest.mark.parametrize(
    ("text", "owners", "former"),
    [
        (hub_with(), FORMER, ("joseph-m",)),
        (hub_with(), None, ()),
        (hub_with(), FORMER.model_copy(update={"known": False}), ()),
        (hub_with(), FORMER.model_copy(update={"present": ("joseph-m",)}), ()),
        ("name: [\n", FORMER, ()),
    ],
    ids=["it returns", "nobody is asked", "no journal", "it was never gone", "it cannot be read"],
)
def test_whose_a_name_was_is_told_where_its_file_comes_back(
    text: str, owners: Owners | None, former: tuple[str, ...]
) -> None:
    assert reviewed(proposal(text, owners)).former_maintainers == former
