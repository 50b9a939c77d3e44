"""Why a build failed, in words; its log only where it can hold no stranger's secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioner.actions.base import Secrets
from provisioner.actions.support.build_failure import LOG_LINE_LENGTH, LOG_LINES, failure
from provisioner.errors import Effect, FatalError, RemoteError
from provisioner.hosting.base import MARK
from provisioner.models.hub import Sealed
from provisioner.models.remote import DeploymentState
from tests.unit.actions.hosted import (
    PASSWORD,
    Hosted,
    Locked,
    Opened,
    app,
    build,
    failed,
    readers,
    variable,
)

SEALED = Sealed(sealed="v1.AbCd_123." + "A" * 152)
BOT = app("telegram-bot", id="bot", env={"GRAPH_PASSWORD": SEALED, "GRAPH_USER": "neo4j"})
OURS = [variable(key, value, of=BOT) for key, value in BOT.env.items()]


def told(log: list[str] | Exception, secrets: Secrets | None, strange: str = "") -> FatalError:
    held = [*OURS, variable(strange, "x")] if strange else OURS
    hosted = Hosted(log=log, held=held)
    return failure(
        BOT, failed("dpl_1", 1, BOT, page="https://vercel.com/x"), readers(hosted, secrets)
    )


def test_the_log_is_shown_with_its_secrets_hidden() -> None:
    error = told([f"neo4j://neo4j:{PASSWORD}@graph", "exit 1"], Opened())

    assert error.log_tail[-1] == "exit 1"
    assert PASSWORD not in str(error.log_tail)
    assert "Read the end of the build log below" in error.hint


@pytest.mark.parametrize(
    ("secrets", "strange", "why"),
    [
        (None, "", "without the sealing key"),
        (Locked(), "", "cannot be opened"),
        (Opened(), "BY_HAND", "`BY_HAND`"),
    ],
    ids=["no key", "wrong key", "a variable set by hand"],
)
def test_a_log_that_may_hold_an_unknown_secret_is_not_even_read(
    secrets: Secrets | None, strange: str, why: str
) -> None:
    error = told([PASSWORD], secrets, strange)

    assert error.log_tail == ()
    assert why in error.hint
    assert "https://vercel.com/x" in error.hint


def test_a_log_that_cannot_be_read_does_not_hide_the_failure() -> None:
    broken = RemoteError("no", service="Vercel", effect=Effect.NONE, status=500)

    error = told(broken, Opened())

    assert "The app could not be built: exit 1." in error.message
    assert "could not be read" in error.hint


@given(st.lists(st.text(max_size=2000), max_size=60), st.integers(0, 2000))
def test_no_log_shows_a_secret_or_grows_without_bound(lines: list[str], place: int) -> None:
    spoilt = [f"{line[:place]}{PASSWORD}{line[place:]}" for line in lines]

    error = told(spoilt, Opened())

    assert len(error.log_tail) <= LOG_LINES
    assert all(len(line) <= LOG_LINE_LENGTH for line in error.log_tail)
    shown = "\n".join(error.log_tail)
    assert PASSWORD not in shown
    assert PASSWORD[:12] not in shown


@pytest.mark.parametrize(
    ("state", "reason", "who", "words"),
    [
        (DeploymentState.CANCELED, "the build was cancelled", "maintainer", "was cancelled"),
        (DeploymentState.BLOCKED, "TEAM_ACCESS_REQUIRED", "facilitator", "(TEAM_ACCESS_REQUIRED)"),
        (DeploymentState.READY, "its checks failed", "maintainer", "not online: its checks failed"),
    ],
)
def test_what_is_no_failed_build_is_told_without_a_log(
    state: DeploymentState, reason: str, who: str, words: str
) -> None:
    hosted = Hosted(log=["a log"])

    error = failure(BOT, build("dpl_1", 1, BOT, state=state, failure=reason), readers(hosted))

    assert (error.who, error.log_tail) == (who, ())
    assert words in error.message
    assert hosted.asked == []


def test_the_mark_of_whose_the_project_is_is_no_stranger() -> None:
    assert told(["it broke"], Opened(), MARK).log_tail == ("it broke",)


def test_many_strange_variables_are_told_in_short() -> None:
    hosted = Hosted(held=[variable(f"BY_HAND_{number}", "x") for number in range(40)])

    error = failure(BOT, failed("dpl_1", 1, BOT), readers(hosted, Opened()))

    assert "and 35 more" in error.hint
    assert len(error.hint) < 500
