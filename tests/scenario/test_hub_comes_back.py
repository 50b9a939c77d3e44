"""Whose a hub's name is: kept by the number of the account, and not inherited by strangers."""

from datetime import datetime

from provisioner.models.run import RunState
from tests.scenario.journals import commits, document_of, edit
from tests.scenario.network import DOCS, PLAIN, Network
from tests.scenario.outcome import PROJECT, project, unfinished
from tests.unit.commands.command import run

STRANGER = PLAIN.replace("[amina-k]", "[mallory]")


def removed(network: Network) -> None:
    """The hub was live and is gone."""
    network.write("nairobi", PLAIN)
    network.merge("nairobi")
    assert network.apply().state is RunState.COMPLETED
    network.clock.advance(3_600)
    network.remove("nairobi")
    assert network.apply().retiring


def id_of(network: Network, login: str) -> int | None:
    return network.wiring().network.account_id(login)


def test_the_first_run_records_the_numbers_of_the_hubs_and_the_networks_people(
    network: Network,
) -> None:
    network.write("nairobi", PLAIN)
    network.merge("nairobi")
    network.apply()

    journal = document_of(network)

    assert journal["maintainers"] == [{"login": "amina-k", "id": id_of(network, "amina-k")}]
    assert journal["maintainers"][0]["id"] is not None
    assert [person["login"] for person in journal["network_maintainers"]]
    assert journal["seals_since"] is None


def test_a_run_with_nothing_to_do_writes_nothing_and_looks_nobody_up(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    written, asked = commits(network), len(network.requests())

    network.apply()

    assert commits(network) == written
    assert not [it for it in network.requests()[asked:] if it.path.startswith("/users/amina")]


def test_a_number_that_was_recorded_outlives_a_change_of_the_file(network: Network) -> None:
    network.write("nairobi", PLAIN)
    network.apply()
    edit(network, "nairobi", lambda it: it["maintainers"][0].update(id=4_242))
    network.write(
        "nairobi",
        PLAIN.replace("[amina-k]", "[joseph-m, Amina-K]").replace("SITE_TITLE: N", "SITE_TITLE: K"),
    )

    network.apply()

    joseph, amina = document_of(network)["maintainers"]
    assert amina == {"login": "Amina-K", "id": 4_242}
    assert joseph == {"login": "joseph-m", "id": id_of(network, "joseph-m")}


def test_people_who_cannot_be_looked_up_stop_no_run(network: Network) -> None:
    network.sandbox.control.add_faults(
        {
            "api": "github",
            "method": "GET",
            "path": "/users/*",
            "when": "before",
            "kind": "status",
            "status": 403,
            "times": "forever",
        }
    )
    network.write("nairobi", PLAIN)

    network.apply()
    assert document_of(network)["maintainers"] == [{"login": "amina-k", "id": None}]


def test_a_removed_hubs_people_stay_on_record(network: Network) -> None:
    removed(network)

    assert document_of(network)["maintainers"][0]["login"] == "amina-k"


def test_former_maintainers_bring_their_hub_back_as_it_was(network: Network) -> None:
    removed(network)
    network.write("nairobi", PLAIN.replace("[amina-k]", "[mallory, amina-k]"))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert project(network, PROJECT)["paused"] is False
    assert document_of(network)["seals_since"] is None


def test_strangers_get_neither_the_paused_project_nor_the_old_seals(network: Network) -> None:
    removed(network)
    retired = document_of(network)["run"]["started_at"]
    before = project(network, PROJECT)
    network.write("nairobi", STRANGER)

    run = network.apply()

    assert run.state is RunState.FAILED
    assert "adopt: true" in unfinished(run).hint
    assert project(network, PROJECT) == before
    journal = document_of(network)
    assert datetime.fromisoformat(journal["seals_since"]) == datetime.fromisoformat(retired)
    assert [person["login"] for person in journal["maintainers"]] == ["mallory"]
    assert "other maintainers before" in run.notes[-1]


def test_strangers_take_over_what_is_left_only_by_saying_so(network: Network) -> None:
    removed(network)
    network.write("nairobi", STRANGER)
    network.apply()
    network.write("nairobi", STRANGER.replace("    app: docs", "    adopt: true\n    app: docs"))

    run = network.apply()

    assert run.state is RunState.COMPLETED
    assert document_of(network)["seals_since"] is not None


def test_whose_it_was_must_be_known_before_anything_is_done(network: Network) -> None:
    removed(network)
    before = document_of(network)
    network.write("nairobi", STRANGER)
    network.sandbox.control.add_faults(
        {
            "api": "github",
            "method": "GET",
            "path": "/users/mallory",
            "when": "before",
            "kind": "status",
            "status": 503,
            "times": "forever",
        }
    )

    (applied,) = network.try_apply("nairobi")

    assert applied.run is None
    assert applied.exit_code == 1
    assert document_of(network) == before


def test_who_left_the_hub_before_it_was_removed_has_no_right_to_its_name(network: Network) -> None:
    """Nothing of the apps changed with the people, and all the same it is recorded."""
    network.write("nairobi", PLAIN)
    network.apply()
    network.write("nairobi", PLAIN.replace("[amina-k]", "[zuri-w]"))
    hub = document_of(network)["run"]["apps"]

    planned = run("plan", "--hubs", str(network.directory), stdin=b"", **network.environ)
    network.apply()
    written = commits(network)
    network.apply()

    assert "its maintainers changed" in planned.out
    assert [person["login"] for person in document_of(network)["maintainers"]] == ["zuri-w"]
    assert document_of(network)["run"]["apps"][0]["resources"] == hub[0]["resources"]
    assert commits(network) == written


def test_people_who_change_while_the_hub_waits_are_recorded_too(network: Network) -> None:
    network.write("nairobi", DOCS)
    assert network.apply().state is RunState.WAITING
    network.write("nairobi", DOCS.replace("[amina-k]", "[zuri-w]"))

    network.apply()

    assert [person["login"] for person in document_of(network)["maintainers"]] == ["zuri-w"]
