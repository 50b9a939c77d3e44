"""How a project gets to build another repository, and what is undone where that is refused."""

import pytest

from provisioner.errors import (
    Effect,
    FatalError,
    NotYet,
    RemoteError,
)
from tests.unit.actions.linked import COPY, FORMER, MARK, MOVED, Host, assess, perform, refusal


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
