"""Rules that the Actions workflow files keep; linters cannot know them all."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from provisioner.commands.apply import DEADLINE_MINUTES
from provisioner.commands.plan import DEFAULT_ENVIRONMENT
from tests.e2e.act import BIN, ROOT, WORKFLOWS, without_queue
from tests.e2e.workflow_files import ACTIONS, NAMES, Step, jobs, load, steps, workflow
from tests.locks import DEVELOPERS, INSTALLER, JOBS, locked

FILES = [*WORKFLOWS.glob("*.yml"), *ACTIONS]
SHELL_STEPS = [step for step in steps() if step.run]


def test_there_is_something_to_judge() -> None:
    assert NAMES == ["check", "ci", "doctor", "provision", "report"]
    assert len(SHELL_STEPS) > 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_action_of_others_is_pinned_by_commit_with_its_version_beside_it(path: Any) -> None:
    for line in path.read_text().splitlines():
        if re.match(r"\s*(- )?uses: (?!\./)", line):
            assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_as_a_whole_has_no_permission(name: str) -> None:
    assert workflow(name)["permissions"] == {}


@pytest.mark.parametrize(("where", "job"), list(jobs()))
def test_a_job_has_a_name_permissions_of_its_own_an_end_and_a_fixed_image(
    where: str, job: dict[str, Any]
) -> None:
    assert job["name"]
    assert job["permissions"]
    assert job["timeout-minutes"] <= 60
    assert job["runs-on"] == "ubuntu-24.04"


def test_five_permissions_to_write_are_given_and_to_three_jobs() -> None:
    writing = {
        (where, scope)
        for where, job in jobs()
        for scope, level in job["permissions"].items()
        if level != "read"
    }
    assert writing == {
        ("report.report", "pull-requests"),
        ("report.report", "statuses"),
        ("provision.apply", "contents"),
        ("provision.apply", "pull-requests"),
        ("provision.sign", "id-token"),
        ("provision.sign", "attestations"),
    }


def test_the_job_that_signs_has_no_environment_no_secret_and_one_token() -> None:
    job = workflow("provision")["jobs"]["sign"]
    assert "environment" not in job
    assert "secrets" not in str(job)
    tokens = {
        value
        for step in [job, *job["steps"]]
        for name, value in step.get("env", {}).items()
        if "TOKEN" in name or "KEY" in name
    }
    assert tokens == {"${{ github.token }}"}


def test_signed_and_handed_out_is_what_was_written_anew_and_not_what_was_handed_over() -> None:
    steps_that_use = {
        step.uses.partition("@")[0]: step.content["with"]
        for step in steps_of("provision")
        if step.where.startswith("provision.sign[") and step.uses.startswith("actions/")
    }
    taken = steps_that_use["actions/download-artifact"]["path"]
    signed = steps_that_use["actions/attest"]["subject-path"]
    assert not signed.startswith(taken)
    assert signed == f"{steps_that_use['actions/upload-artifact']['path']}/*.json"


def test_only_what_the_check_against_the_journal_wrote_comes_to_be_signed() -> None:
    (checked,) = [step for step in steps_of("provision") if step.content.get("id") == "checked"]
    lines = checked.run.replace("\\\n", "").splitlines()
    (written,) = [line for line in lines if '> "$RUNNER_TEMP/checked.json"' in line]
    assert '-m provisioner receipt --check "$file" -- "$hub"' in written
    moved = [line for line in lines if '"$RUNNER_TEMP/receipts/' in line]
    assert [line.split()[:3] for line in moved] == [["0)", "mv", '"$RUNNER_TEMP/checked.json"']]


def test_the_signing_job_takes_only_artifacts_that_the_applying_jobs_name() -> None:
    jobs_of = workflow("provision")["jobs"]
    (upload,) = [step for step in jobs_of["apply"]["steps"] if "upload-artifact" in str(step)]
    assert upload["with"]["name"] == "receipt-${{ matrix.hub }}"
    (download,) = [step for step in jobs_of["sign"]["steps"] if "download-artifact" in str(step)]
    assert download["with"]["pattern"] == "receipt-*"
    assert "github-token" not in download["with"]  # with one it would take another run's


def test_a_receipt_that_cannot_be_written_or_kept_makes_no_hub_s_job_fail() -> None:
    apply = workflow("provision")["jobs"]["apply"]["steps"]
    written, kept = apply[-2:]
    assert written["run"].startswith("if python ")
    assert "if" not in written  # only after `apply` has succeeded
    assert kept["continue-on-error"] is True


@pytest.mark.parametrize("step", SHELL_STEPS, ids=lambda step: step.where)
def test_nothing_is_pasted_into_a_script_and_the_script_passes_shellcheck(step: Step) -> None:
    assert "${{" not in step.run
    assert step.content["shell"] == "bash"
    judged = subprocess.run(
        [BIN / "shellcheck", "--shell=bash", "-"],
        input=f"#!/usr/bin/env bash\nset -eo pipefail\n{step.run}",
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("command", ["check", "report", "plan", "apply", "doctor"])
def test_a_signal_reaches_the_provisioner_because_the_shell_gives_way_to_it(command: str) -> None:
    started = [step.run for step in SHELL_STEPS if f"-m provisioner {command} " in step.run]
    assert any(f"exec python -P -m provisioner {command} " in run for run in started)


def test_python_never_looks_for_modules_in_the_folder_it_runs_in() -> None:
    for step in SHELL_STEPS:
        assert "python -m provisioner" not in step.run, step.where


INSTALLS = [step for step in SHELL_STEPS if "install" in step.run.split()]


def test_what_is_installed_is_locked_and_is_first_uv_by_pip_and_then_the_rest_by_uv() -> None:
    commands = [(step.where, *step.run.split()[1:4], step.run.split()[-1]) for step in INSTALLS]
    assert commands == [
        ("setup[1]", "-m", "pip", "install", str(INSTALLER.relative_to(ROOT))),
        ("setup[2]", "-m", "uv", "pip", str(JOBS.relative_to(ROOT))),
    ]


@pytest.mark.parametrize("step", INSTALLS, ids=lambda step: step.where)
def test_an_install_takes_wheels_by_their_hashes_and_from_no_cache(step: Step) -> None:
    assert "--require-hashes --only-binary :all: -r" in step.run
    assert re.search(r" --no-cache(-dir)? ", step.run)


@pytest.mark.parametrize("step", INSTALLS, ids=lambda step: step.where)
def test_where_packages_come_from_is_left_to_who_runs_it(step: Step) -> None:
    assert not re.search(r"--(default-|extra-)?index|--find-links|://", step.run)
    assert "env" not in step.content


def test_no_job_takes_anything_out_of_a_cache() -> None:
    for step in steps():
        assert not step.uses.startswith("actions/cache"), step.where
        if step.uses.startswith("actions/setup-python@"):
            assert step.content["with"].keys() == {"python-version"}, step.where


@pytest.mark.parametrize("lock", [JOBS, INSTALLER, DEVELOPERS], ids=lambda lock: lock.name)
def test_a_lock_names_a_hash_for_each_version_and_no_place_to_take_it_from(lock: Path) -> None:
    stanzas = re.split(r"(?m)^(?=\S)", lock.read_text())[1:]
    assert len(stanzas) == len(locked(lock))
    for stanza in stanzas:
        assert "    --hash=sha256:" in stanza
    assert "://" not in lock.read_text()
    assert "--index" not in lock.read_text()


def test_the_tests_run_the_very_uv_that_jobs_install() -> None:
    (uv,) = locked(INSTALLER).items()
    assert uv in locked(DEVELOPERS).items(), "call `make lock`"


def test_no_checkout_leaves_a_token_behind() -> None:
    checkouts = [step for step in steps() if step.uses.startswith("actions/checkout@")]
    assert len(checkouts) >= 6
    for step in checkouts:
        assert step.content["with"]["persist-credentials"] is False, step.where


def test_secrets_are_given_to_single_steps_and_never_to_a_check() -> None:
    holders = {step.where for step in steps() if "secrets." in str(step.content.get("env"))}
    assert holders == {
        "report.report[2]",
        "provision.apply[2]",
        "provision.apply[3]",
        "doctor.doctor[2]",
    }
    for name in NAMES:
        in_steps = sum(str(step.content).count("secrets.") for step in steps_of(name))
        assert str(workflow(name)).count("secrets.") == in_steps


def steps_of(name: str) -> list[Step]:
    return [step for step in steps() if step.where.startswith(f"{name}.")]


def test_secrets_that_provision_come_out_of_the_environment_that_the_plan_names() -> None:
    assert workflow("provision")["jobs"]["apply"]["environment"] == "${{ matrix.environment }}"


def test_the_doctor_looks_at_the_tokens_of_the_environment_that_a_person_chose() -> None:
    doctor = workflow("doctor")
    chosen = doctor["on"]["workflow_dispatch"]["inputs"]["environment"]
    assert chosen["type"] == "environment"  # GitHub offers those that exist, and no other
    assert chosen["default"] == DEFAULT_ENVIRONMENT
    assert doctor["jobs"]["doctor"]["environment"] == "${{ inputs.environment }}"


def test_a_hub_has_one_job_at_a_time_and_no_waiting_job_is_dropped() -> None:
    assert workflow("provision")["jobs"]["apply"]["concurrency"] == {
        "group": "provision-${{ matrix.hub }}",
        "cancel-in-progress": False,
        "queue": "max",
    }


def test_a_pull_request_has_one_writer_at_a_time_and_none_is_dropped() -> None:
    concurrency = workflow("report")["concurrency"]
    assert concurrency["queue"] == "max"
    assert concurrency["cancel-in-progress"] is False
    assert "head_repository.full_name" in concurrency["group"]
    assert "head_branch" in concurrency["group"]


def test_one_hub_that_fails_stops_no_other() -> None:
    assert workflow("provision")["jobs"]["apply"]["strategy"]["fail-fast"] is False


def test_apply_ends_by_itself_well_before_its_job_is_cut_off() -> None:
    assert workflow("provision")["jobs"]["apply"]["timeout-minutes"] - DEADLINE_MINUTES >= 5


def test_no_schedule_stands_on_the_hour_when_github_drops_most() -> None:
    minutes = [
        minute
        for entry in workflow("provision")["on"]["schedule"]
        for minute in entry["cron"].split()[0].split(",")
    ]
    assert len(minutes) == 2
    assert "0" not in minutes


def test_privileged_jobs_check_out_a_branch_by_name_and_never_an_events_commit() -> None:
    for step in [*steps_of("report"), *steps_of("provision"), *steps_of("doctor")]:
        if step.uses.startswith("actions/checkout@"):
            assert step.content["with"]["ref"] == "${{ github.ref }}", step.where


def test_what_act_runs_differs_from_the_files_by_the_queue_alone() -> None:
    for name in NAMES:
        text = (WORKFLOWS / f"{name}.yml").read_text()
        left_out = set(text.splitlines()) - set(without_queue(text).splitlines())
        assert {line.strip() for line in left_out} <= {"queue: max"}


def test_updates_are_looked_for_wherever_actions_are_used_and_of_what_installs_the_rest() -> None:
    updates = load(ROOT / ".github" / "dependabot.yml")["updates"]
    looked_at = {update["package-ecosystem"]: set(update["directories"]) for update in updates}
    used_in = {f"/{path.parent.relative_to(ROOT)}" for path in ACTIONS}
    assert looked_at == {
        "github-actions": {"/", *used_in},
        "pip": {f"/{INSTALLER.parent.relative_to(ROOT)}"},
    }
