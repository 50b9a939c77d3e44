"""A new hub: one pull request in, live apps and their DNS entries out."""

import pytest

from provisioner.models.run import RunState, StepState
from tests.scenario.network import TELEGRAM_TOKEN, Method, Network, app_of, step_of
from tests.scenario.outcome import variables


def test_a_new_hub_waits_for_its_dns_entries_and_then_goes_live(network: Network) -> None:
    network.write_with_bot()
    network.merge("nairobi")

    waiting = network.apply()

    assert waiting.state is RunState.WAITING
    (entry,) = app_of(waiting, "docs").dns
    assert (entry.type, entry.name) == ("CNAME", "docs.nairobi.example.org")
    assert app_of(waiting, "bot").state is RunState.COMPLETED

    network.set_dns(waiting)
    live = network.apply()

    assert live.state is RunState.COMPLETED
    assert live.id == waiting.id
    assert app_of(live, "docs").url == "https://docs.nairobi.example.org"
    assert app_of(live, "bot").url == "https://nairobi--bot.vercel.app"


def test_a_second_apply_of_a_live_hub_only_looks(network: Network) -> None:
    live = network.go_live()
    before, asked = network.world(), len(network.requests())

    again = network.apply()

    assert again == live
    assert network.world() == before
    writes = [item for item in network.requests()[asked:] if item.method not in ("GET", "HEAD")]
    assert writes == []


def test_the_world_holds_nothing_that_the_hub_file_did_not_ask_for(network: Network) -> None:
    network.go_live()
    world = network.world()

    repositories = {item["full_name"] for item in world["github"]["repositories"]}
    assert {name for name in repositories if name.startswith("nairobi-commons/")} == {
        "nairobi-commons/nairobi--docs",
        "nairobi-commons/nairobi--bot",
    }
    projects = {item["name"]: item for item in world["vercel"]["projects"]}
    assert set(projects) == {"nairobi--docs", "nairobi--bot"}
    assert variables(projects["nairobi--docs"]) == ["SITE_TITLE"]
    assert set(variables(projects["nairobi--bot"])) == {
        "GRAPH_URI",
        "TELEGRAM_TOKEN",
    }
    own = {item["name"] for item in projects["nairobi--docs"]["domains"]}
    assert own == {"docs.nairobi.example.org", "nairobi--docs.vercel.app"}
    assert [len(item["deployments"]) for item in projects.values()] == [1, 1]


def test_a_clean_run_writes_few_commits_and_one_comment(network: Network) -> None:
    network.write_with_bot()
    number = network.merge("nairobi")
    network.apply()

    writes = [item for item in network.requests() if item.method == "PUT"]
    assert 2 <= sum(item.status in (200, 201) for item in writes) <= 4
    assert len(network.comments(number)) == 1
    edits = [item for item in network.requests() if item.method == "PATCH"]
    assert len(edits) <= 4


def test_no_secret_is_in_the_journal_the_comment_or_the_world_in_clear(network: Network) -> None:
    run = network.go_live()

    for place in (run.model_dump_json(), str(network.world())):
        assert TELEGRAM_TOKEN.split(":")[1] not in place


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_the_comment_finds_its_pull_request_however_it_was_merged(
    network: Network, method: Method
) -> None:
    network.write_with_bot()
    number = network.merge("nairobi", method)

    run = network.apply()

    assert run.pull_request == number
    (comment,) = network.comments(number)
    assert comment["body"].startswith("<!-- provisioner:hub=nairobi -->")


def test_a_hub_file_that_came_without_a_pull_request_is_provisioned_all_the_same(
    network: Network,
) -> None:
    network.write_with_bot()

    run = network.apply()

    assert run.state is RunState.WAITING
    assert run.pull_request is None


def hub_with_a_secret_of_another(network: Network) -> str:
    sealed = network.sealed("nairobi", "bot", "TELEGRAM_TOKEN", TELEGRAM_TOKEN)
    return (
        "name: Kigali Circle\nmaintainers: [grace-u]\ngithub: {owner: kigali-circle}\n"
        "vercel: {team: kigali-circle}\napps:\n  bot:\n    app: telegram-bot\n    env:\n"
        f"      GRAPH_URI: bolt://graph.example.org\n      TELEGRAM_TOKEN: {{sealed: {sealed}}}\n"
    )


def test_two_hubs_side_by_side_do_not_stop_each_other(network: Network) -> None:
    network.write_with_bot("nairobi")
    network.write("kigali", hub_with_a_secret_of_another(network))

    results = {item.hub: item for item in network.try_apply("nairobi", "kigali")}

    assert results["nairobi"].exit_code == 0
    assert results["kigali"].exit_code == 1
    run = results["kigali"].run
    assert run is not None
    assert step_of(run, "bot", "set-environment").state is StepState.PENDING
