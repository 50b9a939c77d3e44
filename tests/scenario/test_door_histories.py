"""Histories that somebody arranged, or that arose by chance, get no unjudged file past the door."""

from datetime import timedelta

import pytest

from tests.scenario.door import EDITED, due, merged, moved_fork, who
from tests.scenario.gate import FILE, Gate
from tests.scenario.network import PLAIN, Network


@pytest.fixture
def gate(network: Network) -> Gate:
    return Gate(network)


def test_a_merge_that_github_does_not_know_of_yet_is_asked_for_again(gate: Gate) -> None:
    gate.network.sandbox.control.set_behaviour(pulls_lag=120)
    merged(gate, PLAIN, judged=False, method="rebase")

    assert due(gate) == []
    gate.network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(gate) == []


@pytest.mark.parametrize("judged", [False, True])
def test_a_merge_that_lands_while_a_job_runs_is_asked_for_all_the_same(
    gate: Gate, judged: bool
) -> None:
    """The job has read the file of before; the newest commit is not the one that it applied."""
    merged(gate, PLAIN, judged=True)
    before = gate.network.directory / "nairobi.yaml"
    applied = before.read_bytes()
    merged(gate, EDITED, judged=judged)
    before.write_bytes(applied)
    run = gate.network.apply()
    gate.network.write("nairobi", EDITED)

    head = gate.network.sandbox.github.network_repository().git.head("main")
    assert run.commit == head
    assert due(gate) == (["nairobi"] if judged else [])


def test_a_file_that_is_not_as_the_pull_request_brought_it_is_held(gate: Gate) -> None:
    """Its head passed the check; what was made of it in the merge did not."""
    number = gate.propose({FILE: PLAIN}, "amina-k")
    gate.report(number)
    network = gate.network.sandbox.github.network_repository()
    git, github = network.git, gate.network.sandbox.github
    who = github.repositories.identity(github.accounts.person("mallory"))
    tree = git.write_files(gate.sha(number), {FILE: EDITED.encode()})
    gate.network.sandbox.control.merge_pull_request(number, "merge")
    pull = github.pulls.find(network, number)
    assert pull is not None
    merge = git.write_commit(tree, [git.head("main") or ""], who, who, f"Hub (#{number})")
    github.repositories.move(network, "main", merge)
    pull.merge_commit_sha = merge
    gate.network.write("nairobi", EDITED)

    assert due(gate) == []


def test_an_old_state_that_a_merge_brings_back_is_held(gate: Gate) -> None:
    """The newest commit that touches the file is then an old one, which passed long ago."""
    first = merged(gate, PLAIN, judged=True, method="merge")
    gate.network.clock.advance(60)
    merged(gate, EDITED, judged=True, method="merge")
    gate.network.apply()
    network = gate.network.sandbox.github.network_repository()
    git, people = network.git, gate.network.sandbox.github
    who = people.repositories.identity(people.accounts.person("mallory"))
    old, new = gate.sha(first), git.head("main") or ""
    back = git.write_commit(git.tree_of(old), [old, new], who, who, "Merge")
    people.repositories.move(network, "main", back)
    gate.network.write("nairobi", PLAIN)

    assert due(gate) == []


def test_the_date_that_an_author_wrote_into_a_commit_opens_nothing(gate: Gate) -> None:
    """GitHub does not know yet by which pull request it came, and it looks old."""
    network = gate.network
    network.sandbox.control.set_behaviour(pulls_lag=120)
    real = gate.propose({FILE: PLAIN}, "mallory")
    git = network.sandbox.github.network_repository().git
    old = who(gate, "mallory", network.clock.now() - timedelta(days=30))
    main = git.head("main") or ""
    dated = git.write_commit(git.tree_of(gate.sha(real)), [main], old, old, "Long ago")
    moved_fork(gate, "mallory", "dated", dated)
    number = gate.propose({}, "mallory", branch="dated")
    network.sandbox.control.merge_pull_request(number, "merge")
    network.write("nairobi", PLAIN)

    assert due(gate) == []


def test_what_a_rebase_makes_of_a_harmless_commit_is_held(gate: Gate) -> None:
    """A merge commit takes the change back; a rebase leaves merge commits out."""
    gate.on_main({"nairobi": PLAIN})
    gate.network.apply()
    number = gate.propose({FILE: EDITED}, "mallory", branch="there-and-back")
    git = gate.network.sandbox.github.network_repository().git
    main, mallory = git.head("main") or "", who(gate, "mallory")
    back = git.write_commit(git.tree_of(main), [gate.sha(number), main], mallory, mallory, "Merge")
    moved_fork(gate, "mallory", "there-and-back", back)
    gate.amend(number, {"notes.md": "hello\n"})
    gate.report(number)
    assert gate.state(gate.sha(number)) == "success"
    gate.network.sandbox.control.merge_pull_request(number, "rebase")
    gate.network.write("nairobi", EDITED)

    assert git.file(git.head("main") or "", FILE) == EDITED.encode()
    gate.network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(gate) == []


def test_a_message_that_names_a_pull_request_that_passed_lets_in_no_other(gate: Gate) -> None:
    """Anybody can write a number into a message of their own."""
    passed = merged(gate, PLAIN, judged=True)
    gate.network.clock.advance(60)
    control = gate.network.sandbox.control
    told = control.open_pull_request(f"A change (#{passed})", "mallory", {FILE: EDITED})
    control.merge_pull_request(told["number"], "merge")
    gate.network.write("nairobi", EDITED)

    assert due(gate) == []
