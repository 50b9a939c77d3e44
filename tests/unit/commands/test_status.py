"""What the journal says of each hub; one that cannot be read hides no other."""

import json

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.status import recorded
from provisioner.engine.journal import Entry
from provisioner.errors import (
    ConfigurationError,
    Effect,
    ExitCode,
    ProvisionerError,
    TokenRefused,
    Unreachable,
)
from provisioner.models.run import RunState
from provisioner.report.status import status_text
from provisioner.sandbox.server import Sandbox
from provisioner.wiring import Wiring
from tests.unit.answering import Given, answering
from tests.unit.commands.command import Outcome, run
from tests.unit.commands.hubs import World
from tests.unit.github.test_wire import REPOSITORY


def hubs(world: World, *names: str) -> list[str]:
    found, errors = recorded(world.wiring, names)
    assert errors == []
    return [item.journal.hub for item in found]


def error(world: World, *names: str) -> ProvisionerError:
    found, (error,) = recorded(world.wiring, names)
    assert found == []
    return error


def test_without_a_name_every_hub_with_a_journal_is_told() -> None:
    world = World("aaa", "bbb")
    world.record("bbb")
    world.record("aaa")

    assert hubs(world) == ["aaa", "bbb"]
    assert hubs(World()) == []


def test_named_hubs_are_told_in_the_order_in_which_they_are_named() -> None:
    world = World("aaa", "bbb", "ccc")
    for hub in ("aaa", "bbb", "ccc"):
        world.record(hub)

    assert hubs(world, "ccc", "aaa") == ["ccc", "aaa"]


def test_the_text_says_how_the_newest_run_stands_and_what_was_before() -> None:
    world = World("aaa")
    journal = world.record("aaa", RunState.WAITING)
    ((alone,), _) = recorded(world.wiring, ())
    newer = journal.followed_by(journal.run.model_copy(update={"id": "20260304-000000-abcdef0"}))
    world.store.commits.append(("hubs/aaa.json", newer.model_dump_json().encode()))
    ((followed,), _) = recorded(world.wiring, ())

    assert "The hub aaa" in alone.text
    assert followed.text.startswith(f"{alone.text}\n")


def test_a_journal_that_cannot_be_understood_hides_no_other_and_its_fix_is_told() -> None:
    world = World("aaa", "bbb")
    world.record("aaa")
    world.store.commits.append(("hubs/bbb.json", b"{"))

    found, (trouble,) = recorded(world.wiring, ())

    assert [item.journal.hub for item in found] == ["aaa"]
    assert trouble.message.startswith("the journal of bbb cannot be read: ")
    assert "provisioner apply bbb" in trouble.hint
    assert trouble.exit_code is ExitCode.FINDINGS


def test_one_of_a_newer_program_has_a_fix_of_its_own() -> None:
    world = World("aaa")
    world.store.commits.append(("hubs/aaa.json", json.dumps({"version": 99}).encode()))

    trouble = error(world)

    assert trouble.hint
    assert "provisioner apply" not in trouble.hint


def test_a_bug_while_one_is_read_is_its_own() -> None:
    world = World("aaa", "bbb")
    world.record("aaa")
    world.record("bbb")
    world.store.refusals["hubs/bbb.json"] = ValueError("odd")

    found, (trouble,) = recorded(world.wiring, ())

    assert [item.journal.hub for item in found] == ["aaa"]
    assert trouble.exit_code is ExitCode.BUG


@pytest.mark.parametrize("kind", [TokenRefused, Unreachable])
def test_where_nothing_can_be_asked_at_all_there_is_one_error_for_all(
    kind: type[TokenRefused] | type[Unreachable],
) -> None:
    world = World("aaa")
    world.record("aaa")
    world.store.refusals["hubs/aaa.json"] = kind("no", service="GitHub", effect=Effect.NONE)

    with pytest.raises(kind):
        recorded(world.wiring, ())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given(200, json.dumps(REPOSITORY)), "nothing is recorded of a hub nobody"),
        (Given(404), "GitHub shows no repository a/b"),
    ],
)
def test_a_hub_that_nobody_knows_is_wrong_use_unless_the_repository_is(
    given: Given, words: str
) -> None:
    with answering(given) as server:
        environ = {"GITHUB_API_URL": server.url, "GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": "t"}
        trouble = error(World(environ=environ), "nobody")

    assert isinstance(trouble, ConfigurationError)
    assert trouble.message == words


class TestCommand:
    def test_no_hub_is_no_error(self, sandbox: Sandbox) -> None:
        text = status(sandbox)
        document = status(sandbox, "--format", "json")

        assert (text.code, document.code) == (ExitCode.DONE, ExitCode.DONE)
        assert text.out == status_text(()) + "\n"
        assert json.loads(document.out) == {"hubs": []}

    def test_a_repository_that_is_not_there_is_not_taken_for_one_without_runs(
        self, sandbox: Sandbox
    ) -> None:
        elsewhere = {**sandbox.environment, "GITHUB_REPOSITORY": "no/such"}

        told = run("status", stdin=b"", **elsewhere)

        assert (told.code, told.out) == (ExitCode.USAGE, "")
        assert "GitHub shows no repository no/such" in told.err

    def test_who_has_no_token_of_a_job_is_told_where_hers_is_described(
        self, sandbox: Sandbox
    ) -> None:
        told = run("status", stdin=b"", **{**sandbox.environment, "GITHUB_TOKEN": ""})

        assert told.code == ExitCode.USAGE
        assert "set a token of your own: docs/reference.md" in told.err

    def test_what_is_recorded_is_printed_and_what_is_not_is_told_beside_it(
        self, sandbox: Sandbox
    ) -> None:
        kept(sandbox, "aaa", "bbb")

        text = status(sandbox, "aaa", "nobody", "bbb")

        assert text.code == ExitCode.USAGE
        assert text.out.splitlines() == [
            "🟠 aaa  nobody  The hub aaa is waiting.",
            "🟠 bbb  nobody  The hub bbb is waiting.",
        ]
        assert text.err.splitlines() == [
            "error: nothing is recorded of a hub nobody",
            "  fix: Check the name; a hub is recorded from its first run on.",
        ]

    def test_of_one_named_hub_everything_is_printed(self, sandbox: Sandbox) -> None:
        kept(sandbox, "aaa")

        named, every = status(sandbox, "aaa"), status(sandbox)

        assert named.out.startswith("🟠 The hub aaa is waiting. ")
        assert every.out == "🟠 aaa  nobody  The hub aaa is waiting.\n"

    def test_json_holds_every_hub_whatever_could_not_be_shown(self, sandbox: Sandbox) -> None:
        kept(sandbox, "aaa")

        told = status(sandbox, "aaa", "nobody", "--format", "json")

        assert [hub["hub"] for hub in json.loads(told.out)["hubs"]] == ["aaa"]
        assert told.code == ExitCode.USAGE

    def test_where_nothing_could_be_shown_nothing_is_printed(self, sandbox: Sandbox) -> None:
        told = status(sandbox, "nobody")

        assert (told.code, told.out) == (ExitCode.USAGE, "")


def status(sandbox: Sandbox, *arguments: str) -> Outcome:
    return run("status", *arguments, stdin=b"", **sandbox.environment)


def kept(sandbox: Sandbox, *hubs: str) -> None:
    """Journals of these hubs on the state branch."""
    world, journal = World(*hubs), Wiring(sandbox.environment, ManualClock()).journal
    for hub in hubs:
        recorded = world.record(hub, RunState.WAITING)
        journal.write(Entry(hub), recorded, "a journal")
