"""Which repository a project of ours builds, and what becomes of it when that is another one."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from provisioner.actions.copy_plan import KIND as REPOSITORY
from provisioner.actions.create_project import KIND as PROJECT
from provisioner.actions.create_project import CreateProject
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.models.app import BuildSettings
from provisioner.models.plan import Verdict
from provisioner.models.remote import Mark, Project
from tests.unit.actions.hosted import COPY_ID, Hosted, app, at, readers, writers

SITE = app()
COPY, FORMER, STRANGE = SITE.repository, "nairobi-before/nairobi--docs", "nairobi/handmade"
OURS = (PROJECT, "nairobi/nairobi--docs")
CLAIMED: Claims = frozenset({OURS, (REPOSITORY, COPY)})
MOVED: Claims = CLAIMED | {(REPOSITORY, FORMER)}
MARK = Mark(app="nairobi/docs", made_at=at(1))
LINKED = Project(
    id="prj_1",
    name=SITE.project,
    repository=COPY,
    repository_id=COPY_ID,
    build=SITE.entry.app.build,
)


class Held(Hosted):
    """A host with this very project."""

    held_project: Project = LINKED

    def project(self, team: str, project: str) -> Project | None:
        return self.held_project


def assess(
    claims: Claims = CLAIMED, copy_id: int | None = COPY_ID, **project: object
) -> Assessment:
    hosted = Held(copy_id=copy_id)
    hosted.held_project = LINKED.model_copy(update=project)
    return CreateProject().assess(SITE, readers(hosted), claims, None)


def test_a_project_that_builds_the_copy_is_kept() -> None:
    assert assess().verdict is Verdict.KEEP


def test_a_repository_is_told_by_its_number_whatever_name_the_host_has_for_it() -> None:
    assert assess(repository="an-older-name/nairobi--docs").verdict is Verdict.KEEP


def test_where_the_host_tells_no_number_the_name_has_to_do() -> None:
    assert assess(repository_id=None).verdict is Verdict.KEEP


def test_a_copy_that_was_made_anew_is_connected() -> None:
    look = assess(repository_id=6)

    assert look.verdict is Verdict.UPDATE
    assert look.detail == (f"The copy was made anew, so the project is connected to it: {COPY}.")


def test_a_copy_that_is_still_to_be_made_anew_is_not_connected_yet() -> None:
    look = assess(copy_id=None)

    assert look.verdict is Verdict.UPDATE
    assert "The copy is made anew" in look.detail
    with pytest.raises(RetryableError):
        CreateProject().perform(SITE, writers(Host()), look)


@pytest.mark.parametrize("name", [FORMER, FORMER.upper()])
def test_a_copy_that_the_app_had_in_another_account_gives_way(name: str) -> None:
    look = assess(MOVED, repository=name, repository_id=6)

    assert look.verdict is Verdict.UPDATE
    assert "another one now" in look.detail
    assert f"instead of {name}" in look.detail


def test_a_repository_that_was_never_the_apps_stays_connected() -> None:
    look = assess(repository=STRANGE, repository_id=6, mark=MARK)

    assert look.verdict is Verdict.BLOCKED
    assert f"linked to {STRANGE}" in look.detail
    assert f"connect it to {COPY}" in look.hint


def test_a_copy_in_another_account_is_known_by_its_name_where_the_project_shows_its_mark() -> None:
    look = assess(repository=FORMER, repository_id=6, mark=MARK)

    assert look.verdict is Verdict.UPDATE
    assert f"instead of {FORMER}" in look.detail


def test_who_is_to_connect_it_to_a_copy_that_is_not_there_is_told_to_disconnect_it() -> None:
    look = assess(repository=STRANGE, repository_id=6, mark=MARK, copy_id=None)

    assert look.verdict is Verdict.BLOCKED
    assert "disconnect it" in look.hint


@pytest.mark.parametrize(
    ("claims", "mark", "verdict"),
    [
        (CLAIMED, MARK, Verdict.UPDATE),
        (CLAIMED, None, Verdict.BLOCKED),
        (frozenset(), MARK, Verdict.BLOCKED),
        (frozenset(), None, Verdict.BLOCKED),
    ],
)
def test_a_project_that_builds_nothing_is_ours_by_the_journals_word_and_its_own(
    claims: Claims, mark: Mark | None, verdict: Verdict
) -> None:
    assert assess(claims, repository=None, repository_id=None, mark=mark).verdict is verdict


def test_a_link_that_cannot_be_read_is_not_replaced() -> None:
    assert assess(repository=None, repository_id=6, mark=MARK).verdict is Verdict.BLOCKED


@pytest.mark.parametrize("mark", [None, MARK.model_copy(update={"app": "mombasa/docs"})])
def test_a_project_that_nothing_shows_to_be_ours_is_not_connected_to_the_new_copy(
    mark: Mark | None,
) -> None:
    look = assess(frozenset(), repository_id=6, mark=mark)

    assert look.verdict is Verdict.BLOCKED
    assert "did not make it" in look.detail


def test_settings_and_the_link_are_changed_together() -> None:
    look = assess(repository_id=6, paused=True)

    assert look.detail.startswith("The copy was made anew")
    assert look.detail.endswith("Project nairobi/nairobi--docs: take it out of its pause.")


@pytest.mark.parametrize(
    ("since", "ours"), [(None, True), (at(0), True), (at(1), False), (at(2), False)]
)
def test_a_mark_from_before_the_name_had_its_present_owner_is_theirs(
    since: object, ours: bool
) -> None:
    hosted = Held()
    hosted.held_project = LINKED.model_copy(update={"mark": MARK})
    site = SITE.model_copy(update={"seals_since": since})

    look = CreateProject().assess(site, readers(hosted), frozenset(), None)

    assert (look.verdict is Verdict.KEEP) is ours


def refusal(status: int = 400, **more: object) -> RemoteError:
    body = {"action": "Install GitHub App"}
    fields: dict[str, Any] = {
        "service": "Vercel",
        "effect": Effect.NONE,
        "status": status,
        "body": body,
        **more,
    }
    return RemoteError("No.", **fields)


@dataclass
class Host:
    """Connects and disconnects. `refuses`: by repository, what connecting to it answers."""

    refuses: dict[str, RemoteError] = field(default_factory=dict)
    in_transfer: bool = False
    done: list[str] = field(default_factory=list)

    def disconnect_repository(self, team: str, project_id: str) -> None:
        if self.in_transfer:
            raise refusal(409, body=None)
        self.done.append("-")

    def connect_repository(self, team: str, project_id: str, repository: str) -> None:
        self.done.append(repository)
        if repository in self.refuses:
            raise self.refuses[repository]

    def unpause_project(self, team: str, project_id: str) -> None:
        self.done.append("unpause")


def perform(host: Host, look: Assessment) -> list[str]:
    CreateProject().perform(SITE, writers(host), look)
    return host.done


@dataclass
class Picky:
    """Makes no project with a mark. `made`: the mark of each that it was asked for."""

    error: RemoteError
    made: list[str] = field(default_factory=list)

    def create_project(
        self, team: str, name: str, repository: str, build: BuildSettings, mark: str = ""
    ) -> None:
        self.made.append(mark)
        if mark:
            raise self.error


@pytest.mark.parametrize(
    ("error", "made"),
    [
        (refusal(code="ENV_CONFLICT", body=None), ["nairobi/docs", ""]),
        (refusal(403, body={"envVarKey": "PROVISIONER_APP"}), ["nairobi/docs", ""]),
        (
            refusal(said="An Environment Variable must be sensitive", body=None),
            ["nairobi/docs", ""],
        ),
        (refusal(), ["nairobi/docs"]),
        (refusal(500, code="ENV_CONFLICT", body=None), ["nairobi/docs"]),
        (refusal(403, code="ENV_CONFLICT", body=None, retry_after=5.0), ["nairobi/docs"]),
    ],
    ids=["code", "body", "text", "another refusal", "unknown effect", "limited"],
)
def test_a_project_is_made_without_its_mark_only_where_the_mark_is_refused(
    error: RemoteError, made: list[str]
) -> None:
    host = Picky(error)

    with suppress(ProvisionerError):
        CreateProject().perform(SITE, writers(host), Assessment(Verdict.CREATE))

    assert host.made == made


def test_what_is_connected_is_disconnected_first_and_nothing_else_is_touched() -> None:
    assert perform(Host(), assess(repository_id=6)) == ["-", COPY]
    unlinked = assess(repository=None, repository_id=None, mark=MARK)
    assert perform(Host(), unlinked) == [COPY]
    assert perform(Host(), assess(paused=True)) == ["unpause"]


def test_a_project_in_transfer_is_not_even_disconnected() -> None:
    host = Host(in_transfer=True)

    with pytest.raises(NotYet, match="handed over"):
        perform(host, assess(repository_id=6))

    assert host.done == []


@pytest.mark.parametrize(
    ("refuses", "done", "state"),
    [
        ({COPY}, ["-", COPY, FORMER], f"Until then the project builds {FORMER}, and"),
        ({COPY, FORMER}, ["-", COPY, FORMER], "Until then the project builds nothing;"),
    ],
)
def test_where_the_copy_is_refused_the_former_one_is_connected_back(
    refuses: set[str], done: list[str], state: str
) -> None:
    host = Host({name: refusal() for name in refuses})

    with pytest.raises(NotYet, match="cannot see the repository") as caught:
        perform(host, assess(MOVED, repository=FORMER, repository_id=6))

    assert host.done == done
    assert state in caught.value.message


def test_a_copy_that_was_deleted_is_not_connected_back() -> None:
    host = Host({COPY: refusal()})

    with pytest.raises(NotYet, match="What is online stays online"):
        perform(host, assess(repository_id=6))

    assert host.done == ["-", COPY]


@pytest.mark.parametrize(
    "error",
    [refusal(500, effect=Effect.UNKNOWN, body=None), refusal(429, retry_after=5.0, body=None)],
    ids=["unknown", "limited"],
)
def test_what_may_have_been_done_or_will_be_soon_is_not_undone(error: RemoteError) -> None:
    host = Host({COPY: error})

    with pytest.raises(RemoteError):
        perform(host, assess(MOVED, repository=FORMER, repository_id=6))

    assert host.done == ["-", COPY]


def test_a_plan_that_needs_a_person_says_so() -> None:
    host = Host({COPY: refusal(body={"action": "Add a Login Connection"})})

    with pytest.raises(FatalError, match=r"has no GitHub login\. Until then"):
        perform(host, assess(MOVED, repository=FORMER, repository_id=6))
