"""Variables: set once, secret where they must be, deployed once, and beside what people set."""

import hashlib

import pytest

from provisioner.hosting.base import MARK
from provisioner.models.plan import Actor
from provisioner.models.run import RunState
from tests.scenario.bots import BOT, merged_bot
from tests.scenario.network import PLAIN, TELEGRAM_TOKEN, Network
from tests.scenario.outcome import PROJECT, assert_asks, assert_live, merged, project, unfinished

SETTING = "set-environment"
ENV = f"/v10/projects/{PROJECT}/env"


def variables(network: Network, name: str = PROJECT) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (item["key"], item["type"], tuple(item["target"]))
        for item in project(network, name)["env"]
        if item["key"] != MARK
    ]


def test_secrets_are_set_so_that_nobody_can_read_them_back(network: Network) -> None:
    merged_bot(network)

    assert network.apply().state is RunState.COMPLETED

    everywhere = ("production", "preview")
    assert variables(network, BOT) == [
        ("GRAPH_URI", "encrypted", everywhere),
        ("TELEGRAM_TOKEN", "sensitive", everywhere),
    ]
    (token,) = [one for one in project(network, BOT)["env"] if "TOKEN" in one["key"]]
    assert token["sha256"] == hashlib.sha256(TELEGRAM_TOKEN.encode()).hexdigest()


def test_a_team_that_makes_everything_sensitive_is_no_reason_to_set_it_again(
    network: Network,
) -> None:
    network.sandbox.control.set_vercel(teams={"nairobi-commons": {"forces_sensitive": True}})
    merged(network)

    assert_live(network, network.apply())

    assert variables(network) == [("SITE_TITLE", "sensitive", ("production", "preview"))]


def test_a_secret_that_is_sealed_anew_is_set_and_deployed_exactly_once(network: Network) -> None:
    merged_bot(network)
    network.apply()
    merged_bot(network)

    first, again = network.apply(), network.apply()

    assert first.state is RunState.COMPLETED
    assert again == first
    assert len(project(network, BOT)["deployments"]) == 2


def test_what_a_person_set_for_another_environment_stays_beside_ours(network: Network) -> None:
    merged(network)
    network.apply()
    mine = {"key": "SITE_TITLE", "value": "Draft", "type": "plain", "target": ["development"]}
    network.by_hand("POST", ENV, mine)

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert sorted(variables(network)) == [
        ("SITE_TITLE", "encrypted", ("production", "preview")),
        ("SITE_TITLE", "plain", ("development",)),
    ]
    assert len(project(network)["deployments"]) == 1


def test_what_a_person_set_for_a_branch_stays_as_well_when_the_value_changes(
    network: Network,
) -> None:
    merged(network)
    network.apply()
    mine = {"key": "SITE_TITLE", "value": "Draft", "type": "plain", "target": ["preview"]}
    network.by_hand("POST", ENV, {**mine, "gitBranch": "main"})
    network.write("nairobi", PLAIN.replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu"))

    assert network.apply().state is RunState.COMPLETED

    assert ("SITE_TITLE", "plain", ("preview",)) in variables(network)
    assert "Karibu" in network.page(f"{PROJECT}.vercel.app")
    assert len(project(network)["deployments"]) == 2


def test_variables_of_other_names_are_nobodys_business(network: Network) -> None:
    merged(network)
    network.apply()
    mine = {"key": "ANALYTICS", "value": "1", "type": "plain", "target": ["production"]}
    network.by_hand("POST", ENV, mine)
    network.write("nairobi", PLAIN.replace("SITE_TITLE: Nairobi Commons", "SITE_TITLE: Karibu"))

    network.apply()

    assert ("ANALYTICS", "plain", ("production",)) in variables(network)


def test_a_variable_that_somebody_took_away_is_set_again(network: Network) -> None:
    merged(network)
    network.apply()
    (wanted,) = network.sandbox.vercel.projects.values()
    network.by_hand("DELETE", f"/v9/projects/{PROJECT}/env/{wanted.variables[0].id}")

    assert network.apply().state is RunState.COMPLETED

    assert variables(network) == [("SITE_TITLE", "encrypted", ("production", "preview"))]


@pytest.mark.parametrize(
    ("code", "who", "word"),
    [
        ("ENV_CONFLICT", Actor.FACILITATOR, "remove the entry"),
        ("ENV_VALUES_LIMIT_EXCEEDED", Actor.FACILITATOR, "Shorten"),
        ("BAD_REQUEST", Actor.MAINTAINER, "Check name and value"),
    ],
)
def test_a_refused_variable_is_named_and_its_fix_told(
    network: Network, code: str, who: Actor, word: str
) -> None:
    network.sandbox.control.set_vercel(refused_variables={"SITE_TITLE": code})
    number = merged(network)

    run = network.apply()

    step = assert_asks(network, number, run, who, SETTING)
    assert "SITE_TITLE" in step.detail
    assert word in step.hint
    assert project(network)["deployments"] == []
    network.sandbox.control.set_vercel(refused_variables={})
    assert_live(network, network.apply())


def test_a_good_answer_that_refuses_one_of_two_keeps_the_other(network: Network) -> None:
    network.sandbox.control.set_vercel(refused_variables={"TELEGRAM_TOKEN": "ENV_CONFLICT"})
    merged_bot(network)

    run = network.apply()

    assert "TELEGRAM_TOKEN" in unfinished(run, "bot").detail
    assert "GRAPH_URI" not in unfinished(run, "bot").detail
    assert [key for key, *_ in variables(network, BOT)] == ["GRAPH_URI"]
    assert project(network, BOT)["deployments"] == []
    network.sandbox.control.set_vercel(refused_variables={})
    assert network.apply().state is RunState.COMPLETED
    assert len(project(network, BOT)["deployments"]) == 1
