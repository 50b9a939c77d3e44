"""Which project is paused: one that we claim, that proves to be ours, and that is online."""

from dataclasses import dataclass, field

import pytest

from provisioner.actions.pause_project import PauseProject
from provisioner.actions.support.project_domains import NOT_OURS, ProjectDomains
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import Effect, NotYet, RemoteError
from provisioner.hosting.vercel.problems import CHANGE
from provisioner.models.plan import Verdict
from provisioner.models.remote import Project
from tests.unit.actions.hosted import Hosted, as_told, done, readers, writers

COPY = "nairobi/nairobi--docs"
OURS = ProjectDomains("vercel", "nairobi", "nairobi--docs", label="nairobi/docs", copies=(COPY,))
CLAIMS: Claims = frozenset({("project", "vercel:nairobi/nairobi--docs")})
ONLINE = Project(id="prj_1", name="nairobi--docs", repository=COPY)


class Host(Hosted):
    """Has this project, or none."""

    held_project: Project | None = None

    def project(self, team: str, project: str) -> Project | None:
        assert (team, project) == ("nairobi", "nairobi--docs")
        return self.held_project


def look_of(project: Project | None, claims: Claims = CLAIMS) -> Assessment:
    host = Host()
    host.held_project = project
    return PauseProject().assess(OURS, readers(host), claims, None)


def test_a_project_of_ours_that_is_online_is_paused() -> None:
    look = look_of(ONLINE)

    assert (look.verdict, look.detail) == (Verdict.REMOVE, "Pause nairobi/nairobi--docs.")
    assert look.found == "prj_1"


def test_one_that_is_paused_already_is_left_so() -> None:
    look = look_of(ONLINE.model_copy(update={"paused": True}))

    assert (look.verdict, look.needless) == (Verdict.KEEP, False)
    assert look.detail == "nairobi/nairobi--docs is paused; nothing was deleted."


@pytest.mark.parametrize(
    ("project", "claims"),
    [
        (None, CLAIMS),
        (ONLINE, frozenset()),
        (ONLINE, frozenset({("project", "vercel:nairobi/nairobi--docs-2")})),
        (ONLINE, frozenset({("repository", "nairobi/nairobi--docs")})),
    ],
    ids=["gone", "unclaimed", "a sibling's claim", "a claim of another kind"],
)
def test_what_is_gone_or_was_never_claimed_is_no_project_to_pause(
    project: Project | None, claims: Claims
) -> None:
    look = look_of(project, claims)

    assert (look.verdict, look.needless) == (Verdict.KEEP, True)
    assert look.detail == "There is no project to pause."


def test_a_claim_alone_is_no_proof() -> None:
    look = look_of(ONLINE.model_copy(update={"repository": "mombasa/website"}))

    assert (look.verdict, look.needless, look.detail) == (Verdict.KEEP, True, NOT_OURS)


def test_a_retirement_always_has_this_step() -> None:
    assert not PauseProject().optional


@dataclass
class Pausing:
    paused: list[tuple[str, str]] = field(default_factory=list)
    refusal: RemoteError | None = None

    def pause_project(self, team: str, project_id: str) -> None:
        self.paused.append((team, project_id))
        if self.refusal is not None:
            raise self.refusal


def test_the_very_project_that_was_seen_is_paused() -> None:
    host = Pausing()

    done(PauseProject(), OURS, writers(host), look_of(ONLINE))

    assert host.paused == [("nairobi", "prj_1")]


def test_a_project_that_is_being_handed_over_is_paused_later() -> None:
    error = RemoteError("No.", service="Vercel", effect=Effect.NONE, status=409)

    with pytest.raises(NotYet, match="nairobi--docs is being handed over") as caught:
        done(
            PauseProject(), OURS, writers(Pausing(refusal=as_told(CHANGE, error))), look_of(ONLINE)
        )

    assert caught.value.who == "facilitator"
