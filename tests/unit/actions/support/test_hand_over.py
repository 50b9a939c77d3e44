"""A domain moves from one project of the hub to another: from ours, and when the other answers."""

from dataclasses import dataclass, field

import pytest

from provisioner.actions.support.hand_over import (
    FormerProject,
    Holder,
    Holders,
    given_up,
    holders,
    not_ready,
)
from provisioner.actions.support.project_domains import ProjectDomains
from provisioner.engine.step import Assessment, Progress
from provisioner.errors import Effect, FatalError, RemoteError, TokenRefused
from provisioner.hosting.vercel.problems import ADVICE, DETACHING, READ
from provisioner.models.dns import DnsEntry
from provisioner.models.plan import Actor, Verdict
from provisioner.models.remote import (
    AttachedDomain,
    DomainAdvice,
    PageObservation,
    PageTrouble,
    Project,
)
from tests.unit.actions.hosted import Hosted, app, as_told, readers, writers

HOST, OTHER = "docs.example.org", "wiki.example.org"
ADDRESS = "nairobi--docs.vercel.app"
ENTRY = DnsEntry(type="CNAME", name=HOST, value="cname.vercel-dns.com")


def place(team: str = "old") -> ProjectDomains:
    return ProjectDomains(
        "vercel", team, "nairobi--docs", label="nairobi/docs", copies=("old/copy",)
    )


def former(*claimed: str, team: str = "old") -> FormerProject:
    return FormerProject(place(team), frozenset(claimed))


def domain(name: str = HOST, verified: bool = True) -> AttachedDomain:
    return AttachedDomain(
        name=name, zone="example.org", verified=verified, challenges=() if verified else (ENTRY,)
    )


@dataclass
class Network(Hosted):
    """Projects of several teams, all linked to the hub's copy unless said otherwise."""

    there: dict[str, list[AttachedDomain]] = field(default_factory=dict)
    linked_to: str = "old/copy"
    own: Project | None = field(
        default_factory=lambda: Project(id="prj_2", name="nairobi--docs", aliases=(ADDRESS,))
    )
    trouble: RemoteError | None = None
    works: dict[tuple[str, str], bool] = field(default_factory=dict)
    unsure: bool = False

    def project(self, team: str, project: str) -> Project | None:
        if team == "nairobi":
            return self.own
        if self.trouble is not None:
            raise self.trouble
        if team not in self.there:
            return None
        return Project(id=f"prj_{team}", name=project, repository=self.linked_to)

    def domains(self, team: str, project: str) -> tuple[AttachedDomain, ...]:
        self.asked.append(team)
        return tuple(self.there[team])

    def domain_advice(self, team: str, project: str, domain: AttachedDomain) -> DomainAdvice:
        if self.unsure and team == "nairobi":
            error = RemoteError("?", service="Vercel", effect=Effect.NONE, code="timeout")
            raise as_told(ADVICE, error)
        assert domain.verified or team != "nairobi", "asked as one that is proved"
        works = self.works.get((team, domain.name), True)
        return DomainAdvice(misconfigured=not works, wanted=(ENTRY,))


def found(network: Network, *projects: FormerProject, missing: str = HOST) -> dict[str, str]:
    held = holders([missing], projects, readers(network))
    assert all(name == one.domain.name for name, one in held.items())
    return {name: one.at.team for name, one in held.items()}


def test_a_domain_that_we_put_on_another_project_of_the_hub_is_found_there() -> None:
    network = Network(there={"old": [domain(OTHER), domain()]})

    assert found(network, former(HOST, OTHER)) == {HOST: "old"}


def test_one_that_a_person_put_there_is_left_to_her() -> None:
    network = Network(there={"old": [domain()]})

    assert found(network, former(OTHER)) == {}
    assert network.asked == [], "and it is not even looked at"


def test_the_first_project_that_has_it_is_its_holder_and_no_other_is_asked() -> None:
    network = Network(there={"older": [], "old": [domain()], "new": [domain()]})

    assert found(network, former(HOST, team="older"), former(HOST), former(HOST, team="new")) == {
        HOST: "old"
    }
    assert network.asked == ["older", "old"]


def test_a_project_that_does_not_prove_to_be_ours_is_asked_for_nothing() -> None:
    network = Network(there={"old": [domain()]}, linked_to="mombasa/website")

    assert found(network, former(HOST)) == {}
    assert network.asked == []


def test_nor_is_one_that_is_gone() -> None:
    assert found(Network(), former(HOST)) == {}


def refusal(status: int, retry_after: float | None = None) -> RemoteError:
    error = RemoteError(
        "no", service="Vercel", effect=Effect.NONE, status=status, retry_after=retry_after
    )
    return as_told(READ, error)


def test_a_team_that_shows_us_nothing_any_more_holds_nothing() -> None:
    assert found(Network(trouble=refusal(403)), former(HOST)) == {}


@pytest.mark.parametrize(
    "trouble",
    [
        refusal(403, retry_after=60),
        refusal(500),
        TokenRefused("renew it", service="Vercel", effect=Effect.NONE, status=403),
    ],
    ids=["a limit", "a trouble", "a token"],
)
def test_what_could_not_be_looked_at_is_not_taken_for_nothing(trouble: RemoteError) -> None:
    with pytest.raises(RemoteError) as raised:
        found(Network(trouble=trouble), former(HOST))

    assert raised.value is trouble


def held(*names: str, verified: bool = True) -> Holders:
    return {name: Holder(place(), domain(name, verified)) for name in names or (HOST,)}


def ready(network: Network, moving: Holders | None = None) -> Assessment | None:
    return not_ready(app(), held() if moving is None else moving, readers(network))


def test_a_domain_may_move_when_the_new_project_answers_and_dns_leads_to_it() -> None:
    assert ready(Network()) is None


def test_a_project_that_is_not_made_yet_is_made_first() -> None:
    silent = PageObservation(trouble=PageTrouble.FAULTY, reason="it answers 500")

    assert ready(Network(own=None, pages={ADDRESS: silent})) is None


def test_a_project_without_an_address_is_looked_at_again_soon() -> None:
    look = ready(Network(own=Project(id="prj_2", name="nairobi--docs")))

    assert look is not None
    assert (look.progress, look.detail) == (Progress.MOVING, "The app has no address yet.")


def test_as_long_as_the_new_project_does_not_answer_the_domain_stays() -> None:
    silent = PageObservation(trouble=PageTrouble.FAULTY, reason="it answers 500")

    look = ready(Network(pages={ADDRESS: silent}), held(HOST, OTHER))

    assert look is not None
    assert (look.verdict, look.progress, look.who) == (
        Verdict.KEEP,
        Progress.MOVING,
        Actor.MAINTAINER,
    )
    assert look.detail == (
        f"{HOST}, {OTHER} stays where it is until {ADDRESS} answers: it answers 500."
    )


def test_one_that_works_where_it_is_moves_when_dns_leads_to_the_new_place() -> None:
    look = ready(Network(works={("nairobi", HOST): False}))

    assert look is not None
    assert (look.verdict, look.progress, look.who) == (
        Verdict.KEEP,
        Progress.WAITING,
        Actor.FACILITATOR,
    )
    assert look.detail.startswith(f"{HOST} answers where it was so far.")
    assert look.wake_after is not None
    assert look.wake_after.total_seconds() == 600
    assert look.dns is not None
    assert [entry.name for entry in look.dns] == [HOST]


def test_only_those_that_are_early_are_named() -> None:
    look = ready(Network(works={("nairobi", OTHER): False}), held(HOST, OTHER))

    assert look is not None
    assert look.detail.startswith(f"{OTHER} answers")


def test_one_that_does_not_work_where_it_is_has_nothing_to_lose() -> None:
    broken = {("nairobi", HOST): False, ("old", HOST): False}

    assert ready(Network(works=broken)) is None


def test_nor_has_one_that_is_not_proved_there() -> None:
    assert ready(Network(works={("nairobi", HOST): False}), held(verified=False)) is None


def test_where_the_host_cannot_ask_the_name_servers_it_is_asked_again_soon() -> None:
    look = ready(Network(unsure=True))

    assert look is not None
    assert (look.progress, look.detail) == (
        Progress.MOVING,
        "Vercel could not ask the name servers just now.",
    )


@dataclass
class Writing:
    """Writes down who gives what up and who has it back."""

    refusal: RemoteError | None = None
    back_fails: bool = False
    done: list[str] = field(default_factory=list)

    def detach_domain(self, team: str, project: str, domain: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.done.append(f"{team}/{project} gives {domain}")

    def attach_domain(self, team: str, project: str, domain: str) -> None:
        self.done.append(f"{team}/{project} has {domain}")
        if self.back_fails:
            raise refusal(500)


HOLDER = Holder(place(), domain())
GIVES, HAS = f"old/nairobi--docs gives {HOST}", f"old/nairobi--docs has {HOST}"


def test_inside_the_domain_is_free() -> None:
    host = Writing()

    with given_up(HOST, HOLDER, writers(host)):
        assert host.done == [GIVES]

    assert host.done == [GIVES]


def test_a_domain_that_nobody_holds_is_free_anyway() -> None:
    host = Writing()

    with given_up(HOST, None, writers(host)):
        pass

    assert host.done == []


@pytest.mark.parametrize(
    ("effect", "done"),
    [(Effect.NONE, [GIVES, HAS]), (Effect.UNKNOWN, [GIVES]), (Effect.HAPPENED, [GIVES])],
)
@pytest.mark.parametrize("back_fails", [True, False])
def test_its_holder_has_it_back_only_where_it_was_surely_not_taken(
    effect: Effect, done: list[str], back_fails: bool
) -> None:
    host, error = Writing(back_fails=back_fails), RemoteError("no", service="V", effect=effect)

    with pytest.raises(RemoteError) as raised, given_up(HOST, HOLDER, writers(host)):
        raise error

    assert raised.value is error
    assert host.done == done


def test_a_holder_that_cannot_give_it_up_says_why_and_nothing_is_taken() -> None:
    redirect = as_told(
        DETACHING, RemoteError("no", service="V", effect=Effect.NONE, code="domain_is_redirect")
    )
    inside: list[str] = []

    with (
        pytest.raises(FatalError, match="nairobi--docs lead on to docs"),
        given_up(HOST, HOLDER, writers(Writing(redirect))),
    ):
        inside.append("taken")

    assert inside == []
