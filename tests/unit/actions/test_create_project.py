"""The project of an app: whose it is, what it builds, and how it is made."""

from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from provisioner.actions.create_project import CreateProject, New
from provisioner.engine.step import Assessment, Claims
from provisioner.errors import (
    ProvisionerError,
    RemoteError,
    RetryableError,
)
from provisioner.hosting.vercel.problems import CREATION
from provisioner.models.app import BuildSettings
from provisioner.models.plan import Verdict
from provisioner.models.remote import Mark
from tests.unit.actions.hosted import at, done, readers, writers
from tests.unit.actions.linked import (
    CLAIMED,
    COPY,
    FORMER,
    LINKED,
    MARK,
    MOVED,
    SITE,
    STRANGE,
    Held,
    Host,
    assess,
    refusal,
)


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
        done(CreateProject(), SITE, writers(Host()), look)


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
        (refusal(table=CREATION, code="ENV_CONFLICT", body=None), ["nairobi/docs", ""]),
        (refusal(403, CREATION, body={"envVarKey": "PROVISIONER_APP"}), ["nairobi/docs", ""]),
        (
            refusal(table=CREATION, said="An Environment Variable must be sensitive", body=None),
            ["nairobi/docs", ""],
        ),
        (refusal(table=CREATION), ["nairobi/docs"]),
        (refusal(500, CREATION, code="ENV_CONFLICT", body=None), ["nairobi/docs"]),
        (refusal(403, CREATION, code="ENV_CONFLICT", body=None, retry_after=5.0), ["nairobi/docs"]),
    ],
    ids=["code", "body", "text", "another refusal", "unknown effect", "limited"],
)
def test_a_project_is_made_without_its_mark_only_where_the_mark_is_refused(
    error: RemoteError, made: list[str]
) -> None:
    host = Picky(error)

    with suppress(ProvisionerError):
        done(CreateProject(), SITE, writers(host), Assessment(Verdict.CREATE, found=New()))

    assert host.made == made
