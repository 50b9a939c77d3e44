"""Which variables are set, with what, and what a host that does not take one is told as."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from provisioner.actions.set_environment import SetEnvironment
from provisioner.actions.support.variables import comment
from provisioner.engine.step import Assessment
from provisioner.errors import Effect, FatalError, NotYet, RemoteError
from provisioner.hosting.problems import HostProblem, Problem
from provisioner.hosting.vercel.problems import CHANGE
from provisioner.models.app import DesiredApp
from provisioner.models.hub import Sealed
from provisioner.models.plan import Verdict
from provisioner.models.remote import Variable, VariableSetting
from tests.unit.actions.hosted import (
    PASSWORD,
    Hosted,
    Opened,
    app,
    as_told,
    at,
    done,
    readers,
    variable,
    writers,
)
from tests.unit.desired.given import SEALED

SECRET = Sealed(sealed=SEALED)
SITE = app(env={"SITE_TITLE": "Nairobi"})
BOT = app("telegram-bot", id="bot", env={"TELEGRAM_TOKEN": SECRET, "GRAPH_URI": "neo4j://x"})


def look_of(held: list[Variable], it: DesiredApp = SITE) -> Assessment:
    return SetEnvironment().assess(it, readers(Hosted(held=held)), frozenset(), None)


def ours(**changed: object) -> Variable:
    return variable("SITE_TITLE", "Nairobi", of=SITE).model_copy(update=changed)


def test_an_app_without_variables_needs_no_such_step() -> None:
    look = look_of([ours()], app())

    assert (look.verdict, look.needless) == (Verdict.KEEP, True)


def test_a_website_always_lists_this_step() -> None:
    assert not SetEnvironment().optional


def test_what_is_set_as_asked_for_is_kept_and_counted() -> None:
    two = app(env={"SITE_TITLE": "Nairobi", "SITE_LANGUAGE": "sw"})
    language = variable("SITE_LANGUAGE", "sw", of=SITE)

    one_set, two_set = look_of([ours()]), look_of([ours(), language], two)

    assert (one_set.verdict, one_set.detail) == (Verdict.KEEP, "1 variable is set.")
    assert (two_set.verdict, two_set.detail) == (Verdict.KEEP, "2 variables are set.")
    assert not one_set.needless


@pytest.mark.parametrize("first", [True, False])
def test_what_stands_beside_ours_under_the_same_name_changes_nothing(first: bool) -> None:
    beside = ours(id="other", targets=("development",), comment="")

    look = look_of([beside, ours()] if first else [ours(), beside])

    assert look.verdict is Verdict.KEEP


@pytest.mark.parametrize(
    "changed",
    [{"comment": ""}, {"targets": ("preview",)}, {"comment": comment(SITE, "Mombasa")}],
)
def test_what_differs_is_set_again(changed: dict[str, object]) -> None:
    look = look_of([ours(**changed)])

    assert (look.verdict, look.found) == (Verdict.UPDATE, ("SITE_TITLE",))


def test_only_what_is_missing_is_set() -> None:
    more = app(env={"SITE_TITLE": "Nairobi", "SITE_LANGUAGE": "sw", "SITE_DESCRIPTION": "A hub"})

    look = look_of([ours(), variable("BY_HAND", "x")], more)

    assert (look.verdict, look.detail) == (
        Verdict.CREATE,
        "Set SITE_DESCRIPTION, SITE_LANGUAGE.",
    )
    assert look.found == ("SITE_LANGUAGE", "SITE_DESCRIPTION")


@pytest.mark.parametrize(("secret", "verdict"), [(True, Verdict.KEEP), (False, Verdict.UPDATE)])
def test_a_secret_that_can_be_read_back_is_set_again_as_a_secret(
    secret: bool, verdict: Verdict
) -> None:
    bot = app("telegram-bot", id="bot", env={"TELEGRAM_TOKEN": SECRET})
    held = variable("TELEGRAM_TOKEN", SECRET, of=bot).model_copy(update={"secret": secret})

    assert look_of([held], bot).verdict is verdict


@dataclass
class Host:
    """Takes variables down, or refuses them."""

    refusal: RemoteError | None = None
    taken: list[tuple[str, str, Sequence[VariableSetting]]] = field(default_factory=list)

    def set_variables(self, team: str, project: str, settings: Sequence[VariableSetting]) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.taken.append((team, project, settings))


def made(host: Host, look: Assessment, it: DesiredApp = BOT) -> None:
    asked = look if look.found else replace(look, found=tuple(it.env))
    done(SetEnvironment(), it, writers(host), asked)


def test_secrets_are_opened_and_set_as_secrets_and_the_rest_as_it_is() -> None:
    host = Host()

    made(host, Assessment(Verdict.CREATE, found=("TELEGRAM_TOKEN", "GRAPH_URI")))

    ((team, project, settings),) = host.taken
    assert (team, project) == ("nairobi", "nairobi--bot")
    assert list(settings) == [
        VariableSetting(
            key="TELEGRAM_TOKEN", value=PASSWORD, secret=True, comment=comment(BOT, SECRET)
        ),
        VariableSetting(
            key="GRAPH_URI", value="neo4j://x", secret=False, comment=comment(BOT, "neo4j://x")
        ),
    ]


@pytest.mark.parametrize(
    ("found", "keys"),
    [(("GRAPH_URI",), ["GRAPH_URI"]), (None, ["TELEGRAM_TOKEN", "GRAPH_URI"])],
    ids=["what was seen to differ", "all, where nothing was seen"],
)
def test_just_what_the_look_asks_for_is_set(found: object, keys: list[str]) -> None:
    host = Host()

    made(host, Assessment(Verdict.UPDATE, found=found))

    assert [setting.key for setting in host.taken[0][2]] == keys


class Asked(Opened):
    """Writes down for what, and since when, a value is opened."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def open(self, *question: object, **_named: object) -> str:
        self.asked.append(question)
        return PASSWORD


def test_a_value_is_opened_for_its_hub_app_and_name_and_for_its_present_owners() -> None:
    asked, bot = Asked(), BOT.model_copy(update={"seals_since": at(5)})

    done(
        SetEnvironment(),
        bot,
        writers(Host(), asked),
        Assessment(Verdict.UPDATE, found=("TELEGRAM_TOKEN",)),
    )

    assert asked.asked == [("nairobi", "bot", "TELEGRAM_TOKEN", SECRET, at(5))]


def refused(status: int = 400, code: str = "other") -> RemoteError:
    error = RemoteError("no", service="Vercel", effect=Effect.NONE, status=status, code=code)
    return as_told(CHANGE, error)


def test_a_host_that_does_not_take_a_variable_is_told_by_its_name() -> None:
    variables = {"GRAPH_URI": "ENV_CONFLICT"}
    host = Host(HostProblem(refused(), Problem.VARIABLES_REFUSED, variables=variables))

    with pytest.raises(FatalError, match="somebody has set GRAPH_URI"):
        made(host, Assessment(Verdict.UPDATE))


def test_any_other_refusal_is_raised_as_it_is() -> None:
    error = refused()

    with pytest.raises(RemoteError) as raised:
        made(Host(error), Assessment(Verdict.UPDATE))

    assert raised.value is error


def test_a_project_that_is_handed_over_is_waited_for() -> None:
    with pytest.raises(NotYet, match="is being handed over"):
        made(Host(refused(409, "conflict")), Assessment(Verdict.UPDATE))
