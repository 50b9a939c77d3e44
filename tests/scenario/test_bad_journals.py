"""Journals that nobody can use: each stops its own hub, by name, and nothing else."""

import json

import pytest

from provisioner.models.journal import VERSION
from provisioner.models.run import RunState
from tests.scenario.journals import document_of, put, text_of
from tests.scenario.network import PLAIN, Network
from tests.unit.commands.command import Outcome, run
from tests.unit.engine.hostile import BROKEN, newer

KISUMU = PLAIN.replace("nairobi-commons", "kisumu-lab").replace("Nairobi", "Kisumu")


def two_hubs(network: Network) -> None:
    """Nairobi and Kisumu are live, with a site each."""
    network.write("nairobi", PLAIN)
    network.write("kisumu", KISUMU)
    for applied in network.try_apply("nairobi", "kisumu"):
        assert applied.run is not None
        assert applied.run.state is RunState.COMPLETED


def command(network: Network, *arguments: str) -> Outcome:
    return run(*arguments, stdin=b"", **network.environ)


def hubs(network: Network) -> str:
    return str(network.directory)


def newer_of(network: Network) -> str:
    return json.dumps({**document_of(network, "kisumu"), "version": VERSION + 1})


def test_every_kind_of_broken_journal_leaves_the_other_hubs_alone(network: Network) -> None:
    two_hubs(network)
    ghosts = {f"ghost-{number:02}": text for number, text in enumerate(BROKEN.values())}
    put(network, **ghosts)
    for ghost in ghosts:
        network.write(ghost, PLAIN.replace("nairobi-commons", ghost))

    planned = command(network, "plan", "--format", "matrix", "--due", "--hubs", hubs(network))
    shown = command(network, "status")

    assert planned.code == 0, planned.err
    assert {item["hub"] for item in json.loads(planned.out)["include"]} == set(ghosts)
    assert shown.code == 1
    assert "Nairobi Commons" in shown.out
    assert "Kisumu Commons" in shown.out
    for ghost in ghosts:
        assert ghost in shown.err


def test_a_newer_journal_is_left_alone_until_the_provisioner_is_up_to_date(
    network: Network,
) -> None:
    two_hubs(network)
    newest = newer_of(network)
    put(network, kisumu=newest)
    network.write("kisumu", KISUMU.replace("SITE_TITLE: Kisumu", "SITE_TITLE: Karibu"))
    network.write("nairobi", PLAIN.replace("SITE_TITLE: Nairobi", "SITE_TITLE: Karibu"))

    kisumu, nairobi = network.try_apply("kisumu", "nairobi")

    assert kisumu.run is None
    assert kisumu.exit_code == 1
    assert kisumu.error is not None
    assert "newer provisioner" in kisumu.error.message
    assert "up to date" in kisumu.error.hint
    assert nairobi.run is not None
    assert nairobi.run.state is RunState.COMPLETED
    assert text_of(network, "kisumu") == newest


def test_a_plan_names_the_hub_that_it_could_not_plan_and_plans_the_others(
    network: Network,
) -> None:
    two_hubs(network)
    put(network, kisumu=newer_of(network))

    both = command(network, "plan", "--format", "json", "--hubs", hubs(network))
    one = command(network, "plan", "nairobi", "--hubs", hubs(network))

    document = json.loads(both.out)
    assert both.code == 1
    assert [item["hub"] for item in document["hubs"]] == ["nairobi"]
    assert [item["hub"] for item in document["unchecked"]] == ["kisumu"]
    assert "error: kisumu" in both.err
    assert "up to date" in both.err
    assert (one.code, one.err) == (0, "")


def test_the_matrix_has_a_job_for_it_so_that_it_fails_by_its_name(network: Network) -> None:
    two_hubs(network)
    put(network, kisumu=newer_of(network))

    planned = command(network, "plan", "--due", "--format", "matrix", "--hubs", hubs(network))

    assert planned.code == 0
    assert [item["hub"] for item in json.loads(planned.out)["include"]] == ["kisumu"]
    assert "kisumu" in planned.err


def test_a_journal_larger_than_github_gives_out_is_not_asked_for_again_and_again(
    network: Network,
) -> None:
    two_hubs(network)
    put(network, kisumu=" " * 1_100_000)
    asked = len(network.requests())

    kisumu, nairobi = network.try_apply("kisumu", "nairobi")

    assert kisumu.error is not None
    assert "larger" in kisumu.error.message
    assert nairobi.error is None
    reads = [it for it in network.requests()[asked:] if it.path.endswith("/hubs/kisumu.json")]
    assert len(reads) == 1


def test_a_hub_file_with_mistakes_is_named_after_the_others_were_planned(
    network: Network,
) -> None:
    two_hubs(network)
    network.write("kisumu", "name: [")

    planned = command(network, "plan", "kisumu", "nairobi", "--hubs", hubs(network))

    assert planned.code == 1
    assert "Nairobi Commons" in planned.out
    assert "error: kisumu" in planned.err


@pytest.mark.parametrize("expires", ["2199-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_a_lease_from_the_far_future_holds_up_nobody(network: Network, expires: str) -> None:
    two_hubs(network)
    document = document_of(network, "kisumu")
    document["lease"] = {"holder": "actions-run-1-1-apply", "expires_at": expires}
    document["run"]["state"] = "running"
    put(network, kisumu=json.dumps(document))

    planned = command(network, "plan", "--due", "--format", "matrix", "--hubs", hubs(network))

    assert [item["hub"] for item in json.loads(planned.out)["include"]] == ["kisumu"]
    assert network.apply("kisumu").state is RunState.COMPLETED


def test_a_newer_journal_cannot_be_cancelled_and_its_status_says_why(network: Network) -> None:
    two_hubs(network)
    put(network, kisumu=newer())

    cancelled = command(network, "cancel", "kisumu")
    shown = command(network, "status", "kisumu", "nairobi")

    assert (cancelled.code, shown.code) == (1, 1)
    assert "up to date" in cancelled.err
    assert "up to date" in shown.err
    assert "Nairobi Commons" in shown.out
