"""Which variables are taken away: what the file no longer names, and only what we set."""

from dataclasses import dataclass, field

import pytest

from provisioner.actions.remove_variables import RemoveVariables
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, NotYet, RemoteError
from provisioner.hosting.vercel.problems import CHANGE
from provisioner.models.plan import Verdict
from provisioner.models.remote import Variable
from tests.unit.actions.hosted import Hosted, app, as_told, done, readers, variable, writers

SITE = app(env={"SITE_TITLE": "Nairobi"})


def look_of(*held: Variable) -> Assessment:
    return RemoveVariables().assess(SITE, readers(Hosted(held=list(held))), frozenset(), None)


def test_only_what_we_set_and_the_file_no_longer_names_is_removed() -> None:
    named, old = variable("SITE_TITLE", "x", of=SITE), variable("OLD", "x", of=SITE)
    others = variable("OTHERS", "x", of=app(hub="kigali"))

    look = look_of(named, old, variable("BY_HAND", "x"), others)

    assert (look.verdict, look.found) == (Verdict.REMOVE, ("OLD",))


def test_people_read_their_names_in_order_and_the_host_gets_their_ids() -> None:
    held = [
        variable(key, "x", of=SITE).model_copy(update={"id": f"env_{key}"}) for key in ("B", "A")
    ]

    look = look_of(*held)

    assert (look.detail, look.found) == ("Remove A, B.", ("env_B", "env_A"))


def test_where_none_is_left_over_nothing_is_done() -> None:
    look = look_of(variable("SITE_TITLE", "x", of=SITE))

    assert (look.verdict, look.detail) == (Verdict.KEEP, "No variable is left over.")


def test_the_step_shows_only_where_it_has_something_to_do() -> None:
    assert RemoveVariables().optional


@dataclass
class Host:
    refusal: RemoteError | None = None
    removed: list[tuple[str, str, str]] = field(default_factory=list)

    def remove_variable(self, team: str, project: str, variable_id: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.removed.append((team, project, variable_id))


def removed(host: Host, found: object) -> None:
    done(RemoveVariables(), SITE, writers(host), Assessment(Verdict.REMOVE, found=found))


def test_what_was_seen_is_removed_one_by_one() -> None:
    host = Host()

    removed(host, ("env_1", "env_2"))

    assert host.removed == [
        ("nairobi", "nairobi--docs", "env_1"),
        ("nairobi", "nairobi--docs", "env_2"),
    ]


def test_a_project_that_is_handed_over_is_waited_for() -> None:
    moving = as_told(CHANGE, RemoteError("no", service="Vercel", effect=Effect.NONE, status=409))

    with pytest.raises(NotYet, match="is being handed over"):
        removed(Host(moving), ("env_1",))
