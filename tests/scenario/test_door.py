"""A merge that got past the required check is not applied by itself."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner

from provisioner.commands.admitting import MOST_AT_THE_DOOR, let_in
from provisioner.commands.options import catalog_of
from provisioner.commands.plan import plan as plan_command
from provisioner.commands.planning import Candidate, candidates
from provisioner.desired.resolve import load_hubs
from provisioner.engine.journal import Entry
from provisioner.errors import ProvisionerError
from provisioner.github.door import Door
from provisioner.models.run import RunState
from provisioner.sandbox.github.git import Identity
from provisioner.sandbox.github.merging import Method
from provisioner.wiring import Wiring
from tests.scenario.gate import FILE, Gate
from tests.scenario.network import DOCS, PLAIN, Network

EDITED = PLAIN.replace("docs-site\n", "docs-site\n    adopt: true\n")


@pytest.fixture
def gate(network: Network) -> Gate:
    return Gate(network)


def due(gate: Gate) -> list[str]:
    """The hubs that an unattended run would get, in this minute."""
    network = gate.network
    wiring = network.wiring()
    desired = load_hubs(network.directory, catalog_of(network.environ))
    found = let_in(wiring, candidates(wiring, desired, (), only_due=True))
    return [item.hub for item in found]


def merged(
    gate: Gate,
    text: str | None,
    author: str = "amina-k",
    *,
    judged: bool,
    method: Method = "squash",
) -> int:
    number = gate.propose({FILE: text}, author)
    if judged:
        gate.report(number)
    gate.network.sandbox.control.merge_pull_request(number, method)
    if text is None:
        gate.network.remove("nairobi")
    else:
        gate.network.write("nairobi", text)
    return number


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_what_passed_our_check_is_due(gate: Gate, method: Method) -> None:
    merged(gate, PLAIN, judged=True, method=method)
    assert due(gate) == ["nairobi"]


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_what_was_merged_without_it_is_held(
    gate: Gate, method: Method, capsys: pytest.CaptureFixture[str]
) -> None:
    number = merged(gate, PLAIN, judged=False, method=method)

    assert due(gate) == []
    told = capsys.readouterr().err
    assert f"nairobi is held: pull request {number} was merged although the status" in told


def test_a_check_run_that_only_has_the_name_of_our_status_proves_nothing(gate: Gate) -> None:
    number = gate.propose({FILE: PLAIN}, "mallory")
    session = gate.network.wiring().network._session
    body = {"name": "provisioner/check", "head_sha": gate.sha(number), "conclusion": "success"}
    session.send("POST", "/repos/example-network/hubs/check-runs", body)
    gate.network.sandbox.control.merge_pull_request(number, "squash")
    gate.network.write("nairobi", PLAIN)

    assert due(gate) == []


def test_what_our_check_refused_is_held(gate: Gate) -> None:
    gate.on_main({"nairobi": PLAIN})
    gate.network.apply()
    merged(gate, EDITED, "mallory", judged=True)

    assert due(gate) == []


def test_a_removal_that_was_not_checked_is_held(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    gate.network.apply()
    merged(gate, None, "mallory", judged=True)

    assert due(gate) == []


def test_a_later_success_does_not_make_up_for_an_earlier_merge(gate: Gate) -> None:
    """The file's newest change is what counts."""
    merged(gate, PLAIN, judged=False)
    merged(gate, EDITED, judged=True)
    assert due(gate) == ["nairobi"]


def test_what_was_pushed_without_a_pull_request_is_due_once_github_is_sure(gate: Gate) -> None:
    gate.on_main({"nairobi": PLAIN})

    assert due(gate) == []
    gate.network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(gate) == ["nairobi"]


def test_a_merge_that_github_does_not_know_of_yet_is_asked_for_again(gate: Gate) -> None:
    gate.network.sandbox.control.set_behaviour(pulls_lag=120)
    merged(gate, PLAIN, judged=False, method="rebase")

    assert due(gate) == []
    gate.network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(gate) == []


def test_a_change_of_the_catalog_needs_no_pull_request_of_the_hub(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    run = gate.network.apply()
    gate.journal("nairobi", run=run.model_copy(update={"digest": "of another catalog"}))

    assert due(gate) == ["nairobi"]


def test_a_person_who_names_the_hub_lets_it_in(gate: Gate, tmp_path: Path) -> None:
    merged(gate, PLAIN, judged=False)
    gate.network.sandbox.control.set_environment(name="provisioner", branches="protected")
    summary = tmp_path / "summary.md"
    environ = {**gate.network.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    arguments = ["--format", "matrix", "--hubs", str(gate.network.directory)]

    runner = CliRunner(env=environ)
    held = runner.invoke(plan_command, ["--due", *arguments])
    named = runner.invoke(plan_command, ["nairobi", *arguments])

    assert json.loads(held.stdout) == {"include": []}
    assert "`nairobi`: pull request 1 was merged although" in summary.read_text()
    assert [one["hub"] for one in json.loads(named.stdout)["include"]] == ["nairobi"]


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


def test_what_a_person_let_in_needs_nobody_when_only_the_catalog_changes(gate: Gate) -> None:
    merged(gate, PLAIN, judged=False)
    run = gate.network.apply()
    gate.journal("nairobi", run=run.model_copy(update={"digest": "of another catalog"}))

    assert due(gate) == ["nairobi"]


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


def test_a_look_that_fails_lets_nobody_in(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    fault = {"api": "github", "method": "GET", "path": "*/status", "kind": "status"}
    gate.network.sandbox.control.add_faults([{**fault, "status": 500, "times": 1000}])

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


def who(gate: Gate, login: str, when: datetime | None = None) -> Identity:
    people = gate.network.sandbox.github
    identity = people.repositories.identity(people.accounts.person(login))
    return replace(identity, when=when or identity.when)


def moved_fork(gate: Gate, owner: str, branch: str, sha: str) -> None:
    """The owner arranges the history of a branch of her fork."""
    repositories = gate.network.sandbox.github.repositories
    fork = repositories.find(f"{owner}/hubs")
    assert fork is not None
    repositories.move(fork, branch, sha)


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


def test_a_job_that_was_listed_before_does_not_carry_in_what_came_after(gate: Gate) -> None:
    """It waits for its turn, and takes the hub file as it then is."""
    network = gate.network
    merged(gate, PLAIN, judged=True)
    assert due(gate) == ["nairobi"]
    merged(gate, EDITED, "mallory", judged=True)
    network.environ |= {"GITHUB_EVENT_NAME": "push", "GITHUB_RUN_ATTEMPT": "1"}

    (applied,) = network.try_apply()

    assert applied.run is None
    assert applied.error is not None
    assert "is held" in applied.error.message
    assert network.wiring().journal.read("nairobi").journal is None


def test_a_person_who_asked_for_the_hub_has_it_applied(gate: Gate) -> None:
    network = gate.network
    merged(gate, PLAIN, judged=False)
    network.environ |= {"GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_RUN_ATTEMPT": "1"}

    assert network.apply().state is RunState.COMPLETED


def test_a_message_that_names_a_pull_request_that_passed_lets_in_no_other(gate: Gate) -> None:
    """Anybody can write a number into a message of their own."""
    passed = merged(gate, PLAIN, judged=True)
    gate.network.clock.advance(60)
    control = gate.network.sandbox.control
    told = control.open_pull_request(f"A change (#{passed})", "mallory", {FILE: EDITED})
    control.merge_pull_request(told["number"], "merge")
    gate.network.write("nairobi", EDITED)

    assert due(gate) == []


def test_a_hub_that_only_wants_to_be_looked_at_again_costs_no_call_at_the_door(
    gate: Gate,
) -> None:
    merged(gate, DOCS, judged=True)
    gate.network.apply()
    gate.network.clock.advance(timedelta(days=1).total_seconds())
    before = len(gate.network.requests())

    assert due(gate) == ["nairobi"]
    assert not [call for call in gate.calls(before) if "/git/trees/" in call.path]


def new_hubs(number: int) -> list[Candidate]:
    names = [f"hub-{n:03}" for n in range(number)]
    return [Candidate(name, Entry(name), "new", changed=True) for name in names]


def test_more_hubs_than_can_be_asked_for_at_once_wait_for_the_next_run(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    found = let_in(gate.network.wiring(), new_hubs(MOST_AT_THE_DOOR + 1))

    assert [item.hub for item in found] == [item.hub for item in new_hubs(MOST_AT_THE_DOOR)]
    assert f"hub-{MOST_AT_THE_DOOR} is held: the next run asks" in capsys.readouterr().err


class BrokenDoor(Wiring):
    """One whose every question ends in `trouble`."""

    trouble: Exception = ZeroDivisionError()

    @cached_property
    def door(self) -> Door:
        raise self.trouble


def broken_door(gate: Gate, trouble: Exception, **environ: str) -> Wiring:
    wiring = BrokenDoor({**gate.network.environ, **environ}, gate.network.clock)
    wiring.trouble = trouble
    return wiring


def test_a_bug_at_the_door_lets_nobody_in_and_stops_nobody_else(gate: Gate) -> None:
    assert let_in(broken_door(gate, ZeroDivisionError()), new_hubs(1)) == []


def test_the_page_of_held_hubs_hides_a_secret_that_its_limit_would_cut_in_two(
    gate: Gate, tmp_path: Path
) -> None:
    secret = gate.network.environ["VERCEL_TOKEN"]
    page = tmp_path / "summary.md"
    for length in range(930, 960):
        trouble = ProvisionerError("x" * length + secret)
        let_in(broken_door(gate, trouble, GITHUB_STEP_SUMMARY=str(page)), new_hubs(1))

    assert "xxx" in page.read_text()
    assert secret[:6] not in page.read_text()
