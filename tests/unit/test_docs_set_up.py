"""What docs/set-up.md and docs/day-to-day.md tell a maintainer is what the program needs."""

import hashlib
import hmac
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from provisioner.actions.register_webhook import PATH, webhook_secret
from provisioner.commands.plan import DEFAULT_ENVIRONMENT
from provisioner.doctor.repository import PUSHED_BRANCHES
from provisioner.engine import due, endings
from provisioner.github.door import STATUS
from provisioner.github.state_branch import BRANCH
from tests.unit.pages import DAY_TO_DAY, README, ROOT, SET_UP, code
from tests.unit.project import WORKFLOWS

ALL_WORKFLOWS = "".join(WORKFLOWS.values())
STEPS = [heading for heading in SET_UP.headings if re.match(r"\d+\. ", heading)]


def test_the_steps_are_counted_and_each_is_in_the_list_of_times() -> None:
    rows = SET_UP.tables("Set up a network")[0]
    assert [re.findall(r"\[(.*?)\]", row[0])[0] for row in rows] == STEPS
    assert [heading.split(".")[0] for heading in STEPS] == [str(n + 1) for n in range(len(STEPS))]
    hours = sum(int(row[2]) for row in rows) / 60
    assert hours == 2
    assert "That makes two hours of your own time." in SET_UP.text


def test_who_removes_an_app_is_told_of_every_file_that_names_it() -> None:
    """Without it, `check` refuses the example, which it checks like every other file."""
    naming = {path.name for path in (ROOT / "hubs").iterdir() if "telegram-bot" in path.read_text()}
    assert naming == {"README.md", "_example.yaml"}

    (removing,) = re.findall(r"- \[ \] The file of an app.*?(?=\n- \[ \])", SET_UP.text, re.DOTALL)

    assert {name for name in naming if f"(../hubs/{name})" not in removing} == set()


def test_every_step_has_a_box_to_tick() -> None:
    parts = re.split(r"^## ", SET_UP.text, flags=re.MULTILINE)
    without = [part.splitlines()[0] for part in parts if "- [ ] " not in part]
    assert [heading for heading in without if heading in STEPS] == []


def test_the_secrets_are_those_that_the_workflow_files_use() -> None:
    tables = (
        SET_UP.tables("6. The Actions environment"),
        SET_UP.tables("A plan in the pull request"),
    )
    told = [code(row[0])[0] for (table,) in tables for row in table]
    assert sorted(told) == sorted(set(re.findall(r"secrets\.([A-Z_]+)", ALL_WORKFLOWS)))


def test_the_form_that_is_filled_in_asks_for_what_the_text_beside_it_says() -> None:
    (link,) = (link for link in SET_UP.links if "personal-access-tokens/new" in link)
    asked = parse_qs(urlsplit(link).query)
    assert set(asked) == {"name", "description", "expires_in", "administration", "contents"}
    assert (asked["administration"], asked["contents"]) == (["write"], ["read"])
    assert "**Administration: read and write** and **Contents: read-only**" in SET_UP.text


def test_the_form_for_a_classic_token_asks_for_the_scope_that_is_named() -> None:
    (link,) = (link for link in SET_UP.links if "/settings/tokens/new" in link)
    assert parse_qs(urlsplit(link).query)["scopes"] == ["public_repo"]
    assert "Scope **public_repo** if all sources and copies are public" in SET_UP.text


def test_names_are_those_that_the_program_looks_for() -> None:
    for name in (STATUS, BRANCH, *PUSHED_BRANCHES):
        assert f"`{name}`" in SET_UP.text
    assert f"**`{DEFAULT_ENVIRONMENT}`**" in SET_UP.text
    assert f"`{STATUS}`" in README.text


def test_what_a_bot_has_to_do_is_described_as_the_program_expects_it() -> None:
    for words in (f"`POST {PATH}`", "`telegram-webhook`", "HMAC-SHA256", "`TELEGRAM_TOKEN`"):
        assert words in SET_UP.text
    told = hmac.new(b"a-token", b"telegram-webhook", hashlib.sha256).hexdigest()
    assert webhook_secret("a-token") == told


def test_how_often_it_looks_is_how_often_the_program_looks() -> None:
    waits, blocked, _, stopped, _ = DAY_TO_DAY.tables("How often it looks")[0]
    minutes = int(endings.TRY_AGAIN_AFTER.total_seconds() // 60)
    assert waits[1].startswith(f"{minutes} minutes")
    wait = f"at most {_hours(endings.MOST_WAKE)} hours; some {endings.MOST_OBSERVATIONS} times"
    assert wait in waits[2]
    assert f"after {due.DAILY_UNTIL.days} days" in waits[3]
    assert (endings.OBSERVE_AGAIN_AFTER_BLOCKED.seconds, blocked[1]) == (3600, "1 hour")
    assert (endings.MOST_WAKE_BLOCKED.days, endings.MOST_OBSERVATIONS_BLOCKED) == (1, 12)
    assert blocked[2].endswith("at most a day; 12 times")
    assert stopped[1] == f"{int(endings.WAKE_AFTER_STOP.total_seconds() // 60)} minutes"


def _hours(length: timedelta) -> int:
    return int(length.total_seconds() // 3600)


def test_the_schedule_runs_when_it_is_said_to_run() -> None:
    minutes = re.search(r'cron: "([\d,]+) \* \* \* \*"', ALL_WORKFLOWS)
    assert minutes is not None
    assert f"runs at {minutes[1].replace(',', ' and ')} minutes past each hour" in DAY_TO_DAY.text


def test_the_switch_of_signing_is_as_the_workflow_file_reads_it() -> None:
    assert set(re.findall(r"vars\.(\w+)", ALL_WORKFLOWS)) == {"PROVISIONER_ATTEST"}
    for words in ("`PROVISIONER_ATTEST`", "`yes` signs always, `no` never", "`signed-receipts`"):
        assert words in DAY_TO_DAY.text
