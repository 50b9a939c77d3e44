"""A maintainer asks whether the set-up is well, before the first hub and later."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provisioner.clock import ManualClock
from provisioner.errors import ConfigurationError
from provisioner.models.diagnosis import CheckState
from provisioner.report.diagnosis import (
    diagnosis_document,
    diagnosis_markdown,
    diagnosis_text,
)
from tests.conftest import MakeSandbox
from tests.scenario.setup import PAIR, SetUp, line, names, set_up
from tests.unit.commands.command import Outcome, run

AREAS = ["network", "tokens", "repository", "accounts", "catalog"]


@pytest.fixture
def today(make_sandbox: MakeSandbox, tmp_path: Path) -> SetUp:
    """For the command as a process has it: by the machine's clock."""
    return set_up(make_sandbox, ManualClock(datetime.now(UTC)), tmp_path)


def doctor(here: SetUp, *arguments: str, **environ: str) -> Outcome:
    """As a process would, with the command line around it."""
    hubs = str(here.network.directory)
    return run(
        "doctor", "--hubs", hubs, *arguments, stdin=b"", **{**here.network.environ, **environ}
    )


def test_a_good_set_up_is_well_and_what_cannot_be_seen_before_the_first_hub_is_said(
    here: SetUp,
) -> None:
    diagnosis = here.diagnose()

    assert names(diagnosis, CheckState.NOT_OK) == []
    assert names(diagnosis, CheckState.UNKNOWN) == [
        "PROVISIONER_GITHUB_TOKEN",
        "Actions",
        "copies of example-network on Vercel team example-network",
        PAIR,
    ]
    assert all(check.hint for check in diagnosis.checks if check.state is CheckState.UNKNOWN)
    assert list(diagnosis.areas) == AREAS
    assert diagnosis.ok


def test_with_an_administrators_classic_token_and_a_hub_that_is_live_every_line_is_ok(
    here: SetUp,
) -> None:
    here.network.set_dns(here.network.apply())
    here.edit("network.yaml", "owner: example-network", "owner: nairobi-commons")
    here.edit("network.yaml", "team: example-network", "team: nairobi-commons")
    here.as_person()
    here.classic_token("repo")

    diagnosis = here.diagnose()

    assert names(diagnosis, CheckState.OK) == [check.name for check in diagnosis.checks]
    assert "nairobi-commons/nairobi--docs" in line(diagnosis, PAIR).detail


def test_nothing_is_ever_written_not_even_to_try_whether_it_may_be(here: SetUp) -> None:
    here.network.apply()
    before, asked = here.network.world(), len(here.network.requests())

    here.diagnose()

    made = here.network.requests()[asked:]
    assert len(made) > 20
    assert {item.method for item in made} == {"GET"}
    assert here.network.world() == before


def test_the_command_leaves_with_0_when_nothing_is_known_to_be_wrong(today: SetUp) -> None:
    outcome = doctor(today)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == diagnosis_text(today.diagnose())


def test_the_command_leaves_with_1_when_something_is_wrong(today: SetUp) -> None:
    outcome = doctor(today, VERCEL_TOKEN="")

    assert outcome.code == 1
    assert "  not ok           VERCEL_TOKEN: It is not set.\n" in outcome.out


def test_json_has_the_shape_of_the_contract(today: SetUp) -> None:
    outcome = doctor(today, "--format", "json")

    document = json.loads(outcome.out)
    assert document == diagnosis_document(today.diagnose())
    assert document["ok"] is True
    assert {tuple(check) for check in document["checks"]} == {
        ("area", "name", "state", "detail", "hint")
    }
    assert {check["state"] for check in document["checks"]} == {"ok", "unknown"}


def test_in_actions_the_job_gets_a_page_and_the_run_itself_proves_that_actions_are_on(
    today: SetUp, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    today.network.environ["GITHUB_RUN_ID"] = "7"

    outcome = doctor(today, GITHUB_STEP_SUMMARY=str(summary))

    assert outcome.code == 0
    assert summary.read_text(encoding="utf-8") == diagnosis_markdown(today.diagnose())
    assert line(today.diagnose(), "Actions").state is CheckState.OK


def test_no_token_and_no_key_is_ever_shown(today: SetUp) -> None:
    secrets = [
        today.network.environ[name]
        for name in (
            "GITHUB_TOKEN",
            "PROVISIONER_GITHUB_TOKEN",
            "VERCEL_TOKEN",
            "PROVISIONER_SEALING_KEY",
        )
    ]
    for form in ("text", "json"):
        shown = doctor(today, "--format", form).out
        assert not [secret for secret in secrets if secret in shown]


def test_only_the_accounts_of_the_hubs_that_are_named_are_looked_at(here: SetUp) -> None:
    here.network.write("mombasa", "name: M\nmaintainers: [a-b]\napps:\n  docs: {app: docs-site}\n")

    accounts = [check.name for check in here.diagnose("nairobi").checks if check.area == "accounts"]

    assert accounts == ["GitHub account nairobi-commons", "Vercel team nairobi-commons", PAIR]


@pytest.mark.parametrize(
    ("arguments", "environ", "said"),
    [
        (["mombasa"], {}, "there is no hub mombasa"),
        (["--hubs", "nowhere"], {}, "There is no directory `nowhere`"),
        ([], {"PROVISIONER_CATALOG": "nowhere"}, "There is no catalog at `nowhere`"),
        ([], {"GITHUB_REPOSITORY": ""}, "GITHUB_REPOSITORY is not set"),
        ([], {"GITHUB_REPOSITORY": "hubs"}, "GITHUB_REPOSITORY is not a repository: hubs"),
    ],
)
def test_what_cannot_be_examined_at_all_is_wrong_use(
    today: SetUp, arguments: list[str], environ: dict[str, str], said: str
) -> None:
    outcome = doctor(today, *arguments, **environ)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert "fix: " in outcome.err


def test_without_a_repository_name_nothing_is_asked(here: SetUp) -> None:
    here.lack("GITHUB_REPOSITORY")
    with pytest.raises(ConfigurationError):
        here.diagnose()
    assert here.network.requests() == []
