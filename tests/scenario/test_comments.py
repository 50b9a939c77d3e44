"""One comment a hub, whatever others say and do on the pull request."""

from datetime import timedelta

from provisioner.clock import ManualClock
from provisioner.models.run import RunState
from provisioner.sandbox.github.accounts import BOT_LOGIN
from tests.scenario.conftest import MakeNetwork
from tests.scenario.network import DOCS, PLAIN, Network
from tests.scenario.outcome import Meanwhile, merged

MARKER = "<!-- provisioner:hub=nairobi -->"


def ours(network: Network, number: int) -> list[str]:
    """Our comments' texts, the oldest first."""
    found = network.comments(number)
    return [item["body"] for item in found if item["author"] == BOT_LOGIN]


def test_a_comment_behind_a_hundred_others_is_found_and_edited(network: Network) -> None:
    number = merged(network, DOCS)
    for index in range(130):
        network.sandbox.control.comment(number, "joseph-m", f"Remark {index}")
    waiting = network.apply()
    network.set_dns(waiting)

    live = network.apply()

    (comment,) = ours(network, number)
    assert live.state is RunState.COMPLETED
    assert "is live" in comment
    assert len(network.comments(number)) == 131


def test_what_somebody_else_wrote_with_our_marker_is_never_edited(network: Network) -> None:
    number = merged(network)
    forged = f"{MARKER}\n### ✅ All is well, trust me"
    network.sandbox.control.comment(number, "mallory", forged)

    network.apply()

    theirs, mine = network.comments(number)
    assert (theirs["author"], theirs["body"]) == ("mallory", forged)
    assert (mine["author"], mine["body"].startswith(MARKER)) == (BOT_LOGIN, True)


def test_a_comment_that_quotes_ours_is_not_ours(network: Network) -> None:
    number = merged(network)
    network.sandbox.control.comment(number, BOT_LOGIN, f"Somebody asked about:\n{MARKER}")

    network.apply()

    assert len(ours(network, number)) == 2


def test_a_comment_that_was_deleted_between_two_runs_is_written_anew_once(network: Network) -> None:
    number = merged(network)
    live = network.apply()
    (comment,) = network.comments(number)
    network.sandbox.control.delete_comment(comment["id"])

    assert network.apply() == live
    assert network.apply() == live

    assert len(ours(network, number)) == 1


def test_a_comment_that_is_deleted_during_a_run_is_written_anew_once(
    make_network: MakeNetwork,
) -> None:
    somebody = Meanwhile()
    network = make_network(observer=somebody)
    number = merged(network)

    def delete() -> None:
        (comment,) = network.comments(number)
        network.sandbox.control.delete_comment(comment["id"])

    somebody.after("POST", "/v11/projects", delete)

    run = network.apply()

    assert somebody.act is None
    assert run.state is RunState.COMPLETED
    (comment,) = ours(network, number)
    assert "is live" in comment


def test_of_two_comments_of_ours_one_is_kept_up_to_date_and_no_third_is_made(
    network: Network,
) -> None:
    number = merged(network)
    for _ in range(2):
        network.sandbox.control.comment(number, BOT_LOGIN, f"{MARKER}\nAn older state")

    network.apply()

    first, second = ours(network, number)
    assert "is live" in first
    assert second.endswith("An older state")


def test_a_comment_whose_answer_was_lost_is_not_written_twice(network: Network) -> None:
    number = merged(network)
    lost = {"method": "POST", "path": "*/comments", "when": "after", "kind": "reset"}
    network.sandbox.control.add_faults(lost)

    network.apply()

    assert len(ours(network, number)) == 1


def test_the_pull_request_of_a_rebase_is_known_only_after_a_while(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_behaviour(pulls_lag=25.0)
    network.write("nairobi", PLAIN)
    number = network.merge("nairobi", "rebase")
    began = clock.now()

    run = network.apply()

    assert run.pull_request == number
    assert clock.now() - began >= timedelta(seconds=25)
    assert len(ours(network, number)) == 1


def test_a_run_does_not_wait_for_ever_for_its_pull_request_and_finds_it_later(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_behaviour(pulls_lag=300.0)
    network.write("nairobi", DOCS)
    number = network.merge("nairobi", "rebase")

    waiting = network.apply()
    assert waiting.state is RunState.WAITING
    assert waiting.pull_request is None
    clock.advance(3600)
    network.set_dns(waiting)
    live = network.apply()

    assert live.pull_request == number
    (comment,) = ours(network, number)
    assert "is live" in comment


def test_the_number_in_a_commits_message_spares_that_wait(
    network: Network, clock: ManualClock
) -> None:
    network.sandbox.control.set_behaviour(pulls_lag=25.0)
    number = merged(network)
    began = clock.now()

    run = network.apply()

    assert run.pull_request == number
    assert clock.now() == began


def test_a_number_that_somebody_wrote_into_a_message_is_not_believed(network: Network) -> None:
    opened = network.sandbox.control.open_pull_request(
        title="Something else", author="joseph-m", files={"notes.md": "…"}
    )
    network.write("nairobi", PLAIN)
    network.sandbox.control.push(
        {"hubs/nairobi.yaml": PLAIN}, message=f"Add a hub (#{opened['number']})"
    )

    run = network.apply()

    assert run.pull_request is None
    assert network.comments(opened["number"]) == []
