"""While a plan is made each thing is looked at once; a look that failed is asked again."""

from typing import Any, cast

import pytest

from provisioner.actions.base import Readers
from provisioner.actions.support.snapshot import snapshot
from provisioner.errors import Effect, RemoteError
from provisioner.hosting.registry import FIRST
from provisioner.models.remote import AttachedDomain, Project, Variable
from tests.unit.actions.hosted import Hosted, Opened, app, readers


class Counted:
    """Answers everything, and counts the questions."""

    def __init__(self, missing: bool = False) -> None:
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self.trouble: list[Exception] = []
        self.missing = missing

    def __getattr__(self, name: str) -> Any:
        def answer(*question: object) -> object:
            self.asked.append((name, question))
            if self.trouble:
                raise self.trouble.pop()
            if name == "project":
                found = Project(id="prj_1", name=str(question[1]))
                return None if self.missing else found
            return (name, *question)

        return answer


def remembering(reader: object) -> Readers:
    every = cast(Any, reader)
    return snapshot(Readers(every, {FIRST.key: every}, every, every, every, Opened()))


def test_the_same_question_is_asked_once_of_every_reader() -> None:
    counted = Counted()
    memory = remembering(counted)

    for _ in range(2):
        memory.repositories.repository("nairobi/docs")
        memory.host(app()).project("nairobi", "docs")
        memory.dns.seen(cast(Any, "entry"))
        memory.pages.observe("docs.example.org", "/")
        memory.webhooks.webhook("token")

    assert [name for name, _ in counted.asked] == [
        "repository",
        "project",
        "seen",
        "observe",
        "webhook",
    ]


def test_the_answer_is_the_one_that_was_given() -> None:
    memory = remembering(Counted())

    first = memory.repositories.repository("nairobi/docs")

    assert cast(object, first) == ("repository", "nairobi/docs")
    assert memory.repositories.repository("nairobi/docs") == first


def test_another_question_is_asked() -> None:
    counted = Counted()
    memory = remembering(counted)

    memory.repositories.repository("nairobi/docs")
    memory.repositories.repository("nairobi/bot")

    assert len(counted.asked) == 2


def test_a_look_that_failed_is_not_remembered() -> None:
    counted = Counted()
    counted.trouble.append(RemoteError("away", service="GitHub", effect=Effect.NONE))
    memory = remembering(counted)
    with pytest.raises(RemoteError):
        memory.repositories.repository("nairobi/docs")

    assert memory.repositories.repository("nairobi/docs") is not None


def test_secrets_are_opened_as_before() -> None:
    secrets = Opened()

    assert snapshot(readers(Hosted(), secrets)).secrets is secrets


def test_a_project_that_is_known_to_be_missing_is_asked_for_nothing_more() -> None:
    counted = Counted(missing=True)
    host = remembering(counted).host(app())
    host.project("nairobi", "docs")

    assert (host.variables("nairobi", "docs"), host.domains("nairobi", "docs")) == ((), ())
    assert len(counted.asked) == 1


@pytest.mark.parametrize("known", [True, False])
def test_one_that_is_there_or_was_not_asked_for_is(known: bool) -> None:
    counted = Counted()
    host = remembering(counted).host(app())
    if known:
        host.project("nairobi", "docs")

    variables: tuple[Variable, ...] = host.variables("nairobi", "docs")
    domains: tuple[AttachedDomain, ...] = host.domains("nairobi", "docs")

    assert cast(object, variables) == ("variables", "nairobi", "docs")
    assert cast(object, domains) == ("domains", "nairobi", "docs")
    host.variables("nairobi", "docs")
    host.domains("nairobi", "docs")
    assert len(counted.asked) == (3 if known else 2)
